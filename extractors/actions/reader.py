"""Actions and outcomes of a text: verbs of the lexicon, their objects, and the phrases that open them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractors.actions.clauses import Clause, Masks, clauses, closed, quotes
from extractors.actions.fronting import alone, opening
from extractors.actions.hints import Hints
from extractors.actions.lexicon import Anchor, Lexicon
from extractors.actions.objects import ASPECT, UNTIL, object_end, trim, verdict
from extractors.actions.predicates import idle, predicate
from models.span import Range

DEONTIC = re.compile(r"(?:指出|强调|要求|希望|提出|表示|认为|号召)[，,:：]")
"""After these a clause tells what somebody says should be done."""
SHOULD = re.compile(r"(?:我们|大家|还|也|更|就|都)?(?:要|应|应当|应该|必须|务必|需要|需)")
HONOUR = re.compile(r"被(?:评|授|选|列|确|认|誉|命|推|吸)")
GLUE = frozenset({"", "、", "和", "与", "并", "及", "以及", "，并", "或"})
CONTINUES = re.compile(
    r"(?:以及|及|和|与)|(?:\d[\d.,]*|[一二两三四五六七八九十百]+)[多余]?万?(?:个|名|家|座|条|项|批|期|场|支|处|户|件|份|台|种|类|位|所|间|栋|套|亩|公里)"
)


@dataclass(frozen=True)
class Act:
    """An action (or outcome) before it becomes a record."""

    start: int
    end: int
    verb: str
    object: Range | None
    rule: str
    loose: bool
    clause: Clause
    outcome: bool = False


class _Scene(NamedTuple):
    text: str
    lexicon: Lexicon
    hints: Hints
    quoted: Masks


def read(text: str, sentences: tuple[Range, ...], lexicon: Lexicon, hints: Hints) -> list[Act]:
    """Acts in the sentences of `text`, in order; none overlaps another of its sort."""
    quoted, speech = quotes(text)
    scene = _Scene(text, lexicon, hints, quoted)
    found: list[Act] = []
    anchors = list(lexicon.anchors(text))
    at = 0
    before: Clause | None = None
    bare = False
    spoken = -1
    for clause in clauses(text, sentences, quoted):
        while at < len(anchors) and anchors[at].start < clause.start:
            at += 1
        last = at
        while last < len(anchors) and anchors[last].start < clause.end:
            last += 1
        if speech.covers(clause.start) or HONOUR.search(text, clause.start, clause.end):
            before, bare = clause, False
            continue
        if DEONTIC.search(text, clause.start, clause.end + 1):
            spoken = clause.sentence
        wished = bool(SHOULD.match(text, clause.start)) and spoken == clause.sentence
        shut = closed(text, clause)
        verbs = [
            anchor
            for anchor in anchors[at:last]
            if anchor.end <= clause.end and predicate(text, anchor, clause, hints, quoted, shut)
        ]
        lead = before if bare and before is not None and before.sentence == clause.sentence else None
        acts = [] if wished or idle(text, clause, quoted) else list(_clause_acts(scene, clause, verbs, lead))
        if not verbs and found and before is not None and found[-1].clause is before and _goes_on(text, clause, before):
            found[-1] = _extended(found[-1], clause.end)
        found += acts
        bare = not verbs
        before = clause
    return found


def _clause_acts(scene: _Scene, clause: Clause, verbs: list[Anchor], lead: Clause | None) -> Iterator[Act]:
    text = scene.text
    index = 0
    floor = clause.start
    while index < len(verbs):
        size = _group(text, verbs, index)
        group = verbs[index : index + size]
        end = object_end(text, group, verbs[index + size :], clause, scene.hints, scene.quoted)
        act = _act(scene, clause, group, end, floor, lead if floor == clause.start else None)
        if act is None:
            act = _nested(scene, clause, group, verbs[index + size :], end)
        if act is not None:
            yield act
            floor = end
            while index < len(verbs) and verbs[index].start < end:
                index += 1
        elif group[0].verb.kind in ("slogan", "pivot", "loose", "outcome") or size > 1:
            index += 1
        else:
            index += size
            while index < len(verbs) and verbs[index].start < end:
                index += 1


def _group(text: str, verbs: list[Anchor], index: int) -> int:
    """How many verbs from `index` share one object: 领办、联办; 创新|实施."""
    size = 1
    while index + size < len(verbs):
        first, second = verbs[index + size - 1], verbs[index + size]
        glue = text[first.end : second.start]
        if glue not in GLUE:
            break
        if glue == "" and first.verb.group in ("issue", "light", "place") and first.verb.group != second.verb.group:
            break
        if second.end >= len(text) or (glue == "" and first.verb.kind == "concrete" and second.verb.kind == "slogan"):
            break
        size += 1
    return size


def _act(scene: _Scene, clause: Clause, group: list[Anchor], end: int, floor: int, lead: Clause | None) -> Act | None:
    text = scene.text
    head = group[-1]
    aspect = ASPECT.match(text, head.end, end)
    body = aspect.end() if aspect else head.end
    if UNTIL.search(text, body, end) and end == clause.end and not scene.quoted.covers(end - 1):
        return None
    end = max(trim(text, body, end, scene.quoted), body)
    if head.verb.kind == "outcome":
        has = end - body >= 2 or any(c.isdigit() for c in text[body:end])
        return (
            Act(head.start, end, head.verb.text, (body, end) if has else None, "outcome", False, clause, True)
            if has
            else None
        )
    name = text[group[0].start : head.end]
    if end - body < 1:
        start = alone(text, head, clause, floor, scene.hints, scene.quoted, lead)
        return None if start is None else Act(start, end, name, None, "without_object", False, clause)
    kind = head.verb.kind
    fits, loose, rule = verdict(scene.lexicon, kind, head.verb.group, text[body:end])
    if not fits and len(group) > 1:
        fits, loose, rule = verdict(scene.lexicon, group[0].verb.kind, group[0].verb.group, text[group[0].end : end])
    start = opening(text, group[0], clause, floor, scene.hints, scene.quoted, lead)
    if (
        not fits
        and start != group[0].start
        and head.verb.kind in ("concrete", "depends")
        and head.verb.group in ("place", "light")
    ):
        fits = rule not in ("abstract_object",) or head.verb.kind == "concrete"
        rule = "disposal"
    if not fits:
        return None
    return Act(start, end, name, (body, end), rule, loose, clause)


def _nested(scene: _Scene, clause: Clause, group: list[Anchor], later: list[Anchor], end: int) -> Act | None:
    """A pivot is an act where what the others do is one: 组织[党员开展义诊]."""
    head = group[-1]
    if head.verb.kind != "pivot" and head.verb.text != "组织":
        return None
    inner = [anchor for anchor in later if anchor.start < end]
    for index, anchor in enumerate(inner):
        inside = object_end(scene.text, [anchor], inner[index + 1 :], clause, scene.hints, scene.quoted)
        act = _act(scene, clause, [anchor], inside, anchor.start, None)
        if act is not None and not act.outcome:
            start = anchor.start if head.verb.text in ("带动", "牵头", "助力") else group[0].start
            return Act(start, max(act.end, inside if act.end == inside else act.end), scene.text[group[0].start : head.end],
                       (head.end, act.end), "pivot", act.loose, clause)  # fmt: skip
    return None


def _goes_on(text: str, clause: Clause, before: Clause) -> bool:
    """A verbless clause that begins with a number or 以及 goes on with the object before it."""
    return (
        before.stop in "，,"
        and before.sentence == clause.sentence
        and bool(CONTINUES.match(text, clause.start))
        and not re.search(r"[为达有占是]", text[clause.start : clause.end])
    )


def _extended(act: Act, end: int) -> Act:
    return Act(
        act.start,
        end,
        act.verb,
        (act.object[0], end) if act.object else None,
        act.rule,
        act.loose,
        act.clause,
        act.outcome,
    )
