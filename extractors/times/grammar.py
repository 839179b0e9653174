"""The grammar of written times: one compiled expression, and its meaning as ISO 8601 for a given day of reference.

`2020`, `2020-06`, `2020-12-31` are points, `2015/..` and `../2007` open periods, `2019/2021` closed ones.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from extractors.either import either
from extractors.numerals import whole
from extractors.rules import read_toml
from extractors.scan import scan

MONTH_NUMBER = "(?:1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九])"
PLAN_START = 1951
"""The first five-year plan began in 1953; since the seventh (1986) plans run from 1951 + 5 n."""

REPORTS = 3
"""Up to this month 全年 is the year before, which is reported on."""

_AHEAD = re.compile("计划|预计|目标|任务|力争|将|拟|确保|今后|要")

EXACT = 10
"""So many years ago, and not more, is taken at its word."""

_FEASTS = {"元旦": 1, "清明": 4, "五一": 5, "国庆": 10}
"""Months of the holidays; those of the moon calendar move and are left out."""


class TimeReading(NamedTuple):
    """A time of the text. `value` is null where it is relative and nothing fixes it."""

    start: int
    end: int
    value: str | None
    relative: bool
    rule: str
    year: int | None = None
    """The year that it names outright: later dates without a year are of it."""


@dataclass(frozen=True)
class TimeGrammar:
    """The compiled expression and its word tables."""

    first: re.Pattern[str]
    """The characters that a time can begin with."""
    pattern: re.Pattern[str]
    years: dict[str, int]

    def read(
        self, text: str, start: int, end: int, day: date | None, earlier: int | None = None
    ) -> Iterator[TimeReading]:
        """Times of one paragraph `text[start:end]`, in order. `day`: when the article was published, if known;
        `earlier`: the year that the paragraphs above named last, which a bare 全年 is of."""
        named: int | None = None
        """Year named last: 2021年3月…,6月…."""
        last: str | None = None
        hits = list(scan(self.first, self.pattern, text, start, end))
        for index, hit in enumerate(hits):
            if _in_title(text, hit.start(), start):
                continue
            following = _year_of(hits[index + 1]) if index + 1 < len(hits) else None
            reading = self._reading(hit, day, named or (earlier if hit["part"] == "全年" else None), following, last)
            if reading is None:
                continue
            named = reading.year or named
            last = reading.value
            yield reading

    def _reading(
        self, hit: re.Match[str], day: date | None, named: int | None, following: int | None, last: str | None
    ) -> TimeReading | None:
        start, end = hit.span()
        if hit["now"]:
            return TimeReading(start, end, None, True, "now")
        if hit["same"]:
            return TimeReading(start, end, last, last is None, "same")
        if hit["plan"]:
            first = PLAN_START + 5 * (10 + whole(hit["plan"]))
            value = f"{first + 4}-12-31" if hit["plan_end"] else f"{first}/{first + 4}"
            return TimeReading(start, end, f"{first}/.." if hit["plan_since"] else value, False, "plan")
        if hit["decade"]:
            first = (whole(hit["century"] or "20") - 1) * 100 + whole(hit["decade"][0]) * 10
            return TimeReading(start, end, f"{first}/{first + 9}", False, "decade")
        if hit["moon"]:
            moon = _moon(day, -1 if hit["moon"][0] == "上" else 0) if day else None
            return TimeReading(start, end, moon, True, "relative_month")
        if hit["week"]:
            monday = day - timedelta(days=day.weekday() + 7) if day else None
            week = f"{monday}/{monday + timedelta(days=6)}" if monday else None
            return TimeReading(start, end, week, True, "relative_week")
        if hit["last"]:
            count = whole(hit["last"])
            near = f"{day.year - count + 1}/{day.year}" if day else None
            return TimeReading(start, end, near, True, "last_years")
        if hit["ago"]:
            count = whole(hit["ago"])
            then = str(day.year - count) if day and count <= EXACT else None  # 三十年前 is a round number
            return TimeReading(start, end, then, True, "years_ago")
        return self._calendar(hit, day, named, following)

    def _calendar(
        self, hit: re.Match[str], day: date | None, named: int | None, following: int | None
    ) -> TimeReading | None:
        start, end = hit.span()
        outright = _year(hit["year"])
        if outright is None and hit["year"] is None and not (hit["rel"] or hit["part"] or hit["month"]):
            return None
        year, relative, rule = outright, False, "absolute"
        if hit["rel"]:
            relative, rule = True, "relative_year"
            year = day.year + self.years[hit["rel"]] if day else None
        elif outright is None:
            relative, rule = named is None, "year_of_context"
            year = named or (day.year if day else following)
            if named is None and day and hit["month"] and whole(hit["month"]) > day.month and not hit["ahead"]:
                year = day.year - 1
            if hit["part"] == "全年" and named is None and day and day.month <= REPORTS and not _to_come(hit):
                year = day.year - 1
        if year is None:
            return TimeReading(start, end, None, True, rule)
        first, final = _period(hit, year)
        if hit["to_year"]:
            final = hit["to_year"][:4] if len(hit["to_year"]) > 3 else first[:2] + hit["to_year"][:2]
        value = first if first == final else f"{first}/{final}"
        if hit["since"]:
            value = f"{first}/.."
        elif hit["until"]:
            value = f"../{final}"
        return TimeReading(start, end, value, relative, rule, outright)


def load_times(rules: str | None = None) -> TimeGrammar:
    """Compile the grammar from its word tables, with the user's own laid over them."""
    data = read_toml("extractors.times", "times.toml", rules)
    year = "(?:1[89]|20)[0-9]{2}|[一二][〇零○九八][〇零○一二三四五六七八九]{2}"
    relative = either(data["years"])
    now = either(data["now"]["words"])
    same = either(data["same"]["words"])
    dash = "(?:[—–~～-]{1,2}|至|到)"
    month = (
        f" ?(?P<month>{MONTH_NUMBER}) ?(?:{dash} ?(?P<to_month>{MONTH_NUMBER}) ?)?月(?!个|龄|饼|季|球)份?"
        f"(?: ?(?P<dayno>[0-9]{{1,2}}) ?(?:{dash}(?P<to_day>[0-9]{{1,2}}))?日(?:{dash}(?P<till_day>[0-9]{{1,2}})日)?"
        f"(?:[0-9]{{1,2}}时(?:[0-9]{{1,2}}分)?)?)?"
    )
    part = (
        "(?P<part>上半年|下半年|前(?P<months>[0-9]{1,2}|十[一二]?|[一二两三四五六七八九])个月|全年|年内|"
        "(?P<quarters>前[二两三23])季度|第?(?P<quarter>[一二三四1-4])季度|年初|年[底末]|年中)"
    )
    # 一月一督查 is no January: a Chinese month without a year must say that it is a date.
    bare_month = (
        "(?:(?=[0-9])(?<![0-9.])"
        "|(?=[一二三四五六七八九十]{1,2}月(?:份|底|初|末|[上中下]旬|以来|[0-9一二三四五六七八九十]{1,3}日)))"
    )
    words = "".join(word[0] for table in (data["years"], data["now"]["words"], data["same"]["words"]) for word in table)
    return TimeGrammar(
        first=re.compile(
            f"[0-9一两二三四五六七八九十〇零○“上下本个世近最过到至力预计截自从前全年第{re.escape(words)}]"
        ),
        pattern=re.compile(
            f"(?:(?P<now>{now})|(?P<same>{same})"
            "|“?十(?P<plan>[一二三四五六])五”?(?=规划|时期|期间|以来|末|开局|收官|，|,|建|发展)(?:期间|时期|规划)?"
            "(?:(?P<plan_since>以来)|(?P<plan_end>末|收官))?"
            "|(?:上|(?P<century>20|19|二十|十九)|本)?(?:个)?世纪(?:(?P<decade>[0-9]0|[一二三四五六七八九][十〇零0])年代)(?:[初中末]期?)?"
            "|(?P<moon>上个?月|本月)(?![^，,。；;]{0,3}[0-9])(?:份|[上中下]旬|以来)?|(?P<week>上周)(?![一二三四五六日末])"
            "|(?:近|最近|过去)(?P<last>[0-9]{1,2}|[两二三四五六七八九十])年(?:来|间|里|内)?"
            "|(?<![0-9第一两二三四五六七八九十几])(?P<ago>[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一两二三四五六七八九])"
            "[多余]?年多?(?:以|之)?前(?!三?[0-9一二三四五六七八九十])"
            "|(?P<ahead>到|至|力争|预计|计划)?(?:截[至止]|自|从)?(?:到)?"
            f"(?:(?P<year>{year})(?:年?{dash}(?P<to_year>(?:(?:1[89]|20)[0-9]{{2}}|[0-9]{{2}})(?= ?年)))? ?年(?:度)?"
            f"|(?P<rel>{relative})"
            f"|(?={plain(part)}|{bare_month}{plain(month)}))"
            f"(?:的?{month}|的?{part}|[“]?(?P<feast>元旦|清明|五一|国庆)”?(?=小长假|假期|节|黄金周|期间|前后))?(?P<edge>[底末初]|[上中下]旬)?(?:份)?"
            "(?:(?P<since>(?:春耕|开春|入春|入夏|入秋|入冬|秋收|三夏|换届)?以来|之后|以后|起|至今|开始(?=[，,。；;]))|(?P<until>以前|之前|前(?!三?[0-9一二三四五六七八九十]))|期间|后)?)"
        ),
        years=data["years"],
    )


def _to_come(hit: re.Match[str]) -> bool:
    """全年计划…, 全年目标…: not the year that has been."""
    return _AHEAD.search(hit.string, max(0, hit.start() - 6), min(len(hit.string), hit.end() + 10)) is not None


def plain(pattern: str) -> str:
    """A pattern without its group names."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return whole(text.replace("○", "〇"))


def _year_of(hit: re.Match[str]) -> int | None:
    return _year(hit["year"])


def _moon(day: date, step: int) -> str:
    """The month of a day, or one before it."""
    month = day.year * 12 + day.month - 1 + step
    return f"{month // 12}-{month % 12 + 1:02d}"


def _period(hit: re.Match[str], year: int) -> tuple[str, str]:
    """First and last point of a calendar expression of that year; equal for a point."""
    edge, part = hit["edge"] or "", hit["part"] or ""
    if hit["month"]:
        month = whole(hit["month"])
        if hit["dayno"] and int(hit["dayno"]) <= monthrange(year, month)[1]:
            point = f"{year}-{month:02d}-{int(hit['dayno']):02d}"
            if last_day := hit["to_day"] or hit["till_day"]:
                return point, f"{year}-{month:02d}-{int(last_day):02d}"
        elif edge in ("底", "末"):
            point = f"{year}-{month:02d}-{monthrange(year, month)[1]:02d}"
        else:
            point = f"{year}-{month:02d}"
        return point, f"{year}-{whole(hit['to_month']):02d}" if hit["to_month"] else point
    if feast := _FEASTS.get(hit["feast"] or ""):
        return f"{year}-{feast:02d}", f"{year}-{feast:02d}"
    if edge in ("底", "末") or part in ("年底", "年末"):
        return f"{year}-12-31", f"{year}-12-31"
    if hit["quarter"]:
        first = whole(hit["quarter"]) * 3 - 2
        return f"{year}-{first:02d}", f"{year}-{first + 2:02d}"
    last = {"上半年": 6, "下半年": 12}.get(part)
    if hit["quarters"]:
        last = whole(hit["quarters"][1]) * 3
    elif hit["months"]:
        last = min(whole(hit["months"]), 12)
    if last:
        return f"{year}-{7 if part == '下半年' else 1:02d}", f"{year}-{last:02d}"
    return str(year), str(year)


def _in_title(text: str, at: int, start: int) -> bool:
    """Inside 《…》, where a year belongs to a name."""
    window = text[max(start, at - 40) : at]
    return window.rfind("《") > window.rfind("》")
