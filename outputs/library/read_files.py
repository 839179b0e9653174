"""Which files were read to their end, and as what: so that a later run can leave out those that have not changed."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol


class File(Protocol):
    """A file as it was when its reading began (`corpus.File` is one)."""

    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def size(self) -> int: ...  # noqa: D102
    @property
    def modified(self) -> int: ...  # noqa: D102


Row = tuple[str, int, int, str, int | None]
INSERT = "INSERT OR REPLACE INTO files(path, size, modified, digest, run_id) VALUES (?, ?, ?, ?, ?)"


class Stamp(NamedTuple):
    """What the table knows of a file."""

    size: int
    modified: int
    digest: str


def rows(run: int | None, files: Sequence[File]) -> list[Row]:
    """What these files were, as rows. None for a file that has changed since its reading began, or is gone."""
    found: list[Row] = []
    for file in files:
        with suppress(OSError):
            hashed = digest(file.path)
            status = os.stat(file.path)
            if (status.st_size, status.st_mtime_ns) == (file.size, file.modified):
                found.append((storable(file.path), file.size, file.modified, hashed, run))
    return found


def known(db: sqlite3.Connection, path: str, version: str) -> Stamp | None:
    """What a file was when this version read it; None where it has not."""
    row = db.execute(
        "SELECT f.size, f.modified, f.digest FROM files f JOIN runs r ON r.id = f.run_id"
        " WHERE f.path = ? AND r.version = ?",
        (storable(path), version),
    ).fetchone()
    return Stamp(*row) if row else None


def same(file: File, stamp: Stamp) -> bool:
    """Whether a file is what it was: by size and time of change, and where only the time differs, by its content."""
    if file.size != stamp.size:
        return False
    if file.modified == stamp.modified:
        return True
    with suppress(OSError):
        return digest(file.path) == stamp.digest
    return False


def digest(path: str) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def storable(path: str) -> str:
    """A path whose bytes are no UTF-8 with escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
