"""Tables as sheets of one XLSX file."""

from __future__ import annotations

import errno
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, count, islice
from typing import IO

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from outputs.quotes import for_xml
from outputs.steady import write_steady
from outputs.tables import Cell, Sheet

ROWS = 1_048_575
"""Rows of a sheet below its header; a longer table goes on in another sheet."""
_LONGEST = 32_767
"""Characters of a cell."""


def write_xlsx(sheets: Iterable[Sheet], out: IO[bytes], rows: int = ROWS) -> None:
    """One sheet a table, its header bold and frozen. Text is text: nothing becomes a formula."""
    book = Workbook(write_only=True)
    try:
        _fill(book, sheets, rows)
        write_steady(book.save, out)
    except SerialisationError as error:
        # Each sheet is written to a temporary file first, by lxml, which has an error of its own for a full disk.
        _abandon(book)
        raise OSError(errno.ENOSPC, f"no room for temporary files in {tempfile.gettempdir()}") from error


def _fill(book: Workbook, sheets: Iterable[Sheet], rows: int) -> None:
    for table in sheets:
        left = iter(table.rows)
        for nr in count(1):
            first = next(left, None)
            if first is None and nr > 1:
                break
            here = chain([first] if first is not None else [], islice(left, rows - 1))
            _sheet(book, table.name if nr == 1 else f"{table.name} ({nr})", table.columns, here)


def _abandon(book: Workbook) -> None:
    """Close the temporary files of sheets that are not finished; closing them fails as writing did."""
    for page in book.worksheets:
        writer = getattr(page, "_writer", None)
        if writer is not None:
            with suppress(SerialisationError):
                writer.xf.close()
            with suppress(OSError, ValueError):
                writer.cleanup()


def _sheet(book: Workbook, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> None:
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    page.freeze_panes = "A2"
    for index, column in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(index)].width = 40 if column in ("原文", "引文", "text") else 14
    header = []
    for column in columns:
        cell = WriteOnlyCell(page, column)
        cell.font = Font(bold=True)
        header.append(cell)
    page.append(header)
    for row in rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: WriteOnlyWorksheet, value: Cell) -> object:
    if not isinstance(value, str):
        return value
    text = for_xml(value)[:_LONGEST]
    if not text.startswith("=") and text not in ERROR_CODES:
        return text
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"  # openpyxl would make a formula of it, or an error of #N/A
    return cell
