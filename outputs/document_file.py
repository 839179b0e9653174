"""Cases to a file: Markdown, DOCX or HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO, Literal

from outputs.document_book import Selection, cases, cover, units
from outputs.library import Library
from outputs.redact import Redactor
from outputs.writing import written

Format = Literal["md", "docx", "html"]


def document(
    library: Library, format: Format, target: Path | IO[bytes], selection: Selection, *, redact: bool = False
) -> list[Path]:
    """Print the cases of a selection, one alone or several with cover and contents; the files written. `redact`: no
    names of persons. NoCase, CannotWrite."""
    redactor = Redactor(library) if redact else None
    chosen = units(library, selection)
    several = selection.case is None
    first = cover(library, chosen, selection, redacted=redact) if several else None
    contents = [(unit.group, redactor.text(unit.article_id, unit.title) if redactor else unit.title) for unit in chosen]
    write = _writer(format)
    return written(target, lambda out: write(cases(library, chosen, redactor), out, first, contents))


def _writer(format: Format) -> Callable[..., None]:
    """python-docx takes 0.2 s to import, which the others need not wait for."""
    if format == "md":
        from outputs.document_markdown import write_markdown

        return write_markdown
    if format == "html":
        from outputs.document_html import write_html

        return write_html
    from outputs.document_docx import write_docx

    return write_docx
