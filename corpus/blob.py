"""A named run of bytes to read, wherever it lies: on disk, in an archive, on standard input."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.errors import (
    Damaged,
    EmptySource,
    Expands,
    NotPermitted,
    SourceError,
    TooLarge,
    TooLong,
    Unexpected,
    Unreadable,
    Vanished,
)
from corpus.options import Limits, ReadOptions
from models.article import Article, Failure

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Results = Iterator[Article | Failure]


@dataclass(frozen=True)
class Blob:
    """Bytes under a name. Made lazily: nothing is opened before a reader asks."""

    source: str
    """As a user would name it; begins the `source` of every article in it."""
    name: str
    """File name whose suffix tells the format; without `.gz` once that is taken off."""
    open: Callable[[], io.BufferedIOBase]
    size: int | None = None
    """Bytes on disk, null where that is unknown before reading."""
    seekable: bool = False

    @property
    def suffix(self) -> str:
        """Last suffix, in lower case: `.gz`; empty where there is none."""
        return os.path.splitext(self.name)[1].lower()


@dataclass
class Budget:
    """What the outermost archive, with all inside it, may still unpack to."""

    source: str
    size: int
    left: int
    limit: int

    def charge(self, count: int) -> None:
        """Take off `count` unpacked bytes; Expands once nothing is left."""
        self.left -= count
        if self.left < 0:
            raise Expands(source=self.source, limit=human(self.limit), size=human(self.size))


@dataclass(frozen=True)
class Reading:
    """What a reader is told: the options, how deep in archives it is, and how to read what lies inside it."""

    options: ReadOptions
    read: Callable[[Blob, Reading], Results]
    suffixes: tuple[str, ...]
    """Those that have a reader."""
    depth: int = 0
    budget: Budget | None = None
    no_reader: Callable[[str, str], None] = lambda source, suffix: None
    """Told of each file that is passed over in a folder or archive because nothing reads its suffix."""

    @property
    def limits(self) -> Limits:
        """Bounds in force."""
        return self.options.limits

    def inside(self, archive: Blob, *, levels: int) -> Reading:
        """For what is in `archive`: `levels` deeper, on the budget of the outermost archive."""
        budget = self.budget
        if budget is None:
            size = archive.size or 0
            limit = max(self.limits.archive_floor, self.limits.archive_ratio * size)
            budget = Budget(archive.source, size, limit, limit)
        return replace(self, depth=self.depth + levels, budget=budget)


class Metered(io.RawIOBase):
    """Unpacked bytes, each charged to the budget as it is read, so that a bomb stops early."""

    def __init__(self, inner: io.BufferedIOBase, budget: Budget) -> None:
        self.inner = inner
        self.budget = budget
        self.at = 0

    def readable(self) -> bool:  # noqa: D102
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:  # noqa: D102
        view = memoryview(buffer).cast("B")
        data = self.inner.read1(len(view))  # not read: it drops what it has when a cut archive ends
        view[: len(data)] = data
        self.at += len(data)
        self.budget.charge(len(data))
        return len(data)

    def tell(self) -> int:
        """Bytes read so far (fastwarc asks)."""
        return self.at

    def close(self) -> None:  # noqa: D102
        if not self.closed:
            self.inner.close()
        super().close()


def metered(inner: io.BufferedIOBase, budget: Budget | None) -> io.BufferedIOBase:
    """A buffered reader of `inner` that charges `budget`."""
    return io.BufferedReader(Metered(inner, budget), 1 << 16) if budget is not None else inner


def read_article(blob: Blob, limits: Limits) -> bytes:
    """All bytes of one article. TooLong past the limit, EmptySource where there are none."""
    with blob.open() as stream:
        data = stream.read(limits.article_bytes + 1)
    if len(data) > limits.article_bytes:
        raise TooLong(source=blob.source, what="this file", limit=human(limits.article_bytes))
    if not data:
        raise EmptySource(source=blob.source)
    return data


def open_seekable(blob: Blob, limits: Limits) -> io.BufferedIOBase:
    """The blob as a stream that can be sought in; from an archive it is held in memory, within bounds."""
    if blob.size == 0:
        raise EmptySource(source=blob.source)
    if blob.seekable:
        return blob.open()
    with blob.open() as stream:
        data = stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise TooLarge(source=blob.source, what="this file", limit=human(limits.document_bytes))
    if not data:
        raise EmptySource(source=blob.source)
    return io.BytesIO(data)


def explain(error: Exception, source: str) -> SourceError:
    """The error of ours for one of the system's or of a decompressor's."""
    if isinstance(error, SourceError):
        return error
    if isinstance(error, FileNotFoundError):
        return Vanished(source=source)
    if isinstance(error, PermissionError):
        return NotPermitted(source=source)
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return Damaged(source=source, kind="compressed data", reason=str(error) or "it ends too early")
    if isinstance(error, zipfile.BadZipFile | NotImplementedError):
        return Damaged(source=source, kind="a zip archive", reason=error)
    if isinstance(error, OSError):
        return Unreadable(source=source, reason=error.strerror or error)
    return Unexpected(source=source, reason=f"{type(error).__name__}: {error}")


def failure(error: SourceError) -> Failure:
    """The row of an error: one line, of storable characters."""
    message = " ".join(str(error).split()).encode("utf-8", "backslashreplace").decode("utf-8")
    return Failure(source=str(error.values["source"]), stage="decode" if error.stage == "decode" else "read",
                   error=type(error).__name__, message=message)  # fmt: skip


def human(count: int) -> str:
    """A number of bytes for people: `16 MB`."""
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count} bytes"
