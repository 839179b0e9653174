"""Two places and more side by side, over all indicators: a line a thing measured, a column a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from outputs.compare import LeftOut, Row, gather, observations, row_of
from outputs.library import Library
from outputs.places_of import Place, inside, resolve

Key = tuple[str, str, str, str, str, str, str]
"""Code, then what rows have to share (`Row.group`)."""


class Line(NamedTuple):
    """What one line compares, and what each place has of it, in the order of the places; null where nothing is said."""

    code: str
    thing: str
    kind: str
    unit: str
    rate: str
    status: str
    threshold: str
    cells: tuple[Row | None, ...]

    @property
    def shared(self) -> int:
        """Places that say something."""
        return sum(cell is not None for cell in self.cells)


class SideBySide(NamedTuple):
    """The answer: lines that several places share first."""

    places: tuple[Place, ...]
    lines: list[Line]
    left_out: tuple[list[LeftOut], ...]
    """By place: what it, or a place inside it, says that cannot be compared, with the reason."""

    @property
    def silent(self) -> tuple[Place, ...]:
        """Places of which nothing at all is said."""
        return tuple(
            place
            for nr, place in enumerate(self.places)
            if not self.left_out[nr] and all(line.cells[nr] is None for line in self.lines)
        )


def side_by_side(library: Library, names: Sequence[str], *, period: str | None = None) -> SideBySide:
    """All indicators of the given places, by name or code. A value of a place inside one of them (a township's of a
    county) is not the place's own: it is left out with that reason. UnknownPlace, AmbiguousPlace, BadPeriod."""
    places = tuple(dict.fromkeys(resolve(library, name) for name in names))
    columns: list[dict[Key, Row]] = []
    left_out = []
    for place in places:
        by = place.level if place.level in ("province", "prefecture", "county", "township", "village") else "village"
        own = [row for row in observations(library, *_near(place)) if inside(row, place)]
        groups, left = gather(own, by=by, period=period)  # type: ignore[arg-type]
        found = [row_of(group) for _, group in sorted(groups.items())]
        columns.append({(row.quotes[0].code, *row.group): row for row in found if row.place == place.name})
        left_out.append(left)
    keys = {key for column in columns for key in column}
    lines = [Line(*key, tuple(column.get(key) for column in columns)) for key in sorted(keys)]
    lines.sort(key=lambda line: -line.shared)
    return SideBySide(places, lines, tuple(left_out))


def _near(place: Place) -> tuple[str, tuple[str, ...]]:
    """SQL that the observations of a place, and of those in it, fulfil."""
    if place.adcode is None:
        return "o.place = ? OR instr(o.path, ?) > 0", (place.name, place.name)
    digits = place.adcode[: {"province": 2, "prefecture": 4}.get(place.level, 6)]
    return "(o.county_code >= ? AND o.county_code < ?) OR o.adcode = ? OR o.place = ?", (
        digits, digits + "~", place.adcode, place.name
    )  # fmt: skip
