"""Places: mentions of divisions, and the locality that an article is about."""

from __future__ import annotations

from typing import Literal

from models.base import Record
from models.span import Finding, Range

Level = Literal["province", "prefecture", "county", "township", "village", "zone"]
"""省 / 地级 / 县级 / 乡级 / 村级; `zone` is a functional zone that acts as a division (开发区, 旅游发展中心)."""


class Candidate(Record):
    """A division that a mention could mean, with the evidence for it."""

    adcode: str | None
    path: tuple[str, ...]
    evidence: tuple[str, ...] = ()


class Place(Finding):
    """One mention of a place."""

    level: Level
    adcode: str | None = None
    """Ministry of Civil Affairs code (6 digits to the county, 9 for a township); null where the text does not tell."""
    path: tuple[str, ...] = ()
    """Official names from the province down to the place itself, as far as known."""
    via: str | None = None
    """The evidence that linked it: `full_name`, `chain`, `anchor`, …"""
    candidates: tuple[Candidate, ...] = ()
    """The other readings, where the evidence did not decide."""
    nbs_code: str | None = None
    """12-digit code of a village by the National Bureau of Statistics; only with the user's own village list."""


class Jurisdiction(Record):
    """The locality whose practice an article, or a part of a roundup, tells of."""

    name: str
    level: Level
    adcode: str | None = None
    path: tuple[str, ...] = ()
    via: str | None = None
    sections: tuple[Range, ...] = ()
    """The parts of the body that are about it (raw ranges in a `CaseRecord`); empty: the whole body."""
