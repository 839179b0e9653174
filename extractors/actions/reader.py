"""Actions and outcomes of a text: verbs of the lexicon, their objects, and the phrases that open them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.actions.clauses import NOTHING, Clause, Masks, clauses, closed, quotes
from extractors.actions.fronting import alone, opening
from extractors.actions.hints import Hints
from extractors.actions.lexicon import Anchor, Lexicon
from extractors.actions.objects import ASPECT, PEOPLE, UNTIL, object_end, relative, trim
from extractors.actions.predicates import compound, idle, predicate
from extractors.actions.scene import Scene
from extractors.actions.verdicts import NUMBER, tells, verdict
from models.span import Range

DEONTIC = re.compile(r"(?:指出|强调|要求|希望|提出|表示|认为|号召)[，,:：]")
"""After these a clause tells what somebody says should be done."""
SHOULD = re.compile(r"(?:我们|大家|还|也|更|就|都)?(?:要|应|应当|应该|必须|务必|需要|需)")
OUTSIDER = re.compile(r"总书记|党中央|国务院|中共中央|我国|记者|笔者")
"""Whose deeds are not the locality's: the nation's leaders, and the page's own reporters."""
ORGANISES = "组织"
MOVES = frozenset(
    {"组织", "动员", "发动", "帮助", "帮", "支持", "协调", "带领", "领着", "带着", "引导", "鼓励", "号召", "劝说"}
)
"""Pivots that make people act; what the counted do is an act whatever their verb: 帮助60户缺劳力户收割."""
HONOUR = re.compile(r"被(?:评|授|选|列|确|认|誉|命|推|吸)")
GLUE = frozenset({"", "、", "和", "与", "并", "及", "以及", "或"})
TARGET = re.compile(r"对于?(?![口接照])|针对|面对")
"""A clause that opens so and ends in a noun only says whom the next is about: 对返乡创业的青年,…."""
CONTINUES = re.compile(
    r"(?:以及|及|和|与)|(?:\d[\d.,]*|[一二两三四五六七八九十百]+)[多余]?万?(?:个|名|家|座|条|项|批|期|场|支|处|户|件|份|台|种|类|位|所|间|栋|套|亩|公里)"
)
STATES = re.compile(r"[为达有占是]")
MOST_VERBS = 40
"""Verbs of a clause that are looked at. Each is weighed against each two others; no sentence that means anything has
as many."""

TAKEN = frozenset({"带着", "领着"})
"""With things they only say what somebody had with him: 带着图纸|建起车间."""
LED = re.compile(r"[员民众户者人手农师生工们干]|书记|村|支部|社|队|企")


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


def read(text: str, sentences: tuple[Range, ...], lexicon: Lexicon, hints: Hints, leads: Masks = NOTHING) -> list[Act]:
    """Acts in the sentences of `text`, in order. `leads`: ranges that name what follows (headings, titles of items);
    they hold no act."""
    quoted, speech = quotes(text)
    scene = Scene(text, lexicon, hints, quoted)
    anchors = list(lexicon.anchors(text))
    starts = [anchor.start for anchor in anchors]
    found: list[Act] = []
    before: Clause | None = None
    bare = False
    said = foreign = -1
    for clause in clauses(text, sentences, quoted):
        if speech.covers(clause.start) or leads.covers(clause.start) or HONOUR.search(text, clause.start, clause.end):
            before, bare = clause, False
            continue
        if DEONTIC.search(text, clause.start, clause.end + 1):
            said = clause.sentence
        outsider = OUTSIDER.search(text, clause.start, clause.end)
        here = anchors[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        verbs = _predicates(scene, clause, here)[:MOST_VERBS]
        if outsider and (not verbs or outsider.start() < verbs[0].start):
            foreign = clause.sentence
        lead = before if bare and before is not None and before.sentence == clause.sentence else None
        wished = said == clause.sentence and SHOULD.match(text, clause.start)
        if not (wished or foreign == clause.sentence or idle(text, clause, hints, quoted)):
            acts = list(_clause_acts(scene, clause, verbs, lead))
            if found and before is found[-1].clause and _goes_on(scene, clause, before):
                found[-1] = replace(found[-1], end=clause.end)
            else:
                found += acts
        bare = not verbs
        before = clause
    return found


def _predicates(scene: Scene, clause: Clause, here: Sequence[Anchor]) -> list[Anchor]:
    """The anchors used as verbs. What looks like part of a compound is one after all where the clause has no other."""
    text, hints = scene.text, scene.hints
    shut = closed(text, clause)
    able = [
        anchor
        for anchor in here
        if anchor.end <= clause.end and predicate(text, anchor, clause, hints, scene.quoted, shut)
    ]
    sure = [anchor for anchor in able if not compound(text, anchor, clause, hints)]
    if sure and sure[-1].verb.text in MOVES:
        return sure + [anchor for anchor in able if anchor.start > sure[-1].start]
    if sure or not able:
        return sure
    before = range(hints.at(clause.start), hints.at(able[0].start))
    return [] if any(hints.pos[token] == "VERB" for token in before) else able[:1]


def _clause_acts(scene: Scene, clause: Clause, verbs: list[Anchor], lead: Clause | None) -> Iterator[Act]:
    index = 0
    floor = clause.start
    while index < len(verbs):
        size = _group(scene, verbs, index, clause.end)
        group, later = verbs[index : index + size], verbs[index + size :]
        while len(group) > 1 and group[0].verb.kind == "slogan":
            group = group[1:]
        end = object_end(scene, group, later, clause)
        act = None
        if not relative(scene, group, later, end):
            act = _nested(scene, clause, group, later, end) or _act(
                scene, clause, group, end, floor, lead if floor == clause.start else None
            )
        if act is None and (group[0].verb.kind in ("slogan", "pivot", "loose", "outcome") or size > 1):
            index += 1
            continue
        if act is not None:
            yield act
            if act.rule == "pivot":
                end = act.end
            floor = end
        index += size
        while index < len(verbs) and verbs[index].start < end:
            index += 1


def _group(scene: Scene, verbs: list[Anchor], index: int, end: int) -> int:
    """How many verbs from `index` share one object: 领办、联办; 创新|实施."""
    text = scene.text
    size = 1
    while index + size < len(verbs):
        first, second = verbs[index + size - 1], verbs[index + size]
        glue = text[first.end : second.start]
        if glue not in GLUE or (glue == "" and not _prefix(first, second, end)):
            break
        if glue == "、" and text[second.end : second.end + 1] == "、":
            break
        size += 1
    return size


def _prefix(first: Anchor, second: Anchor, end: int) -> bool:
    """Whether two verbs in a row have one object (创新|实施, 筛选|确定), and the second is not part of it."""
    if second.end >= end or (first.verb.kind == "concrete" and second.verb.kind == "slogan"):
        return False
    if first.verb.group == second.verb.group:
        return True
    return first.verb.kind != "concrete" and first.verb.group not in ("issue", "light", "place")


def _act(scene: Scene, clause: Clause, group: list[Anchor], end: int, floor: int, lead: Clause | None) -> Act | None:
    text, quoted = scene.text, scene.quoted
    first, head = group[0], group[-1]
    aspect = ASPECT.match(text, head.end, end)
    body = aspect.end() if aspect else head.end
    if end == clause.end and UNTIL.search(text, body, end) and not quoted.covers(end - 1):
        return None
    end = max(trim(text, body, end, quoted), body)
    if head.verb.kind == "outcome":
        if not tells(scene.lexicon, head, text[body:end]):
            return None
        inside = (body, end) if end > body else None
        return Act(head.start, end, head.verb.text, inside, "outcome", False, clause, True)
    name = text[first.start : head.end]
    if end == body:
        start = alone(scene, head, floor)
        return None if start is None else Act(start, end, name, None, "without_object", False, clause)
    found = verdict(scene.lexicon, head, text[body:end])
    if not found.act and len(group) > 1:
        found = verdict(scene.lexicon, first, text[first.end : end])
    start = opening(scene, first, clause, floor, lead)
    if start == first.start and "的" in text[body:end] and TARGET.match(text, clause.start) and end == clause.end:
        return None
    if not found.act and (start == first.start or head.verb.group != "place" or head.verb.kind != "concrete"):
        return None
    return Act(start, end, name, (body, end), found.rule if found.act else "disposal", found.loose, clause)


def _nested(scene: Scene, clause: Clause, group: list[Anchor], later: list[Anchor], end: int) -> Act | None:
    """A pivot is an act where what the others do is one: 组织[党员开展义诊]."""
    head = group[-1]
    if head.verb.kind != "pivot":
        return None
    inner = [anchor for anchor in later if anchor.start < end]
    for index in range(len(inner)):
        size = _group(scene, inner, index, clause.end)
        inside = object_end(scene, inner[index : index + size], inner[index + size :], clause)
        act = _act(scene, clause, inner[index : index + size], inside, inner[index].start, None)
        if act is not None and not act.outcome:
            if head.verb.text in scene.lexicon.words["inner"]:
                return act
            if head.verb.text in TAKEN and not LED.search(scene.text, head.end, inner[index].start):
                return act
            name = scene.text[group[0].start : head.end]
            return Act(group[0].start, act.end, name, (head.end, act.end), "pivot", act.loose, clause)
    if head.verb.text in MOVES and end == clause.end and not UNTIL.search(scene.text, head.end, end):
        counted = NUMBER.search(scene.text, head.end, end) and not any(one.verb.kind == "outcome" for one in inner)
        if head.verb.text == ORGANISES or counted:
            return _organised(scene, clause, group, end)
    return None


def _organised(scene: Scene, clause: Clause, group: list[Anchor], end: int) -> Act | None:
    """People and any verb of theirs: 组织村民外出务工."""
    head, hints = group[-1], scene.hints
    tokens = range(hints.at(head.end), hints.at(end - 1) + 1)
    does = next((hints.starts[token] for token in tokens[1:] if hints.pos[token] == "VERB"), None)
    if does is None or not PEOPLE.search(scene.text[head.end : does]):
        return None
    end = trim(scene.text, head.end, end, scene.quoted)
    if scene.lexicon.abstract.search(scene.text[head.end : end]):
        return None
    return Act(group[0].start, end, scene.text[group[0].start : head.end], (head.end, end), "pivot", False, clause)


def _goes_on(scene: Scene, clause: Clause, before: Clause) -> bool:
    """A verbless clause that begins with a number, or one that begins with 以及, goes on with the object before it."""
    text, hints = scene.text, scene.hints
    if before.stop not in ("，", ",") or before.sentence != clause.sentence:
        return False
    if text.startswith(("以及", "及其"), clause.start):
        return True
    tokens = range(hints.at(clause.start), hints.at(clause.end - 1) + 1)
    verbless = not any(hints.pos[token] == "VERB" for token in tokens)
    return verbless and bool(CONTINUES.match(text, clause.start)) and not STATES.search(text, clause.start, clause.end)
