"""Chains: names that stand one after the other, each inside the one before it (潍坊安丘市, 山东(寿光))."""

from __future__ import annotations

import itertools

from extractors.places.gazetteer import Gazetteer, Reading
from extractors.places.mention import Mention

ORDER = {"province": 1, "prefecture": 2, "county": 3, "township": 4, "zone": 4, "village": 5}


def link_chains(mentions: list[Mention], text: str, gaps: frozenset[str], gazetteer: Gazetteer) -> None:
    """Set `left` and `right` of neighbours that can be one chain, and keep only the readings that it leaves."""
    for upper, lower in itertools.pairwise(mentions):
        if text[upper.end : lower.start] not in gaps:
            continue
        if lower.pattern:
            if _may_hold(upper, lower):
                upper.right, lower.left = lower, upper
        elif upper.pattern:
            # 高新区清河街道: the table does not say what lies in a zone.
            if upper.level == "zone" and any(r.code[6:] for r in lower.readings):
                upper.right, lower.left = lower, upper
        elif narrowed := narrow(upper.readings, lower.readings, gazetteer):
            upper.right, lower.left = lower, upper
            upper.readings, lower.readings = narrowed
        elif not upper.bare and upper.end == lower.start and _unlisted(upper, lower):
            # 喀喇沁旗河南街道: a township of that name elsewhere, none under the county that stands before it.
            upper.right, lower.left = lower, upper
            lower.readings, lower.level, lower.rule = (), "township", "township"
    # A later link may leave an earlier name fewer readings: 吉林吉林市船营区.
    for upper, lower in reversed(list(itertools.pairwise(mentions))):
        if upper.right is lower and upper.readings and lower.readings:
            narrowed = narrow(upper.readings, lower.readings, gazetteer)
            if narrowed:
                upper.readings, lower.readings = narrowed


def narrow(
    upper: tuple[Reading, ...], lower: tuple[Reading, ...], gazetteer: Gazetteer
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]] | None:
    """The readings of both that fit each other; null where none do."""
    above = {reading.code for reading in upper}
    kept = tuple(reading for reading in lower if not above.isdisjoint(gazetteer.divisions[reading.code].parents))
    if not kept:
        return None
    holding = {parent for reading in kept for parent in gazetteer.divisions[reading.code].parents}
    return tuple(reading for reading in upper if reading.code in holding), kept


def _unlisted(upper: Mention, lower: Mention) -> bool:
    """Whether the lower name is a township by form, and the upper one a county or prefecture that may hold it."""
    return all(reading.code[6:] for reading in lower.readings) and all(
        len(reading.code) == 6 and not reading.code.endswith("0000") for reading in upper.readings
    )


def _may_hold(upper: Mention, lower: Mention) -> bool:
    """Whether an unlisted name can lie in the one before it: a village in a township, a zone in a city."""
    level = lower.level or "village"
    if upper.pattern:
        if upper.level == "zone" and (level == "township" or _corps(upper, lower)):
            return True
        return ORDER[upper.level or "village"] < ORDER[level]
    highest = min(len(reading.code) for reading in upper.readings)
    return not (level in ("township", "zone") and highest == 9)


def _corps(upper: Mention, lower: Mention) -> bool:
    """第八师 + 一四三团: a division of the Corps and its regiment."""
    return upper.text.endswith("师") and lower.level == "zone" and lower.text.rstrip("场镇").endswith("团")
