"""What each number may be set beside: what is measured, of which place, of what kind; or why it stands alone.

Made from the rows of an article after its reviews are laid over it, so it holds what stands. Nothing is decided from
the wording of a sentence: only from what the record says (code, name, owner, rate, threshold, extent) and from the
order in which places, persons and numbers stand in a sentence. In doubt a number is not comparable, with the reason.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from outputs.labels import label
from outputs.library import rows
from outputs.library.divisions import county_code, levels
from outputs.library.mentions import BESIDE, Mentions, stands_before
from outputs.library.things import rates, rules, thing_of

Cell = str | int | float | None
Row = Mapping[str, Any]

ORDER = ("province", "prefecture", "county", "township", "village")
NEAR = 40
"""Characters within which the things counted before an average are those that it is of."""


class Observed(NamedTuple):
    """A row of `observations`."""

    id: str
    article_id: str
    code: str
    thing: str
    """What is measured, normalised: 村集体收入, 茶园, 流转土地."""
    kind: str
    """`total`, `average`, `increase`, `share`, `multiple`, or `limit` where it counts what keeps a limit."""
    place: str | None
    """Whose value it is."""
    level: str | None
    adcode: str | None
    province: str | None
    prefecture: str | None
    county: str | None
    county_code: str | None
    path: str | None
    low: Cell
    high: Cell
    unit: str | None
    rate: str
    """What it is per, in alphabetical order; empty if nothing."""
    status: str
    time: str | None
    extent: str | None
    limit_of: str | None
    limit_low: Cell
    limit_high: Cell
    limit_bound: str | None
    limit_unit: str | None
    reason: str | None
    """Why it is not comparable; null where it is, with others of its place's level."""


class Place(NamedTuple):
    """Whose value it may be."""

    name: str | None = None
    level: str | None = None
    adcode: str | None = None
    path: tuple[str, ...] = ()


class Limit(NamedTuple):
    """What the things counted keep."""

    of: str | None = None
    low: Cell = None
    high: Cell = None
    bound: str | None = None
    unit: str | None = None


COLUMNS = Observed._fields


def renew(db: sqlite3.Connection, article: int) -> None:
    """Write the observations of an article anew, from its rows. `article`: its number."""
    db.execute("DELETE FROM observations WHERE article = ?", (article,))

    def table(sql: str) -> list[dict[str, Any]]:
        cursor = db.execute(sql, (article,))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    numbers = table(_NUMBERS)
    if numbers:
        names = table("SELECT start, end, text, norm, level, adcode, path FROM places"
                      " WHERE article = ? AND replaced = 0 ORDER BY start")  # fmt: skip
        persons = table("SELECT start, end, text, norm, role FROM persons"
                        " WHERE article = ? AND replaced = 0 ORDER BY start")  # fmt: skip
        db.executemany(_INSERT, [(article, *row) for row in observe(numbers, names, persons)])


_INSERT = rows.insert("observations", COLUMNS)
_NUMBERS = """
SELECT q.*, v.verb, c.name, c.level AS case_level, c.adcode AS case_adcode, c.path AS case_path,
       c.county_code AS case_county,
       substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS quote
FROM quantities q JOIN articles a ON a.article = q.article
     LEFT JOIN cases c ON c.article = q.article AND c.id = q.case_id
     LEFT JOIN actions v ON v.article = q.article AND v.id = q.action_id
WHERE q.article = ? AND q.optional = 0 AND q.replaced = 0 AND a.kind <> 'other'
ORDER BY q.start, q.end
"""


def observe(numbers: Sequence[Row], names: Sequence[Row], persons: Sequence[Row]) -> list[Observed]:
    """The observations of one article. `numbers`, `names`, `persons`: rows in the order of the text."""
    sentences: dict[int, list[Row]] = defaultdict(list)
    for q in numbers:
        sentences[q["quote_start"]].append(q)
    places, people = Mentions(names), Mentions(persons)
    found = []
    for held in sentences.values():
        for at, q in enumerate(held):
            if q["code"] is not None:
                found.append(_one(q, held[max(0, at - BESIDE) : at + BESIDE], places, people))
    return _told_apart(found, {q["id"]: q["text"] for q in numbers})


def _one(q: Row, beside: Sequence[Row], places: Mentions, people: Mentions) -> Observed:
    place, doubt = _whose(q, places)
    limit, limited = _limit(q, beside)
    code = q["code"]
    if limited and q["extent"] in ("every", "most", "nearly_none", "none") and code == "collective_income":
        code = "villages_at_income"  # no number of villages, but how many all the same: all, or none
    thing, nameless = thing_of(code, q)
    # So many villages keep a limit: that is neither per year nor per village, and the limit says which villages.
    rate, nameless = ((), None) if limit.unit is not None else (rates(code, q), nameless)
    low, high, unit = q["canonical_min"], q["canonical_max"], q["canonical_unit"]
    if unit is None and q["unit"] is None and (bare := rules()["bare"].get(code)):
        low, high, unit = q["min"], q["max"], bare
    if unit == "个" and rules()["bare"].get(code) in ("人", "户"):
        unit = rules()["bare"][code]
    if limited:
        low = high = unit = None
    kind = _kind(code, thing, unit, rate, limit)
    reason = (
        _no_number(q, beside, limited, low, high, unit)
        or doubt
        or rules()["never"].get(code)
        or nameless
        or (_of_some(q, code, place.name, beside) if kind in ("average", "increase") else None)
        or (_of_one(q, code, rate, place.name, people))
        or _unsure(q)
    )
    named = levels(place.path or (place.name or "",), place.level or "", place.adcode)
    county = county_code(place.level or "", place.adcode) or (
        q["case_county"] if place.level in (*ORDER[2:], "zone") else None
    )
    own = json.loads(q["case_path"] or "[]")
    if place.level == "village" and not named.county and county:
        named = levels((*own, place.name or ""), "village") if own else named
    return Observed(
        q["id"], q["article_id"], code, thing, kind, place.name, place.level, place.adcode, named.province,
        named.prefecture, named.county, county, json.dumps(place.path, ensure_ascii=False) if place.path else None,
        low, high, unit, ",".join(rate), q["status"], q["time"], q["extent"], limit.of, limit.low, limit.high,
        limit.bound, limit.unit, reason,
    )  # fmt: skip


def _whose(q: Row, places: Mentions) -> tuple[Place, str | None]:
    """The place whose value it is, and what speaks against it."""
    case = Place(q["name"], q["case_level"], q["case_adcode"], tuple(json.loads(q["case_path"] or "[]")))
    owner = q["owner"]
    if owner and not re.match(rules()["rules"]["self"], owner) and not _same_name(owner, case.name):
        hit = places.nearest(owner, q["start"])
        if hit is None:
            return case, f"属于{owner}，不是{case.name or '所报地方'}的"
        path = tuple(json.loads(hit["path"] or "[]"))
        return Place(path[-1] if path else owner, hit["level"], hit["adcode"], path), None
    if case.name is None:
        return case, "没有识别出地方"
    if owner is None and case.level in ORDER:
        below = ORDER[ORDER.index(case.level) + 1 :]
        for other in places.before(q):
            if other["level"] in (*below, "zone"):
                return case, f"同一句先说到{other['norm'] or other['text']}，未必是{case.name}的"
    return case, None


def _same_name(owner: str, name: str | None) -> bool:
    return name is not None and (owner in name or name in owner)


def _of_some(q: Row, code: str, place: str | None, beside: Sequence[Row]) -> str | None:
    """An average of those counted just before it: 带动7000余农户人均增收200元."""
    if code not in rules()["rules"]["averages"]:
        return None
    for other in reversed(beside):
        if (
            other["code"] in rules()["rules"]["bases"]
            and other["extent"] != "whole"
            and other["end"] <= q["start"] <= other["end"] + NEAR
            and stands_before(other, q)
        ):
            return f"是{other['text']}{other['indicator'] or ''}的，不是{place or ''}全部的"
    return None


def _of_one(q: Row, code: str, rate: Sequence[str], place: str | None, people: Mentions) -> str | None:
    """What one person or one household has."""
    if code == "personal_income" and not {"person", "household"} & set(rate):
        return "没有说是人均或户均，可能是一人一户的"
    if code in rules()["rules"]["personal"]:
        for person in people.before(q):
            if person["role"] is None:
                return f"同一句先说到{person['norm'] or person['text']}，未必是{place or ''}的"
    return None


def _kind(code: str, thing: str, unit: str | None, rate: Sequence[str], limit: Limit) -> str:
    if limit.unit is not None:
        return "limit"
    if unit == "倍":
        return "multiple"
    if unit in ("%", "百分点"):
        return "share"
    if code == "collective_increase" or rules()["rules"]["increase"].search(thing):
        return "increase"
    return "average" if {"village", "person", "household", "mu"} & set(rate) else "total"


def _limit(q: Row, beside: Sequence[Row]) -> tuple[Limit, bool]:
    """What the things counted have to keep; and whether the number is that limit itself, kept by all or none."""
    if q["threshold_min"] is not None or q["threshold_max"] is not None:
        said = next((o for o in beside if _limits(o, q)), None)
        low, high, unit = q["threshold_min"], q["threshold_max"], q["threshold_unit"]
        # In the words of the limit itself: 超过10万元 and 10万元以上 are not the same.
        bound = said["bound"] if said else "ge" if low is not None else "le"
        if bound in ("eq", "approx"):
            bound = "ge"
        of = thing_of("collective_income", {**q, "indicator": q["threshold_of"], "verb": None})[0]
        return Limit(of if q["code"] == "villages_at_income" else q["threshold_of"], low, high, bound, unit), False
    if q["extent"] in ("every", "most", "nearly_none", "none") and not any(_limits(q, other) for other in beside):
        low, high = q["min"], q["max"]
        bound = q["bound"]
        if bound in ("eq", "approx"):  # 全部达到10万元: at least
            high, bound = None, "ge"
        unit = q["canonical_unit"] or q["unit"] or rules()["bare"].get(q["code"])
        return Limit(thing_of(q["code"], q)[0], low, high, bound, unit), True
    return Limit(), False


def _limits(limit: Row, counted: Row) -> bool:
    """Whether one number is the limit of what another counts."""
    if limit is counted or limit["unit"] != counted["threshold_unit"] or limit["unit"] is None:
        return False
    ends = [("min", "threshold_min"), ("max", "threshold_max")]
    return any(counted[end] is not None and counted[end] == limit[own] for own, end in ends)


def _no_number(q: Row, beside: Sequence[Row], limited: bool, low: Cell, high: Cell, unit: str | None) -> str | None:
    if limited:
        return "没有数目，只说多少达到（见达标情况）"
    if any(_limits(q, other) for other in beside):
        return "是门槛，不是达到的数"
    if unit is None:
        return "没有换算成可比单位"
    if low is None or high is None:
        return "只给出上限或下限"
    if q["time"] is None and any(
        o["from_value"] is not None and o["from_value"] == q["min"] and o["start"] > q["start"] for o in beside
    ):
        return "是变化之前的数，没有说是何时的"
    return None


def _unsure(q: Row) -> str | None:
    if q["confidence"] == "low":
        return "把握低，先核对"
    return "；".join(label("flag", flag) for flag in json.loads(q["flags"])) if q["flags"] else None


def _told_apart(found: Sequence[Observed], texts: Mapping[str, str]) -> list[Observed]:
    """With the reason where one article says of one and the same thing several numbers: a whole and its parts, or
    several of a kind. A number that is said twice counts once."""
    groups: dict[tuple[object, ...], list[Observed]] = defaultdict(list)
    for seen in found:
        if seen.reason is None:
            # A yearly amount of no year has the same rate as that of a year (`rates`), or says no rate at all.
            groups[(seen.code, seen.thing, seen.kind, seen.unit, seen.rate.replace(",year", "").replace("year", ""),
                    seen.status, seen.time, seen.limit_low, seen.limit_high, seen.limit_bound, seen.place,
                    seen.path)].append(seen)  # fmt: skip
    why: dict[str, str] = {}
    dated: dict[tuple[object, ...], list[Observed]] = defaultdict(list)
    for key, group in groups.items():
        if group[0].time is not None:
            dated[(*key[:6], *key[7:])].extend(group)
    for key, group in groups.items():
        others = dated.get((*key[:6], *key[7:]), [])
        if key[6] is None and any((seen.low, seen.high) != (group[0].low, group[0].high) for seen in others):
            # 以前只有1600元 … 2024年达到28000元: the one of no time is of another time.
            why |= {seen.id: f"没有说是何时的，同一篇里另有{others[0].time}的数" for seen in group}
            continue
        whole = {(seen.low, seen.high) for seen in group if seen.extent == "whole"}
        values = whole if len(whole) == 1 else {(seen.low, seen.high) for seen in group}
        told = "、".join(dict.fromkeys(texts[seen.id] for seen in group))
        first = None
        for seen in sorted(group, key=lambda s: s.extent != "whole"):
            if len(values) > 1:
                why[seen.id] = f"同一篇里有几个不同的数（{told}），看不出哪个是全部"
            elif (seen.low, seen.high) not in values:
                why[seen.id] = "是全部中的一部分"
            elif first is not None:
                why[seen.id] = "同一篇里又说一遍，只计一次"
            else:
                first = seen
    return [seen._replace(reason=why[seen.id]) if seen.id in why else seen for seen in found]
