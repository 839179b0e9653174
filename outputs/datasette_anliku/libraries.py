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
from outputs.library import Library, connection

if TYPE_CHECKING:
    from datasette.app import Datasette

SECONDS = 10
"""How long the queries of a page may take together. Datasette's limit for SQL of a visitor's own is shorter."""

T = TypeVar("T")


class TooSlow(AnlikuError):
    """the library did not answer within {seconds} s; ask for less (a period, some places), or use the command line"""


def libraries(datasette: Datasette) -> list[str]:
    """Names of the databases that are case libraries."""
    return [name for name in datasette.databases if is_library(datasette, name)]


def is_library(datasette: Datasette, name: str) -> bool:
    """Whether that database is a case library."""
    path = datasette.databases[name].path if name in datasette.databases else None
    return path is not None and connection.is_library(Path(path))


async def read(datasette: Datasette, request: Request, name: str, query: Callable[[Library], T]) -> T:
    """The result of `query` on a library, opened for reading in a thread of its own. NotFound where there is no such
    library, Forbidden where the visitor may not see it, TooSlow, or an error of `outputs.library.errors`."""
    if not is_library(datasette, name):
        raise NotFound(f"no case library {name}")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    return await asyncio.to_thread(_within, Path(datasette.databases[name].path), query)


def limit(library: Library, seconds: float) -> None:
    """From now on the queries on an open library may take so long together; then they are interrupted."""
    end = time.monotonic() + seconds
    library.db.conn.set_progress_handler(lambda: time.monotonic() > end, 10_000)


def _within(path: Path, query: Callable[[Library], T]) -> T:
    with Library(path, read_only=True) as library:
        limit(library, SECONDS)
        try:
            return query(library)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_INTERRUPT:
                raise TooSlow(seconds=SECONDS) from error
            raise
