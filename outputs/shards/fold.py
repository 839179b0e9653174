"""Shards into a library: the same rows that a run would have written there itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from outputs.library import Library
from outputs.library.packed import packed, seal
from outputs.shards.folder import batches, shards
from outputs.shards.schema import from_arrow

OPENED = 100
"""Articles of a shard whose rows are in memory at once. A shard is one transaction."""


class Folded(NamedTuple):
    """What became of the articles of shards."""

    read: int
    written: int
    skipped: int
    """In the library already, in this version, or taken out of it for good (`Library.forget`)."""
    failed: int


def fold(
    paths: Sequence[Path], library: Library, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> Folded:
    """Write the articles and failures of shards into a library, in the order in which they were read. It can be
    stopped and done again. `on_progress` is told articles done and in all. NoShards, NotAShard."""
    found = shards(paths)
    total = sum(shard.articles for shard in found)
    gone = library.forgotten()
    read = written = skipped = failed = 0
    for version, group in groupby(found, key=lambda shard: shard.version):
        of_version = list(group)
        run = library.start_run(version, {"shards": [shard.path.name for shard in of_version]})
        before = (read, written, skipped, failed)
        for shard in of_version:
            made = [seal(packed(rows)) for batch in batches(shard, OPENED) for rows in from_arrow(batch)]
            fresh = [one for one in made if one.article_id not in gone and not library.done(one.article_id, version)]
            unwritten = library.store(run, fresh, shard.failures)
            read += len(made)
            skipped += len(made) - len(fresh)
            written += len(fresh) - len(unwritten)
            failed += len(unwritten) + len(shard.failures)
            on_progress(read, total)
        counts = [now - then for now, then in zip((read, written, skipped, failed), before, strict=True)]
        library.finish_run(run, dict(zip(("read", "written", "skipped", "failed"), counts, strict=True)))
    return Folded(read, written, skipped, failed)
