"""CSV and TSV: a header, then one article a row. Article N is the Nth row after the header, empty rows not counted.

Rows may hold quoted line ends. A row that does not decode is a failure, and the next is read.
"""

from __future__ import annotations

import csv
import re

from corpus.blob import Blob, Reading, Results, failure, human
from corpus.errors import BadRow, BadTable, DecodeError, NothingInside, SourceError, TooLong
from corpus.lines import Lines
from corpus.table import choose, to_article

BAD = "\udcff"
"""Ends a line that did not decode, until its row is refused. No decoded text can hold it."""

_LONE_RETURN = re.compile(r"(?<=\r)(?!\n)")


def read_csv(blob: Blob, reading: Reading) -> Results:
    """The articles of a `.csv`; its first line tells whether comma, semicolon or tab divides it."""
    return _read(blob, reading, ",;\t")


def read_tsv(blob: Blob, reading: Reading) -> Results:
    """The articles of a `.tsv`. Fields may be quoted, as spreadsheets write them."""
    return _read(blob, reading, "\t")


def _read(blob: Blob, reading: Reading, delimiters: str) -> Results:
    options, limit = reading.options, reading.limits.article_bytes
    with blob.open() as stream:
        lines = _TextLines(Lines(stream, blob.source, limit=limit, forced=options.encoding))
        rows = _Rows(lines, max(delimiters, key=lines.first.count), limit)
        try:
            header = [cell.strip() for cell in next(rows)]
        except csv.Error as error:
            raise BadTable(source=blob.source, reason=error) from error
        lines.check(header, blob.source)
        chosen = choose(header, options, blob.source)
        number = 1
        while True:
            source = f"{blob.source}#{number}"
            try:
                row = next(rows, None)
                if row is None:
                    break
                if not any(row):
                    continue
                number += 1
                lines.check(row, source)
                if any(row[len(header) :]):
                    raise BadRow(source=source, cells=len(row), columns=len(header))
                yield to_article(dict(zip(header, row, strict=False)), chosen, source, lines.charset, options)
            except csv.Error as error:
                raise BadTable(source=source, reason=error) from error
            except _LongLine:
                number += 1
                yield failure(TooLong(source=source, what="a line", limit=human(limit)))
            except SourceError as error:
                yield failure(error)
    if number == 1:
        raise NothingInside(source=blob.source, what="row below its header", hint="Fetch the table again")


class _LongLine(Exception):
    """A line past the limit was skipped."""


class _TextLines:
    """Decoded lines for `csv.reader`. A class, not a generator: an error must not end it."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.numbered = iter(lines)
        self.charset = lines.charset or "utf-8"
        self.error: DecodeError | None = None
        """Why the last bad line did not decode."""
        self.ahead: list[str] = []
        """Lines read and not yet given, the next one last."""
        self.first = ""
        """The first line that is not blank."""
        while not self.first.strip():
            try:
                self.first = next(self)
            except StopIteration:
                raise NothingInside(source=lines.source, what="row", hint="Fetch the table again") from None
        self.ahead.append(self.first)

    def __iter__(self) -> _TextLines:
        return self

    def __next__(self) -> str:
        while not self.ahead:  # a line can be nothing but a BOM
            # a lone \r ends a line, too: csv refuses it within one, and old spreadsheets on the Mac write no other
            self.ahead = [line for line in reversed(_LONE_RETURN.split(self._line())) if line]
        return self.ahead.pop()

    def _line(self) -> str:
        _, line = next(self.numbered)
        if line is None:
            raise _LongLine
        try:
            decoded = self.lines.decode(line, self.lines.source)
        except DecodeError as error:
            self.error = error
            return line.decode(self.charset, "replace").rstrip("\r\n") + BAD + "\n"
        if not decoded.text.isascii():
            self.charset = decoded.encoding
        return decoded.text

    def check(self, row: list[str], source: str) -> None:
        """Raise the error of a row with a line that did not decode."""
        if self.error is not None and any(BAD in cell for cell in row):
            raise type(self.error)(**{**self.error.values, "source": source}) from self.error


class _Rows:
    """`csv.reader` under a field limit of our own: the module's is global, so it is set only while a row is read."""

    def __init__(self, lines: _TextLines, delimiter: str, limit: int) -> None:
        self.reader = csv.reader(lines, delimiter=delimiter)
        self.limit = limit

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> list[str]:
        before = csv.field_size_limit(self.limit)
        try:
            return next(self.reader)
        finally:
            csv.field_size_limit(before)
