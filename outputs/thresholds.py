"""Who says how many keep a limit: so many villages, such a share, all, or none; as a fact or as an aim."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from outputs.compare import Observation, days, indicator, interval, observation, observations, overlap
from outputs.labels import label, plain
from outputs.library import Library
from outputs.places_of import inside, resolve

_LIMIT = re.compile(r"(\d{1,15}(?:\.\d{1,8})?)\s*(万|亿|)\s*(?:元|%|)", re.ASCII)
_WORTH = {"": 1, "万": 10_000, "亿": 100_000_000}


def reached(
    library: Library,
    code: str = "villages_at_income",
    *,
    at: float | None = None,
    period: str | None = None,
    places: Sequence[str] = (),
) -> list[Observation]:
    """Everything said with a threshold: how many (or `extent`: every, none …) keep it. `at`: only that limit, in its
    canonical unit, whichever side of it is spoken of (10万元以上 and 10万元以下). Facts come before aims, then by limit
    and place. What a copy of a report says again is left out. UnknownIndicator, BadPeriod, UnknownPlace,
    AmbiguousPlace."""
    code = indicator(library, code)
    window = days(period)
    chosen = [resolve(library, name) for name in places]
    found = []
    where = "o.code = ? AND o.limit_unit IS NOT NULL AND d.lead_id IS NULL"
    for row in observations(library, where, (code,)):
        if at is not None and at not in (row["limit_low"], row["limit_high"]):
            continue
        if chosen and not any(inside(row, place) for place in chosen):
            continue
        if window and row["time"] and not overlap(interval(row["time"]), window):
            continue
        seen = observation(row)
        there = (row["county_code"] or row["adcode"] or "", seen.place)
        found.append(((seen.status, seen.limit or 0, *there, seen.article_id, seen.start), seen))
    return [seen for _, seen in sorted(found, key=lambda pair: pair[0])]


def limit_typed(text: str) -> float | None:
    """A limit as it is typed: 100000, 100,000, 10万, 10万元, 1.5亿, 60%; None where it is none."""
    hit = _LIMIT.fullmatch(unicodedata.normalize("NFKC", text).replace(",", "").strip())
    return None if hit is None else float(Decimal(hit[1]) * _WORTH[hit[2]])


def amount(seen: Observation) -> str:
    """How many: 207 个, 90 %; in words (每一个) where there is no number."""
    ends = [plain(end) for end in dict.fromkeys((seen.low, seen.high)) if end is not None]
    sign = label("bound_sign", seen.bound) if ends and seen.low != seen.high and len(ends) == 1 else ""
    number = f"{sign}{'–'.join(ends)} {seen.unit or ''}".strip() if ends else ""
    return number or label("extent", seen.extent)
