"""A library to CSV, JSONL, XLSX and Parquet. What is for reading on paper is in `outputs/document.py`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Literal

from models.errors import AnlikuError, CannotWrite
from outputs.jsonl import json_line, to_json
from outputs.library import Library
from outputs.redact import Redactor
from outputs.tables import Cell, Sheet, names, sheet, with_names
from outputs.writing import written

Format = Literal["csv", "jsonl", "xlsx", "parquet"]

RECORDS = "records"
"""Name under which the whole records go out, one JSON line each, with the keys of the gold files."""

# A cell that begins with one of these is a formula to a spreadsheet, also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class NotExportable(AnlikuError):
    """{what} cannot be exported as {format}; {instead}"""


def export(
    library: Library,
    what: str,
    format: Format,
    target: Path | IO[bytes],
    *,
    bom: bool = False,
    chinese: bool | None = None,
    redact: bool = False,
) -> list[Path]:
    """Write a table or view, `all` of them, or the `records`; the files written.

    `all` makes a folder of files, in XLSX one file with a sheet a table. A stream takes one table or an XLSX.
    `bom`: a mark by which Excel knows a CSV for UTF-8. `chinese`: Chinese titles and codes by name; by default for
    XLSX and for CSV with `bom`; any CSV of 举措矩阵 has the names of its categories, codes beside; Parquet has
    the titles beside its fields. `redact`: no names of persons. CSV cells that a spreadsheet would run as a formula get
    a ' in front; JSONL and Parquet are exact. A file appears when it is whole.
    NoSuchTable, NotExportable, CannotWrite.
    """
    redactor = Redactor(library) if redact else None
    named = chinese if chinese is not None else format == "xlsx" or (format == "csv" and bom)

    def rows(name: str) -> Sheet:
        return sheet(library, name, chinese=named and format != "parquet", redactor=redactor)

    def one(name: str, out: IO[bytes]) -> None:
        if name == RECORDS:
            write_records(library, out, redactor)
        elif format == "csv":
            write_csv(rows(name) if named else with_names(library, rows(name)), out, bom=bom)
        elif format == "parquet":
            # pyarrow takes 0.2 s to import, which the other formats need not wait for.
            from outputs.parquet import schema, write_parquet

            write_parquet(table := rows(name), schema(library, table), out)
        else:
            write_jsonl(rows(name), out)

    if what == RECORDS and format != "jsonl":
        raise NotExportable(what=what, format=format, instead="use jsonl.")
    if format == "xlsx":
        sheets = [rows(name) for name in (names() if what == "all" else (what,))]
        from outputs.spreadsheet import write_xlsx  # only here: openpyxl takes 0.15 s to import

        return written(target, lambda out: write_xlsx(sheets, out))
    if what != "all":
        if what != RECORDS:
            rows(what)  # says that there is no such table before anything is opened
        return written(target, lambda out: one(what, out))
    if not isinstance(target, Path):
        raise NotExportable(what="all tables", format=f"one stream of {format}", instead="give a folder.")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(path=target, problem=error.strerror or error) from error
    parts = [*names(), *([RECORDS] if format == "jsonl" else [])]
    for name in parts:
        written(target / f"{name}.{format}", partial(one, name))
    return [target / f"{name}.{format}" for name in parts]


def write_csv(table: Sheet, out: IO[bytes], *, bom: bool = False) -> None:
    """RFC 4180: comma, CRLF, quotes where needed."""
    with _text(out, "utf-8-sig" if bom else "utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(table.columns)
        writer.writerows([guarded(cell) for cell in row] for row in table.rows)


def write_jsonl(table: Sheet, out: IO[bytes]) -> None:
    """An object a row, keys in the order of the columns, nulls included."""
    for row in table.rows:
        out.write(json_line(dict(zip(table.columns, row, strict=True))).encode("utf-8") + b"\n")


def write_records(library: Library, out: IO[bytes], redactor: Redactor | None = None) -> None:
    """A record a line, as it stands after review, in order of article id."""
    for article_id in library.articles():
        record = library.record(article_id, reviewed=True)
        line = json_line(redactor.record(record)) if redactor else to_json(record)
        out.write(line.encode("utf-8") + b"\n")


def guarded(cell: Cell) -> Cell:
    """The cell, with a ' in front where a spreadsheet would take it for a formula. Numbers are no formulas."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


@contextmanager
def _text(out: IO[bytes], encoding: str) -> Iterator[IO[str]]:
    text = io.TextIOWrapper(out, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.flush()
        text.detach()  # the stream is the caller's to close
