"""How the numbers of a sentence belong together: thresholds, changes, brackets, enumerations, totals."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.quantities.grammar import Reading
from extractors.quantities.units import Units

BOUNDS = ("gt", "ge", "lt", "le")
COUNTED = ("count", "people", "households", "none", "groups", "share")
TOLERANCE = Decimal("0.6")
"""A percentage written without decimals is right to half a point; a bit more, since authors also cut off."""

_OF = re.compile(r"^[）)]?的[^，,。；;、0-9]{0,14}$")
_GROUP = re.compile(r"^的?[\u4e00-\u9fff]{1,8}$")
_NOW = re.compile(r"^(?:人员|党员|群众|村干部)?(?:为|在|是|达到|均为|都是|均在)[^，,。；;]{0,4}$")
_ALL = re.compile(r"(?:全部|(?<![人户村年月亩平])均|都|全|普遍)(?:达到?|超过?|突破|实现)?[^，,。；;、]{0,3}$")
_FROM = re.compile(r"(?:由|从|自)[^，,。；;]{0,22}$")
_TO = re.compile(
    r"^(?:的|不等)?[^。；;0-9]{0,6}(?:提高|增加|增长|提升|上升|发展|扩大|扩展|下降|减少|降低|压减|缩短|缩减|降|升|增|涨|跃升|攀升|跃|壮大|拓展|调整|变为|变成|翻)"
    r"[^。；;]{0,3}(?:到了|到|至|为)?[^。；;0-9]{0,12}(?:[0-9]{4}年[^。；;0-9]{0,8})?$"
)


def holds_for_each(text: str, readings: list[Reading], i: int) -> bool:
    """Whether an amount is said of each of the things counted before it: 67行政村收入全部达到3万元以上."""
    return i > 0 and len(text[readings[i - 1].end : readings[i].start]) < 30 and bool(_ALL.search(text[readings[i - 1].end : readings[i].start]))


def threshold_of(text: str, readings: list[Reading], i: int, units: Units) -> int | None:
    """Index of the reading that is the threshold on the things that reading `i` counts, or null.

    收入超过10万元的村达到90%: the amount is on the left; 142名35岁以下 and 48.9%为45岁以下: the age is on the right.
    67行政村收入全部达到3万元以上: the amount is on the right, and 全部 says that it holds for each.
    """
    reading = readings[i]
    if units.dimension(reading.unit) not in COUNTED or reading.bound in ("lt", "le"):
        return None
    j = i - 1
    if j >= 0 and _in_bracket(text, reading) and j - 1 >= 0:
        j -= 1
    if j >= 0 and _limits(readings[j], units) and _OF.match(text[readings[j].end : readings[j + 1].start]):
        return j
    if j >= 0 and units.dimension(readings[j].unit) == "age" and _limits(readings[j], units) and _GROUP.match(text[readings[j].end : reading.start]):
        return j  # 35岁以下党员2300名
    if i + 1 < len(readings) and _limits(readings[i + 1], units):
        gap = text[reading.end : readings[i + 1].start]
        dimension = units.dimension(readings[i + 1].unit)
        if dimension == "age" and (not gap.strip() or _NOW.match(gap)):
            return i + 1
        if dimension == "money" and len(gap) < 30 and _ALL.search(gap) and units.dimension(reading.unit) != "share":
            return i + 1
    return None


def _limits(reading: Reading, units: Units) -> bool:
    return reading.bound in BOUNDS and units.dimension(reading.unit) not in ("share", "count", "people", "households")


def change_from(text: str, sentence_start: int, readings: list[Reading], i: int, units: Units) -> int | None:
    """Index of the value that reading `i` grew or fell from (由400元/亩提高到800元/亩), or null."""
    if i == 0:
        return None
    first, second = readings[i - 1], readings[i]
    if units.dimension(first.unit) != units.dimension(second.unit):
        return None
    gap = text[first.end : second.number]
    if len(gap) > 34 or not _TO.match(gap):
        return None
    floor = readings[i - 2].end if i > 1 else sentence_start
    return i - 1 if _FROM.search(text, max(floor, first.start - 26), first.start) else None


def _in_bracket(text: str, reading: Reading) -> bool:
    return text[reading.start - 1 : reading.start] in ("(", "（")


def bracketed(text: str, readings: list[Reading], i: int) -> bool:
    """Whether reading `i` is a second reading of the one before, in brackets behind it: 17个(26%)."""
    return i > 0 and _in_bracket(text, readings[i]) and readings[i].start - readings[i - 1].end <= 8


def flags(text: str, readings: list[Reading], i: int, codes: list[str | None], units: Units) -> tuple[str, ...]:
    """What does not add up in the sentence: a part that exceeds its whole, a share that contradicts two counts."""
    reading = readings[i]
    if reading.low is None:
        return ()
    if bracketed(text, readings, i) and reading.unit == "%":
        part = readings[i - 1]
        whole = _whole(readings, i - 1, units)
        if whole is not None and part.low and abs(part.low * 100 / whole - reading.low) > TOLERANCE:
            return ("share_contradicts_counts",)
        return ()
    among = text.rfind("其中", readings[i - 1].end if i else 0, reading.start)
    if i and among >= 0 and codes[i] is not None and reading.bound not in BOUNDS:
        for j in range(i - 1, -1, -1):
            whole_reading = readings[j]
            if codes[j] == codes[i] and _same_kind(whole_reading, reading, units) and whole_reading.low is not None and whole_reading.bound not in BOUNDS:
                return ("part_exceeds_whole",) if reading.low > whole_reading.low else ()
    return ()


def _same_kind(a: Reading, b: Reading, units: Units) -> bool:
    return units.dimension(a.unit) == units.dimension(b.unit)


def _whole(readings: list[Reading], i: int, units: Units) -> Decimal | None:
    """The total that a part with a bracketed share belongs to: the largest earlier count of the sentence."""
    counts = [
        r.low
        for r in readings[:i]
        if r.low is not None and units.dimension(r.unit) in ("count", "people", "households", "none") and r.low < 10**7
    ]
    part = readings[i].low
    return max(counts) if counts and part is not None and max(counts) > part else None
