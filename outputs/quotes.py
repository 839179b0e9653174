"""The sentence around a finding, and raw text as a reader sees it."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable

from models.article import Article
from models.case import CaseRecord
from models.span import Range, Span

_REACH = 200
"""Characters on either side in which the ends of a quote are looked for where the record has no sentences."""

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_OPENED = re.compile(r"[。!?！？；;\n>]\s*")
_CLOSED = re.compile(r"[。!?！？；;]|(?=[\n<])")
# What would move the cursor, ring the bell or turn the writing direction of a terminal or page.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def quotes(raw: str, record: CaseRecord) -> Callable[[Span], Range]:
    """A function that gives the raw range of the sentence around a finding."""
    sentences = sorted((role.start, role.end) for role in record.roles)
    starts = [start for start, _ in sentences]

    def quote(span: Span) -> Range:
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and sentences[at][1] >= span.end:
            return sentences[at]
        before = raw[max(0, span.start - _REACH) : span.start]
        after = raw[span.end : span.end + _REACH]
        opened = max((hit.end() for hit in _OPENED.finditer(before)), default=0)
        closed = _CLOSED.search(after)
        return span.start - len(before) + opened, span.end + (closed.end() if closed else len(after))

    return quote


def visible(article: Article, start: int, end: int) -> str:
    """A raw run without tags, entities and control characters: what a reader of the page sees there."""
    text = article.raw[start:end]
    if article.media_type == "text/html":
        text = html.unescape(_TAG.sub("", text))
    return safe(text)


def safe(text: str) -> str:
    """The text without control characters, which a terminal would obey. Lines stay."""
    return _CONTROL.sub("", text)


def reading(span: Span) -> str:
    """The clean, simplified reading of a span on one line."""
    return safe(span.norm or span.text).replace("\n", " ")
