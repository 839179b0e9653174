"""The grammar of written quantities: bound, number, scale, range, unit, per-unit. One compiled expression over the
text; what it finds is read into exact values. Every candidate is matched once, so the cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractors.either import either
from extractors.numerals import CHINESE, DIGITS, NotANumeral, numeral, scale_of, vague
from extractors.quantities.bounds import Bounds, load_bounds
from extractors.quantities.units import DURATIONS, PACKAGE, Units, load_units
from extractors.rules import read_toml
from extractors.scan import scan
from models.quantity import Bound

NUMERALS = CHINESE + "几"
FIRST = f"0-9０-９{NUMERALS}第数若半翻前"
"""What a quantity, or a trap that looks like one, begins with."""
DIGIT = "一二两三四五六七八九十"
LONGEST_NUMBER = 18
"""A longer run of digits is a licence, a code or noise."""
COUNTED = ("count", "rounds", "groups", "people", "households")
HALF = Decimal("0.5")
HALVED = ("成", "亩", "斤", "里", "倍")
"""Units that 半 may follow: 八成半, 两亩半."""
MINUS = "零下"
DEGREES = ("度", "℃", "摄氏度")
_BEYOND = ("超", "逾", "破", "近")
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_OPENING = re.compile(f"[{''.join(QUOTES)}]")
NAME_LENGTH = 20
"""A quoted run without a stop that is no longer than this is a name or a slogan, not speech."""


class Reading(NamedTuple):
    """A number of the text with its unit and bound. Offsets count in the text that was read."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: Bound
    rule: str
    optional: bool = False
    number: int = 0
    """Where the number itself begins, behind an approximator that belongs to the span."""
    doubt: str | None = None
    """Why the reading is not certain; null where the grammar leaves one reading."""


@dataclass(frozen=True)
class Grammar:
    """The compiled expression and its tables. Make one with `load_grammar`, use it for any number of texts."""

    first: re.Pattern[str]
    candidate: re.Pattern[str]
    counted: re.Pattern[str]
    units: Units
    bounds: Bounds
    after: frozenset[str]
    after_chinese: frozenset[str]

    def read(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Reading]:
        """Readings of `text[start:end]`, in order, none overlapping."""
        stop = len(text) if end is None else end
        at = start
        for hit in scan(self.first, self.candidate, text, start, stop):
            if hit.lastgroup != "skip" and (reading := self._reading(hit, text, at)) is not None:
                at = reading.end
                yield reading

    def _reading(self, hit: re.Match[str], text: str, left: int) -> Reading | None:
        """What a candidate says, or null where it counts nothing. `left`: where the reading before it ended."""
        start, end = hit.span()
        if hit["fold"] is not None:
            return Reading(start, end, *_fold(hit["fold"]), "倍", "eq", "fold", True, start)
        before = text[start - 1 : start]
        if before in self.after or (before.isascii() and before.isalpha()):
            return None
        number = hit["n1"]
        chinese = number[0] in NUMERALS or number[0] in "数若半"
        if chinese and before in self.after_chinese:
            return None
        unit = _unit(hit["u2"] or hit["u1"], hit["per2"] or hit["per1"], number)
        if len(number) > LONGEST_NUMBER or text[end : end + 1] in ("+", "＋"):
            return None
        doubt = None
        if unit is None or (chinese and unit in self.units.never_after_chinese):
            unit = None
            if not self._stands_alone(hit, text, chinese):
                return None
            end = max(hit.end(name) for name in ("y1", "s1", "x1", "n1", "y2", "s2", "x2", "n2"))
            doubt = "no unit or classifier is written"
        elif chinese and self._no_count(number, unit, hit["s1"]):
            return None
        if _in_name(text, start, end):
            return None
        ends = _ends(hit)
        if ends is None:
            return None
        low, high, rule = ends
        if (
            chinese
            and low is not None
            and high is not None
            and low == high
            and unit in HALVED
            and text[end : end + 1] == "半"
        ):
            low, high, end = low + HALF, high + HALF, end + 1  # 八成半
        if low is not None and high is not None and text[start - len(MINUS) : start] == MINUS and unit in DEGREES:
            low, high, start = -low, -high, start - len(MINUS)
        bound: Bound = "eq" if low == high and low is not None else "approx" if low is None else "range"
        if bound != "range" and (hit["x1"] or hit["y1"]):
            bound, rule = "approx", "approximate"
        found = self.bounds.around(text, left, start, end, number)
        if bound != "range" and found.bound not in (None, "range"):
            bound, rule = found.bound or bound, f"bound_{found.place}"
        if bound in ("gt", "ge"):
            high = None
        elif bound in ("lt", "le"):
            low = None
        return Reading(
            found.start,
            max(end, found.end),
            low,
            high,
            unit,
            bound,
            rule,
            self._optional(number, unit, chinese, rule),
            start,
            doubt,
        )

    def _no_count(self, number: str, unit: str, scale: str | None) -> bool:
        """一个, 一支, 一年 is an article; 二期, 二次 an ordinal, since what is counted is 两; 六六 a play on digits."""
        if number == "一":
            return not scale
        if number == "二":
            return not scale and self.units.dimension(unit) in COUNTED
        return len(number) > 1 and all(c in DIGITS for c in number) and vague(number) is None

    def _stands_alone(self, hit: re.Match[str], text: str, chinese: bool) -> bool:
        """Whether a number without a unit counts something: 820万, 6000余农户, 67行政村."""
        end = max(hit.end(name) for name in ("y1", "s1", "x1", "n1", "y2", "s2", "x2", "n2"))
        scale = hit["s1"] or hit["s2"] or hit["n1"][-1]
        large = scale[-1] in "万亿"
        following = text[end : end + 1]
        if "分之" in hit["n1"]:
            return True
        if following.isascii() and following.isalnum():
            return False
        if chinese and len(hit["n1"]) == 1 and not (hit["x1"] or hit["y1"]):
            return False
        if large and (not chinese or text[hit.start() - 1 : hit.start()] in _BEYOND):
            return True  # 820万, 超百万的村
        if (hit["x1"] or hit["y1"]) and (large or len(hit["n1"]) > 1) and hit["x1"] != "来":
            return "\u4e00" <= following <= "\u9fff"
        if chinese and not large:
            return False
        return self.counted.match(text, end) is not None

    def _optional(self, number: str, unit: str | None, chinese: bool, rule: str) -> bool:
        """Durations, vague hundreds, ranks and aspects: borderline by the guide."""
        if self.units.dimension(unit) in DURATIONS:
            return True
        if not chinese:
            return False
        if number in ("百", "千", "万", "亿") and rule == "point":
            return True
        if rule == "vague" and number[0] in "数几若":
            return True
        return unit in self.units.optional_after_chinese and len(number) == 1


def load_grammar(rules: str | None = None) -> Grammar:
    """Compile the grammar from its tables, with the user's own laid over them."""
    units, bounds = load_units(rules), load_bounds(rules)
    traps = read_toml(PACKAGE, "traps.toml", rules)
    skips = [either(traps["words"]["list"])]
    skips += [pattern.replace("NN", NUMERALS).replace("D", f"[{DIGIT}]") for pattern in traps["patterns"].values()]
    return Grammar(
        first=re.compile(f"[{FIRST}]"),
        candidate=re.compile(_candidate("|".join(skips), units.pattern())),
        counted=re.compile(either(traps["counted"]["nouns"])),
        units=units,
        bounds=bounds,
        after=frozenset(traps["words"]["after"]),
        after_chinese=frozenset(traps["words"]["after_chinese"]),
    )


def _candidate(skips: str, unit: str) -> str:
    """Every part after the number is optional and possessive: a candidate is never tried twice."""
    scale = "(?:[十百千]?万亿|[十百千]?[万亿]|[十百千]万|千(?!瓦|克|米|伏|家万|家)|百(?!分))"
    arabic = "(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}+(?![0-9])|[0-9０-９]++)(?:[.．][0-9０-９]++)?"
    mixed = f"{arabic}(?:{scale}(?:[0-9]++(?:\\.[0-9]++)?{scale}){{1,3}}+)?"
    share = f"[{CHINESE}]{{1,4}}分之(?:[{CHINESE}]++(?:点[{CHINESE}]++)?|[0-9]++(?:\\.[0-9]++)?)"
    word = f"若干|半|(?:数(?=[十百千万亿]))?+[{NUMERALS}]++(?:点[{CHINESE}]++)?"
    number = f"(?:{mixed}|(?<![{NUMERALS}])(?:{share}|{word}))"

    space = "[ \u00a0\u2002-\u200a]?"
    """Typesetters put a thin space between digits and Chinese."""

    def amount(i: int) -> str:
        return (
            f"(?P<n{i}>{number}){space}(?P<x{i}>余|多(?!样|元化|种经|方|年生)|来(?=[个名人户万亩家斤块岁年天位头只吨里公米分])|几(?=[万十]))?+"
            f"(?P<s{i}>{scale})?+{space}(?P<y{i}>余|多(?!样|元化|方)|来(?=[块个名人户亩斤元]))?+{space}"
            f"(?P<u{i}>{unit})?+(?P<per{i}>\\s?[/／每](?:{unit}))?"
        )

    between = "[—–―－~～-]{1,2}|至|到"
    return f"(?:(?P<skip>{skips})|翻了?(?P<fold>[一二两三四五]?)番|{amount(1)}(?:(?:{between}){amount(2)})?)"


def _fold(times: str) -> tuple[Decimal, Decimal]:
    value = Decimal(2) ** (int(numeral(times)) if times else 1)
    return value, value


def _unit(unit: str | None, per: str | None, number: str) -> str | None:
    """The unit as the record writes it: 元/亩 for 元每亩, % for ％ and for 百分之."""
    if number.startswith(("百分之", "千分之", "万分之")):
        return {"百": "%", "千": "‰", "万": "‱"}[number[0]]
    if unit is None:
        return None
    unit = "%" if unit == "％" else unit
    return f"{unit}/{per.strip()[1:].strip()}" if per else unit


def _value(number: str, scale: str | None) -> tuple[Decimal | None, Decimal | None, str] | None:
    if number[0] in "0123456789" or not (ends := vague(number)):
        try:
            low = high = numeral(number)
        except NotANumeral:
            return None
        rule = "point"
    else:
        low, high = ends  # type: ignore[assignment]
        rule = "vague"
    factor = scale_of(scale or "")
    if factor is None:
        return None
    return (None if low is None else low * factor, None if high is None else high * factor, rule)


def _ends(hit: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str] | None:
    """Lower and upper end. The scale of the second number holds for both where the first has none (2—3万元)."""
    if hit["n2"] is None:
        return _value(hit["n1"], hit["s1"])
    second = _value(hit["n2"], hit["s2"])
    first = _value(hit["n1"], hit["s1"])
    if first is None or second is None or first[0] is None or second[1] is None:
        return None
    low, high = first[0], second[1]
    shared = scale_of(hit["s2"] or "") if hit["s1"] is None and hit["u1"] is None else None
    if shared and low * shared < high:
        low *= shared
    return (low, high, "range") if low < high else None


def _in_name(text: str, start: int, end: int) -> bool:
    """Whether a number stands in a quoted name, slogan or title (“2468”工作办法, 《2020年…表》)."""
    if not _OPENING.search(text, max(0, start - NAME_LENGTH * 2), start):
        return False
    window = text[max(0, start - NAME_LENGTH * 2) : start]
    opened = max((window.rfind(mark), mark) for mark in QUOTES)
    if opened[0] < 0 or QUOTES[opened[1]] in window[opened[0] :]:
        return False
    title = opened[1] in "《〈"
    closing = text.find(QUOTES[opened[1]], end, end + NAME_LENGTH * 2)
    if closing < 0:
        return False
    quoted = window[opened[0] + 1 :] + text[start:closing]
    return title or (len(quoted) <= NAME_LENGTH and not any(stop in quoted for stop in "，。！？；：,!?;"))
