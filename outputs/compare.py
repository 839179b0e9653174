"""One indicator across places: only what can be set side by side is, the rest is listed with the reason.

What is measured, of which place, and whether it is comparable at all stands in the table `observations`; here are the
questions of a reader: which indicator, which level, which time, which places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any, Literal, NamedTuple

from models.errors import AnlikuError
from outputs.codes import code_of, near
from outputs.labels import label, plain
from outputs.library import Library
from outputs.places_of import inside, resolve
from outputs.quotes import quoted

By = Literal["province", "prefecture", "county", "township", "village"]

_TIMELESS = "没有说明时间"


class UnknownIndicator(AnlikuError):
    """there is no indicator {code!r}; choose one of {codes}"""


class BadPeriod(AnlikuError):
    """{period!r} is not a period; write 2020, 2020/2024, 2020-2024 or 2020/.. (年、月或日)"""


class Observation(NamedTuple):
    """A number that an article gives, with the words it gives it in."""

    code: str
    thing: str
    """What is measured, by one name for all that say the same: 村集体收入, 茶园, 流转土地."""
    kind: str
    """`total`, `average`, `increase`, `share`, `multiple`, or `limit`."""
    place: str
    level: str | None
    """Of the place whose value it is."""
    adcode: str | None
    county: str | None
    low: float | int | None
    high: float | int | None
    """In the canonical unit; equal for a point value."""
    unit: str | None
    rate: str
    """What it is per, `village,year`; in alphabetical order, empty if nothing."""
    status: str
    threshold: str
    """What the things counted have to fulfil, `村集体收入 ≥ 100,000 元`; empty if nothing."""
    limit: float | int | None
    """The number of the threshold; null where there is none."""
    extent: str | None
    """`whole`, `every`, `most`, `nearly_none`, `none`: how much of what there is, where words say it."""
    bound: str
    time: str | None
    text: str
    start: int
    end: int
    """Raw offsets of the number in its article."""
    quote: str
    article_id: str
    title: str | None
    id: str


class Row(NamedTuple):
    """All comparable observations of a place. Rows of the same thing, kind, unit, rate, status and threshold may be set
    side by side; those of another may not."""

    place: str
    adcode: str | None
    thing: str
    kind: str
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

    @property
    def group(self) -> tuple[str, str, str, str, str, str]:
        """What rows have to share to stand side by side."""
        return (self.thing, self.kind, self.unit, self.rate, self.status, self.threshold)


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
    """What the articles say of an indicator (its code or Chinese name) for the places of one level. `period`
    (`2020/2024`) keeps what is of a time within it; `places` keeps those names or codes, and what is inside them.
    Borderline findings are left aside, as everywhere in comparison. UnknownIndicator, BadPeriod, UnknownPlace,
    AmbiguousPlace."""
    code = indicator(library, code)
    chosen = [resolve(library, name) for name in places]
    rows = observations(library, OF_CODE, (code, code))
    kept = (row for row in rows if not chosen or any(inside(row, place) for place in chosen))
    groups, left_out = gather(kept, by=by, period=period)
    return Comparison(code, by, [row_of(group) for _, group in sorted(groups.items())], left_out)


def indicator(library: Library, typed: str) -> str:
    """The code that was typed, as such (also one of a user's own rules) or by its Chinese name. UnknownIndicator."""
    found = code_of("indicator", typed)
    if found is not None:
        return found
    known = [code for code, _ in indicators(library)]
    if typed not in known:
        raise UnknownIndicator(code=typed, codes=near("indicator", typed, known))
    return typed


def indicators(library: Library) -> list[tuple[str, int]]:
    """The codes that the library has and how many observations of each, most first."""
    sql = "SELECT code, count(*) AS n FROM observations GROUP BY code ORDER BY n DESC, code"
    return [(row["code"], row["n"]) for row in library.query(sql)]


# Not `o.code = ? OR q.code = ?`, nor a pair of columns, for which all observations would be read.
OF_CODE = """o.rowid IN (
    SELECT rowid FROM observations WHERE code = ?
    UNION
    SELECT n.rowid FROM quantities k JOIN observations n ON n.article = k.article AND n.id = k.id WHERE k.code = ?
)"""
Key = tuple[str, ...]
Interval = tuple[str, str]
"""First and last day, ISO 8601."""
_SQL = """
SELECT o.*, q.text, q.bound, q.start, q."end", a.title, a.media_type, d.lead_id, l.title AS lead_title,
       substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS quote
FROM observations o JOIN quantities q ON q.article = o.article AND q.id = o.id
     JOIN articles a ON a.article = o.article
     LEFT JOIN duplicates d ON d.article_id = o.article_id AND d.lead_id <> d.article_id
     LEFT JOIN articles l ON l.id = d.lead_id
WHERE {where} ORDER BY o.article_id, q.nr
"""


def observations(library: Library, where: str, values: Sequence[object] = ()) -> Iterator[dict[str, Any]]:
    """Rows of observations with their words, in the order of the articles. `where` speaks of `o` and `q`."""
    return library.query(_SQL.format(where=where), values)


def gather(
    rows: Iterable[dict[str, Any]], *, by: By, period: str | None = None
) -> tuple[dict[Key, list[Observation]], list[LeftOut]]:
    """Comparable observations by group and place, and the others with the reason. BadPeriod."""
    window = days(period)
    groups: dict[Key, list[Observation]] = {}
    left_out = []
    for row in rows:
        seen = observation(row)
        if window and seen.time and not overlap(interval(seen.time), window):
            continue
        reason = _reason(row, by, timed=window is not None)
        if reason:
            left_out.append(LeftOut(reason, seen))
        else:
            # Homonyms stay apart by code, or by parents where a place has no code.
            key = (seen.code, seen.thing, seen.kind, seen.unit or "", seen.rate, seen.status, seen.threshold,
                   row["adcode"] or row["path"] or "", seen.place)  # fmt: skip
            groups.setdefault(key, []).append(seen)
    left_out.sort(key=lambda left: left.reason)
    return groups, left_out


def observation(row: dict[str, Any]) -> Observation:
    """The observation of a row of `observations`."""
    return Observation(
        code=row["code"],
        thing=row["thing"],
        kind=row["kind"],
        place=row["place"] or "",
        level=row["level"],
        adcode=row["adcode"],
        county=row["county"],
        low=row["low"],
        high=row["high"],
        unit=row["unit"],
        rate=row["rate"],
        status=row["status"],
        threshold=limit(row),
        limit=row["limit_high"] if row["limit_low"] is None else row["limit_low"],
        extent=row["extent"],
        bound=row["bound"],
        time=row["time"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        quote=quoted(row["quote"], row["media_type"]),
        article_id=row["article_id"],
        title=row["title"],
        id=row["id"],
    )


def limit(row: dict[str, Any]) -> str:
    """A threshold as it is checked: 村集体收入 ≥ 100,000 元; empty where there is none."""
    ends = [plain(end) for end in (row["limit_low"], row["limit_high"]) if end is not None]
    if not ends:
        return ""
    sign = label("bound_sign", row["limit_bound"]) if len(ends) == 1 else ""
    return " ".join(part for part in (row["limit_of"], f"{sign}{'–'.join(ends)}", row["limit_unit"]) if part)


def _reason(row: dict[str, Any], by: By, *, timed: bool) -> str | None:
    """Why a number cannot be set beside others of that level; None where it can."""
    if row["lead_id"] is not None:
        return f"与《{row['lead_title'] or row['lead_id']}》重复，只计一次"
    if row["reason"] is not None:
        return str(row["reason"])
    if row["level"] != by:
        return other_level(row["level"], by)
    if timed and row["time"] is None:
        return _TIMELESS
    return None


def other_level(level: str | None, by: str) -> str:
    """Why a number of a place of one level is not set beside those of another."""
    return f"是{label('level', level)}的数，不是{label('level', by)}的"


def row_of(group: Sequence[Observation]) -> Row:
    """The row of the observations of one place in one comparable group."""
    first = group[0]
    ends = [(seen.low or 0, seen.high or 0) for seen in group]
    return Row(
        place=first.place,
        adcode=first.adcode,
        thing=first.thing,
        kind=first.kind,
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


_SPAN = re.compile(r"^(\d{4}(?:-\d\d){0,2})年?\s*[-–—~～至到]\s*(\d{4}(?:-\d\d){0,2})年?$", re.ASCII)
"""A period as it is often typed: 2020-2024, 2020年至2024年."""


def days(period: str | None) -> Interval | None:
    """First and last day of the period that a reader asks for; None where none is. BadPeriod."""
    found = interval(_SPAN.sub(r"\1/\2", period.strip()) if period else None)
    if period and found is None:
        raise BadPeriod(period=period)
    return found


def interval(time: str | None) -> Interval | None:
    """First and last day of an ISO time (`2020`, `2020-05`, `2015/..`, `2019/2020`); None where it is none."""
    parts = (time or "").split("/")
    found = [re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?(?:T.*)?|\.\.", part) for part in (parts[0], parts[-1])]
    if len(parts) > 2 or not found[0] or not found[1] or parts == [".."]:
        return None
    first = "0000-01-01" if parts[0] == ".." else (parts[0][:10] + "-01-01"[len(parts[0][:10]) - 4 :])
    last = "9999-12-31" if parts[-1] == ".." else (parts[-1][:10] + "-12-31"[len(parts[-1][:10]) - 4 :])
    return (first, last) if first <= last else None


def overlap(a: Interval | None, b: Interval) -> bool:
    """Whether two intervals share a day."""
    return a is not None and a[0] <= b[1] and b[0] <= a[1]
