"""Where a name without a gazetteer entry begins: the left edge of X in X村, X镇, X开发区.

Every position before the suffix is a candidate; it is judged by what stands before it (a mark, another place, a word
that a name may follow) and by whether what stands after it can be a name. Tokens are hints that add to a judgement.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from extractors.places.lexicon import Lexicon

LONGEST = 7
"""Characters of a name before its suffix; transliterated names of Xinjiang and Inner Mongolia are the longest."""

MARK, PLACE, WORD, SINGLE, NOUN, TOKEN, NONE = 3.0, 3.2, 2.2, 1.8, 1.2, 0.8, 0.0


class Hints(NamedTuple):
    """What the tagger says, in offsets of the text: starts and ends of words, and where its names start."""

    starts: Set[int] = frozenset()
    ends: Set[int] = frozenset()
    located: Set[int] = frozenset()
    """Starts of names that are places or organisations."""
    persons: Set[int] = frozenset()
    """Starts of names of persons."""


class Edge(NamedTuple):
    """A left edge with the judgement of it; 2 and more is clear."""

    start: int
    score: float


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one (extension A included, for rare village names)."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "〇"


def boundary(text: str, at: int, lexicon: Lexicon, places: Set[int], hints: Hints) -> float:
    """How well a name may begin at `at`: `places` are the ends of places already found."""
    if at in places:
        return PLACE
    if at == 0 or not is_han(text[at - 1]):
        # 31组, 2019年: what follows a number is its classifier, not a name.
        return NONE if at and text[at - 1].isdigit() else MARK
    if text[at - 1] in "年月日" and at > 1 and text[at - 2].isdigit():
        return MARK
    bonus = 0.5 if at in hints.starts else 0.0
    for length in (4, 3, 2):
        if at >= length and text[at - length : at] in lexicon.before:
            return WORD + bonus
    if text[at - 1] in lexicon.single:
        return SINGLE + bonus
    for length in (4, 3, 2):
        if at >= length and text[at - length : at] in lexicon.nouns:
            return NOUN + bonus
    return TOKEN if at in hints.starts else NONE


def left_edge(text: str, end: int, lexicon: Lexicon, places: Set[int], hints: Hints) -> Edge | None:
    """The best left edge of the name whose suffix begins at `end`; null where nothing can be a name."""
    best: Edge | None = None
    start = end
    while start > 0 and end - start < LONGEST and (start == end or start not in places) and is_han(text[start - 1]):
        start -= 1
        if text[start] in lexicon.never_inside:
            break
        outside = boundary(text, start, lexicon, places, hints)
        if outside == NONE:
            continue
        score = outside + inside(text[start:end], outside, lexicon)
        if start in hints.located:
            score += 0.8
        if best is None or score > best.score:
            best = Edge(start, score)
    return best


def inside(stem: str, outside: float, lexicon: Lexicon) -> float:
    """How little or much a run looks like a name; 0 is neutral."""
    score = {1: -1.3, 2: 0.2, 3: 0.2, 4: 0.0, 5: -0.2, 6: -0.4}.get(len(stem), -0.7)
    if stem[0] in lexicon.single and not any(stem[:n] in lexicon.openers for n in (2, 3)):
        score -= 1.5 if len(stem) > 1 else 3.0
    for at in range(1, len(stem)):
        if stem[at] in lexicon.seldom_inside:
            # Transliterated names hold such characters (满都拉图嘎查); straight after a place they are likely ones.
            score -= 2.0 if outside < PLACE else 0.6
        elif stem[at] == "村":
            score -= 2.0
        elif stem[at] in "和与及" and at < len(stem) - 1:
            score -= 1.5
    for at in range(len(stem) - 1):
        for length in (2, 3, 4):
            if at + length > len(stem):
                break
            if stem[at : at + length] in lexicon.before:
                if at == 0 and length == len(stem):
                    score -= 1.4 if outside < MARK else 0.6
                elif at == 0:
                    score -= 1.6 if len(stem) - length > 1 else 3.0
                else:
                    score -= 2.2 if outside < PLACE else 1.3
    return score
