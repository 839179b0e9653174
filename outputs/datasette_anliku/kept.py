"""What takes a look at the whole library is read once, and kept until the library changes."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import TypeVar

from outputs.library import Library

T = TypeVar("T")

Stamp = tuple[int, ...]


def kept(read: Callable[[Library], T]) -> Callable[[Library], T]:
    """The same reader; what it found in a library is given again as long as nobody has written there. It is shared
    by those who ask, so they must not change it."""
    found: dict[Path, tuple[Stamp, T]] = {}

    @wraps(read)
    def reader(library: Library) -> T:
        now = stamp(library)
        known = found.get(library.path)
        if known is None or known[0] != now:
            known = found[library.path] = (now, read(library))
        return known[1]

    return reader


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
