"""Tables of a library as Parquet, typed: what a data frame reads without guessing.

The schema comes from the columns of the library. Numbers of one column are all floats (a value of SQLite may be
either; whole numbers are exact up to 2^53), lists are lists, yes and no are booleans, codes are dictionaries. Each
field carries its Chinese title and, for codes, their group of `labels.toml`; the file says which table it is, in which
schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from models.errors import AnlikuError
from outputs.library import Library
from outputs.library.schema import SCHEMA as LIBRARY_SCHEMA
from outputs.tables import LISTS, YES_NO, Sheet, code_group, title

VERSION = "1"
"""Of what is said above; raised when a reader of today's files would misread those of tomorrow."""
ROWS = 20_000
"""Rows of a group: some MB, so that writing needs little memory and a reader can skip."""

_TYPES = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64(), "ANY": pa.float64(), "BLOB": pa.binary()}
_CODED = pa.dictionary(pa.int32(), pa.string())
# Words that come back in nearly every row, though they are no codes of ours.
_REPEATED = {
    "unit", "canonical_unit", "dimension", "extractor", "rule", "rule_version", "version", "media_type", "encoding",
    "province", "prefecture", "county", "case_county", "省", "市", "县", "单位", "门槛单位", "类型", "审核",
}  # fmt: skip
# What a view works out has no type in SQLite; text but for these.
_WORKED_OUT = dict.fromkeys(("相似度", "中位", "最低", "最高"), pa.float64())
_COUNT = "数"


class NotOurParquet(AnlikuError):
    """{path}: not a table that anliku wrote as Parquet (version {known}), but {found}"""


def schema(library: Library, table: Sheet) -> pa.Schema:
    """Arrow schema of a table or view, as `outputs.tables.sheet` gives it (codes, not their names)."""
    declared = {row["name"]: row["type"] for row in library.query(f'PRAGMA table_xinfo("{table.name}")')}
    fields = [_field(table.name, column, declared.get(column, "TEXT")) for column in table.columns]
    said = {"anliku.parquet": VERSION, "anliku.library": str(LIBRARY_SCHEMA), "anliku.table": table.name}
    return pa.schema(fields, metadata={**said, "title": title(table.name)})


def write_parquet(table: Sheet, fields: pa.Schema, out: IO[bytes]) -> None:
    """Write the rows of a table in groups of `ROWS`. The same rows give the same bytes."""
    rows = iter(table.rows)
    with pq.ParquetWriter(out, fields, compression="zstd") as writer:
        while batch := list(islice(rows, ROWS)):
            columns = zip(*batch, strict=True)
            arrays = [_array(field, values) for field, values in zip(fields, columns, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=fields))


def read_parquet(source: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table that `write_parquet` wrote, by column; codes as text. NotOurParquet."""
    try:
        file = pq.ParquetFile(source)
    except pa.ArrowInvalid as error:
        raise NotOurParquet(path=source, known=VERSION, found="no Parquet file") from error
    with file:
        said = file.schema_arrow.metadata or {}
        found = said.get(b"anliku.parquet", b"").decode()
        if found != VERSION:
            raise NotOurParquet(path=source, known=VERSION, found=f"version {found}" if found else "another's file")
        for batch in file.iter_batches():
            yield from batch.to_pylist()


def _field(table: str, column: str, declared: str) -> pa.Field:
    group = code_group(table, column)
    said = {"title": title(table, column)} | ({"labels": group} if group else {})
    return pa.field(column, _type(column, declared, coded=group is not None), metadata=said)


def _type(column: str, declared: str, *, coded: bool) -> pa.DataType:
    if column in LISTS or column in ("rate", "口径"):
        return pa.list_(pa.string())
    if column in YES_NO:
        return pa.bool_()
    if not declared and column.endswith(_COUNT):
        return pa.int64()
    if coded or column in _REPEATED:
        return _CODED
    return _TYPES[declared] if declared else _WORKED_OUT.get(column, pa.string())


def _array(field: pa.Field, values: tuple[Any, ...]) -> pa.Array:
    if pa.types.is_list(field.type):
        values = tuple(None if value is None else _items(value) for value in values)
    elif pa.types.is_boolean(field.type):
        values = tuple(None if value is None else bool(value) for value in values)
    elif pa.types.is_floating(field.type):
        values = tuple(None if value is None else float(value) for value in values)
    return pa.array(values, type=field.type)


def _items(value: str) -> list[str]:
    """A list of the library: JSON, or words with commas between."""
    return json.loads(value) if value.startswith("[") else value.split(",")
