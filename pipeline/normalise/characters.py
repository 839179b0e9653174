"""Letters of another width, invisible characters, odd spaces and line ends."""

from __future__ import annotations

import re
from functools import cache
from typing import cast
from unicodedata import normalize

from models.text import Reason
from pipeline.normalise.draft import Edit

# Full-width digits and letters are the same letters typed in a Chinese input mode; so are these signs, which
# stand in numbers. Chinese punctuation (，。：；（）“”) stays as the page has it: it is part of the writing.
_WIDE = (
    "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
    + "％＋－～／＝＠＆﹪﹢﹣"
)
# Radicals and compatibility ideographs: the same character under another number, as PDF copies have them.
_TWINS = r"\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufad9"
# One class for the search, which is what a clean text costs; then the kind of what was found.
_KINDS: dict[Reason, str] = {
    "newline": r"\r\x0b\x0c\x85\u2028\u2029",
    "space": r"\xa0\u1680\u2000-\u200a\u202f\u205f\u3000",
    # zero width, direction marks, soft hyphen, byte order marks, variation selectors, control characters
    "invisible": r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xad\u034f\u180e\ufe00-\ufe0f\ufff9-\ufffb"
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f",
    "width": re.escape(_WIDE),
    "script": _TWINS,
}


@cache
def _odd() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_KINDS.values())}．]|(?<=[０-９])，")


@cache
def _pattern() -> re.Pattern[str]:
    groups: dict[str, str] = {name: f"[{chars}]+" for name, chars in _KINDS.items()}
    groups["newline"] = r"\r\n?|[\x0b\x0c\x85\u2028\u2029]"
    # a full-width stop or comma is part of a number only between digits, the comma only between wide ones
    groups["point"] = r"(?<=[0-9０-９])．(?=[0-9０-９])|(?<=[０-９])，(?=[０-９]{3}(?![０-９]))"
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items()))


_POINT = {"．": ".", "，": ","}


def characters(text: str) -> list[Edit]:
    """Edits that leave one form of each character."""
    edits: list[Edit] = []
    pattern = _pattern()
    end = 0
    for odd in _odd().finditer(text):
        if odd.start() < end or (hit := pattern.match(text, odd.start())) is None:
            continue
        end = hit.end()
        group = hit.lastgroup or ""
        old = hit.group()
        if group == "newline":
            new = "\n"
        elif group == "space":
            new = " " * len(old)
        elif group == "invisible":
            new = ""
        elif group == "point":
            new = _POINT[old]
        else:
            new = normalize("NFKC", old)
            if len(new) != len(old):  # a compatibility form that stands for several letters stays
                continue
        edits.append(Edit(hit.start(), end, new, "width" if group == "point" else cast(Reason, group)))
    return edits
