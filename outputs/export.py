"""A library to CSV, JSONL and XLSX."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from models.errors import AnlikuError
from outputs.jsonl import to_json
from outputs.library import Library
from outputs.spreadsheet import write_xlsx
from outputs.tables import Cell, Sheet, names, sheet

Format = Literal["csv", "jsonl", "xlsx"]

RECORDS = "records"
"""Name under which the whole records go out, one JSON line each, with the keys of the gold files."""

# A cell that begins with one of these is a formula to a spreadsheet, also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class CannotExport(AnlikuError):
    """{target}: cannot be written ({problem})"""


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
) -> list[Path]:
    """Write a table or view, `all` of them, or the `records`; the files written.

    `all` makes a folder of files, in XLSX one file with a sheet a table. A stream takes one table or an XLSX.
    `bom`: a mark by which Excel knows a CSV for UTF-8. `chinese`: Chinese titles and codes by name; by default for
    XLSX and for CSV with `bom`. CSV cells that a spreadsheet would run as a formula get a ' in front; JSONL is exact.
    A file appears when it is whole. NoSuchTable, NotExportable, CannotExport.
    """
    named = chinese if chinese is not None else format == "xlsx" or (format == "csv" and bom)
    try:
        if format == "xlsx":
            if what == RECORDS:
                raise NotExportable(what=what, format=format, instead="use jsonl.")
            wanted = names() if what == "all" else (what,)
            sheets = [sheet(library, name, chinese=named) for name in wanted]
            return _write(target, lambda out: write_xlsx(sheets, out))
        if what == "all":
            if not isinstance(target, Path):
                raise NotExportable(what="all tables", format=f"one stream of {format}", instead="give a folder.")
            target.mkdir(parents=True, exist_ok=True)
            parts = [*names(), *([RECORDS] if format == "jsonl" else [])]
            return [
                path
                for name in parts
                for path in export(library, name, format, target / f"{name}.{format}", bom=bom, chinese=chinese)
            ]
        if what == RECORDS:
            if format != "jsonl":
                raise NotExportable(what=what, format=format, instead="use jsonl.")
            return _write(target, lambda out: write_records(library, out))
        one = sheet(library, what, chinese=named)
        return _write(target, lambda out: write_csv(one, out, bom=bom) if format == "csv" else write_jsonl(one, out))
    except OSError as error:
        raise CannotExport(target=target, problem=error.strerror or error) from error


def write_csv(table: Sheet, out: IO[bytes], *, bom: bool = False) -> None:
    """RFC 4180: comma, CRLF, quotes where needed."""
    with _text(out, "utf-8-sig" if bom else "utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(table.columns)
        writer.writerows([guarded(cell) for cell in row] for row in table.rows)


def write_jsonl(table: Sheet, out: IO[bytes]) -> None:
    """An object a row, keys in the order of the columns, nulls included."""
    for row in table.rows:
        line = json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False, separators=(",", ":"))
        out.write(line.encode("utf-8") + b"\n")


def write_records(library: Library, out: IO[bytes]) -> None:
    """A record a line, as it stands after review, in order of article id."""
    for article_id in library.articles():
        out.write(to_json(library.record(article_id, reviewed=True)).encode("utf-8") + b"\n")


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


def _write(target: Path | IO[bytes], write: Callable[[IO[bytes]], None]) -> list[Path]:
    if not isinstance(target, Path):
        write(target)
        return []
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as out:
            write(out)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return [target]
