"""Places by the name or code that a reader types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from models.errors import AnlikuError
from outputs.library import Library

_TAILS = ("县", "市", "区", "旗", "镇", "乡", "街道", "村", "社区", "省", "自治区", "州", "盟")


class UnknownPlace(AnlikuError):
    """no article of this library is about {name!r}, nor names it with its code; give another name, or the code"""


class AmbiguousPlace(AnlikuError):
    """{name!r} may be {candidates}; give the code, or the name with its parent (大同市灵丘县)"""


class Place(NamedTuple):
    """A place of the library."""

    name: str
    level: str
    adcode: str | None
    path: tuple[str, ...]


_SQL = """
SELECT * FROM (
    SELECT place AS name, level, adcode, path FROM observations WHERE place IS NOT NULL AND level IS NOT NULL
    UNION SELECT name, level, adcode, path FROM cases
    UNION SELECT name, level, adcode, path FROM divisions)
WHERE adcode = ? OR name IN ({marks}) OR substr(?, -length(name)) = name
"""


def resolve(library: Library, name: str) -> Place:
    """The place of a code, a name (寿光市, 寿光) or a name behind its parents (大同市灵丘县). UnknownPlace,
    AmbiguousPlace."""
    found: dict[tuple[str, str | None, tuple[str, ...]], Place] = {}
    spelt = (name, *(name + tail for tail in _TAILS))
    sql = _SQL.format(marks=", ".join("?" * len(spelt)))
    for row in library.query(sql, (name, *spelt, name)):
        path = tuple(json.loads(row["path"] or "[]"))
        if row["adcode"] == name or _named(row["name"], path, name):
            # A place with a code is the same wherever its parents are told or not.
            key = (row["name"], row["adcode"], () if row["adcode"] else path)
            known = found.get(key)
            if known is None or len(path) > len(known.path):
                found[key] = Place(row["name"], row["level"], row["adcode"], path)
    places = sorted(found.values(), key=lambda place: (place.adcode or "", place.path, place.name))
    exact = [place for place in places if place.name == name or place.adcode == name]
    places = exact or places
    if not places:
        raise UnknownPlace(name=name)
    if len(places) > 1:
        shown = "、".join(
            f"{''.join(place.path) or place.name} ({place.adcode or place.level})" for place in places[:9]
        )
        raise AmbiguousPlace(name=name, candidates=shown)
    return places[0]


def _named(own: str, path: tuple[str, ...], name: str) -> bool:
    if name == own or any(name + tail == own for tail in _TAILS):
        return True
    return len(name) > len(own) and name.endswith(own) and "".join(path).endswith(name)


def inside(row: Mapping[str, Any], place: Place) -> bool:
    """Whether an observation is of a place, or of a place in it."""
    if place.adcode is not None and row["adcode"] is not None:
        code = place.adcode
        if place.level == "province":
            return bool(row["adcode"][:2] == code[:2])
        if place.level == "prefecture" and code[4:6] == "00":
            return bool(row["adcode"][:4] == code[:4])
        return bool(row["adcode"].startswith(code))
    if place.level == "county" and place.adcode is not None and row["county_code"] is not None:
        return bool(row["county_code"] == place.adcode)
    path = tuple(json.loads(row["path"] or "[]"))
    if place.path and path:
        return path[: len(place.path)] == place.path
    return bool(row["place"] == place.name and row["level"] == place.level)
