"""From what may be names to places with codes, by the evidence of the article. Never the national favourite:
where the evidence leaves several divisions, the code is null and all of them are candidates."""

from __future__ import annotations

import itertools

from extractors.places.evidence import Anchors
from extractors.places.gazetteer import Gazetteer, Reading
from extractors.places.mention import Mention
from models.place import Candidate

MANY = 8
"""Candidates shown of a name that many divisions have (城关镇 has 82)."""

NEAR = 400
"""Characters within which the parent named last decides between divisions that the article supports alike."""

OFFICIAL = ("full", "middle", "former", "town_short")


def link(mentions: list[Mention], anchors: Anchors, gazetteer: Gazetteer, year: int | None) -> None:
    """Give each mention its code, or its candidates. Chains are narrowed already; short names are accepted."""
    clashing = clashes(mentions, gazetteer)
    for mention in mentions:
        if mention.readings:
            mention.readings = in_force(mention.readings, year)
            if len(mention.readings) == 1:
                _settle(mention, mention.readings[0], anchors, gazetteer, clashing)
    for _ in range(2):
        for mention in mentions:
            if mention.code is None and mention.readings and mention.text not in clashing:
                _decide(mention, anchors, gazetteer)
    for mention in mentions:
        if mention.readings and mention.code is None:
            mention.level = gazetteer.divisions[mention.readings[0].code].level
            mention.candidates = shown(mention.readings, anchors, gazetteer)
            mention.via, mention.confidence = None, "low"
            mention.reason = f"{len(mention.readings)} divisions have this name and the article does not tell which"


def in_force(readings: tuple[Reading, ...], year: int | None) -> tuple[Reading, ...]:
    """Readings in force when the article was written: a former name before its end, where the date is known."""
    if len(readings) < 2:
        return readings
    if year is not None:
        former = tuple(r for r in readings if r.form == "former" and r.first <= year <= r.last)
        if former:
            return former
    current = tuple(reading for reading in readings if reading.form != "former")
    return current or readings


def anchor_certain(mentions: list[Mention], anchors: Anchors, gazetteer: Gazetteer) -> None:
    """First round: names that leave one reading by themselves, or by their chain."""
    for mention in mentions:
        if not mention.readings or (mention.bare and mention.left is None and not _leads(mention)):
            continue
        codes = {reading.code for reading in mention.readings}
        if len(codes) != 1:
            continue
        (code,) = codes
        chained = mention.left is not None or (mention.right is not None and not mention.right.pattern)
        if chained or (len(code) == 6 and len(mention.text) > 2):
            anchors.add(code, "chain" if chained else "full_name", mention.start)


def _leads(mention: Mention) -> bool:
    """A short name that opens a chain with a full one (潍坊安丘市)."""
    right = mention.right
    return right is not None and right.readings != () and any(reading.form in OFFICIAL for reading in right.readings)


def clashes(mentions: list[Mention], gazetteer: Gazetteer) -> frozenset[str]:
    """Names that stand right after a larger division which does not hold them, now or formerly, in any reading."""
    found = set()
    for upper, lower in itertools.pairwise(mentions):
        if upper.end != lower.start or lower.bare or lower.left is upper or not upper.readings or not lower.readings:
            continue
        if upper.bare and any(not reading.code.endswith("0000") for reading in upper.readings):
            continue
        if any(len(gazetteer.divisions[reading.code].parents) >= 2 for reading in upper.readings):
            continue
        roots = {reading.code[:2] for reading in upper.readings}
        former = {each.code[:4] for reading in lower.readings for each in gazetteer.former_names(reading.code)}
        if all(reading.code[:2] not in roots for reading in lower.readings) or (
            all(reading.code[2:] != "0000" and reading.code[:4] not in former for reading in upper.readings)
        ):
            found.add(lower.text)
    return frozenset(found)


def _settle(
    mention: Mention, reading: Reading, anchors: Anchors, gazetteer: Gazetteer, clashing: frozenset[str]
) -> None:
    """The only reading left: certain down to the county; a township needs its county too, or an article without any."""
    division = gazetteer.divisions[reading.code]
    mention.level = division.level
    if mention.left is not None and not mention.left.pattern:
        mention.code, mention.via = reading.code, "chain"
    elif mention.text in clashing:
        mention.candidates = shown((reading,), anchors, gazetteer)
        mention.confidence, mention.reason = "low", "the name before it is not its parent"
        return
    elif division.level == "township":
        support = anchors.support(reading)
        county_known = any(len(code) == 6 and code[4:] != "00" for code in (*anchors.named, *anchors.above))
        if support >= 3 or (support >= 2 and not county_known):
            mention.code, mention.via = reading.code, "anchor"
        elif not county_known and support == 0 and not anchors.named and len(mention.text) > 2:
            mention.code, mention.via = reading.code, "unique"
            mention.confidence, mention.reason = "medium", "the only township of this name; the article names no parent"
        else:
            mention.candidates = shown((reading,), anchors, gazetteer)
            mention.readings = (reading,)
            mention.confidence, mention.reason = "low", "the article is about other counties than the one of this name"
            return
    elif mention.bare:
        support = anchors.support(reading)
        mention.code, mention.via = reading.code, "chain" if mention.right and mention.right.readings else "short_name"
        if support < 3 and division.level == "county":
            mention.confidence, mention.reason = "medium", "a short name whose parent the article does not name"
    else:
        mention.code = reading.code
        mention.via = "former_name" if reading.form == "former" else "full_name"
    anchors.add(reading.code, mention.via or "anchor", mention.start)


def _decide(mention: Mention, anchors: Anchors, gazetteer: Gazetteer) -> None:
    """Between several readings: the one that the anchors hold closest, then the one whose parent was named last."""
    ranked = sorted({r.code: r for r in mention.readings}.values(), key=lambda r: (-anchors.support(r), r.code))
    best = anchors.support(ranked[0])
    if best == 0:
        return
    tied = [reading for reading in ranked if anchors.support(reading) == best]
    if len(tied) == 1 and (best >= 3 or gazetteer.divisions[tied[0].code].level != "township"):
        _choose(mention, tied[0], "anchor", anchors, gazetteer)
        return
    if len(tied) == 1:
        return
    nearest = sorted(tied, key=lambda reading: (anchors.distance(reading, mention.start), reading.code))
    first, second = (anchors.distance(reading, mention.start) for reading in nearest[:2])
    if first < NEAR and first < second:
        _choose(mention, nearest[0], "nearest_parent", anchors, gazetteer)
        mention.confidence, mention.reason = "medium", "several fit; the parent named last before it decides"


def _choose(mention: Mention, reading: Reading, via: str, anchors: Anchors, gazetteer: Gazetteer) -> None:
    mention.candidates = shown(tuple(r for r in mention.readings if r.code != reading.code), anchors, gazetteer)
    mention.code, mention.via = reading.code, via
    mention.level = gazetteer.divisions[reading.code].level
    anchors.add(reading.code, via, mention.start)


def shown(readings: tuple[Reading, ...], anchors: Anchors, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The likeliest of the readings as candidates, each with what speaks for it."""
    ranked = sorted({r.code: r for r in readings}.values(), key=lambda r: (-anchors.support(r), r.code))
    return tuple(
        Candidate(
            adcode=reading.code, path=gazetteer.path(reading.code), evidence=evidence_of(reading, anchors, gazetteer)
        )
        for reading in ranked[:MANY]
    )


def evidence_of(reading: Reading, anchors: Anchors, gazetteer: Gazetteer) -> tuple[str, ...]:
    """What speaks for a reading, in words."""
    evidence = [f"form: {reading.form}"]
    if reading.form == "former":
        evidence.append(f"in force {reading.first}-{reading.last}")
    if reading.code in anchors.named:
        evidence.append(f"named: {anchors.named[reading.code]}")
    for parent in reversed(gazetteer.divisions[reading.code].parents):
        if parent in anchors.named:
            evidence.append(f"{gazetteer.divisions[parent].name}: {anchors.named[parent]}")
            break
        if parent in anchors.above:
            evidence.append(f"another place of {gazetteer.divisions[parent].name} is named")
            break
    return tuple(evidence)
