"""What takes a look at the whole library is read once, and kept until the library changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from outputs.datasette_anliku.libraries import SECONDS, limit
from outputs.library import Library

T = TypeVar("T")

LONGEST = 120
"""Seconds that such a reading may take: of a library that is not in memory it takes longer than a page may, but only
one visitor waits for it."""
SLOW = 1.0
"""Seconds from which on a reading is dear."""
REST = 10
"""Times as long as a dear reading took, it is given again while somebody goes on writing."""

Stamp = tuple[int, ...]


class _Found(NamedTuple, Generic[T]):
    stamp: Stamp
    until: float
    value: T


def kept(read: Callable[[Library], T]) -> Callable[[Library], T]:
    """The same reader; what it found in a library is given again as long as nobody has written there, and where it took
    long, for a while after. It is shared by those who ask, so they must not change it."""
    found: dict[Path, _Found[T]] = {}
    lock = Lock()

    @wraps(read)
    def reader(library: Library) -> T:
        known = found.get(library.path)
        now = stamp(library)
        if known is not None and (known.stamp == now or time.monotonic() < known.until):
            return known.value
        # One visitor reads; the others are given what was found before, or wait where nothing was.
        if not lock.acquire(blocking=known is None) and known is not None:
            return known.value
        try:
            before = found.get(library.path)
            if before is None or before.stamp != now:
                before = found[library.path] = _timed(read, library, now)
            return before.value
        finally:
            lock.release()

    return reader


def _timed(read: Callable[[Library], T], library: Library, now: Stamp) -> _Found[T]:
    began = time.monotonic()
    limit(library, LONGEST)
    value = read(library)
    limit(library, SECONDS)
    end = time.monotonic()
    return _Found(now, end + (REST * (end - began) if end - began > SLOW else 0), value)


def stamp(library: Library) -> Stamp:
    """What is another after anything was written: size and time of the file and of the log beside it; and the number
    of the last review and run, since a clock may stand still between two quick writes."""
    stamps: list[int] = []
    for path in (library.path, library.path.with_name(library.path.name + "-wal")):
        with suppress(OSError):  # no log where nobody writes
            status = os.stat(path)
            stamps += (status.st_size, status.st_mtime_ns)
    ((reviews, runs),) = library.rows("SELECT (SELECT max(nr) FROM reviews), (SELECT max(id) FROM runs)")
    return (*stamps, reviews or 0, runs or 0)
