"""One indicator across places: only what can be set side by side is, the rest is listed with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from statistics import median
from typing import Any, Literal, NamedTuple

from models.errors import AnlikuError
from outputs.labels import label, labels, plain
from outputs.library import Library
from outputs.quotes import safe

By = Literal["province", "prefecture", "county", "township", "village"]

_BARE = "没有换算成可比单位"
_NOWHERE = "没有识别出地方"
_TIMELESS = "没有说明时间"
_OPEN = "只给出上限或下限"
_LIMIT = "是门槛，不是达到的数"

# 全县, 我市, 该镇: the case itself, said in its own article.
_SELF = re.compile(r"(全|我|本|该)(省|自治区|市|州|县|区|旗|镇|乡|街道|村|社区)$")


class UnknownIndicator(AnlikuError):
    """there is no indicator {code!r}; choose one of {codes}"""


class BadPeriod(AnlikuError):
    """{period!r} is not a period; write 2020, 2020/2024 or 2020/.. (years, months or days)"""


class Observation(NamedTuple):
    """A number that an article gives, with the words it gives it in."""

    place: str
    adcode: str | None
    low: float | int | None
    high: float | int | None
    """In the canonical unit; equal for a point value."""
    unit: str | None
    rate: str
    """What it is per, `village,year`; in alphabetical order, empty if nothing."""
    status: str
    threshold: str
    """What the things counted have to fulfil, `≥ 100000 元`; empty if nothing."""
    bound: str
    time: str | None
    text: str
    quote: str
    article_id: str
    title: str | None
    id: str


class Row(NamedTuple):
    """All comparable observations of a place. Rows of the same unit, rate, status and threshold may be set side by
    side; those of another may not."""

    place: str
    adcode: str | None
    unit: str
    rate: str
    status: str
    threshold: str
    observations: int
    articles: int
    median: float | int
    """Of the observations; a range counts with its middle."""
    low: float | int
    high: float | int
    quotes: tuple[Observation, ...]


class LeftOut(NamedTuple):
    """An observation that is not compared, and why not."""

    reason: str
    observation: Observation


class Comparison(NamedTuple):
    """The answer: rows by comparable group, then by place."""

    code: str
    by: By
    rows: list[Row]
    left_out: list[LeftOut]


def compare(
    library: Library, code: str, *, by: By = "county", period: str | None = None, places: Sequence[str] = ()
) -> Comparison:
    """What the cases of one level say of an indicator. `period` (`2020/2024`) keeps what is of a time within it;
    `places` keeps those names or codes. Borderline findings are left aside, as everywhere in comparison.
    UnknownIndicator, BadPeriod."""
    if code not in labels()["indicator"]:
        known = [row["code"] for row in library.query("SELECT DISTINCT code FROM quantities WHERE code IS NOT NULL")]
        if code not in known:
            raise UnknownIndicator(code=code, codes=", ".join(sorted({*labels()["indicator"], *known})))
    window = _interval(period) if period else None
    if period and window is None:
        raise BadPeriod(period=period)
    groups: dict[tuple[str, ...], list[Observation]] = {}
    left_out = []
    for row in library.query(_SQL, (code,)):
        seen = _observation(row)
        if places and row["name"] not in places and row["adcode"] not in places:
            continue
        if window and seen.time and not _overlap(_interval(seen.time), window):
            continue
        reason = _reason(row, by, timed=window is not None)
        if reason:
            left_out.append(LeftOut(reason, seen))
        else:
            # Homonyms stay apart by code, or by parents where a place has no code.
            key = (
                seen.unit or "",
                seen.rate,
                seen.status,
                seen.threshold,
                row["adcode"] or row["path"] or "",
                seen.place,
            )
            groups.setdefault(key, []).append(seen)
    left_out.sort(key=lambda left: left.reason)
    return Comparison(code, by, [_row(group) for _, group in sorted(groups.items())], left_out)


_SQL = """
SELECT q.*, c.name, c.adcode, c.level AS case_level, c.path, a.title,
       d.lead_id, l.title AS lead_title,
       substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS quote,
       -- 收入超过10万元的村达到90%: the 10万元 is what the villages have to reach, not what they have.
       EXISTS (SELECT 1 FROM quantities o WHERE o.article_id = q.article_id AND o.quote_start = q.quote_start
               AND o.id <> q.id AND o.replaced = 0 AND o.threshold_unit = q.unit
               AND (o.threshold_min = q.min OR o.threshold_max = q.max)) AS is_limit
FROM quantities q JOIN articles a ON a.id = q.article_id LEFT JOIN cases c ON c.id = q.case_id
     LEFT JOIN duplicates d ON d.article_id = q.article_id AND d.lead_id <> d.article_id
     LEFT JOIN articles l ON l.id = d.lead_id
WHERE q.code = ? AND q.optional = 0 AND q.replaced = 0 AND a.kind <> 'other' ORDER BY q.article_id, q.nr
"""


def _observation(row: dict[str, Any]) -> Observation:
    ends = [row["threshold_min"], row["threshold_max"]]
    threshold = f"{'≥' if ends[0] is not None else '≤'} {' – '.join(plain(end) for end in ends if end is not None)}"
    return Observation(
        place=row["name"] or "",
        adcode=row["adcode"],
        low=row["canonical_min"],
        high=row["canonical_max"],
        unit=row["canonical_unit"],
        rate=",".join(sorted((row["rate"] or "").split(","))),
        status=row["status"],
        threshold=f"{threshold} {row['threshold_unit'] or ''}".strip() if ends != [None, None] else "",
        bound=row["bound"],
        time=row["time"],
        text=row["text"],
        quote=safe(re.sub(r"<[^>]*>", "", row["quote"])).replace("\n", " "),
        article_id=row["article_id"],
        title=row["title"],
        id=row["id"],
    )


def _reason(row: dict[str, Any], by: By, *, timed: bool) -> str | None:
    """Why a number cannot be set beside others of that level; None where it can."""
    owner = row["owner"]
    if row["lead_id"] is not None:
        return f"与《{row['lead_title'] or row['lead_id']}》重复，只计一次"
    if row["name"] is None:
        return _NOWHERE
    if row["case_level"] != by:
        return f"是{label('level', row['case_level'])}的数，不是{label('level', by)}的"
    if owner and owner not in row["name"] and row["name"] not in owner and not _SELF.match(owner):
        return f"属于{owner}，不是{row['name']}的"
    if row["canonical_unit"] is None:
        return _BARE
    if row["is_limit"]:
        return _LIMIT
    if row["canonical_min"] is None or row["canonical_max"] is None:
        return _OPEN
    if row["flags"]:
        return "；".join(label("flag", flag) for flag in json.loads(row["flags"]))
    if timed and row["time"] is None:
        return _TIMELESS
    return None


def _row(group: Sequence[Observation]) -> Row:
    first = group[0]
    ends = [(seen.low or 0, seen.high or 0) for seen in group]
    return Row(
        place=first.place,
        adcode=first.adcode,
        unit=first.unit or "",
        rate=first.rate,
        status=first.status,
        threshold=first.threshold,
        observations=len(group),
        articles=len({seen.article_id for seen in group}),
        median=_whole(median((low + high) / 2 for low, high in ends)),
        low=min(low for low, _ in ends),
        high=max(high for _, high in ends),
        quotes=tuple(group),
    )


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _interval(time: str | None) -> tuple[str, str] | None:
    """First and last day of an ISO time (`2020`, `2020-05`, `2015/..`, `2019/2020`); None where it is none."""
    parts = (time or "").split("/")
    found = [re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?(?:T.*)?|\.\.", part) for part in (parts[0], parts[-1])]
    if len(parts) > 2 or not found[0] or not found[1] or parts == [".."]:
        return None
    first = "0000-01-01" if parts[0] == ".." else (parts[0][:10] + "-01-01"[len(parts[0][:10]) - 4 :])
    last = "9999-12-31" if parts[-1] == ".." else (parts[-1][:10] + "-12-31"[len(parts[-1][:10]) - 4 :])
    return (first, last) if first <= last else None


def _overlap(a: tuple[str, str] | None, b: tuple[str, str]) -> bool:
    return a is not None and a[0] <= b[1] and b[0] <= a[1]
