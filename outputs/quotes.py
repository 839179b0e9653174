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
_LONGEST = 1000
"""Characters of a sentence that is quoted whole. What goes on for longer is a list or a broken page, and would stand in
full beside each of its numbers."""

# No part runs over the beginning of another: a page of opened tags alone would else take quadratic time.
_TAG = re.compile(r"<!--(?:(?!<!--|-->).)*+-->|<[^<>]*+>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
_OPENED = re.compile(r"[。!?！？；;\n>]\s*")
_CLOSED = re.compile(r"[。!?！？；;]|(?=[\n<])")
# What would move the cursor, ring the bell or turn the writing direction of a terminal or page.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def quotes(raw: str, record: CaseRecord) -> Callable[[Span], Range]:
    """A function that gives the raw range of the sentence around a finding."""
    sentences = sorted((role.start, role.end) for role in record.roles)
    starts = [start for start, _ in sentences]

    def quote(span: Span) -> Range:
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and sentences[at][1] >= span.end and sentences[at][1] - sentences[at][0] <= _LONGEST:
            return sentences[at]
        before = raw[max(0, span.start - _REACH) : span.start]
        after = raw[span.end : span.end + _REACH]
        opened = max((hit.end() for hit in _OPENED.finditer(before)), default=0)
        closed = _CLOSED.search(after)
        return span.start - len(before) + opened, span.end + (closed.end() if closed else len(after))

    return quote


def visible(article: Article, start: int, end: int) -> str:
    """A raw run without tags, entities and control characters: what a reader of the page sees there."""
    return _shown(article.raw[start:end], article.media_type)


def quoted(run: str, media_type: str) -> str:
    """A raw run as `visible` has it, on one line."""
    return " ".join(_shown(run, media_type).split())


def _shown(run: str, media_type: str) -> str:
    return safe(html.unescape(_TAG.sub("", run)) if media_type == "text/html" else run)


def link(article: Article) -> str | None:
    """The address of the page, where a page of ours may lead to it: never javascript:."""
    url = article.columns.url or ""
    return safe(url) if url.startswith(("http://", "https://")) else None


def position(article: Article, start: int, count: int) -> int:
    """Where, in the raw text, the `count`-th character after `start` ends that a reader sees: the inverse of `visible`.
    The end of the text where there are fewer."""
    at, seen = start, 0
    page = article.media_type == "text/html"
    while seen < count and at < len(article.raw):
        if page and (tag := _TAG.match(article.raw, at)):
            at = tag.end()
            continue
        entity = _ENTITY.match(article.raw, at) if page else None
        run = entity[0] if entity else article.raw[at]
        seen += len(safe(html.unescape(run) if page else run))
        at += len(run)
    return at


def beginning(article: Article, at: int) -> int:
    """The first character at or after `at` that a reader sees."""
    while at < len(article.raw):
        tag = _TAG.match(article.raw, at) if article.media_type == "text/html" else None
        if tag is None and safe(article.raw[at]):
            break
        at = tag.end() if tag else at + 1
    return at


def safe(text: str) -> str:
    """The text without control characters, which a terminal would obey. Lines stay."""
    return _CONTROL.sub("", text)


def for_xml(text: str) -> str:
    """The text without the characters that no XML file (DOCX, XLSX, SVG) can hold, even escaped."""
    return _NOT_XML.sub("", text)


def one_line(text: str) -> str:
    """The text as `safe` has it, its line ends as spaces."""
    return safe(text).replace("\n", " ")


def reading(span: Span) -> str:
    """The clean, simplified reading of a span on one line."""
    return one_line(span.norm or span.text)
