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

from outputs.datasette_anliku.libraries import SECONDS, TooSlow, limit
from outputs.library import Library

T = TypeVar("T")

LONGEST = 120
"""Seconds that such a reading may take: of a library that is not in memory it takes longer than a page may."""
SLOW = 1.0
"""Seconds from which on a reading is dear."""
REST = 10
"""Times as long as a dear reading took, it is given again while a run goes on writing."""

Stamp = tuple[int, ...]


class _Found(NamedTuple, Generic[T]):
    events: Stamp
    size: Stamp
    until: float
    value: T


def kept(read: Callable[[Library], T]) -> Callable[[Library], T]:
    """The same reader; what it found in a library is given again as long as nobody has written there, and where it took
    long, for a while beside a run. One visitor reads; others are given what was found before, or wait for it. The value
    is shared by those who ask, so they must not change it, and the reader calls no other kept one."""
    found: dict[Path, _Found[T]] = {}
    locks: dict[Path, Lock] = {}

    @wraps(read)
    def reader(library: Library) -> T:
        known, events, size = found.get(library.path), _events(library), _size(library)
        if known is not None and known.events == events and (known.size == size or time.monotonic() < known.until):
            return known.value
        lock = locks.setdefault(library.path, Lock())
        given = known is not None and known.events == events
        if not lock.acquire(timeout=0 if given else SECONDS):
            if known is None or not given:
                raise TooSlow(seconds=SECONDS)
            return known.value
        try:
            now = found.get(library.path)
            if now is None or now is known:  # nobody has read it meanwhile
                began = time.monotonic()
                limit(library, LONGEST)
                value = read(library)
                end = time.monotonic()
                rest = REST * (end - began) if end - began > SLOW else 0
                now = found[library.path] = _Found(events, size, end + rest, value)
            return now.value
        finally:
            lock.release()
            limit(library, SECONDS)  # the page's own time begins now

    return reader


def _events(library: Library) -> Stamp:
    """Which file it is, and what is seldom and must show at once: the last run and review, how many were forgotten."""
    sql = (
        "SELECT coalesce((SELECT max(id) FROM runs), 0), coalesce((SELECT max(nr) FROM reviews), 0),"
        " (SELECT count(*) FROM forgotten)"
    )
    with suppress(OSError):
        return (os.stat(library.path).st_ino, *next(library.rows(sql)))
    return next(library.rows(sql))


def _size(library: Library) -> Stamp:
    """Size and time of the file and of the log beside it: another after anything was written."""
    stamps: list[int] = []
    for path in (library.path, library.path.with_name(library.path.name + "-wal")):
        with suppress(OSError):  # no log where nobody writes
            status = os.stat(path)
            stamps += (status.st_size, status.st_mtime_ns)
    return tuple(stamps)
