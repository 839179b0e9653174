"""The schema of a shard: the tables of the library that hold what was read, an article's rows nested in its own row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa
from sqlite_utils import Database

from outputs.library import observations, rows
from outputs.library.layers import WHOLE
from outputs.library.rows import Row, Rows
from outputs.library.schema import SCHEMA as LIBRARY_SCHEMA
from outputs.library.schema import migrations

VERSION = "1"
"""Of the form of a shard; the columns follow the library's schema, whose number stands beside it."""

TABLES = {**{table: columns for table, columns in rows.COLUMNS.items() if table != "articles"},
          "observations": observations.COLUMNS}  # fmt: skip
"""Nested columns of a shard, each a list of the rows that the library's table of that name holds of the article."""

_ARROW = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64(), "ANY": pa.float64(), "BLOB": pa.binary()}


class Shape(NamedTuple):
    """The schema, and which columns of each table may hold whole numbers and fractions."""

    schema: pa.Schema
    numbers: dict[str, frozenset[int]]
    """Places of such columns in the row, by table."""


@cache
def shape() -> Shape:
    """The types of a shard's columns, from the schema of the library."""
    empty = Database(memory=True)
    migrations.apply(empty)
    declared = {
        table: {row[1]: row[2] for row in empty.execute(f"PRAGMA table_xinfo({table})")}
        for table in ("articles", *TABLES)
    }
    empty.close()
    fields = [pa.field(name, _ARROW[declared["articles"][name]]) for name in rows.ARTICLE]
    for table, columns in TABLES.items():
        row = pa.struct([pa.field(name, _ARROW[declared[table][name]]) for name in columns])
        fields.append(pa.field(table, pa.list_(pa.field("row", row))))
    numbers = {
        table: frozenset(at for at, name in enumerate(columns) if declared[table][name] == "ANY")
        for table, columns in TABLES.items()
    }
    said = {"anliku.shards": VERSION, "anliku.library": str(LIBRARY_SCHEMA)}
    return Shape(pa.schema(fields, metadata=said), numbers)


def to_arrow(articles: Sequence[Rows], said: dict[str, str]) -> pa.Table:
    """The rows of articles as a table, with `said` beside the versions in its metadata."""
    schema, numbers = shape()
    arrays = _columns([made["articles"][0] for made in articles], list(schema)[: len(rows.ARTICLE)], frozenset())
    for table in TABLES:
        offsets = [0]
        together: list[Row] = []
        for made in articles:
            together.extend(made[table])
            offsets.append(len(together))
        of_row = schema.field(table).type.value_type
        nested = pa.StructArray.from_arrays(_columns(together, list(of_row), numbers[table]), fields=list(of_row))
        arrays.append(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), nested, type=schema.field(table).type))
    return pa.Table.from_arrays(arrays, schema=schema.with_metadata({**(schema.metadata or {}), **said}))


def from_arrow(batch: pa.RecordBatch) -> list[Rows]:
    """The rows of the articles of a batch, as they went in."""
    numbers = shape().numbers
    out: list[Rows] = [
        {"articles": [row]} for row in zip(*(batch.column(name).to_pylist() for name in rows.ARTICLE), strict=True)
    ]
    for table in TABLES:
        nested = batch.column(table)
        flat = nested.flatten()
        columns = [
            [_number(value) for value in column.to_pylist()] if at in numbers[table] else column.to_pylist()
            for at, column in enumerate(flat.flatten())
        ]
        values = list(zip(*columns, strict=True))
        first = nested.offsets[0].as_py()
        ends = [end - first for end in nested.offsets.to_pylist()]
        for made, start, end in zip(out, ends, ends[1:], strict=False):
            made[table] = values[start:end]
    return out


def _columns(values: Sequence[Row], fields: Sequence[pa.Field], numbers: frozenset[int]) -> list[pa.Array]:
    columns: list[Sequence[Any]] = list(zip(*values, strict=True)) if values else [()] * len(fields)
    return [
        pa.array([None if value is None else float(value) for value in column] if at in numbers else column, field.type)
        for at, (field, column) in enumerate(zip(fields, columns, strict=True))
    ]


def _number(value: float | None) -> int | float | None:
    """As the library has it (`layers.number`): whole numbers as integers, as far as a float tells them apart."""
    return int(value) if value is not None and value.is_integer() and abs(value) <= WHOLE else value
