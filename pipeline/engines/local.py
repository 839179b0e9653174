"""Worker processes on this machine."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Generic, NamedTuple

from pipeline.engines.base import Died, Engine, Input, Output

WINDOW = 8
"""Inputs in flight for each worker, to keep it busy while the driver writes a batch; the reader waits beyond that, so
memory does not grow with the dump."""
TRIES = 2
"""Times that an input may kill its worker before it is given up."""


class Local:
    """As many worker processes as asked for. The death of one is survived."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, job: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output | Died]:
        """Outputs in the order of the inputs, at most `WINDOW` inputs a worker ahead."""
        with _Pool(job, self.workers) as pool:
            for item in inputs:
                yield from pool.put(item)
            yield from pool.rest()

    def apart(self) -> Engine:
        """One process, made anew after each death."""
        return Local(1)


class _Job(NamedTuple, Generic[Input, Output]):
    input: Input
    future: Future[Output]


class _Pool(Generic[Input, Output]):
    def __init__(self, job: Callable[[Input], Output], workers: int) -> None:
        self.job = job
        self.workers = workers
        self.jobs: deque[_Job[Input, Output]] = deque()
        self.pool = _fresh(workers)

    def __enter__(self) -> _Pool[Input, Output]:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def put(self, item: Input) -> Iterator[Output | Died]:
        """Queue an input; gives outputs that are due once the window is full."""
        self.jobs.append(self._submit(item))
        while len(self.jobs) >= self.workers * WINDOW:
            yield self._next()

    def rest(self) -> Iterator[Output | Died]:
        """All outputs still to come."""
        while self.jobs:
            yield self._next()

    def _submit(self, item: Input) -> _Job[Input, Output]:
        try:
            return _Job(item, self.pool.submit(self.job, item))
        except BrokenProcessPool:
            self._renew()
            return _Job(item, self.pool.submit(self.job, item))

    def _renew(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.pool = _fresh(self.workers)

    def _next(self) -> Output | Died:
        item, future = self.jobs.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            # One dead worker breaks the whole pool and nobody says whose job killed it: do this one by itself in
            # fresh pools, then send the others again.
            found = self._alone(item)
            self._renew()
            self.jobs = deque(self._submit(waiting.input) for waiting in self.jobs)
            return found

    def _alone(self, item: Input) -> Output | Died:
        for _ in range(TRIES):
            with _fresh(1) as pool:
                try:
                    return pool.submit(self.job, item).result()
                except BrokenProcessPool:
                    continue
        return Died(item)


def _fresh(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_with_driver)


def _leave_with_driver() -> None:
    """End this worker when the driver is gone: it waits for work on a pipe of which it holds both ends, so it would
    wait for ever after a driver that was killed."""
    # Ctrl+C reaches every process of a terminal; the driver decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    driver = parent_process()
    if driver is None:
        return

    def watch() -> None:
        driver.join()
        os._exit(1)

    threading.Thread(target=watch, name="driver-watch", daemon=True).start()
