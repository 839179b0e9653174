"""Word: paragraphs, headings and table rows in the order of the document, a line each; cells are divided by tabs.

Headers, footers, comments and deleted text are left out. The raw text of the article is this text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, cast

from corpus.blob import Blob, Reading, Results, human, open_seekable
from corpus.errors import Damaged, NoText, TooLong
from corpus.formats.office import check_package
from models.article import Article

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of Word's own elements."""
PARAGRAPH, ROW, CELL = f"{W}p", f"{W}tr", f"{W}tc"
PROPERTIES = f"{W}pPr"
SKIPPED = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # a text box a second time
    }
)
MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
TEXT = f"{W}t"


def read_docx(blob: Blob, reading: Reading) -> Results:
    """The article of a `.docx`."""
    import docx  # here: a run without Word files, and each of its workers, need not load it

    limit = reading.limits.article_bytes
    with open_seekable(blob, reading.limits) as stream:
        check_package(stream, blob.source, reading.limits)
        try:
            body = docx.Document(cast("IO[bytes]", stream)).element.body
        except Exception as error:  # python-docx passes on what lxml, zipfile and its own parts raise
            raise Damaged(source=blob.source, kind="a Word file", reason=error) from error
        lines: list[str] = []
        size = 0
        for line in _lines(body):
            size += len(line) + 1
            if size > limit:
                raise TooLong(source=blob.source, what="its text", limit=human(limit))
            lines.append(line)
    raw = "\n".join(lines)
    if not raw.strip():
        raise NoText(source=blob.source, where="", hint="")
    yield Article(source=blob.source, raw=raw)


def _lines(body: Any) -> Iterator[str]:
    """One string a paragraph or table row. A stack, not recursion: tables can be nested without end."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag == PARAGRAPH:
            yield _text(element)
        elif element.tag == ROW:
            cells = [child for child in element.iter(CELL) if next(child.iterancestors(ROW)) is element]
            yield "\t".join(" ".join(filter(None, map(_text, cell.iter(PARAGRAPH)))) for cell in cells)
        elif element.tag not in SKIPPED:
            stack.extend(reversed(element))


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag == TEXT:
            parts.append(element.text or "")
        elif element.tag in MARKS:
            parts.append(MARKS[element.tag])
        elif element.tag not in SKIPPED and element.tag != PROPERTIES:  # w:tabs there are stops, not tabs
            stack.extend(reversed(element))
    return "".join(parts)
