"""What an article gives to tell its places by: anchors, the strings of its metadata, its date."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from extractors.places.gazetteer import Gazetteer, Reading
from extractors.places.lexicon import Lexicon
from extractors.places.matching import Matcher, find_divisions
from extractors.places.mention import Mention
from models.document import Meta


@dataclass
class Anchors:
    """Divisions that the article certainly means, with where it names them; grows while linking."""

    gazetteer: Gazetteer
    named: dict[str, str] = field(default_factory=dict)
    """Code to the kind of evidence, for divisions named outright."""
    above: set[str] = field(default_factory=set)
    """Codes of all divisions that lie over a named one."""
    places: dict[str, list[int]] = field(default_factory=dict)
    """Offsets at which a division, or one inside it, is named."""

    def add(self, code: str, why: str, at: int | None = None) -> None:
        """Note a division that is certain."""
        self.named.setdefault(code, why)
        parents = self.gazetteer.divisions[code].parents
        self.above.update(parents)
        if at is not None:
            for each in (code, *parents):
                self.places.setdefault(each, []).append(at)

    def support(self, reading: Reading) -> int:
        """How closely the anchors hold a division: 5 it is named itself; 4, 3, 2 its county, prefecture, province is;
        1 only a sibling under that parent; 0 nothing."""
        if reading.code in self.named:
            return 5
        for steps, parent in enumerate(reversed(self.gazetteer.divisions[reading.code].parents)):
            depth = len(self.gazetteer.divisions[reading.code].parents) - steps
            if parent in self.named or parent in self.above:
                return 1 + depth
        return 0

    def distance(self, reading: Reading, at: int) -> int:
        """Characters back to the nearest earlier naming of one of its parents; large where there is none."""
        best = 1 << 30
        for parent in (
            self.gazetteer.divisions[reading.code].parents[1:] or self.gazetteer.divisions[reading.code].parents
        ):
            offsets = self.places.get(parent)
            if offsets:
                offsets.sort()
                index = bisect_right(offsets, at) - 1
                if index >= 0:
                    best = min(best, at - offsets[index])
        return best


def from_meta(meta: Meta, anchors: Anchors, matcher: Matcher, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
    """Anchors from the title, the unit that contributed it and the outlet (宁德网), in this order of weight."""
    for why, string in (("title", meta.title), ("contributor", meta.contributor), ("outlet", meta.outlet)):
        for mention in find_divisions(string, matcher, gazetteer) if string else ():
            code = sole(mention, gazetteer, lexicon)
            if code is not None:
                anchors.add(code, why)


def sole(mention: Mention, gazetteer: Gazetteer, lexicon: Lexicon) -> str | None:
    """The one division that a name in a title or an outlet can mean: the highest where they lie in each other."""
    counties = all(len(gazetteer.divisions[reading.code].parents) > 1 for reading in mention.readings)
    if mention.bare and counties and mention.text in lexicon.short.counties:
        return None
    codes = sorted(
        {reading.code for reading in mention.readings}, key=lambda code: len(gazetteer.divisions[code].parents)
    )
    if not codes or any(code[6:] for code in codes):
        return codes[0] if len(codes) == 1 else None
    first = codes[0]
    if all(code == first or gazetteer.within(code, first) for code in codes):
        return first
    # 海南, 吉林: the province before a prefecture or county of the same name elsewhere.
    return first if mention.bare and len(gazetteer.divisions[first].parents) == 0 else None
