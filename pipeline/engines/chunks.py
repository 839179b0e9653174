"""Articles go to an engine in chunks; what dies with its chunk is done again alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from models.article import Article, Failure
from pipeline.engines.base import Died, Engine
from pipeline.errors import WorkerDied

Item = Article | Failure
"""What a reader gives. Failures travel with the articles, so that all stays in order."""
Job = Callable[[Sequence[Item]], list[Any]]
"""Gives one result an item, in order."""


def chunks(items: Iterable[Item], size: int, characters: int | None = None) -> Iterator[list[Item]]:
    """The items, `size` at a time; fewer where they have `characters` together before."""
    chunk: list[Item] = []
    held = 0
    for item in items:
        chunk.append(item)
        held += len(item.raw) if isinstance(item, Article) else 0
        if len(chunk) >= size or (characters is not None and held >= characters):
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def results(engine: Engine, job: Job, chunked: Iterable[list[Item]]) -> Iterator[Any]:
    """What the job makes of each item, in order. A chunk that kills its worker is done again an item at a time, and an
    item that then kills its worker is a failure."""
    for found in engine.map(job, chunked):
        if isinstance(found, Died):
            yield from alone(engine, job, found.input)
        else:
            yield from found


def alone(engine: Engine, job: Job, items: Any) -> Iterator[Any]:
    """What the job makes of the items of a chunk that killed its worker, one at a time."""
    one_by_one: Iterator[list[Any] | Died] = engine.apart().map(job, ([item] for item in items))
    for item, found in zip(items, one_by_one, strict=True):
        if isinstance(found, Died):
            error = WorkerDied(source=item.source)
            yield Failure(source=item.source, stage="extract", error=type(error).__name__, message=str(error))
        else:
            yield from found
