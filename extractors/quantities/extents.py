"""How much of what there is a number stands for, where words say it: 全县120个村, 所有村达10万元以上, 全面消除."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.quantities.context import Sentence
from extractors.quantities.units import PACKAGE
from extractors.rules import read_toml
from models.quantity import Extent

COUNTED = ("count", "people", "households", "none", "groups")
_SIDE = 40
"""Characters that are looked at on either side of a number."""


@dataclass(frozen=True)
class Extents:
    """Compiled cues of the [extent] table of `scope.toml`; `#` stands for the number."""

    whole: re.Pattern[str]
    every: re.Pattern[str]
    most: re.Pattern[str]
    none: re.Pattern[str]
    nearly: re.Pattern[str]

    def of(self, sentence: Sentence, i: int) -> Extent | None:
        """What the words of its clause say of number `i`; null where they do not."""
        left, right = sentence.sides(i)
        left, right = left[-_SIDE:].replace("#", ""), right[:_SIDE].replace("#", "")
        clause = f"{left}#{right}"
        reading = sentence.readings[i]
        if sentence.dimensions[i] in COUNTED:
            return "whole" if reading.bound in ("eq", "approx") and self.whole.search(clause) else None
        if sentence.dimensions[i] == "share":
            return None
        if reading.bound in ("lt", "le") and self.none.search(clause):
            return "nearly_none" if self.nearly.search(clause) else "none"
        if reading.bound not in ("gt", "ge", "eq", "approx"):
            return None
        return "every" if self.every.search(clause) else "most" if self.most.search(clause) else None


def load_extents(rules: str | None = None) -> Extents:
    """Compile the cues, with the user's own laid over them."""
    data = read_toml(PACKAGE, "scope.toml", rules)["extent"]
    return Extents(**{name: re.compile(data[name]) for name in Extents.__dataclass_fields__})
