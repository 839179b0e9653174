"""Sentences of the body."""

from __future__ import annotations

import re

from models.document import Block
from models.span import Range

_MARK = re.compile(r"[。！？!?…]+[”’」』）)]*|[“「『”」』]")
# A quotation within a sentence stays whole up to this length; a longer one is a speech, split like any text.
_LONG_QUOTE = 80


def sentences(text: str, body: list[Block]) -> list[Range]:
    """Sentences of `body` blocks, in order, without white space at their ends. A heading is one sentence;
    semicolons do not split; a stop inside a short quotation does not."""
    found: list[Range] = []
    for block in body:
        if block.kind == "heading":
            found.append((block.start, block.end))
        else:
            _split(text, block.start, block.end, found)
    return found


def _split(text: str, start: int, end: int, found: list[Range]) -> None:
    begin = start
    quote: int | None = None
    for hit in _MARK.finditer(text, start, end):
        mark = hit.group()
        if mark in "“「『":
            quote = hit.start() if quote is None else quote
            continue
        if mark in "”」』":
            quote = None
            continue
        at = hit.end()
        closes = mark[-1] in "”」』" or (mark[-1] in "’）)" and any(sign in mark for sign in "”」』"))
        if quote is not None:
            if not closes:
                if hit.start() - quote <= _LONG_QUOTE and _closing(text, hit.end(), min(end, quote + 2 * _LONG_QUOTE)):
                    continue
            elif quote == begin and at < end and text[at] not in "\n“「":
                quote = None  # “……！”村支书说: who says it belongs to it
                continue
            else:
                quote = None
        if at < end and text[at] in "，,、；;":  # (……。),…
            continue
        _add(text, begin, at, found)
        begin = at
        while begin < end and text[begin].isspace():
            begin += 1
    _add(text, begin, end, found)


def _closing(text: str, start: int, end: int) -> bool:
    return any(text.find(sign, start, end) >= 0 for sign in "”」』")


def _add(text: str, start: int, end: int, found: list[Range]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end <= start:
        return
    found.append((start, end))
