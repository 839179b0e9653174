"""Metadata of an article: GUIDE §1.

Who is believed, from first to last: what the page shows its reader (byline, dateline, credit), what its head says to
machines (meta tags, JSON-LD), then the dump's own columns. A later source only fills what the earlier ones leave open,
but a time of day for a day already known is taken from whoever has it.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

from extractors.metadata.dates import read_date
from extractors.metadata.fields import Labels, labels, outlet
from extractors.metadata.page import clean_title, read_page
from extractors.metadata.people import read_credit
from extractors.metadata.tags import Head, read_head
from models.article import Article
from models.document import Layout, Meta
from models.text import NormalText

__all__ = ["read_metadata"]


def read_metadata(article: Article, normal: NormalText, layout: Layout) -> Meta:
    """What the page and the dump's columns say of the article."""
    known = labels()
    shown = read_page(normal, layout, known)
    head = _simple(read_head(article.raw)) if article.media_type == "text/html" else Head()
    dump = article.columns
    columns = _simple(Head(dump.title, dump.date, dump.outlet, dump.author))
    authors = shown.authors or _people(head.author, known) or _people(columns.author, known)
    return Meta(
        title=_title(shown.title, head.title, columns.title, normal),
        published=_most_precise(
            shown.published, read_date(head.published or ""), shown.updated, read_date(columns.published or "")
        ),
        outlet=shown.outlet or shown.bare_outlet
        or outlet(head.outlet or "") or shown.publisher or shown.dateline_outlet
        or outlet(columns.outlet or "")
        or _site(head.site, known),
        authors=tuple(authors) or None,
        contributor=shown.contributor,
        script=normal.script,
    )  # fmt: skip


def _title(shown: str | None, head: str | None, dump: str | None, normal: NormalText) -> str | None:
    """The page's own title line; but where the head names another line of the page, that one: a menu may look like a
    title."""
    told = clean_title(head) if head else None
    if shown and told and shown not in told and f"\n{told}\n" in f"\n{normal.text}\n":
        return told
    return shown or told or (clean_title(dump) if dump else None) or None


def _people(value: str | None, known: Labels) -> list[str]:
    return read_credit(value or "", known).persons


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simple(head: Head) -> Head:
    """The same values in simplified script; they are short, so OpenCC's own converter will do."""
    return Head(*(_converter().convert(value) if value else None for value in head))


def _site(name: str | None, known: Labels) -> str | None:
    """The site's own name, where it is an outlet's: the last resort, since sites reprint."""
    name = re.sub(r"(?:数字[版报]|电子[版报]|官方网站|首页)$", "", name.strip()) if name else ""
    return name if len(name) >= 3 and known.outlet_ends.search(name) else None


def _most_precise(*dates: str | None) -> str | None:
    """The first date told, or another source's finer telling of the same day or month."""
    told = [date for date in dates if date]
    if not told:
        return None
    return max((date for date in told if date.startswith(told[0])), key=len)
