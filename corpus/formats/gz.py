"""Gzip: one file inside, read as its name without .gz says: `.jsonl.gz`, `.warc.gz`, `.tar.gz`."""

from __future__ import annotations

import gzip
import io
from functools import partial

from corpus.blob import Blob, Budget, Reading, Results, metered
from corpus.errors import EmptySource


def read_gz(blob: Blob, reading: Reading) -> Results:
    """What is inside a `.gz`, under the name of the archive itself."""
    inner = reading.inside(blob, levels=0)  # each takes .gz off the name, so they cannot be nested without end
    return inner.read(Blob(blob.source, blob.name[: -len(".gz")], partial(unzipped, blob, inner.budget)), inner)


def unzipped(blob: Blob, budget: Budget | None) -> io.BufferedIOBase:
    """The unpacked stream, charged to the budget. EmptySource for a file of no bytes."""
    if blob.size == 0:
        raise EmptySource(source=blob.source)
    return metered(_Owner(blob.open()), budget)


class _Owner(gzip.GzipFile):
    """A gzip stream that closes the file below it."""

    def __init__(self, file: io.BufferedIOBase) -> None:
        super().__init__(fileobj=file, mode="rb")
        self.below = file

    def close(self) -> None:
        super().close()
        self.below.close()
