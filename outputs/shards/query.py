"""Questions to shards in SQL, answered by DuckDB (optional extra `query`) without a library.

The tables and views are named as those of the library. Reprints are not known here (`duplicates` is empty): clustering
needs all texts together, and is done when shards are folded into a library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any

from sqlite_utils import Database

from outputs.library.rows import ARTICLE, UNNUMBERED
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

_WHOLE = "CASE WHEN {0} = trunc({0}) THEN CAST(CAST({0} AS BIGINT) AS VARCHAR) ELSE CAST({0} AS VARCHAR) END"
COMPARISON = f"""
    SELECT o.province AS 省, o.prefecture AS 市, o.county AS 县, o.county_code AS 县代码, o.place AS 地方,
           o.level AS 级别, o.code AS 指标代码, o.thing AS 指标, o.kind AS 类别, o.unit AS 单位, o.rate AS 口径,
           o.status AS 状态, o.limit_of AS 门槛对象,
           CASE o.limit_bound WHEN 'gt' THEN '> ' WHEN 'ge' THEN '≥ ' WHEN 'lt' THEN '< ' WHEN 'le' THEN '≤ ' END
           || coalesce({_WHOLE.format("o.limit_low")}, {_WHOLE.format("o.limit_high")}) || ' '
           || coalesce(o.limit_unit, '') AS 门槛,
           count(*) AS 次数, count(DISTINCT o.article) AS 报道数, median((o.low + o.high) / 2.0) AS 中位,
           min(o.low) AS 最低, max(o.high) AS 最高, string_agg(DISTINCT o.time, ',') AS 时间,
           string_agg(substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start), ' / ') AS 引文,
           string_agg(o.id, ' ') AS 编号
    FROM observations o JOIN quantities q ON q.article = o.article AND q.id = o.id
         JOIN articles a ON a.article = o.article
    WHERE o.reason IS NULL
    GROUP BY o.code, o.place, o.level, o.adcode, o.path, o.province, o.prefecture, o.county, o.county_code, o.thing,
             o.kind, o.unit, o.rate, o.status, o.limit_of, o.limit_low, o.limit_high, o.limit_bound, o.limit_unit"""
"""The view 指标对比 of the library as a scan of columns; there it is made for an index. A test holds them together."""


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
    # The number by which a library keeps the rows of an article is here its id.
    connection.execute(f"CREATE VIEW articles AS SELECT id AS article, {columns} FROM read_parquet({quoted})")
    for table in TABLES:
        number = "" if table in UNNUMBERED else "found.article_id AS article, "
        connection.execute(
            f"CREATE VIEW {table} AS"
            f" SELECT {number}found.* FROM (SELECT unnest({table}) AS found FROM read_parquet({quoted}))"
        )
    for name, body in _OTHERS.items():
        connection.execute(f"CREATE VIEW {name} AS {body.replace('{files}', quoted)}")
    connection.execute(f'CREATE VIEW "指标对比" AS {COMPARISON}')
    for name, statement in _views().items():
        if name != "指标对比":
            # A view in words that only SQLite knows is not there; DuckDB says so where a query names it.
            with suppress(duckdb.Error):
                connection.execute(statement)
    # From here on only these files can be read, and no setting changed back.
    connection.execute(f"SET allowed_paths = {quoted}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _views() -> dict[str, str]:
    """The library's views, as SQLite has them."""
    empty = Database(memory=True)
    migrations.apply(empty)
    sql = "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?"
    found = {name: str(empty.execute(sql, (name,)).fetchone()[0]) for name in VIEWS}
    empty.close()
    return found
