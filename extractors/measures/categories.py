"""Category of a measure: weighted cue words of its title and its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.rules import BadRules, read_toml

PACKAGE = "extractors.measures"
TITLE = 6
"""How much more a cue in the title counts than one in the body."""
SECTION = 1
"""The same for the heading above it, which it shares with its neighbours."""
MOST = 2
"""Mentions of one cue in a body that count; more only show that the text is long."""
BODY_MOST = 16
"""Points that a body gives one category at most: three cues that settle it, so that it cannot shout down a title."""


@dataclass(frozen=True)
class Categories:
    """The categories and their cues."""

    codes: tuple[str, ...]
    cues: tuple[str, ...]
    weights: tuple[tuple[tuple[int, int], ...], ...]
    """For each cue `(index of the category, weight)`."""
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
        automaton=AhoCorasick(list(cues), matchkind=MatchKind.LeftmostLongest),
    )


def choose(categories: Categories, title: str, body: str, section: str = "") -> Choice:
    """The category of a measure with that title and text (title included), under that section heading."""
    points = [0] * len(categories.codes)
    evidence: list[str] = []
    for text, factor, most, cap in ((title, TITLE, 1, 1000), (section, SECTION, 1, 1000), (body, 1, MOST, BODY_MOST)):
        seen: dict[int, int] = {}
        given = [0] * len(points)
        for cue, _, _ in categories.automaton.find_matches_as_indexes(text):
            seen[cue] = seen.get(cue, 0) + 1
            if seen[cue] <= most:
                for index, weight in categories.weights[cue]:
                    given[index] += weight * factor
        points = [old + min(new, cap) for old, new in zip(points, given, strict=True)]
        evidence += [categories.cues[cue] for cue in seen if categories.cues[cue] not in evidence]
    best = max(points)
    if best == 0:
        return Choice(None, (), (), False)
    ties = tuple(code for code, point in zip(categories.codes, points, strict=True) if point == best)
    second = sorted(points)[-2] if len(points) > 1 else 0
    index = categories.codes.index(ties[0])
    of_best = tuple(
        cue for cue in evidence if any(at == index for at, _ in categories.weights[categories.cues.index(cue)])
    )
    return Choice(ties[0], ties, of_best[:5], second * 2 <= best)


def _cues(code: str, entry: Any) -> dict[str, int]:
    if not isinstance(entry, dict) or not isinstance(entry.get("cues"), dict):
        raise BadRules(file="categories.toml", problem=f"[{code}] has no table [{code}.cues]")
    for cue, weight in entry["cues"].items():
        if weight not in (1, 2, 3):
            raise BadRules(file="categories.toml", problem=f"{code}: weight of {cue} is {weight!r}, not 1, 2 or 3")
    cues: dict[str, int] = entry["cues"]
    return cues
