"""Hard line breaks inside paragraphs, as the text layer of a PDF or an old e-mail has them."""

from __future__ import annotations

import re

from pipeline.normalise.draft import Edit

# Wider than any line of a printed page; one longer line, and the breaks are the author's.
_WIDEST = 64
_NARROWEST = 15
_FEWEST = 6
_CLOSES = tuple("。！？；：!?;:…")
_OPENS = re.compile(
    r"[ \t]{2,}|\n|[（(]?[一二三四五六七八九十]{1,3}[)）、是]|\d{1,2}[.、．]|[①-⑳■●]|第[一二三四五六七八九十]"
)


def unwrap(text: str) -> list[Edit]:
    """Edits that join the lines of a paragraph, where a page is wrapped to one width; none for any other page. A full
    line that ends with a stop keeps its break: nothing tells whether the paragraph does."""
    lines = text.split("\n")
    if len(lines) < _FEWEST or max(map(len, lines)) > _WIDEST:
        return []
    best: list[bool] = []
    # a printed page is wrapped by width, an e-mail by number of characters: whichever more lines keep to
    for measure, ragged in ((_width, 4), (len, 0)):
        sizes = [measure(line.strip()) for line in lines]
        full = sorted(sizes)[len(sizes) * 9 // 10]
        wide = [line for line, size in zip(lines, sizes, strict=True) if abs(size - full) <= ragged]
        open_ended = sum(not _closes(line) for line in wide)
        wrapped = len(wide) >= max(_FEWEST, sum(best)) and open_ended * 3 >= len(wide) * 2
        if wrapped and full >= measure("\u3000" * _NARROWEST):
            best = [size >= full - ragged for size in sizes]
    return _joins(text, lines, best) if best else []


def _joins(text: str, lines: list[str], full: list[bool]) -> list[Edit]:
    edits: list[Edit] = []
    at = 0
    for line, reaches in zip(lines[:-1], full, strict=False):
        end = at + len(line)
        if reaches and not _closes(line) and not _OPENS.match(text, end + 1):
            edits.append(Edit(at + len(line.rstrip(" \t")), end + 1, "", "newline"))
        at = end + 1
    return edits


def _closes(line: str) -> bool:
    return line.rstrip("”’）) \t").endswith(_CLOSES)


def _width(line: str) -> int:
    """Columns, a Chinese character two."""
    return len(line) + sum(char > "\u2e80" for char in line)
