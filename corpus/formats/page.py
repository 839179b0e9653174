"""Plain text, Markdown and HTML: one file, one article. The raw text keeps tags, marks and line ends."""

from __future__ import annotations

from corpus.blob import Blob, Reading, Results, read_article
from corpus.charset import declared_in, decode
from corpus.errors import NoText
from models.article import Article, Columns, MediaType


def read_text(blob: Blob, reading: Reading) -> Results:
    """A `.txt`. Saved pages named .txt stay plain text: the name is the user's word."""
    yield from _read(blob, reading, "text/plain")


def read_markdown(blob: Blob, reading: Reading) -> Results:
    """A `.md`."""
    yield from _read(blob, reading, "text/markdown")


def read_html(blob: Blob, reading: Reading) -> Results:
    """A `.html`, however broken."""
    yield from _read(blob, reading, "text/html")


def page_article(
    data: bytes,
    source: str,
    media_type: MediaType,
    *,
    declared: str | None = None,
    forced: str | None = None,
    url: str | None = None,
) -> Article:
    """The article of a page's bytes. `declared` is the HTTP header's word, which goes before the page's own."""
    if media_type == "text/html":
        declared = declared or declared_in(data)
    decoded = decode(data, source, declared=declared, forced=forced)
    if not decoded.text.strip():
        raise NoText(source=source, where="", hint="")
    return Article(source=source, raw=decoded.text, media_type=media_type, encoding=decoded.encoding,
                   columns=Columns(url=url))  # fmt: skip


def _read(blob: Blob, reading: Reading, media_type: MediaType) -> Results:
    data = read_article(blob, reading.limits)
    yield page_article(data, blob.source, media_type, forced=reading.options.encoding)
