"""Who did it and where, as far as the sentence says."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.actions.clauses import Masks
from extractors.actions.hints import TIMES, Hints
from extractors.actions.reader import Act
from extractors.actions.verdicts import COUNT_AFTER, COUNT_BEFORE
from models.place import Place

NOUNY = frozenset({"NOUN", "PROPN", "PRON", "NUM", "PART", "ADJ", "X", "PUNCT"})
NOT_WHO = TIMES | {"s"}
"""With words of place too."""
NOT_ACTOR = re.compile(
    r"^(?:同时|目前|其中|比如|例如|此外|另外|随后|如今|现在|期间|之后|当时|原来|即|[、，,：:的等了].*)$"
)
MARKER = re.compile(r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+|[(（]?\d+[)）.、]|[①-⑳])")
ACTOR = re.compile(
    r"(?:[省市县区镇乡村旗州部局委办队社们员者人农民户厂店]|街道|社区|党委|支部|总支|政府|公司|书记|干部|协会|集团|中心|站|当地|各地|部门|单位|银行"
    r"|学校|学院|大学|企业|村里|镇里|县里|乡里|市里|组织|联盟|专家|大家|群众|夫妇|代表|主任|镇长|乡长|县长)$"
)
TARGET = re.compile(r"(?:在|到|赴|前往|往|向|为|给|进驻|落户)$")


def actor(text: str, act: Act, sentence_start: int, hints: Hints, leads: Masks) -> str | None:
    """The noun phrase that opens the clause of the act, or the sentence (a title before it left out); null if neither
    names somebody who acts."""
    found = _opening_noun(text, act.clause.start, act.start, hints)
    if found is not None or act.clause.start == sentence_start:
        return found
    return _opening_noun(text, leads.end(sentence_start), act.clause.start, hints)


def bare(body: str) -> str | None:
    """The object without its number and 的; null where nothing is left."""
    return COUNT_AFTER.sub("", COUNT_BEFORE.sub("", body.strip())).strip(" 的、，,") or None


def place(act: Act, places: list[Place], starts: list[int], text: str) -> str | None:
    """The place inside the act, else the last one of its clause that follows 在 / 到 / 赴 / 为."""
    inside = _within(places, starts, act.start, act.end)
    if inside:
        return inside[-1].text
    before = [
        one
        for one in _within(places, starts, act.clause.start, act.start)
        if TARGET.search(text[max(0, one.start - 3) : one.start])
    ]
    return before[-1].text if before else None


def _within(places: list[Place], starts: list[int], start: int, end: int) -> list[Place]:
    return [one for one in places[bisect_left(starts, start) : bisect_left(starts, end)] if one.end <= end]


def _opening_noun(text: str, start: int, end: int, hints: Hints) -> str | None:
    marker = MARKER.match(text[start:end])
    at = begin = start + (marker.end() if marker else 0)
    while at < end:
        token = hints.at(at)
        stop = hints.ends[token] if token >= 0 else at
        if stop <= at or stop > end:
            break
        if begin == at and (hints.tags[token] in NOT_WHO or text[at] in "，,。；;：:"):
            at = begin = stop
            continue
        if hints.pos[token] in ("ADV", "CCONJ") and begin == at:
            at = begin = stop
            continue
        if hints.pos[token] not in NOUNY or text[at] in "，,。；;：:":
            break
        at = stop
    name = text[begin:at].strip(" 、")
    acts = hints.pos[hints.at(begin)] == "PRON" or bool(ACTOR.search(name))
    return name if acts and len(name) <= 30 and not NOT_ACTOR.match(name) else None
