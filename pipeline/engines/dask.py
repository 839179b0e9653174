"""The workers of a dask cluster (dask.distributed, optional extra `dask`): many machines, one scheduler."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pipeline.engines.base import Died, Engine, Input, Output
from pipeline.engines.errors import NoDask, NoScheduler, NoWorkers, SchedulerLost, Threaded

WINDOW = 3
"""Inputs in flight for each worker."""
CONNECT_SECONDS = 15
WORKER_SECONDS = 60
"""How long to wait for a scheduler to answer, and for the first worker to come."""


class Dask:
    """A running cluster, by the address of its scheduler. Workers may come, go and be killed while a run goes on: the
    scheduler gives what a dead worker had in hand to another one. Workers need the same anliku, and one thread each."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            import distributed
        except ImportError as error:
            raise NoDask from error
        self.distributed: Any = distributed

    def map(self, job: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output | Died]:
        """Outputs in the order of the inputs. An input that killed as many workers as the scheduler allows
        (`distributed.scheduler.allowed-failures`, 3) is given up."""
        try:
            client = self.distributed.Client(self.address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoScheduler(address=self.address, problem=error) from error
        with client:
            self._check(client)
            waiting: deque[tuple[Input, Any]] = deque()
            for item in inputs:
                # pure: a name made from the input would make two equal inputs one.
                waiting.append((item, client.submit(job, item, pure=False)))
                while len(waiting) >= WINDOW * max(1, len(client.nthreads())):
                    yield self._output(*waiting.popleft())
            while waiting:
                yield self._output(*waiting.popleft())

    def apart(self) -> Engine:
        """The same cluster: the scheduler tells by itself which input kills."""
        return self

    def _check(self, client: Any) -> None:
        try:
            client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError as error:
            raise NoWorkers(address=self.address, seconds=WORKER_SECONDS) from error
        for worker, threads in sorted(client.nthreads().items()):
            if threads != 1:
                raise Threaded(address=self.address, worker=worker, threads=threads)

    def _output(self, item: Input, future: Any) -> Any:
        try:
            return future.result()
        except self.distributed.KilledWorker:
            return Died(item)
        except (self.distributed.CancelledError, self.distributed.comm.CommClosedError) as error:
            raise SchedulerLost(address=self.address, problem=type(error).__name__) from error
