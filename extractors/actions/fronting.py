"""What stands before its verb and belongs to the act: 将 / 把 / 对 / 为 phrases, the subject of a passive."""

from __future__ import annotations

import re

from extractors.actions.clauses import Clause
from extractors.actions.hints import TIMES, Hints
from extractors.actions.lexicon import Anchor
from extractors.actions.scene import Scene

DISPOSAL = re.compile(r"将|把")
AT = re.compile(r"针对|对(?![口接照策应])")
TOWARDS = re.compile(
    r"对(?![口接照症策应])|针对|给(?!予)|为(?!了|期)|与|同(?!时|意|步|志)|跟|往|向(?!导)|帮(?!助|扶|带|办)"
)
WITH = re.compile(r"与|同(?!时|意|步|志)|和")
JOINT = re.compile(r"合作|结对|签约")
"""Verbs that ask with whom; in 与…联合成立 the company is only named."""
BY = re.compile(r"以(?![前后来及上下内外致免便])|用(?![于途心])|拿")
DONE = re.compile(r"(?:也|已|已经|均|正在|将|相继|陆续|顺利|正式|先后|都|逐一|一一|随之|即将)+$")
SKIP = frozenset({"ADV", "ADP", "SCONJ", "CCONJ"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
LONGEST = 60
"""Characters that a phrase before its verb has at most."""


def opening(scene: Scene, verb: Anchor, clause: Clause, floor: int, lead: Clause | None) -> int:
    """Where an act with an object opens: at its verb, or at the 将 / 把 / 对 phrase that it governs. `lead`: the
    clause before, if no verb stands in it: 针对薄弱村,实行…."""
    text, hints, words = scene.text, scene.hints, scene.lexicon.words
    start = _phrase(scene, DISPOSAL, verb, floor)
    if start is None and verb.verb.text in words["light"]:
        start = _phrase(scene, AT, verb, floor)
    if start is None and JOINT.match(verb.verb.text):
        start = _phrase(scene, WITH, verb, floor)
    if start is None and verb.verb.text in words["shares"]:
        start = _phrase(scene, BY, verb, floor)
    if start is not None:
        return start
    if verb.verb.text in words["moved"] and verb.start > clause.start:
        return _subject(text, verb.start, floor, hints)
    if (
        lead is not None
        and verb.start - clause.start <= 4
        and _subject(text, verb.start, clause.start, hints) == verb.start
    ):
        if (verb.verb.group == "light" or verb.verb.text in words["light"]) and _phrase_only(scene, lead):
            return lead.start
        moved = list(DISPOSAL.finditer(text, lead.start, lead.end))
        if moved and hints.opens(moved[-1].start()) and hints.part(moved[-1].end()) not in ("ADV", "VERB", "ADP"):
            return moved[-1].start()
    return verb.start


def alone(scene: Scene, verb: Anchor, floor: int) -> int | None:
    """Where an act without an object opens; null where the verb alone says nothing."""
    text, hints, words = scene.text, scene.hints, scene.lexicon.words
    if verb.verb.kind not in ("concrete", "depends"):
        return None
    start = _phrase(scene, DISPOSAL, verb, floor)
    if start is None and verb.verb.text in words["shares"]:
        return _phrase(scene, BY, verb, floor)
    if start is None and verb.verb.text in words["moved"]:
        return _subject(text, verb.start, floor, hints)
    if start is None:
        start = _phrase(scene, TOWARDS, verb, floor)
    if start is not None:
        return start
    passive = text.find("被", floor, verb.start)
    if passive > floor or DONE.search(text, floor, verb.start):
        subject = _subject(text, verb.start, floor, hints)
        return subject if subject < verb.start else None
    if verb.start > floor and hints.part(verb.start - 1) == "VERB":
        return None
    if verb.verb.text in words["intransitive"] or verb.verb.text in words["either"]:
        return _subject(text, verb.start, floor, hints)
    if verb.verb.group == "assess" and verb.end - verb.start >= 4:
        return verb.start
    return None


def _phrase(scene: Scene, opener: re.Pattern[str], verb: Anchor, floor: int) -> int | None:
    """Start of the nearest phrase with such an opener before the verb."""
    text, hints, quoted = scene.text, scene.hints, scene.quoted
    for match in reversed(list(opener.finditer(text, max(floor, verb.start - LONGEST), verb.start))):
        word, part, after = match.group(), hints.part(match.start()), hints.part(match.end())
        if quoted.covers(match.start()) or not hints.opens(match.start()) or verb.start == match.end():
            continue
        if part in ("NOUN", "PROPN", "VERB") and word not in ("将", "把", "对", "帮", "往"):
            continue
        if word == "将" and _future(text, match.end(), verb, after):
            continue
        if after == "ADP":
            continue
        return match.start()
    return None


def _phrase_only(scene: Scene, lead: Clause) -> bool:
    """Whether a clause is no more than 对 / 针对 with a noun."""
    last = scene.hints.at(lead.end - 1)
    noun = scene.hints.pos[last] in ("NOUN", "PROPN") and scene.hints.tags[last] != "vn"
    return noun and bool(AT.match(scene.text, lead.start))


def _future(text: str, at: int, verb: Anchor, after: str) -> bool:
    """Whether 将 says when, and not what is moved: 将持续推进."""
    return after == "ADV" or (after == "VERB" and verb.verb.group != "place" and "的" not in text[at : verb.start])


def _subject(text: str, end: int, floor: int, hints: Hints) -> int:
    """Start of the noun phrase before `end`, after time words and adverbs; `end` where there is none."""
    at = floor
    while at < end:
        token = hints.at(at)
        if token < 0 or hints.ends[token] > end:
            return end
        if hints.pos[token] not in SKIP and hints.tags[token] not in TIMES:
            break
        at = hints.ends[token]
    first, last = hints.at(at), hints.at(max(at, end - 1))
    if at < end and any(hints.pos[token] in NOUNS for token in range(first, last + 1)):
        return at
    return end
