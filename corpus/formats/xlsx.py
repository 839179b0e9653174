"""Excel: every sheet with a header that names its columns; one article a row, read row by row.

Article N is row N of the sheet below its header; with several sheets, `news.xlsx#Sheet2:3`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from corpus.blob import Blob, Reading, Results, failure, open_seekable
from corpus.errors import Damaged, MissingColumn, NothingInside, SourceError
from corpus.formats.office import check_package
from corpus.table import choose, to_article


def read_xlsx(blob: Blob, reading: Reading) -> Results:
    """The articles of a `.xlsx`. A sheet without a text column (notes, a chart) is passed over if another has one."""
    options = reading.options
    refused: list[MissingColumn] = []
    seen = False
    with open_seekable(blob, reading.limits) as stream:
        check_package(stream, blob.source, reading.limits)
        sheets = list(_sheets(stream, blob.source))
        for title, rows in sheets:
            name = blob.source if len(sheets) == 1 else f"{blob.source}#{title}"
            header = [str(cell if cell is not None else "").strip() for cell in next(rows, ())]
            if not any(header):
                continue
            try:
                chosen = choose(header, options, name)
            except MissingColumn as error:
                refused.append(error)
                continue
            for number, row in enumerate(rows, 1):
                if all(cell is None or cell == "" for cell in row):
                    continue
                seen = True
                source = f"{name}:{number}" if len(sheets) > 1 else f"{name}#{number}"
                try:
                    yield to_article(dict(zip(header, row, strict=False)), chosen, source, "utf-8", options)
                except SourceError as error:
                    yield failure(error)
    if not seen and refused:
        raise refused[0]
    if not seen:
        raise NothingInside(source=blob.source, what="row below a header", hint="Save the table with its rows")


def _sheets(stream: io.BufferedIOBase, source: str) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:
    """`(title, rows)` of each sheet. Formulas give the value that Excel last saved."""
    import openpyxl  # here: a run without spreadsheets, and each of its workers, need not load it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions that openpyxl does not keep; values are not touched
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # what openpyxl raises on a damaged file is open-ended
            raise Damaged(source=source, kind="an Excel file", reason=error) from error
    for sheet in book.worksheets:
        yield sheet.title, _rows(sheet, source)


def _rows(sheet: Any, source: str) -> Iterator[tuple[Any, ...]]:
    rows = sheet.iter_rows(values_only=True)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows, None)
        except Exception as error:
            raise Damaged(source=source, kind="an Excel file", reason=error) from error
        if row is None:
            return
        yield row
