"""The SQLite case library: schema, writer, reader. Everything else in `outputs` reads it or one record."""

from outputs.library.errors import (
    BadRecord,
    DiskFull,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryReadOnly,
    LibraryTooNew,
    LibraryTooOld,
    NoFolder,
    NoLibrary,
    NoSuchArticle,
    NotADatabase,
    NotALibrary,
)
from outputs.library.library import Library, Run
from outputs.library.schema import BY_ID

__all__ = [
    "BY_ID",
    "BadRecord",
    "DiskFull",
    "Library",
    "LibraryDamaged",
    "LibraryError",
    "LibraryLocked",
    "LibraryReadOnly",
    "LibraryTooNew",
    "LibraryTooOld",
    "NoFolder",
    "NoLibrary",
    "NoSuchArticle",
    "NotADatabase",
    "NotALibrary",
    "Run",
]
