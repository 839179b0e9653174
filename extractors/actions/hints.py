"""What the tagger says of a character: hints, never limits. Everything works, less well, without them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

TIMES = frozenset({"t", "TIME", "f"})
"""Tags of words of time and position, of LAC and of jieba: they stand before a subject and are none."""


@dataclass(frozen=True)
class Hints:
    """Tokens of a `Doc` by character."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]

    def at(self, index: int) -> int:
        """Index of the token that holds the character `index`; -1 before the first."""
        return bisect_right(self.starts, index) - 1

    def part(self, index: int) -> str:
        """Part of speech of the token that holds the character, "" outside the text."""
        token = self.at(index)
        return self.pos[token] if token >= 0 and index < self.ends[token] else ""

    def opens(self, index: int) -> bool:
        """Whether a token begins here."""
        token = self.at(index)
        return token >= 0 and self.starts[token] == index

    def verb(self, start: int, end: int) -> bool:
        """Whether `[start, end)` is exactly one token, and a verb."""
        token = self.at(start)
        return token >= 0 and self.starts[token] == start and self.ends[token] == end and self.pos[token] == "VERB"

    def inside_noun(self, start: int, end: int, counted: bool) -> bool:
        """Whether `[start, end)` begins within a longer noun, or is the front of one (which a tagger often makes of
        a verb and its object, so not where a count follows). Where one follows, a verb at the end of a long word is
        taken for what its front did: 党支部领办|合作社22家."""
        token = self.at(start)
        if token < 0 or self.pos[token] not in ("NOUN", "PROPN"):
            return False
        if counted and self.ends[token] == end and start - self.starts[token] >= 2 and end - start >= 2:
            return False
        return self.starts[token] < start or (self.ends[token] > end and not counted)


def hints(doc: Doc) -> Hints:
    """Hints of a tagged `Doc`."""
    table = doc.to_array(["IDX", "LENGTH", "POS", "TAG"]).T
    pos, tags = table[2].tolist(), table[3].tolist()
    names = {code: doc.vocab.strings[code] for code in {*pos, *tags}}
    return Hints(
        starts=tuple(table[0].tolist()),
        ends=tuple((table[0] + table[1]).tolist()),
        pos=tuple([names[code] for code in pos]),
        tags=tuple([names[code] for code in tags]),
    )
