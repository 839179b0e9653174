"""Whose numbers a sentence tells: the place that stands as the subject of its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.quantities.context import Sentence
from extractors.quantities.units import PACKAGE
from extractors.rules import read_toml
from models.place import Place

_BREAK = re.compile(r"[，；。！？,;!?：:\n]")
_CLOSED = frozenset("；;。！？!?\n")
"""A subject holds over commas, not over these."""
LONGEST_FRAME = 10
"""在X村艾绒车间，…: what may stand between the place and the comma that closes the frame, in characters."""


@dataclass(frozen=True)
class Owners:
    """Compiled cues of the [owner] table of `scope.toml`."""

    lead: re.Pattern[str]
    other: re.Pattern[str]
    nation: re.Pattern[str]
    listed: re.Pattern[str]

    def of(self, sentence: Sentence) -> list[str | None]:
        """For each number the place that it is said of; null says the jurisdiction, or that it is not clear.

        A place is the subject where nothing but a time and lead words stand before it in its clause. A place of a
        list, of a title or behind 到, 从, 向, 以 is none. 在X村，… frames the sentence and counts as a subject. So does
        the nation (我国): its numbers are no locality's.
        """
        text, (start, end) = sentence.text, sentence.span
        opens = [start, *(hit.end() for hit in _BREAK.finditer(text, start, end))]
        found: list[str | None] = []
        owner: str | None = None
        clause = place = time = 0
        for reading in sentence.readings:
            while clause < len(opens) and opens[clause] <= reading.start:
                at = opens[clause]
                if clause and text[at - 1] in _CLOSED:
                    owner = None
                while time < len(sentence.times) and sentence.times[time].start < at:
                    time += 1
                at = self._skip(sentence, at, time)
                while place < len(sentence.places) and sentence.places[place].start < at:
                    place += 1
                owner = self._subject(sentence, at, place, owner, reading.start)
                clause += 1
            found.append(owner)
        return found

    def _skip(self, sentence: Sentence, at: int, time: int) -> int:
        """Behind the lead words and times that open a clause."""
        for _ in range(6):
            here = at
            if hit := self.lead.match(sentence.text, at, sentence.span[1]):
                at = hit.end()
            while time < len(sentence.times) and sentence.times[time].start < at:
                time += 1
            if time < len(sentence.times) and sentence.times[time].start == at:
                at = sentence.times[time].end
            if at == here:
                break
        return at

    def _subject(self, sentence: Sentence, at: int, first: int, owner: str | None, limit: int) -> str | None:
        text, places = sentence.text, sentence.places
        if nation := self.nation.match(text, at):
            return nation.group()
        framed = text.startswith("在", at)
        chain = _chain(places, first, at + framed, limit)
        if not chain:
            return None if self.other.match(text, at) else owner
        last = chain[-1]
        if self.listed.match(text, last.end) and not text.startswith("的", last.end):
            return None if not framed else owner
        if not framed:
            return last.text
        comma = _BREAK.search(text, last.end, last.end + LONGEST_FRAME)
        return last.text if comma and comma.group() in "，," else owner


def _chain(places: list[Place], first: int, at: int, limit: int) -> list[Place]:
    """Places that stand one behind the other from `at` on (X镇Y村)."""
    chain: list[Place] = []
    for place in places[first:]:
        if place.start != at or place.end > limit:
            break
        chain.append(place)
        at = place.end
    return chain


def load_owners(rules: str | None = None) -> Owners:
    """Compile the cues, with the user's own laid over them."""
    data = read_toml(PACKAGE, "scope.toml", rules)["owner"]
    return Owners(
        re.compile(data["lead"]), re.compile(data["other"]), re.compile(data["nation"]), re.compile(data["listed"])
    )
