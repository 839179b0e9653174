"""Opening the file of a library: is it one, may we, does it have our schema."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from outputs.library.errors import (
    BUSY_SECONDS,
    LibraryTooNew,
    LibraryTooOld,
    NoFolder,
    NoLibrary,
    NotALibrary,
    explained,
)
from outputs.library.schema import APPLICATION_ID, SCHEMA, migrations


def connect(path: Path, *, read_only: bool = False, busy_seconds: float = BUSY_SECONDS) -> Database:
    """A library of the schema of today. A missing file is made, an older schema brought up, unless `read_only`.
    One of `outputs.library.errors` where that cannot be."""
    if path.is_dir():
        raise NoFolder(path=path, problem="it is a folder")
    if read_only and not path.exists():
        raise NoLibrary(path=path)
    with explained(path, busy_seconds):
        # The connection is ours, not sqlite-utils': it would take pysqlite3 or sqlean where one happens to be
        # installed. isolation_level None: transactions begin where we say so, and nowhere else.
        connection = sqlite3.connect(_address(path, read_only), uri=True, timeout=busy_seconds, isolation_level=None)
        try:
            return _prepare(path, Database(connection, execute_plugins=False), read_only)
        except BaseException:
            connection.close()
            raise


def is_library(path: Path) -> bool:
    """Whether a file is a case library. SQLite is asked: were the file opened by other means, closing it again would
    drop every lock that this process has on it, and a run beside it would take the log away from under its readers."""
    try:
        with closing(sqlite3.connect(_address(path, read_only=True), uri=True)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False


def _address(path: Path, read_only: bool) -> str:
    mode = f"ro{_frozen(path)}" if read_only else "rwc"
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def _frozen(path: Path) -> str:
    """A reader of a WAL file has to write beside it (`-shm`). Where it may not (a shared folder, a disc), the file is
    read as one that nobody changes; never while a `-wal` stands beside it, whose rows would be missed."""
    wal = path.with_name(path.name + "-wal")
    return "&immutable=1" if not wal.exists() and not os.access(path.absolute().parent, os.W_OK) else ""


def _prepare(path: Path, db: Database, read_only: bool) -> Database:
    found = _check(path, db)
    # Keys are for readers to follow (Datasette links by them), and `anliku doctor` checks that they hold. Enforced,
    # each would need an index of its own, and each index costs every article a page somewhere else in the file.
    db.execute("PRAGMA foreign_keys = OFF")
    if read_only:
        if found < SCHEMA:
            raise LibraryTooOld(path=path, found=found, known=SCHEMA)
        return db
    if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        # Readers (a browser, Datasette) go on while a run writes.
        db.execute("PRAGMA journal_mode = WAL")
    # With FULL a committed article is also there after a power cut; it costs 2 % of the writing.
    db.execute("PRAGMA synchronous = FULL")
    # Room for the last pages of all tables and indexes, which every article writes to.
    db.execute("PRAGMA cache_size = -16000")
    # Each batch touches most pages of the indexes again: copy them from the WAL into the file every 32 MB, not every 4.
    # A sixth less work for the writer.
    db.execute("PRAGMA wal_autocheckpoint = 8000")
    if found < SCHEMA:
        db.execute("BEGIN IMMEDIATE")
        try:
            if _check(path, db) < SCHEMA:  # another process may have been first
                migrations.apply(db)
            db.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise
    return db


def _check(path: Path, db: Database) -> int:
    """The schema number of the file; 0 for an empty one."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        if application or found or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise NotALibrary(path=path)
        return 0
    if found > SCHEMA:
        raise LibraryTooNew(path=path, found=found, known=SCHEMA)
    return found
