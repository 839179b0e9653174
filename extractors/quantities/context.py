"""A sentence with its numbers: what every rule about a number looks at."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from extractors.quantities.grammar import Reading
from models.place import Place
from models.quantity import Time
from models.span import Range

CLAUSE = re.compile(r"[，；。！？,;!?：:\n]")
REACH = 80
"""Longest clause that is looked at on either side of a number, in characters."""


@dataclass(frozen=True)
class Section:
    """What the heading above a sentence says of its numbers."""

    time: str | None = None
    """2021年工作完成情况: the year of every number below that has no time of its own."""
    plan: bool = False
    """下一步打算: what stands below is to come."""


NO_SECTION = Section()


@dataclass(frozen=True)
class Sentence:
    """Numbers that may belong together. Offsets count in `text`, which is the whole page."""

    text: str
    span: Range
    readings: list[Reading]
    dimensions: list[str]
    """Of the units of the readings."""
    times: list[Time]
    places: list[Place]
    year: int | None
    """Of the article, where known."""
    time_before: str | None
    """The time that the sentence before ended with."""
    section: Section

    def gap(self, i: int) -> str:
        """What stands between the number before and number `i`."""
        return self.text[self.floor(i) : self.readings[i].start]

    def floor(self, i: int) -> int:
        """Where the number before `i` ended, or the sentence began."""
        return self.readings[i - 1].end if i else self.span[0]

    def ceiling(self, i: int) -> int:
        """Where the number after `i` begins, or the sentence ends."""
        return self.readings[i + 1].start if i + 1 < len(self.readings) else self.span[1]

    def before(self, i: int, reach: int) -> str:
        """At most `reach` characters of the sentence in front of number `i`."""
        start = self.readings[i].start
        return self.text[max(self.span[0], start - reach) : start]

    def sides(self, i: int) -> tuple[str, str]:
        """The clause to the left and to the right of number `i`."""
        return self._sides[i]

    @cached_property
    def _sides(self) -> list[tuple[str, str]]:
        """For all numbers at once: every rule about a number asks for them."""
        text, (first, last) = self.text, self.span
        stops = [hit.start() for hit in CLAUSE.finditer(text, first, last)]
        found = []
        for reading in self.readings:
            start, end = reading.start, reading.end
            before, after = bisect_left(stops, start) - 1, bisect_left(stops, end)
            low, high = max(first, start - REACH), min(last, end + REACH)
            if before >= 0:
                low = max(low, stops[before] + 1)
            if after < len(stops):
                high = min(high, stops[after])
            found.append((text[low:start], text[end:high]))
        return found
