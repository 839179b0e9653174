"""What no visitor reads through SQL: where the library and the articles lie on this machine, and anything but reading.

SQLite itself asks for each column that a query reads, through views and pragmas too, so no wording of a query gets
round this. A hidden column reads as null.
"""

from __future__ import annotations

import sqlite3

COLUMNS = {
    ("articles", "source"), ("failures", "source"), ("failures", "message"), ("runs", "settings"),
    ("files", "path"), ("pragma_database_list", "file"),
}  # fmt: skip
"""Paths of articles as they were given to `anliku run`, messages that name them, and the path of the file."""

_FORBIDDEN = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}


def hide(connection: sqlite3.Connection) -> None:
    """Make a connection of Datasette's keep to that."""
    connection.set_authorizer(_answer)


def _answer(action: int, first: str | None, second: str | None, _database: str | None, _within: str | None) -> int:
    if action == sqlite3.SQLITE_READ and (first, second) in COLUMNS:
        return sqlite3.SQLITE_IGNORE
    if action in _FORBIDDEN or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension"):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
