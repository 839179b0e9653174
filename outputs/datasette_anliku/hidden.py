"""What no visitor reads through SQL: where the library and the articles lie on this machine, and anything but reading.

SQLite itself asks for each column that a query reads, through views and pragmas too, so no wording of a query gets
round this. A hidden column reads as null.
"""

from __future__ import annotations

import sqlite3

COLUMNS = {
    ("articles", "source"), ("failures", "source"), ("failures", "message"), ("runs", "settings"), ("runs", "report"),
    ("files", "path"), ("pragma_database_list", "file"),
}  # fmt: skip
"""Paths of articles as they were given to `anliku run`, messages that name them, and the path of the file."""

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 20_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 50_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""What one value or query may cost; the limit of time does not help against one value of a gigabyte."""

ENDLESS = {
    "printf", "format", "instr", "replace", "trim", "ltrim", "rtrim", "zeroblob", "randomblob", "load_extension",
    "json_patch",
}  # fmt: skip
"""Functions that a visitor's own SQL does without (views have them). One call on long texts runs for minutes, and the
limit of time is looked at between calls only; with a few such requests the server would answer nobody."""

_FORBIDDEN = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}


def hide(connection: sqlite3.Connection) -> None:
    """Make a connection of Datasette's keep to that."""
    connection.set_authorizer(_answer)
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)


def _answer(action: int, first: str | None, second: str | None, _database: str | None, view: str | None) -> int:
    if action == sqlite3.SQLITE_READ and (first, second) in COLUMNS:
        return sqlite3.SQLITE_IGNORE
    if action in _FORBIDDEN or (action == sqlite3.SQLITE_FUNCTION and view is None and second in ENDLESS):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
