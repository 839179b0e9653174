"""Category of a measure: weighted cue words of its title and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.rules import BadRules, read_toml

PACKAGE = "extractors.measures"


@dataclass(frozen=True)
class Standing:
    """How much more a cue counts by where it stands than one in the rest of the text."""

    title: int
    deeds: tuple[int, ...]
    """For the first acts, in order: what is done says more than who does it and what comes of it."""
    section: int
    """For the heading above, which the measure shares with its neighbours."""


NAMED = Standing(title=8, deeds=(3, 2, 1), section=1)
"""The author wrote the title: it says what the measure is, and the first act after it opens what it announces."""
UNNAMED = Standing(title=4, deeds=(2, 2, 2), section=2)
"""Plain prose: the title is but the clause of the first act, no more telling than its neighbours, and a heading above
is the only name the author gave."""
DEED = 1
"""For all later acts."""
BODY_MOST = 24
"""Points that all but title and heading give one category at most, so that a long text cannot shout down a title."""
RESULT = re.compile(
    r"(?<![^，,。；;！!：:])[^，,。；;！!：:]*(?:带动|增收|分红|实现|达到|突破|增长|受益|产值|收入|营收|节省|下降|获评|荣获|提高到|挣|赚)[^，,。；;！!]*\d[^，,。；;！!]*"
)
"""A clause of what came of it: its words name no deed (a field planted does not become a matter of income)."""

SOLVED = re.compile(r"(?<=解决)[^，,。；;]{2,40}?(?=(?:等|方面的?)*(?:问题|困难|难题|事项|实事))")
"""What the problems were that somebody solved: examples of his work, not its field."""


@dataclass(frozen=True)
class Categories:
    """The categories and their cues."""

    codes: tuple[str, ...]
    cues: tuple[str, ...]
    weights: tuple[tuple[tuple[int, int], ...], ...]
    """For each cue `(index of the category, weight)`."""
    inner: tuple[tuple[int, ...], ...]
    """For each cue the cues inside it that say nothing it does not say: 茶 in 茶园."""
    automaton: AhoCorasick


@dataclass(frozen=True)
class Choice:
    """The category chosen, null without any cue, with those that tie with it and the cues that decided."""

    code: str | None
    ties: tuple[str, ...]
    evidence: tuple[str, ...]
    clear: bool
    """Whether the second-best category has at most half of the points."""


def load_categories(rules: str | None = None) -> Categories:
    """The categories of categories.toml, with the user's file of that name in `rules` laid over it."""
    table = read_toml(PACKAGE, "categories.toml", rules)
    weights: dict[str, list[tuple[int, int]]] = {}
    for index, (code, entry) in enumerate(table.items()):
        for cue, weight in _cues(code, entry).items():
            weights.setdefault(cue, []).append((index, weight))
    cues = tuple(weights)
    return Categories(
        codes=tuple(table),
        cues=cues,
        weights=tuple(tuple(weights[cue]) for cue in cues),
        inner=_inner(cues, weights),
        automaton=AhoCorasick(list(cues), matchkind=MatchKind.LeftmostLongest),
    )


def choose(
    categories: Categories,
    title: str,
    body: str,
    section: str = "",
    deeds: Sequence[str] = (),
    standing: Standing = NAMED,
) -> Choice:
    """The category of a measure with that title and text (title included), under that section heading. `deeds`: the
    texts of its acts, in order. A cue counts once, where it counts most."""
    factors = (*standing.deeds, *[DEED] * len(deeds))
    runs = [(SOLVED.sub("", deed), factor) for deed, factor in zip(deeds, factors, strict=False)]
    runs.append((SOLVED.sub("", RESULT.sub("", body)), 1))
    named = _seen(categories, [(title, standing.title)])
    told = {cue: factor for cue, factor in _seen(categories, runs).items() if cue not in named}
    if not named and not told:
        told = _seen(categories, [(body, 1)])
    above = _seen(categories, [(section, standing.section)])
    _one_by_one(categories, named, told, above)
    points = [0] * len(categories.codes)
    for part, most in ((named, None), (told, BODY_MOST), (above, None)):
        given = [0] * len(points)
        for cue, factor in part.items():
            for index, weight in categories.weights[cue]:
                given[index] += weight * factor
        points = [old + (new if most is None else min(new, most)) for old, new in zip(points, given, strict=True)]
    best = max(points)
    if best == 0:
        return Choice(None, (), (), False)
    ties = tuple(code for code, point in zip(categories.codes, points, strict=True) if point == best)
    second = sorted(points)[-2] if len(points) > 1 else 0
    index = categories.codes.index(ties[0])
    seen = dict.fromkeys([*named, *told, *above])
    of_best = [categories.cues[cue] for cue in seen if any(at == index for at, _ in categories.weights[cue])]
    return Choice(ties[0], ties, tuple(of_best[:5]), second * 2 <= best)


def _seen(categories: Categories, runs: Sequence[tuple[str, int]]) -> dict[int, int]:
    """The cues in the runs, in order of appearance, each with the highest factor of the runs that hold it."""
    seen: dict[int, int] = {}
    for text, factor in runs:
        for cue, _, _ in categories.automaton.find_matches_as_indexes(text):
            if seen.get(cue, 0) < factor:
                seen[cue] = factor
    return seen


def _one_by_one(categories: Categories, *parts: dict[int, int]) -> None:
    """Drop cues that only repeat a longer one which counts no less: 茶园, 茶树 and 茶 are two words of one field, not
    three."""
    most: dict[int, int] = {}
    for part in parts:
        for cue, factor in part.items():
            for inner in categories.inner[cue]:
                most[inner] = max(most.get(inner, 0), factor)
    for part in parts:
        for cue in [cue for cue, factor in part.items() if most.get(cue, 0) >= factor]:
            del part[cue]


def _inner(cues: tuple[str, ...], weights: dict[str, list[tuple[int, int]]]) -> tuple[tuple[int, ...], ...]:
    every = AhoCorasick(list(cues))
    fields = [{index for index, _ in weights[cue]} for cue in cues]
    return tuple(
        tuple(
            dict.fromkeys(
                inner
                for inner, _, _ in every.find_matches_as_indexes(cue, overlapping=True)
                if inner != place and fields[inner] <= fields[place]
            )
        )
        for place, cue in enumerate(cues)
    )


def _cues(code: str, entry: Any) -> dict[str, int]:
    if not isinstance(entry, dict) or not isinstance(entry.get("cues"), dict):
        raise BadRules(file="categories.toml", problem=f"[{code}] has no table [{code}.cues]")
    for cue, weight in entry["cues"].items():
        if weight not in (1, 2, 3):
            raise BadRules(file="categories.toml", problem=f"{code}: weight of {cue} is {weight!r}, not 1, 2 or 3")
    cues: dict[str, int] = entry["cues"]
    return cues
