"""Numbers, units and times as Chinese editors type them: 4300万元, 万亩, 2023年5月.

What is kept is plain: a number in a unit without 十百千万亿, a time in ISO 8601.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from outputs.library.layers import number

_WORTH = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
"""Powers of ten."""
_SCALE = re.compile(
    # 千瓦 and 百分点 are units themselves, 万千瓦 is a myriad of them.
    r"(?:(?!千(?:瓦|克|米|伏|卡|帕|赫|焦|安|字节)|百分)[十百千万萬亿億])*"
)
_NUMBER = re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,31})(?:\.[0-9]{1,30})?)(\D{0,16})")
_POWERS = 30
"""Powers of ten that a typed number may have, up and down: twice what public money needs."""
_DAY = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}(:[0-9]{2})?)?)?)?"
_ISO = re.compile(rf"{_DAY}(/({_DAY}|\.\.))?|\.\./{_DAY}")
_POINT = re.compile(
    r"([0-9]{4})(?:年(?:([0-9]{1,2})月(?:份|([0-9]{1,2})[日号])?)?|([-.])([0-9]{1,2})(?:\4([0-9]{1,2}))?)?"
)
_BETWEEN = re.compile(r"至今|[至到~–—―]+")
_SINCE = re.compile(r"(.+?)(?:以来|起|至今)")
_UNTIL = re.compile(r"(?:截至|截止|至)(.+)|(.+?)(?:以前|之前)")
_SHORT_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})年?")


class Ends(NamedTuple):
    """The fields that hold one number and its unit."""

    low: str
    high: str
    unit: str
    others: tuple[str, ...] = ()
    """More numbers of the same unit."""


QUANTITY = Ends("min", "max", "unit", ("from",))
THRESHOLD = Ends("min", "max", "unit")


Problem = Literal["no number", "two units", "two scales"]
"""It is none, or is in a unit that is not known; the number and the unit field name different units; both have a 万."""


class BadNumber(ValueError):
    """What is wrong with the number or unit of a field."""

    def __init__(self, problem: Problem, field: str) -> None:
        super().__init__(problem, field)
        self.problem, self.field = problem, field


class Said(NamedTuple):
    """A number as typed."""

    value: Decimal
    """With its own 万, without that of the unit field."""
    scaled: bool
    """Whether it has a 万 of its own."""
    unit: str | None
    """Written behind it; null where none is."""


def plain_unit(unit: str) -> tuple[int, str]:
    """The powers of ten that a unit begins with, and what is left: 万元 is 4 and 元, 千瓦 is 0 and 千瓦."""
    hit = _SCALE.match(unit)
    scale = hit[0] if hit else ""
    return sum(_WORTH[one] for one in scale), unit[len(scale) :].strip()


def read_number(text: str) -> Said | None:
    """1.5万, 4,300万元, 85名, 1e3; null where that is no number, or none of this world."""
    said = unicodedata.normalize("NFKC", text).replace(" ", "")
    hit = _NUMBER.fullmatch(said)
    try:
        value = Decimal((hit[1] if hit else said).replace(",", ""))
        powers, unit = plain_unit(hit[2]) if hit else (0, "")
        value = value.scaleb(powers) if powers else value  # which would round 1e-999999999 to nothing
    except ArithmeticError:
        return None
    if not value.is_finite() or (value and abs(value.adjusted()) > _POWERS):
        return None
    return Said(value, powers > 0, unit or None)


def as_numbers(
    typed: Mapping[str, Any], before: Mapping[str, Any], known: Collection[str], of: Ends = QUANTITY
) -> dict[str, Any]:
    """The numbers and the unit that are kept for those `typed`, over what stood there `before`: 4300 with 万元 is
    43000000 元, and so is 4300万元. Where one number stands there and one of its ends is typed, the other follows,
    unless it becomes a range. `known`: units that may stand behind a number. BadNumber."""
    out = dict(typed)
    read: dict[str, Said | None] = {}
    for name in (of.low, of.high, *of.others):
        if name in typed:
            text = "" if typed[name] is None else str(typed[name]).strip()
            read[name] = said = read_number(text) if text else None
            if text and said is None:
                raise BadNumber("no number", name)
            out[name] = None if said is None else number(said.value)
    if _follows(out, before, of):
        name, other = (of.low, of.high) if of.low in out else (of.high, of.low)
        out[other], read[other] = out[name], read[name]
    powers, unit = _unit(typed, before, of)
    for name, said in read.items():
        if said is None or said.unit is None:
            continue
        if said.unit not in {*known, unit, "元"}:
            raise BadNumber("no number", name)
        if out.get(of.unit) and said.unit != plain_unit(str(out[of.unit]))[1]:
            raise BadNumber("two units", of.unit)
        out[of.unit] = unit = said.unit
    if not powers:
        return out
    if any(said and said.scaled and not said.unit for said in read.values()):
        raise BadNumber("two scales", of.unit)
    out[of.unit] = unit or None
    # A former value that nobody typed is in the unit that stood there, unless the unit alone was typed.
    for name in (of.low, of.high, *(name for name in of.others if name in read or not read)):
        said = read.get(name)
        value = out[name] if name in out else before.get(name)
        if value is not None and not (said and said.unit):
            out[name] = number(Decimal(str(value)).scaleb(powers))
    return out


def _unit(typed: Mapping[str, Any], before: Mapping[str, Any], of: Ends) -> tuple[int, str]:
    """Powers of ten of the unit that the numbers are typed in, and the plain unit. 万 alone is of the unit that stood
    there."""
    held = str(before.get(of.unit) or "")
    if of.unit not in typed:
        return 0, held
    powers, unit = plain_unit(str(typed[of.unit] or "").strip())
    return (powers, plain_unit(held)[1]) if powers and not unit else (powers, unit)


def _follows(typed: Mapping[str, Any], before: Mapping[str, Any], of: Ends) -> bool:
    """Whether one end of a single number was typed alone."""
    ends = [name for name in (of.low, of.high) if name in typed]
    if len(ends) != 1 or typed[ends[0]] is None or typed.get("bound", before.get("bound")) == "range":
        return False
    low, high = before.get(of.low), before.get(of.high)
    return low is not None and high is not None and Decimal(str(low)) == Decimal(str(high))


def read_time(text: str) -> str | None:
    """ISO 8601 of a time as typed: 2023年5月1日, 2019年至2021年, 2023年以来, or ISO 8601 itself. Null where it is no
    time, or a day that no calendar has."""
    said = unicodedata.normalize("NFKC", text).replace(" ", "")
    if hit := _SHORT_YEARS.fullmatch(said):
        return f"{hit[1]}/{hit[2]}" if hit[1] < hit[2] else None
    if hit := _SINCE.fullmatch(said):
        point = _point(hit[1])
        return point and f"{point}/.."
    if hit := _UNTIL.fullmatch(said):
        point = _point(hit[1] or hit[2])
        return point and f"../{point}"
    points = [_point(part) for part in _BETWEEN.split(said)]
    if len(points) == 2 and points[0] and points[1]:
        return f"{points[0]}/{points[1]}" if points[0] < points[1] else None
    if len(points) == 1 and points[0]:
        return points[0]
    if not _ISO.fullmatch(said):
        return None
    days = [part.partition("T")[0] for part in said.split("/") if part != ".."]
    return said if all(_point(day) for day in days) else None


def _point(text: str) -> str | None:
    """2023, 2023-05 or 2023-05-01; null where there is no such day."""
    hit = _POINT.fullmatch(text)
    if hit is None:
        return None
    year, month, day = int(hit[1]), hit[2] or hit[5], hit[3] or hit[6]
    try:
        found = date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    return found.isoformat()[: 4 if not month else 7 if not day else 10]
