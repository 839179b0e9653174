"""A laid-out article: what every extractor reads. All offsets here count in `normal.text`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from models.article import Article
from models.base import Record
from models.span import Range
from models.text import NormalText

BlockKind = Literal["heading", "paragraph", "caption", "title", "byline", "dateline", "note", "noise", "repeat"]
"""`heading` and `paragraph` are the body. `title`: the article's own title line; `byline`: date, source, authors,
credits; `dateline`: 央视网消息(新闻联播): ; `note`: an editor's note before the article (按:…); `noise`: navigation,
footers, licences, share widgets, stray tokens; `repeat`: text that already stood."""


class Block(Record):
    """A run of one kind, never longer than a line, without white space at its ends. Blocks are in order and
    do not overlap; text in no block is white space."""

    start: int = Field(ge=0)
    end: int
    kind: BlockKind
    level: int | None = None
    """Depth of a heading, 1 the highest; null for anything else."""
    rule: str = ""
    """Which layout rule decided the kind."""


class Item(Record):
    """A numbered item (一是…; (二)…; 1.…; ①; “…”式。; 首先…), its marker included, up to where the next begins."""

    start: int
    end: int
    marker: Range
    """The marker alone: 一是, (二), 1. A lead without number (“亮灯引路”式。) has its lead here."""
    form: str
    """Kind of marker: `yishi`, `paren_cn`, `cn`, `paren_digit`, `digit`, `circled`, `di`, `ordinal_word`,
    `quoted_lead`."""
    ordinal: int | None
    level: int
    """Nesting depth among items, 1 the outermost."""
    heading: int | None = None
    """Index into `blocks` of the nearest heading above, or null."""


class Layout(Record):
    """Structure of the page."""

    blocks: tuple[Block, ...]
    sentences: tuple[Range, ...]
    """Sentences of the body (headings included, one each), in order; none crosses a block."""
    items: tuple[Item, ...] = ()

    def body(self) -> list[Block]:
        """Headings and paragraphs, in order."""
        return [block for block in self.blocks if block.kind in ("heading", "paragraph")]


Kind = Literal["case", "roundup", "other"]


class Meta(Record):
    """GUIDE §1. Values are simplified and clean; null where neither page nor dump says."""

    title: str | None = None
    published: str | None = None
    """ISO 8601 date or date-time, as precise as the page gives."""
    outlet: str | None = None
    authors: tuple[str, ...] | None = None
    contributor: str | None = None
    script: Literal["hans", "hant", "mixed"] = "hans"

    @property
    def day(self) -> date | None:
        """The day it was published, where that is said to the day."""
        return date.fromisoformat(self.published[:10]) if self.published and len(self.published) >= 10 else None


class Document(Record):
    """Article, clean text, structure and metadata: the one input of the extractors."""

    article: Article
    normal: NormalText
    layout: Layout
    meta: Meta
