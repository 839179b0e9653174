"""How to read: columns of dumps, charset, and how much one source may take."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from corpus.charset import canonical
from corpus.errors import UnknownEncoding
from models.base import Record

MIB = 1 << 20

Role = Literal["text", "title", "date", "url", "outlet", "author"]
"""What a dump's column holds."""


class Limits(Record):
    """Bounds that keep memory and time finite on hostile or broken input. All in bytes unless said."""

    article_bytes: int = Field(default=16 * MIB, gt=0)
    """One article: a page, a line of JSONL, a cell. The longest policy reports have 1 MB; pages with pictures inlined
    reach several. Up to three times this is held in memory while it is decoded."""
    document_bytes: int = Field(default=256 * MIB, gt=0)
    """A file that cannot be streamed (docx, pdf, xlsx, an archive inside an archive), and what its own zip container
    may unpack to. Reports with pictures reach 100 MB."""
    archive_ratio: int = Field(default=200, gt=0)
    """How many bytes an archive, with all archives inside it, may unpack to for each of its own. Text packs 3–10 times,
    repetitive pages up to 60; bombs start near 1,000, the most that deflate can do."""
    archive_floor: int = Field(default=64 * MIB, gt=0)
    """What any archive may unpack to, however small it is: below this a high ratio does no harm."""
    archive_members: int = Field(default=1_000_000, gt=0)
    """Files in one archive. The table of contents of a zip takes about 0.5 kB of memory for each."""
    archive_depth: int = Field(default=3, gt=0)
    """Archives inside archives, the outermost being 1. Dumps are seldom nested more than twice; an archive can hold
    itself."""


class ReadOptions(Record):
    """How `corpus.read` reads. The defaults suit a folder of anything."""

    text_column: str | None = None
    """Column or JSON key of the article's text; null: guessed from the names in `columns.toml`."""
    title_column: str | None = None
    date_column: str | None = None
    url_column: str | None = None
    outlet_column: str | None = None
    author_column: str | None = None
    encoding: str | None = None
    """Charset of every text, whatever it declares; null: found for each (see `corpus.charset`)."""
    limits: Limits = Limits()

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, encoding: str | None) -> str | None:
        if encoding is None:
            return None
        found = canonical(encoding)
        if found is None:
            raise UnknownEncoding(encoding=encoding)
        return found

    def column(self, role: Role) -> str | None:
        """The column that the user named for a role."""
        named: dict[Role, str | None] = {
            "text": self.text_column,
            "title": self.title_column,
            "date": self.date_column,
            "url": self.url_column,
            "outlet": self.outlet_column,
            "author": self.author_column,
        }
        return named[role]
