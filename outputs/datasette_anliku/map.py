"""A map of counties with values, as SVG of our own: no tiles, no borders, no network.

The ground is a dot for each county of the country, which shows where one is without claiming a border.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

from outputs.datasette_anliku.coordinates import known, locate, project
from outputs.quotes import safe

WIDTH = 900
_NAMED = 15
"""Counties whose name is written on the map, those with the highest values."""


class Spot(NamedTuple):
    """A county, its value, and what a reader sees on pointing at it."""

    code: str | None
    name: str
    value: float
    tip: str
    link: str


def country_map(
    spots: Sequence[Spot], title: str, *, province: str = "", near: Callable[[Spot], str] = lambda spot: spot.tip
) -> tuple[str, list[Spot]]:
    """SVG, and the counties that are nowhere on it. A circle is as large as its value; a dashed one stands at its
    prefecture or province, since its own coordinates are not known (`near` words that). `province`: two digits, to
    show only it."""
    chosen = [spot for spot in spots if (spot.code or "").startswith(province)]
    placed = [(spot, point) for spot in chosen if (point := locate(spot.code))]
    lost = [spot for spot in chosen if locate(spot.code) is None]
    ground = _ground(province)
    xs, ys = [x for x, _ in ground], [y for _, y in ground]
    if not ground:
        return "", list(chosen)
    scale = (WIDTH - 40) / max(max(xs) - min(xs), (max(ys) - min(ys)) / 0.9, 1e-9)
    height = round((max(ys) - min(ys)) * scale + 40)
    margin = (WIDTH - (max(xs) - min(xs)) * scale) / 2

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = project(longitude, latitude)
        return round((x - min(xs)) * scale + margin, 1), round((y - min(ys)) * scale + 20, 1)

    dots = "".join(
        f"M{(x - min(xs)) * scale + margin:.1f} {(y - min(ys)) * scale + 20:.1f}h0" for x, y in ground
    )  # a line of no length with round ends is a dot: one element for the whole country
    largest = max((abs(spot.value) for spot, _ in placed), default=1) or 1
    circles: list[str] = []
    names = _Names()
    # The largest first, so that a small one is not hidden under it.
    for nr, (spot, point) in enumerate(sorted(placed, key=lambda one: (-abs(one[0].value), one[0].code or ""))):
        x, y = at(point.longitude, point.latitude)
        radius = round(5 + 19 * math.sqrt(abs(spot.value) / largest), 1)
        inherited = point.of != "county"
        look = 'class="near" stroke-dasharray="3 3"' if inherited else 'class="own"'
        tip = near(spot) if inherited else spot.tip
        circles.append(
            f'<a href="{escape(spot.link)}"><circle cx="{x}" cy="{y}" r="{radius}" {look} fill="#c1440e" '
            f'fill-opacity="0.45" stroke="#7a2b09"><title>{escape(safe(tip))}</title></circle></a>'
        )
        if nr < _NAMED:
            names.put(x, y - radius - 3, safe(spot.name))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" class="map" fill="#222">'
        f'<title>{escape(safe(title))}</title><path d="{dots}" stroke="#c9d3da" '
        f'stroke-width="{6 if province else 3}" stroke-linecap="round"/>{"".join(circles)}{"".join(names.drawn)}</svg>'
    )
    return svg, lost


class _Names:
    """Names on the map; one that would run into another is left to the tip of its circle."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self._taken: list[tuple[float, float, float]] = []

    def put(self, x: float, y: float, name: str) -> None:
        half = len(name) * 7 + 4
        if all(abs(x - other) > half + wide or abs(y - line) > 18 for other, line, wide in self._taken):
            self._taken.append((x, y, half))
            self.drawn.append(f'<text x="{x}" y="{y:.1f}" text-anchor="middle" font-size="14">{escape(name)}</text>')


@cache
def _ground(province: str) -> tuple[tuple[float, float], ...]:
    return tuple(project(*point) for code, point in sorted(known().items()) if code.startswith(province))
