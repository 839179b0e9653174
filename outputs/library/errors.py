"""Errors of the library that a user may meet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import AnlikuError


class LibraryError(AnlikuError):
    """{path}: SQLite says: {problem}."""


class NoLibrary(LibraryError):
    """{path}: there is no library there; `anliku run SOURCE -o {path}` makes one."""


class NoFolder(LibraryError):
    """{path}: cannot be opened or made ({problem}). Does its folder exist, is it a file, and may you write there?"""


class NotADatabase(LibraryError):
    """{path}: not a SQLite database. Give the path of a case library, or another path for a new one."""


class NotALibrary(LibraryError):
    """{path}: a SQLite database, but not a case library of anliku. It was left as it is; give another path."""


class LibraryTooNew(LibraryError):
    """{path}: made by a newer anliku (schema {found}, this one knows {known}). Upgrade anliku to open it."""


class LibraryTooOld(LibraryError):
    """{path}: has schema {found} of an older anliku. Open it once for writing (`anliku doctor -l {path} --rebuild-search`), which brings it to schema {known}."""


class LibraryReadOnly(LibraryError):
    """{path}: is read-only, so nothing was written. Copy it to a place where you may write, or write to another path."""


class LibraryLocked(LibraryError):
    """{path}: another program has been writing to it for {seconds} s. Wait for it to end, then run the same command again; nothing is lost."""


class DiskFull(LibraryError):
    """{path}: the disk is full. Make room and run the same command again; it goes on where it stopped."""


class DiskFault(LibraryError):
    """{path}: the disk failed, or has no room for what is kept beside the file ({problem}). Look at the disk, then run the same command again; it goes on where it stopped."""


class LibraryDamaged(LibraryError):
    """{path}: the file is damaged ({problem}). Keep a copy and run again into a new library; extraction needs only the articles."""


class NoSuchArticle(LibraryError):
    """{path}: no article {article_id!r} there."""


class BadRecord(LibraryError):
    """{path}: {article_id}: {problem}"""


BUSY_SECONDS = 30
"""How long a connection waits for another writer before it gives up."""

_CODES: dict[int, type[LibraryError]] = {
    sqlite3.SQLITE_BUSY: LibraryLocked,
    sqlite3.SQLITE_LOCKED: LibraryLocked,
    sqlite3.SQLITE_READONLY: LibraryReadOnly,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFault,  # also where there is no room for what a reader keeps beside the file
    sqlite3.SQLITE_NOTADB: NotADatabase,
    sqlite3.SQLITE_CORRUPT: LibraryDamaged,
    sqlite3.SQLITE_CANTOPEN: NoFolder,
    sqlite3.SQLITE_PERM: NoFolder,
}


@contextmanager
def explained(path: Path | str, seconds: float = BUSY_SECONDS) -> Iterator[None]:
    """Turn what SQLite raises about the file into an error that says the way out. Mistakes of ours (constraints,
    bad SQL) stay what they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The low byte is the primary code; the rest only says more (SQLITE_BUSY_SNAPSHOT …).
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _CODES:
            raise
        raise _CODES[code](path=path, problem=error, seconds=seconds) from error
