"""Readers of one format each. `READERS` is the list of what can be read."""

from __future__ import annotations

from collections.abc import Callable

from corpus.blob import Blob, Reading, Results
from corpus.formats.delimited import read_csv, read_tsv
from corpus.formats.docx import read_docx
from corpus.formats.gz import read_gz
from corpus.formats.json import read_json
from corpus.formats.jsonl import read_jsonl
from corpus.formats.page import read_html, read_markdown, read_text
from corpus.formats.pdf import read_pdf
from corpus.formats.tar import read_tar
from corpus.formats.warc import read_warc
from corpus.formats.xlsx import read_xlsx
from corpus.formats.zip import read_zip

Reader = Callable[[Blob, Reading], Results]
"""Yields the articles of a blob, and a failure for each that is none; may raise where nothing more can be read."""

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".xlsx": read_xlsx,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".warc": read_warc,
    ".zip": read_zip,
    ".tar": read_tar,
    ".tgz": read_tar,
    ".gz": read_gz,  # takes the suffix off and looks again: .jsonl.gz, .warc.gz, .tar.gz
}

SUFFIXES = " ".join(READERS)
"""For messages."""

__all__ = ["READERS", "SUFFIXES", "Reader"]
