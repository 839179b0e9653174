"""Verbs and object cues, loaded once a component."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast, get_args

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.either import either
from extractors.rules import BadRules, read_toml, read_tsv

Kind = Literal["concrete", "depends", "pivot", "loose", "slogan", "outcome"]
"""What a verb makes of its object; the head of verbs.tsv says what each means."""

PACKAGE = "extractors.actions"
WORDS = ("intransitive", "either", "moved", "shares", "light", "appointing", "funding", "inner", "clausal", "telling")


@dataclass(frozen=True)
class Verb:
    """A row of verbs.tsv."""

    text: str
    group: str
    kind: Kind


class Anchor(NamedTuple):
    """A verb of the lexicon where it stands in the text."""

    start: int
    end: int
    verb: Verb


@dataclass(frozen=True)
class Lexicon:
    """The vocabulary of the actions."""

    verbs: tuple[Verb, ...]
    automaton: AhoCorasick
    """Patterns: the verbs, in order, then the nominal compounds that hide them."""
    concrete: re.Pattern[str]
    abstract: re.Pattern[str]
    vague: re.Pattern[str]
    words: Mapping[str, frozenset[str]]
    """The other word lists of objects.toml, by name (`WORDS`)."""

    def anchors(self, text: str) -> Iterator[Anchor]:
        """Verbs in `text`, in order, never overlapping; the longest word wins, and a compound hides its verb."""
        for pattern, start, end in self.automaton.find_matches_as_indexes(text):
            if pattern < len(self.verbs):
                yield Anchor(start, end, self.verbs[pattern])


def load(rules: str | None = None) -> Lexicon:
    """The lexicon, with the user's verbs.tsv and objects.toml from the folder `rules` laid over ours."""
    verbs = tuple(_verb(row) for row in read_tsv(PACKAGE, "verbs.tsv", rules))
    objects = read_toml(PACKAGE, "objects.toml", rules)
    known = {verb.text for verb in verbs}
    nominal = [word for word in objects["nominal"] if word not in known]
    return Lexicon(
        verbs=verbs,
        automaton=AhoCorasick([verb.text for verb in verbs] + nominal, matchkind=MatchKind.LeftmostLongest),
        concrete=re.compile(f"{either(objects['concrete'])}$"),
        abstract=re.compile(f"{either(objects['abstract'])}$"),
        vague=re.compile(f"{either(objects['vague'])}$"),
        words={name: frozenset(objects[name]) for name in WORDS},
    )


def _verb(row: dict[str, str]) -> Verb:
    kind = row["kind"]
    if kind not in get_args(Kind):
        raise BadRules(file="verbs.tsv", problem=f"kind of {row['verb']} is {kind!r}, not one of {get_args(Kind)}")
    return Verb(row["verb"], row["class"], cast(Kind, kind))
