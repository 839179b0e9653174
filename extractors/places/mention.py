"""A place name on its way from a match to a finding."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.places.gazetteer import Reading
from models.place import Candidate, Level
from models.span import Confidence


@dataclass(slots=True)
class Mention:
    """A run `[start, end)` that may name a place. Matching fills the upper half, linking the lower."""

    start: int
    end: int
    text: str
    rule: str
    """How it was found: `full`, `middle`, `former`, `short`, `town_short`, `town_stem`, `village`, `village_list`,
    `village_bare`, `village_own`, `township`, `zone`."""
    level: Level | None
    """Null while the readings are of several levels."""
    readings: tuple[Reading, ...] = ()
    score: float = 3.0
    """How sure it is that this is a name at all; 2 and more is clear."""
    shown: bool = True
    """False in a title, dateline or caption: evidence, but no finding."""

    left: Mention | None = field(default=None, repr=False)
    """The name right before it in a chain (潍坊 of 潍坊安丘市)."""
    right: Mention | None = field(default=None, repr=False)
    code: str | None = None
    parent: str | None = None
    """Code of the division that a village, zone or unlisted township lies in."""
    parent_name: str | None = None
    """Name of a township between `parent` and a village where the table does not hold that township."""
    via: str | None = None
    confidence: Confidence = "high"
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def pattern(self) -> bool:
        """Found by its form, not in the table."""
        return not self.readings

    @property
    def bare(self) -> bool:
        """A name without its suffix, which needs evidence to be a name at all."""
        return self.rule == "short"
