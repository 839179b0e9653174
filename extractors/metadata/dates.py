"""Dates as pages write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from extractors.numerals import NotANumeral, whole

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:[-/.年]|－)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[-/.月]|－)\s*(?P<day>\d{1,2})(?!\d)\s*日?"
    r"(?:[\sT,，]*(?:星期|周)?[一二三四五六日天]?[\sT]*"
    r"(?P<hour>\d{1,2})\s*[:：时]\s*(?P<minute>\d{2})(?:\s*[:：分]\s*(?P<second>\d{2}))?(?:\.\d+)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?|月)"
    r"|(?<!\d)(?P<compact>(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?P<clock>\d{6})?(?!\d)"
    r"|(?P<han>[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)"
    r"|(?P<english>(?:(?P<day_first>\d{1,2})\s)?(?P<name>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|ust|ember|ober)?\.?,?\s(?:(?P<day_last>\d{1,2}),?\s)?(?P<of>(?:19|20)\d\d))\b"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BEIJING = timezone(timedelta(hours=8))


def read_date(text: str) -> str | None:
    """The first date of `text` that exists, as precise as written; a time with a zone is told in Beijing's."""
    found = find_date(text)
    return found[2] if found else None


def find_date(text: str) -> tuple[int, int, str] | None:
    """`(start, end, ISO)` of the first date of `text` that exists, or None."""
    for hit in _DATE.finditer(text):
        iso = _iso(hit)
        if iso is not None:
            return hit.start(), hit.end(), iso
    return None


def _iso(hit: re.Match[str]) -> str | None:
    if hit["han"]:
        try:
            year, month, day = _han(hit["han"])
        except NotANumeral:  # 十十月
            return None
    elif hit["english"]:
        year, month = int(hit["of"]), _MONTHS.index(hit["name"][:3]) + 1
        day = int(hit["day_first"] or hit["day_last"] or 0)
    elif hit["compact"]:
        written = hit["compact"]
        year, month, day = int(written[:4]), int(written[4:6]), int(written[6:])
    else:
        year, month, day = int(hit["year"]), int(hit["month"]), int(hit["day"] or 0)
    try:
        moment = datetime(year, month, day or 1, tzinfo=_BEIJING)
    except ValueError:
        return None
    if not day:
        return f"{year:04}-{month:02}"
    clock = hit["clock"]
    hour, minute, second = (clock[:2], clock[2:4], clock[4:]) if clock else (hit["hour"], hit["minute"], hit["second"])
    if hour is None:
        return moment.date().isoformat()
    try:
        moment = moment.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
    except ValueError:
        return moment.date().isoformat()
    if hit["zone"]:
        moment = _to_beijing(moment, hit["zone"])
    return moment.strftime("%Y-%m-%dT%H:%M:%S" if second else "%Y-%m-%dT%H:%M")


def _to_beijing(moment: datetime, zone: str) -> datetime:
    if zone == "Z":
        return moment.replace(tzinfo=UTC).astimezone(_BEIJING)
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        return moment
    return moment.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset)).astimezone(_BEIJING)


def _han(written: str) -> tuple[int, int, int]:
    """二〇二三年十月二十六日 → (2023, 10, 26); the day is 0 where it is not said."""
    year, rest = written.replace("○", "〇").split("年")
    month, day = rest.split("月")
    return whole(year), whole(month), whole(day.rstrip("日") or "零")
