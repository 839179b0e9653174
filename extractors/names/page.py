"""What the name readers look at: the sentences of the body, the places in them, and the tagger's guesses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from spacy.tokens import Doc

from extractors.doc import document, findings
from models.place import Level
from models.span import Confidence, Provenance, Range
from models.span import provenance as shared

VERSION = "1"
CHINESE = "[\u4e00-\u9fff]"

QUOTES = re.compile(
    r"“([^“”‘’\n]{1,60})”|‘([^‘’\n]{1,60})’|「([^「」\n]{1,60})」|『([^『』\n]{1,60})』|\"([^\"\n]{1,60})\""
)
"""A quoted run; what is quoted stands in whichever group took part."""


@dataclass(frozen=True)
class Page:
    """One article. Offsets count in `text`; `places` and `tagged` are sorted and hold what lies in the body."""

    text: str
    sentences: tuple[Range, ...]
    places: tuple[tuple[int, int, Level | None], ...]
    tagged: tuple[tuple[int, int, str], ...]
    authors: tuple[str, ...] = ()

    @cached_property
    def _place_starts(self) -> list[int]:
        return [start for start, _, _ in self.places]

    @cached_property
    def _place_ends(self) -> dict[int, int]:
        return {end: start for start, end, _ in self.places}

    @cached_property
    def _tagged_starts(self) -> list[int]:
        return [start for start, _, _ in self.tagged]

    def places_in(self, start: int, end: int) -> tuple[tuple[int, int, Level | None], ...]:
        """Places that begin in `[start, end)`."""
        return self.places[bisect_left(self._place_starts, start) : bisect_left(self._place_starts, end)]

    def tagged_in(self, start: int, end: int, label: str) -> Iterator[Range]:
        """The tagger's names of that label that begin in `[start, end)`."""
        low, high = bisect_left(self._tagged_starts, start), bisect_left(self._tagged_starts, end)
        for a, b, kind in self.tagged[low:high]:
            if kind == label:
                yield a, b

    def in_place(self, start: int, end: int) -> bool:
        """Whether a place overlaps `[start, end)`."""
        at = bisect_right(self._place_starts, start)
        if at and self.places[at - 1][1] > start:
            return True
        return at < len(self.places) and self.places[at][0] < end

    def chain_before(self, at: int) -> int:
        """Start of the chain of places (县 + 镇 + 村) that ends at `at`; `at` itself where none does."""
        while at in self._place_ends:
            at = self._place_ends[at]
        return at


def read_page(doc: Doc) -> Page:
    """The page of a `Doc` on which places have been read."""
    page, found = document(doc), findings(doc)
    places: list[tuple[int, int, Level | None]] = [(place.start, place.end, place.level) for place in found.places]
    tagged = [(span.start_char, span.end_char, span.label_) for span in doc.spans.get("names", ())]
    return Page(
        text=page.normal.text,
        sentences=page.layout.sentences,
        places=tuple(sorted(places, key=lambda place: place[:2])),
        tagged=tuple(sorted(tagged)),
        authors=page.meta.authors or (),
    )


def provenance(extractor: str, rule: str, confidence: Confidence = "high", reason: str | None = None) -> Provenance:
    """Where a name comes from."""
    return shared(f"names.{extractor}", rule, VERSION, confidence, reason)


def quoted(match: re.Match[str]) -> str:
    """What stands between the quotes of a match of `QUOTES`."""
    return next(group for group in match.groups() if group is not None)


def overlaps(start: int, end: int, ranges: Iterable[Range]) -> bool:
    """Whether any of a few ranges shares a character with `[start, end)`."""
    return any(a < end and start < b for a, b in ranges)


class Runs:
    """Ranges of a whole page, to be asked often whether one of them overlaps a run."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def hit(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with `[start, end)`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start
