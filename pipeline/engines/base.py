"""What an engine is, and the simplest one: this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

Input = TypeVar("Input")
Output = TypeVar("Output")


class Died(NamedTuple):
    """Stands for the output of an input that killed each worker it was given to."""

    input: object


class Engine(Protocol):
    """Runs one function over many inputs, somewhere. The function, inputs and outputs can be pickled."""

    def map(self, job: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output | Died]:
        """An output for each input, in the order of the inputs. No more inputs are taken than there is work for, so
        memory does not grow with their number. What the function raises is raised here; a worker that dies costs
        what it had in hand, which is done again."""
        ...

    def apart(self) -> Engine:
        """An engine for inputs one of which kills its worker: what dies there harms nothing else."""
        ...


class Here:
    """This process. What kills it kills the run."""

    def map(self, job: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output | Died]:
        """One after the other."""
        return map(job, inputs)

    def apart(self) -> Engine:
        """Nothing dies here that could be told of."""
        return self
