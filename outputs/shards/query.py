"""Questions to shards in SQL, answered by DuckDB (optional extra `query`) without a library.

The tables and views are named as those of the library. Reprints are not known here (`duplicates` is empty): clustering
needs all texts together, and is done when shards are folded into a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from sqlite_utils import Database

from outputs.library.rows import ARTICLE
from outputs.library.schema import VIEWS, migrations
from outputs.shards.errors import BadSQL, NoDuckDB, TooLong
from outputs.shards.folder import shards
from outputs.shards.schema import TABLES
from outputs.tables import Cell, Sheet

SECONDS = 60.0
LIMIT = 10_000
"""Rows that an answer has at most, unless asked for otherwise."""

_OTHERS = {
    "duplicates": "SELECT '' AS article_id, '' AS lead_id, 0.0 AS similarity WHERE false",
    "failures": """
        SELECT unnest(from_json(decode(value), '[{"source":"VARCHAR","stage":"VARCHAR","error":"VARCHAR",
               "message":"VARCHAR"}]'), recursive := true)
        FROM parquet_kv_metadata({files}) WHERE decode(key) = 'anliku.failures'""",
}


@contextmanager
def query(paths: Sequence[Path], sql: str, *, limit: int | None = LIMIT, seconds: float = SECONDS) -> Iterator[Sheet]:
    """The answer to one SELECT over the shards of folders and files, at most `limit` rows.

    Nothing can be written, and no other file read. NoDuckDB, NoShards, NotAShard; BadSQL where it is no SELECT or
    DuckDB refuses it; TooLong.
    """
    connection = _connect(paths)
    clock = Timer(seconds, connection.interrupt)
    clock.start()
    try:
        yield _answer(connection, sql, limit, seconds)
    finally:
        clock.cancel()
        connection.close()


def _answer(connection: Any, sql: str, limit: int | None, seconds: float) -> Sheet:
    import duckdb

    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise BadSQL(problem="give one SELECT: shards are only read")
        result = connection.execute(statements[0])
        columns = tuple(str(column[0]) for column in result.description)
        return Sheet("query", columns, _rows(result, limit, seconds))
    except duckdb.InterruptException as error:
        raise TooLong(seconds=seconds) from error
    except duckdb.Error as error:
        raise BadSQL(problem=str(error).strip()) from error


def _rows(result: Any, limit: int | None, seconds: float) -> Iterator[tuple[Cell, ...]]:
    import duckdb

    left = limit
    try:
        while left is None or left > 0:
            rows = result.fetchmany(1000 if left is None else min(1000, left))
            if not rows:
                return
            left = None if left is None else left - len(rows)
            yield from (tuple(map(_cell, row)) for row in rows)
    except duckdb.InterruptException as error:
        raise TooLong(seconds=seconds) from error


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _connect(paths: Sequence[Path]) -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise NoDuckDB from error
    files = [str(shard.path.absolute()) for shard in shards(paths)]
    quoted = "[" + ", ".join("'" + file.replace("'", "''") + "'" for file in files) + "]"
    connection = duckdb.connect()
    columns = ", ".join(f'"{name}"' for name in ARTICLE)
    connection.execute("SET integer_division = true")  # as SQLite divides
    connection.execute(f"CREATE VIEW articles AS SELECT {columns} FROM read_parquet({quoted})")
    for table in TABLES:
        connection.execute(
            f"CREATE VIEW {table} AS SELECT found.* FROM (SELECT unnest({table}) AS found FROM read_parquet({quoted}))"
        )
    for name, body in _OTHERS.items():
        connection.execute(f"CREATE VIEW {name} AS {body.replace('{files}', quoted)}")
    for statement in _views():
        _create(connection, statement)
    # From here on only these files can be read, and no setting changed back.
    connection.execute(f"SET allowed_paths = {quoted}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _views() -> list[str]:
    """The library's views, as SQLite has them."""
    empty = Database(memory=True)
    migrations.apply(empty)
    sql = "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?"
    found = [str(empty.execute(sql, (name,)).fetchone()[0]) for name in VIEWS]
    empty.close()
    return found


def _create(connection: Any, statement: str) -> None:
    """SQLite lets a column stand beside those that are grouped by; DuckDB names it, and it joins them. Places are told
    apart by code, so that makes no group more."""
    import duckdb

    while True:
        try:
            connection.execute(statement)
            return
        except duckdb.BinderException as error:
            missing = re.search(r'column "([^"]+)" must appear in the GROUP BY', str(error))
            head, grouped, rest = statement.rpartition("GROUP BY ")
            if missing is None or not grouped or f'"{missing[1]}"' in rest:
                raise
            statement = f'{head}{grouped}"{missing[1]}", {rest}'
