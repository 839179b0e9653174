"""Amounts per village, household or 1,000 people: divided by what an article says there is of them, never a guess."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from outputs.compare import Comparison, LeftOut, Observation, interval, observation, observations
from outputs.labels import label
from outputs.library import Library

Per = Literal["village", "household", "people"]

_BASES: dict[Per, tuple[str, str, int]] = {
    "village": ("villages", "村", 1),
    "household": ("households", "户", 1),
    "people": ("people", "人口", 1000),
}
"""Code and thing of the number of all there are, and how many of them the amount is per."""


class PerBase(NamedTuple):
    """An observation divided by its base."""

    value: float
    observation: Observation
    base: Observation


class Normalised(NamedTuple):
    """Values by place, and what could not be divided."""

    per: Per
    values: list[PerBase]
    left_out: list[LeftOut]


def per_base(library: Library, comparison: Comparison, per: Per) -> Normalised:
    """Each comparable total of a comparison divided by its base: the number of all villages (households, people) of
    the same place that an article gives as such (全县120个行政村), of the time nearest to it. Averages, shares and
    counts at a threshold are no totals; without a base nothing is divided."""
    code, thing, size = _BASES[per]
    where = "o.code = ? AND o.thing = ? AND o.extent = 'whole' AND o.reason IS NULL AND d.lead_id IS NULL"
    bases: dict[tuple[str, str], list[Observation]] = {}
    for found in observations(library, where, (code, thing)):
        bases.setdefault((found["adcode"] or "", found["place"]), []).append(observation(found))
    values, left_out = [], list(comparison.left_out)
    for row in comparison.rows:
        known = bases.get((row.adcode or "", row.place), [])
        for seen in row.quotes:
            reason = _reason(seen, known, per)
            if reason is not None:
                left_out.append(LeftOut(reason, seen))
                continue
            base = _nearest(seen, known)
            amount, count = ((o.low or 0) + (o.high or 0) for o in (seen, base))
            values.append(PerBase(float(amount) / float(count) * size, seen, base))
    return Normalised(per, values, left_out)


def _reason(seen: Observation, known: Sequence[Observation], per: Per) -> str | None:
    if seen.kind not in ("total", "increase") or {"village", "household", "person", "mu"} & set(seen.rate.split(",")):
        return f"是{label('measured', seen.kind)}，不能再按{label('per', per)}折算"
    if seen.status == "standard":
        return "是标准，不是一地的总数"
    if seen.code == _BASES[per][0]:
        return "就是基数本身"
    if not any(base.low for base in known):
        return f"没有一篇说{seen.place}共有多少{label('base', per)}，不折算"
    return None


def _nearest(seen: Observation, known: Sequence[Observation]) -> Observation:
    """The base of the same article, else that of the nearest year; the first of those as near."""

    def far(base: Observation) -> tuple[bool, int]:
        ends = [interval(one.time) for one in (seen, base)]
        years = [int((end[1] if end[1] < "9999" else end[0])[:4]) for end in ends if end]
        return base.article_id != seen.article_id, abs(years[0] - years[1]) if len(years) == 2 else 9999

    return min((base for base in known if base.low), key=far)
