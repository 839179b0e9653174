"""A run whose workers write Parquet shards instead of sending records back: for many machines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import Any, NamedTuple, Protocol

from corpus.watch import Watch
from models.article import Article, Failure
from pipeline.batch import Report, Result, Settings, pack_all, work
from pipeline.engines import Died, Engine
from pipeline.engines.chunks import Item, alone, chunks
from pipeline.extract import extractor

SIZE = 500
"""Articles in a shard: some 2 MB, a minute or less of one core. A worker that dies loses so much."""


class Shelf(Protocol):
    """A folder of shards as the driver sees it (`outputs.ShardFolder` is one)."""

    @staticmethod
    def pack(extracted: Any) -> Any:
        """A record as the shard takes it, or a failure."""
        ...

    def begin(self, version: str) -> Sequence[Any]:
        """The shards that are there already, each with its `number` and `failures`."""
        ...

    def ids(self, shard: Any) -> Sequence[str]:
        """Ids of the articles of a shard."""
        ...

    def end(self, version: str, settings: dict[str, Any]) -> None:
        """Write the manifest."""
        ...


Write = Callable[[int, str, Sequence[Any], Sequence[Failure]], object]
"""Writes a shard, given its number, the version, what was packed, and failures. Runs on the worker."""


class _Batch(NamedTuple):
    number: int
    items: list[Item]


class _Written(NamedTuple):
    articles: int
    failures: list[Failure]


def run_shards(
    items: Iterable[Item],
    shelf: Shelf,
    write: Write,
    settings: Settings,
    engine: Engine,
    *,
    limit: int | None = None,
    size: int = SIZE,
    watch: Watch | None = None,
    on_progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Extract articles into shards of `size`. What is in a shard already is skipped, failures too, so a run that was
    stopped goes on with the batches that are missing, and they come out as they would have. A worker that dies costs
    its batch, which is done again elsewhere."""
    began = time.monotonic()
    report = Report()
    version = extractor(settings.tagger, settings.rules).version
    found = shelf.begin(version)
    seen = frozenset(int(id_, 16) for shard in found for id_ in shelf.ids(shard))
    failed = {(failure.source, failure.stage) for shard in found for failure in shard.failures}
    numbers = {shard.number for shard in found}
    free = (number for number in count() if number not in numbers)
    job = partial(_shard, work, settings, version, shelf.pack, write)
    batches = (_Batch(next(free), batch) for batch in chunks(_wanted(items, seen, failed, limit, report), size))
    try:
        for written in engine.map(job, batches):
            done = _rescued(engine, settings, version, shelf, write, written) if isinstance(written, Died) else written
            report.done += done.articles + len(done.failures)
            report.written += done.articles
            report.fail(done.failures)
            report.left_out = watch.left_out if watch else 0
            report.seconds = time.monotonic() - began
            on_progress(report)
    finally:
        shelf.end(version, settings.model_dump())
        report.left_out = watch.left_out if watch else 0
        report.seconds = time.monotonic() - began
    on_progress(report)
    return report


def _wanted(
    items: Iterable[Item], done: frozenset[int], failed: set[tuple[str, str]], limit: int | None, report: Report
) -> Iterator[Item]:
    """Failures, and the articles that are still to do. Of ids eight bytes are kept: a billion would need 64 GB."""
    seen: set[int] = set()
    for item in items:
        if isinstance(item, Failure):
            if (item.source, item.stage) not in failed:
                yield item
            continue
        report.read += 1
        identity = int(item.id, 16)
        if identity in seen:
            report.repeated += 1
        elif identity in done:
            report.skipped += 1
        else:
            seen.add(identity)
            if (item.source, "extract") in failed or (item.source, "write") in failed:
                report.skipped += 1
            else:
                yield item
        if limit is not None and report.read >= limit:
            return


def _shard(
    work: Callable[[Settings, Sequence[Article]], list[Result]],
    settings: Settings,
    version: str,
    pack: Callable[[Any], Any],
    write: Write,
    batch: _Batch,
) -> _Written:
    """What a worker does."""
    return _put(write, batch.number, version, pack_all(work, settings, version, pack, batch.items))


def _put(write: Write, number: int, version: str, results: Sequence[Any]) -> _Written:
    failures = [one for one in results if isinstance(one, Failure)]
    packed = [one for one in results if not isinstance(one, Failure)]
    write(number, version, packed, failures)
    return _Written(len(packed), failures)


def _rescued(engine: Engine, settings: Settings, version: str, shelf: Shelf, write: Write, died: Died) -> _Written:
    """A batch that killed each worker it came to: its articles one at a time, and the shard written from here."""
    batch: Any = died.input
    results = list(alone(engine, partial(pack_all, work, settings, version, shelf.pack), batch.items))
    return _put(write, batch.number, version, results)
