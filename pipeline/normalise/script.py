"""Which script a text is in, and traditional to simplified characters.

OpenCC's own tables (4,113 characters, 277 phrases; every entry keeps its length, which a test pins) are applied
letter for letter: phrases by an automaton, longest first, then characters. So origins stay exact and long lines stay
linear, which OpenCC's recursive Python converter does not promise.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.normalise.draft import Edit

Script = Literal["hans", "hant", "mixed"]

# A page of one script quotes a name or two in the other; from one such character in twenty on, it is mixed.
_SHARE = 0.05


class _Tables(NamedTuple):
    characters: dict[int, str]
    sure: dict[int, str]
    """Characters that simplified writing does not have at all. 著, 乾, 瞭 are in both: 著名, 乾县."""
    traditional: re.Pattern[str]
    simplified: re.Pattern[str]
    phrases: AhoCorasick
    simple_phrases: list[str]


@cache
def _tables() -> _Tables:
    to_simple = _read("TSCharacters.txt")
    phrases = _read("TSPhrases.txt")
    only_hant = [a for a, b in to_simple.items() if a != b and not _in_charset(a, "gb2312")]
    only_hans = [a for a, b in _read("STCharacters.txt").items() if a != b and not _in_charset(a, "big5")]
    return _Tables(
        {ord(a): b for a, b in to_simple.items()},
        {ord(a): to_simple[a] for a in only_hant},
        _class(only_hant),
        _class(only_hans),
        AhoCorasick(list(phrases), matchkind=MatchKind.LeftmostLongest),
        list(phrases.values()),
    )


def _read(name: str) -> dict[str, str]:
    """Table of OpenCC; of several readings the first, as OpenCC takes it."""
    lines = files("opencc").joinpath("dictionary", name).read_text("utf-8").splitlines()
    return {key: values.split(" ")[0] for key, values in (line.split("\t") for line in lines if line)}


def _class(chars: list[str]) -> re.Pattern[str]:
    """A class of the basic plane only: `re` tests that with one look-up, and a longer one character by character."""
    plane = [char for char in chars if len(char.encode("utf-16-le")) == 2]
    return re.compile(f"[{''.join(plane)}]")


def _in_charset(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def detect(text: str) -> Script:
    """`hans` or `hant` by the characters that only one of them has; `mixed` where both are there in number."""
    tables = _tables()
    if tables.traditional.search(text) is None:
        return "hans"
    hant = len(tables.traditional.findall(text))
    hans = len(tables.simplified.findall(text))
    if hant <= _SHARE * (hant + hans):
        return "hans"
    return "hant" if hans <= _SHARE * (hant + hans) else "mixed"


def simplify(text: str, script: Script) -> list[Edit]:
    """Edits to simplified characters. In a simplified page, and in a simplified line of a mixed one, only characters
    that simplified writing does not have are touched."""
    tables = _tables()
    if script == "hans" and tables.traditional.search(text) is None:
        return []
    if script == "hans":
        simple = text.translate(tables.sure)
    elif script == "hant":
        simple = _convert(text)
    else:
        simple = "".join(map(_convert_line, text.splitlines(keepends=True)))
    return _differences(text, simple)


def _convert_line(line: str) -> str:
    tables = _tables()
    if len(tables.traditional.findall(line)) < len(tables.simplified.findall(line)):
        return line.translate(tables.sure)
    return _convert(line)


def _convert(text: str) -> str:
    tables = _tables()
    simple = text.translate(tables.characters)
    parts: list[str] = []
    at = 0
    for index, start, end in tables.phrases.find_matches_as_indexes(text):
        parts += (simple[at:start], tables.simple_phrases[index])
        at = end
    parts.append(simple[at:])
    return "".join(parts)


def _differences(old: str, new: str) -> list[Edit]:
    """Letter-for-letter edits, one for each run of changed characters."""
    before = np.frombuffer(old.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    after = np.frombuffer(new.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    changed = np.concatenate(([False], before != after, [False]))
    starts = np.flatnonzero(~changed[:-1] & changed[1:]).tolist()
    ends = np.flatnonzero(changed[:-1] & ~changed[1:]).tolist()
    return [Edit(start, end, new[start:end], "script") for start, end in zip(starts, ends, strict=True)]
