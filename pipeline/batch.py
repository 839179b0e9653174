"""The batch driver: articles in, records into a library, one writer, any number of workers.

Results are written in the order in which articles are read, whatever the number of workers, so a library does not
depend on it. What a library already holds in this version is skipped. What the driver keeps in memory does not grow
with the number of articles.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from corpus.watch import File, Watch
from models.article import Article, Failure
from models.base import Record
from models.errors import AnlikuError
from pipeline.duplicates import Bodies, mark_duplicates
from pipeline.engines import Engine, Here, Local
from pipeline.engines.chunks import Item, chunks, results
from pipeline.engines.errors import OtherVersion
from pipeline.extract import Extracted, extractor
from pipeline.ledger import Ledger

CHUNK = 8
"""Articles a worker takes at once: enough to hide the cost of sending, small enough to lose little."""
CHUNK_CHARACTERS = 100_000
"""Fewer articles where these are so long: what is in flight is in memory."""
BATCH = 200
"""Articles in one transaction. Of more a small library costs less, but while a large one takes them (4 ms each) the
workers run out of work; and a stop loses more."""
BATCH_CHARACTERS = 2_000_000
"""Fewer articles where these are so long: a record waits in some 25 bytes a character."""
SHOWN = 1000
"""Failures that a report keeps; the library has all of them."""


class Settings(Record):
    """What decides the result of a run."""

    tagger: str = "lac"
    rules: str | None = None
    """Folder of the user's own rules."""


Result = Extracted | Failure


class Sink(Bodies, Protocol):
    """A library as the driver sees it (`outputs.Library` is one)."""

    @staticmethod
    def pack(extracted: Extracted) -> Any:
        """A record as `store` takes it, made by the worker, so that the writer has little to do. A failure where it
        cannot be stored. The function can be pickled."""
        ...

    def held(self, article_id: str) -> tuple[str, object] | None:
        """Version that made an article's record, and the run that wrote it; None where there is none."""
        ...

    def forgotten(self) -> frozenset[str]:
        """Ids of articles that were taken out for good."""
        ...

    def start_run(self, version: str, settings: dict[str, Any]) -> object:
        """Begin a run; what it returns is passed back to the calls below."""
        ...

    def store(
        self, run: Any, packed: Sequence[Any], failures: Sequence[Failure], files: Sequence[File]
    ) -> list[Failure]:
        """Store what was packed, each article's rows whole or not at all; failures; and files that were read to their
        end without one. The failures of storing, which it has recorded itself."""
        ...

    def finish_run(self, run: Any, counts: dict[str, int]) -> None:
        """End a run."""
        ...


@dataclass
class Report:
    """Counts of a run."""

    read: int = 0
    """Articles read."""
    done: int = 0
    """Came back from the workers, as a record or a failure: written, or about to be."""
    written: int = 0
    skipped: int = 0
    """Already in the library, in this version."""
    repeated: int = 0
    """Same text as an earlier article of this run, under another name."""
    forgotten: int = 0
    """Left out: taken out of the library for good before."""
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)
    """The first `SHOWN` of them."""
    left_out: int = 0
    """Files that were not read: unchanged, or too old."""
    seconds: float = 0.0
    storing: float = 0.0
    """Processor seconds that the driver spent on writing."""

    def fail(self, failures: Sequence[Failure]) -> None:
        """Count failures."""
        self.failed += len(failures)
        self.failures.extend(failures[: max(0, SHOWN - len(self.failures))])

    def counts(self) -> dict[str, int]:
        """As numbers, for the library's table of runs."""
        return {
            "read": self.read,
            "written": self.written,
            "skipped": self.skipped,
            "repeated": self.repeated,
            "forgotten": self.forgotten,
            "failed": self.failed,
        }


def run(
    items: Iterable[Article | Failure],
    library: Sink,
    settings: Settings | None = None,
    *,
    workers: int = 1,
    engine: Engine | None = None,
    limit: int | None = None,
    redo: bool = False,
    again: bool = False,
    watch: Watch | None = None,
    on_progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Extract the articles of `items` (`corpus.read` gives them) into `library`.

    `engine`: where the work is done; default: `workers` processes, or this one. `limit`: stop after that many articles
    read. `redo`: also do again what the library holds in this version; `again`: also what was taken out of it for good.
    `watch`: the one given to `corpus.read`; the library then remembers which files are done with.
    An article that fails becomes a failure of the report and of the library; the run goes on. At its end the articles
    of the library that repeat one another are marked.
    """
    settings = settings or Settings()
    began = time.monotonic()
    report = Report()
    version = extractor(settings.tagger, settings.rules).version
    handle = library.start_run(version, {**settings.model_dump(), "workers": workers, "limit": limit})
    chosen = engine or (Here() if workers == 1 else Local(workers))
    ledger = Ledger(library, handle, report, watch or Watch(), version=version, redo=redo, again=again)
    # In this process one at a time, so that an interruption loses nothing that was done.
    chunked = chunks(ledger.choose(items, limit), 1 if isinstance(chosen, Here) else CHUNK, CHUNK_CHARACTERS)
    try:
        for result in results(chosen, partial(pack_all, work, settings, version, library.pack), chunked):
            ledger.put(result)
            if ledger.waits >= BATCH or ledger.characters >= BATCH_CHARACTERS:
                ledger.flush()
            report.seconds = time.monotonic() - began
            on_progress(report)
        ledger.flush()
        on_progress(report)
        mark_duplicates(library)
    finally:
        ledger.flush()
        report.seconds = time.monotonic() - began
        library.finish_run(handle, report.counts())
    on_progress(report)
    return report


def work(settings: Settings, articles: Sequence[Article]) -> list[Result]:
    """Extract articles in this process, in order; one that fails becomes a Failure."""
    loaded = extractor(settings.tagger, settings.rules)
    results: list[Result] = []
    for article, tagged in zip(articles, loaded.tagged(articles), strict=True):
        try:
            results.append(loaded.extracted(article, tagged))
        except Exception as error:  # the boundary of one article: whatever it does, the batch goes on
            message = " ".join(str(error).split()) or type(error).__name__
            if not isinstance(error, AnlikuError):
                message = f"{article.source}: {message}. This is a bug: please report it with the article."
            results.append(
                Failure(source=article.source, stage="extract", error=type(error).__name__, message=message[:1000])
            )
    return results


def pack_all(
    work: Callable[[Settings, Sequence[Article]], list[Result]],
    settings: Settings,
    version: str,
    pack: Callable[[Extracted], Any],
    items: Sequence[Item],
) -> list[Any]:
    """What a worker does with a chunk: extract and pack. Failures of the reader pass through. `version`: what the
    driver runs; OtherVersion where this worker, on another machine, runs something else."""
    found = extractor(settings.tagger, settings.rules).version
    if found != version:
        raise OtherVersion(found=found, wanted=version)
    done = iter(work(settings, [item for item in items if isinstance(item, Article)]))
    results = [item if isinstance(item, Failure) else next(done) for item in items]
    return [result if isinstance(result, Failure) else pack(result) for result in results]
