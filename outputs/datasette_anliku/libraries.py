"""Which of Datasette's databases are case libraries, and reading one within a time limit."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from datasette.utils.asgi import NotFound, Request

from models.errors import AnlikuError
from outputs.library import Library
from outputs.library.schema import APPLICATION_ID

if TYPE_CHECKING:
    from datasette.app import Datasette

SECONDS = 10
"""How long the queries of a page may take together. Datasette's limit for SQL of a visitor's own is shorter."""

_HEADER = slice(68, 72)
"""Where the application id stands in the header of a SQLite file."""

T = TypeVar("T")


class TooSlow(AnlikuError):
    """the library did not answer within {seconds} s; ask for less (a period, some places), or use the command line"""


def libraries(datasette: Datasette) -> list[str]:
    """Names of the databases that are case libraries."""
    return [name for name in datasette.databases if is_library(datasette, name)]


def is_library(datasette: Datasette, name: str) -> bool:
    """Whether that database is a case library. Asked for every table shown, so the header alone is read."""
    path = datasette.databases[name].path if name in datasette.databases else None
    if path is None:
        return False
    try:
        with Path(path).open("rb") as file:
            found = int.from_bytes(file.read(100)[_HEADER], "big")
    except OSError:
        return False
    # A library that is being made has its header still in the log beside it.
    return found == APPLICATION_ID or (found == 0 and _asked(path) == APPLICATION_ID)


def _asked(path: str) -> int:
    if not Path(f"{path}-wal").exists():
        return 0
    try:
        connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
        try:
            return int(connection.execute("PRAGMA application_id").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error:
        return 0


async def read(datasette: Datasette, request: Request, name: str, query: Callable[[Library], T]) -> T:
    """The result of `query` on a library, opened for reading in a thread of its own. NotFound where there is no such
    library, Forbidden where the visitor may not see it, TooSlow, or an error of `outputs.library.errors`."""
    if not is_library(datasette, name):
        raise NotFound(f"no case library {name}")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    return await asyncio.to_thread(_within, Path(datasette.databases[name].path), query)


def _within(path: Path, query: Callable[[Library], T]) -> T:
    end = time.monotonic() + SECONDS
    with Library(path, read_only=True) as library:
        library.db.conn.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        try:
            return query(library)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_INTERRUPT:
                raise TooSlow(seconds=SECONDS) from error
            raise
