"""An article as a reader yields it, and a source that could not be read."""

from __future__ import annotations

import hashlib
from typing import Literal

from models.base import Record

MediaType = Literal["text/plain", "text/html", "text/markdown"]
"""How the raw text is marked up. Formats that are not text (docx, pdf, cells, JSON fields) yield plain text."""


class Columns(Record):
    """What a dump's own columns say of an article; the page itself may say more. All as written, unparsed."""

    title: str | None = None
    date: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None


class Article(Record):
    """One article: its decoded raw text, which every offset of its record counts in."""

    source: str
    """Where it was read, as a user would name it: `news.zip!a/1.html`, `dump.jsonl#17` (record 17, from 1)."""
    raw: str
    media_type: MediaType = "text/plain"
    encoding: str = "utf-8"
    """The charset that decoded it; `utf-8` where the container had none of its own."""
    columns: Columns = Columns()

    @property
    def id(self) -> str:
        """Content hash: the same text has the same id on every machine, under any name. 16 hex digits."""
        return hashlib.sha256(self.raw.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def file(self) -> str:
        """The last part of `source`: `000_x.txt`, `dump.jsonl#17`."""
        return self.source.replace("\\", "/").rsplit("/", 1)[-1].rsplit("!", 1)[-1]


class Failure(Record):
    """A source, or an article of it, that could not be turned into a record. The run goes on."""

    source: str
    stage: Literal["read", "decode", "extract", "write"]
    error: str
    """Class name of the error."""
    message: str
    """Names the file, what is wrong and the way out, in one line."""
