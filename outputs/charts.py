"""A comparison as a chart: SVG of our own, and PNG of it with the Chinese font that comes in a package.

Drawn here rather than by a chart library: each dot links to its passage, nothing runs in the browser, and the same
library gives the same file to the byte.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import resvg_py

from models.errors import AnlikuError
from outputs.compare import Comparison, Observation, Row
from outputs.compare_table import group_title
from outputs.labels import label, plain
from outputs.quotes import for_xml, safe

ROWS = 40
"""Places shown of a comparable group, those with the highest values; all of them are in the table."""

PANELS = 12
"""Comparable groups that are drawn; all of them are in the table."""

_FONT = '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'
_LINE, _HEAD, _FOOT, _SIZE = 26, 40, 40, 13

Name = Callable[[str, str], str]
"""Name of a code of a group, as `outputs.labels.label`."""


class MissingFont(AnlikuError):
    """the package pylopdf-fonts-zh-cn, which holds the font of PNG charts, is missing; install it, or write .svg"""


def short(number: float) -> str:
    """A number as a Chinese axis has it: 16.4亿, 3.5万, 800."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if abs(number) >= size:
            return f"{plain(round(number / size, 2))}{unit}"
    return plain(round(number, 2))


def chart(
    comparison: Comparison,
    *,
    width: int = 860,
    link: Callable[[Observation], str] | None = None,
    name: Name = label,
    number: Callable[[float], str] = short,
    key: str = "条：中位数；线：最低至最高；点：一处记述",
    nothing: str = "没有可比的数。",
) -> str:
    """SVG: a panel a comparable group, a bar a place as long as its median, a line from its lowest to its highest
    value, a dot an observation. Only what is comparable shares an axis. `width` in pixels; `link` gives the address
    that a dot leads to."""
    parts: list[str] = []
    top = 0
    groups = _shown([list(rows) for _, rows in groupby(comparison.rows, key=lambda r: r.group)])
    for rows in groups:
        height, drawn = _panel(comparison.code, rows, width, link, name, number)
        parts.append(f'<g transform="translate(0 {top})">{"".join(drawn)}</g>')
        top += height
    parts.append(_text(8, top + 20, key if groups else nothing, 'fill="#555" font-size="12"'))
    top += _FOOT
    title = escape(name("indicator", comparison.code))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" height="{top}" '
        f'font-family=\'{_FONT}\' font-size="{_SIZE}" fill="#222"><title>{title}</title>'
        f'<rect width="{width}" height="{top}" fill="#fff"/>{"".join(parts)}</svg>'
    )


def _shown(groups: list[list[Row]]) -> list[list[Row]]:
    """Groups with several places, the largest first; where there are none, the first of those with one."""
    several = sorted((rows for rows in groups if len(rows) > 1), key=len, reverse=True)
    return (several or groups)[:PANELS]


def png(svg: str, *, zoom: float = 2.0) -> bytes:
    """The chart as a PNG, drawn with Noto Sans SC (SIL OFL 1.1) and no font of the system: the same everywhere."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, background="#ffffff", skip_system_fonts=True, font_files=[str(_font())],
            font_family="Noto Sans SC", sans_serif_family="Noto Sans SC", zoom=zoom,
        )
    )  # fmt: skip


def _font() -> Path:
    spec = find_spec("pylopdf_fonts_zh_cn")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "NotoSansSC-Regular.otf"
        if path.is_file():
            return path
    raise MissingFont


def _panel(
    code: str,
    rows: list[Row],
    width: int,
    link: Callable[[Observation], str] | None,
    name: Name,
    number: Callable[[float], str],
) -> tuple[int, list[str]]:
    shown = sorted(rows, key=lambda row: (-row.median, row.place, row.adcode or ""))[:ROWS]
    places = [_cut(row.place, width * 0.3) for row in shown]
    spans = [span(row, number) for row in shown]
    left = max(map(_width, places)) + 20
    right = width - max(map(_width, spans)) - 24
    low, high, ticks = _axis(min(row.low for row in shown), max(row.high for row in shown), 6 if width > 600 else 3)

    def x(value: float) -> float:
        return round(left + (value - low) / (high - low) * (right - left), 1)

    bottom = _HEAD + _LINE * len(shown)
    drawn = [_text(8, 24, _cut(group_title(code, rows[0], name), width - 16), 'font-weight="bold" font-size="14"')]
    for tick in ticks:
        drawn.append(f'<line x1="{x(tick)}" x2="{x(tick)}" y1="{_HEAD}" y2="{bottom}" stroke="#e3e3e3"/>')
        drawn.append(_text(x(tick), bottom + 16, number(tick), 'text-anchor="middle" font-size="11" fill="#555"'))
    for nr, row in enumerate(shown):
        y = _HEAD + _LINE * nr + _LINE / 2
        drawn.append(_text(left - 8, y + 4.5, places[nr], 'text-anchor="end"'))
        ends = sorted((x(0), x(row.median)))
        drawn.append(f'<rect x="{ends[0]}" y="{y - 7}" width="{ends[1] - ends[0]:.1f}" height="14" fill="#a8c5da"/>')
        drawn.append(f'<line x1="{x(row.low)}" x2="{x(row.high)}" y1="{y}" y2="{y}" stroke="#1d4e89"/>')
        # Of dots at one place only the first could be seen or pointed at.
        dots = {x(((seen.low or 0) + (seen.high or 0)) / 2): seen for seen in reversed(row.quotes)}
        drawn.extend(_dot(seen, at, y, link) for at, seen in sorted(dots.items()))
        drawn.append(_text(width - 8, y + 4.5, spans[nr], 'text-anchor="end" fill="#444"'))
    height = bottom + _FOOT
    if len(rows) > len(shown):
        drawn.append(_text(8, bottom + 34, f"… +{len(rows) - len(shown)}", 'fill="#555"'))
    return height, drawn


def span(row: Row, number: Callable[[float], str]) -> str:
    """Median, and lowest to highest where they differ."""
    text = number(row.median)
    return text if row.low == row.high else f"{text} ({number(row.low)}–{number(row.high)})"


def _dot(seen: Observation, x: float, y: float, link: Callable[[Observation], str] | None) -> str:
    tip = escape(_clean(f"{seen.place} {seen.time or ''} {seen.text}｜{seen.quote}"))
    dot = f'<circle cx="{x}" cy="{y}" r="4" fill="#1d4e89" stroke="#fff"><title>{tip}</title></circle>'
    return f'<a href="{escape(link(seen))}">{dot}</a>' if link else dot


def _axis(low: float, high: float, wanted: int) -> tuple[float, float, list[float]]:
    """Ends and ticks at 1, 2 or 5 times a power of ten. Bars start at zero, so zero is on the axis."""
    low, high = min(0.0, low), max(0.0, high)
    if low == high:
        high = 1.0
    raw = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    first, last = math.floor(low / step), math.ceil(high / step)
    return first * step, last * step, [nr * step for nr in range(first, last + 1)]


def _text(x: float, y: float, text: str, attributes: str = "") -> str:
    return f'<text x="{x}" y="{y}" {attributes}>{escape(_clean(text))}</text>'


def _clean(text: str) -> str:
    return for_xml(safe(text))


def _widths(text: str) -> Iterator[float]:
    return (_SIZE if ord(char) > 0x2E7F else _SIZE * 0.6 for char in text)


def _width(text: str) -> float:
    """Pixels that a text takes at most: a Chinese character is as wide as it is high."""
    return math.ceil(sum(_widths(text)))


def _cut(text: str, width: float) -> str:
    total = 0.0
    for at, one in enumerate(_widths(text)):
        total += one
        if total > width:
            return text[: max(1, at - 1)] + "…"
    return text
