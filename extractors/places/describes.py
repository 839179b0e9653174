"""Runs that end like a name and are none: slogans (大村带小村), counted kinds (5个红旗村), words (库区移民镇)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from extractors.places.lexicon import SURNAMES, Lexicon
from extractors.places.names import is_people


class Descriptions(NamedTuple):
    """The table `describing` of words.toml, compiled."""

    slogan: re.Pattern[str]
    counted: re.Pattern[str]
    unit: re.Pattern[str]
    sized: str
    motions: re.Pattern[str]
    given: re.Pattern[str]
    titles: re.Pattern[str]
    acts: frozenset[str]
    endings: frozenset[str]
    closes: re.Pattern[str]


LONGEST_SLOGAN = 8
"""Characters before a suffix in which a slogan or a number is looked for."""


def build_descriptions(words: dict[str, Any]) -> Descriptions:
    """Compile the lists. `words`: the whole of words.toml."""
    table = words["describing"]
    return Descriptions(
        re.compile(table["slogan"]),
        re.compile(table["counted"]),
        re.compile(table["unit"]),
        table["sized"],
        re.compile(table["motions"]),
        re.compile(table["given"]),
        re.compile(table["titles"]),
        frozenset(table["acts"]),
        frozenset(words["village"]["bare_endings"]) | SURNAMES,
        re.compile(table["closes"]),
    )


def describes(
    text: str, start: int, at: int, chained: bool, located: bool, lexicon: Lexicon, lists: Descriptions
) -> bool:
    """Whether the run from `start` to the suffix at `at` describes. `chained`: it stands straight after a place;
    `located`: the tagger sees a place there."""
    stem = text[start:at]
    if (
        is_people(stem)
        or lists.unit.match(stem)
        or lists.motions.match(stem)
        or (len(stem) > 2 and stem[-1] in lists.sized and lexicon.common(stem[:-1]))
        or (start and text[start - 1] in '“‘"' and _title(text, start, at, lists))
    ):
        return True
    if lists.slogan.search(text, max(0, at - LONGEST_SLOGAN), at):
        return True
    if chained:
        return False
    if lists.counted.search(text, max(0, start - 5), start):
        return True
    if len(stem) == 1:
        return stem in lists.acts or (not located and stem not in lists.endings)
    return covered(stem, lexicon)


def _title(text: str, start: int, at: int, lists: Descriptions) -> bool:
    """Whether a quoted run is a title that places are given: 评出“红旗村”36个."""
    close = next((i for i in range(at + 1, min(at + 4, len(text))) if text[i] in '”’"'), None)
    if close is None:
        return False
    return bool(lists.given.search(text, max(0, start - 14), start) or lists.titles.match(text, close))


def covered(stem: str, lexicon: Lexicon) -> bool:
    """Whether a run is two words of the dictionary (库区移民)."""
    return len(stem) > 3 and any(
        lexicon.common(stem[:middle]) and lexicon.common(stem[middle:]) for middle in range(2, len(stem) - 1)
    )


def closed(text: str, end: int, lists: Descriptions) -> bool:
    """Whether what follows a name closes it (…村, / …村位于) rather than goes on (…村均收入)."""
    return lists.closes.match(text, end) is not None
