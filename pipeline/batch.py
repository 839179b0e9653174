"""The batch driver: articles in, records into a library, one writer, any number of workers.

Results are written in the order in which articles are read, whatever the number of workers, so a library does not
depend on it. What a library already holds in this version is skipped.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, NamedTuple, Protocol

from models.article import Article, Failure
from models.base import Record
from models.errors import AnlikuError
from pipeline.duplicates import Shelf, mark_duplicates
from pipeline.errors import WorkerDied
from pipeline.extract import Extracted, extractor

CHUNK = 8
"""Articles a worker takes at once: enough to hide the cost of sending, small enough to lose little."""
WINDOW = 3
"""Chunks in flight for each worker; the reader waits beyond that, so memory does not grow with the dump."""
BATCH = 100
"""Articles in one transaction."""
TRIES = 2
"""Times that a chunk may kill its worker before its articles go in alone; then the same for an article alone."""


class Settings(Record):
    """What decides the result of a run."""

    tagger: str = "lac"
    rules: str | None = None
    """Folder of the user's own rules."""


class Sink(Shelf, Protocol):
    """A library as the driver sees it (`outputs.Library` is one)."""

    def known(self) -> dict[str, str]:
        """Version that made each article's record, by article id."""
        ...

    def start_run(self, version: str, settings: dict[str, Any]) -> object:
        """Begin a run; what it returns is passed back to the calls below."""
        ...

    def write(self, run: Any, extracted: Sequence[Extracted]) -> list[Failure]:
        """Store records, each article's rows whole or not at all; the failures, which it has recorded itself."""
        ...

    def record_failure(self, run: Any, failure: Failure) -> None:
        """Store a failure."""
        ...

    def finish_run(self, run: Any, counts: dict[str, int]) -> None:
        """End a run."""
        ...


@dataclass
class Report:
    """Counts of a run."""

    read: int = 0
    """Articles read."""
    written: int = 0
    skipped: int = 0
    """Already in the library, in this version."""
    repeated: int = 0
    """Same text as an earlier article of this run, under another name."""
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    def counts(self) -> dict[str, int]:
        """As numbers, for the library's table of runs."""
        return {
            "read": self.read,
            "written": self.written,
            "skipped": self.skipped,
            "repeated": self.repeated,
            "failed": len(self.failures),
        }


Result = Extracted | Failure


def run(
    items: Iterable[Article | Failure],
    library: Sink,
    settings: Settings | None = None,
    *,
    workers: int = 1,
    limit: int | None = None,
    redo: bool = False,
    on_progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Extract the articles of `items` (`corpus.read` gives them) into `library`.

    `limit`: stop after that many articles read. `redo`: also do again what the library holds in this version.
    An article that fails becomes a failure of the report and of the library; the run goes on. At its end the articles
    of the library that repeat one another are marked.
    """
    settings = settings or Settings()
    began = time.monotonic()
    report = Report()
    version = extractor(settings.tagger, settings.rules).version
    known = {} if redo else library.known()
    handle = library.start_run(version, {**settings.model_dump(), "workers": workers, "limit": limit})
    pending: list[Extracted] = []

    def flush() -> None:
        if pending:
            unwritten = library.write(handle, pending)
            report.failures.extend(unwritten)
            report.written += len(pending) - len(unwritten)
            pending.clear()

    try:
        for result in _results(_wanted(items, known, version, limit, report), settings, workers):
            if isinstance(result, Failure):
                report.failures.append(result)
                library.record_failure(handle, result)
            else:
                pending.append(result)
                if len(pending) >= BATCH:
                    flush()
            report.seconds = time.monotonic() - began
            on_progress(report)
        flush()
        mark_duplicates(library)
    finally:
        flush()
        report.seconds = time.monotonic() - began
        library.finish_run(handle, report.counts())
    on_progress(report)
    return report


def _wanted(
    items: Iterable[Article | Failure], known: dict[str, str], version: str, limit: int | None, report: Report
) -> Iterator[Article | Failure]:
    """Failures, and the articles that are still to do."""
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        report.read += 1
        identity = item.id
        if identity in seen:
            report.repeated += 1
        elif known.get(identity) == version:
            report.skipped += 1
        else:
            yield item
        seen.add(identity)
        if limit is not None and report.read >= limit:
            return


def work(settings: Settings, articles: Sequence[Article]) -> list[Result]:
    """Extract articles in this process, in order; one that fails becomes a Failure."""
    loaded = extractor(settings.tagger, settings.rules)
    results: list[Result] = []
    for article in articles:
        try:
            results.append(loaded.extracted(article))
        except Exception as error:  # the boundary of one article: whatever it does, the batch goes on
            message = " ".join(str(error).split()) or type(error).__name__
            if not isinstance(error, AnlikuError):
                message = f"{article.source}: {message}. This is a bug: please report it with the article."
            results.append(
                Failure(source=article.source, stage="extract", error=type(error).__name__, message=message[:1000])
            )
    return results


def _results(items: Iterator[Article | Failure], settings: Settings, workers: int) -> Iterator[Result]:
    if workers == 1:
        for item in items:
            yield from [item] if isinstance(item, Failure) else work(settings, [item])
        return
    with _Pool(settings, workers) as pool:
        chunk: list[Article] = []
        for item in items:
            if isinstance(item, Failure):
                yield item
                continue
            chunk.append(item)
            if len(chunk) == CHUNK:
                yield from pool.put(chunk)
                chunk = []
        if chunk:
            yield from pool.put(chunk)
        yield from pool.rest()


class _Job(NamedTuple):
    articles: list[Article]
    future: Future[list[Result]]


class _Pool:
    """Worker processes that give results in the order of the jobs, and survive the death of a worker."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self.settings = settings
        self.workers = workers
        self.jobs: deque[_Job] = deque()
        self.pool = self._fresh()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def put(self, articles: list[Article]) -> Iterator[Result]:
        """Queue a chunk; gives results that are due once the window is full."""
        self.jobs.append(self._submit(articles))
        while len(self.jobs) >= self.workers * WINDOW:
            yield from self._next()

    def rest(self) -> Iterator[Result]:
        """All results still to come."""
        while self.jobs:
            yield from self._next()

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))

    def _submit(self, articles: list[Article]) -> _Job:
        try:
            return _Job(articles, self.pool.submit(work, self.settings, articles))
        except BrokenProcessPool:
            self._renew()
            return _Job(articles, self.pool.submit(work, self.settings, articles))

    def _renew(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.pool = self._fresh()

    def _next(self) -> Iterator[Result]:
        job = self.jobs.popleft()
        try:
            yield from job.future.result()
        except BrokenProcessPool:
            # One dead worker breaks the whole pool and nobody says which job killed it: do this one by itself
            # in fresh pools, then send the others again.
            yield from self._alone(job.articles)
            self._renew()
            self.jobs = deque(self._submit(waiting.articles) for waiting in self.jobs)

    def _alone(self, articles: list[Article]) -> Iterator[Result]:
        for _ in range(TRIES):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                try:
                    yield from pool.submit(work, self.settings, articles).result()
                    return
                except BrokenProcessPool:
                    continue
        if len(articles) > 1:
            for article in articles:
                yield from self._alone([article])
            return
        error = WorkerDied(source=articles[0].source)
        yield Failure(source=articles[0].source, stage="extract", error=type(error).__name__, message=str(error))
