"""What stands before its verb and belongs to the act: 将 / 把 / 对 / 为 phrases, the subject of a passive."""

from __future__ import annotations

import re

from extractors.actions.clauses import Clause, Masks
from extractors.actions.hints import Hints
from extractors.actions.lexicon import Anchor

DISPOSAL = re.compile(r"将|把")
TOWARDS = re.compile(
    r"对(?![口接照症策应])|针对|给(?!予)|为(?!了|期)|与|同(?!时|意|步|志)|和|跟|往|向(?!导)|帮(?!助|扶|带|办)"
)
LIGHT = frozenset({"开展", "进行", "实施", "予以", "给予", "加以", "组织开展", "集中开展", "做", "作出", "做出"})
JOINT = re.compile(r"合作|联合|共同|联手|携手|共建|结对|签约")
LEADS = re.compile(r"(?:将|把|对|针对)")
MOVED = frozenset({"纳入", "列为", "列入", "挂钩", "划入", "划分为", "划分", "并入", "接入"})
"""Verbs whose subject is what is moved where no 将 / 把 stands."""
STARTED = frozenset({"开课", "开班", "揭牌", "上线", "开工", "投产", "竣工", "竣工投产", "开业", "开门营业", "投入使用", "落户", "落地", "开馆", "挂钩",
                     "完工", "运行", "完成建设", "分红", "出谋划策", "评星定级", "牵线搭桥", "建成投用", "结对共建", "加分", "扣分"})  # fmt: skip
"""Verbs that need no object."""
DONE = re.compile(r"(?:也|已|已经|全部|均|正在|将|相继|陆续|全面|顺利|正式|先后|都|逐一|一一|随之|即将)+$")
SKIP = frozenset({"ADV", "ADP", "SCONJ", "CCONJ"})


def opening(
    text: str, verb: Anchor, clause: Clause, floor: int, hints: Hints, quoted: Masks, lead: Clause | None
) -> int:
    """Where an act with an object opens: at its verb, or at the 将 / 把 / 对 phrase that it governs."""
    start = _phrase(text, DISPOSAL, verb, floor, hints, quoted)
    if start is not None:
        return start
    if verb.verb.text in LIGHT:
        start = _phrase(text, re.compile(r"针对|对(?![口接照])"), verb, floor, hints, quoted)
        if start is not None:
            return start
    if JOINT.match(verb.verb.text):
        start = _phrase(text, re.compile(r"与|和|同(?!时)"), verb, floor, hints, quoted)
        if start is not None:
            return start
    if verb.verb.text in MOVED and verb.start > clause.start:
        return _subject(text, verb.start, clause, floor, hints)
    if (
        lead is not None
        and LEADS.match(text, lead.start)
        and (text[lead.start] in "将把" or verb.verb.group == "light")
    ):
        return lead.start
    return verb.start


def alone(
    text: str, verb: Anchor, clause: Clause, floor: int, hints: Hints, quoted: Masks, lead: Clause | None
) -> int | None:
    """Where an act without an object opens; null where the verb alone says nothing."""
    if verb.verb.kind in ("slogan", "outcome"):
        return None
    start = _phrase(text, DISPOSAL, verb, floor, hints, quoted)
    if start is None:
        start = _phrase(text, TOWARDS, verb, floor, hints, quoted)
    if start is not None and verb.verb.kind in ("concrete", "depends"):
        return start
    if "被" in text[floor : verb.start] or DONE.search(text, floor, verb.start):
        return _subject(text, verb.start, clause, floor, hints) if verb.start - floor > 3 else None
    if verb.verb.text in STARTED:
        return _subject(text, verb.start, clause, floor, hints)
    if verb.verb.group == "assess" and verb.end - verb.start >= 4:
        return verb.start
    return None


def _phrase(text: str, opener: re.Pattern[str], verb: Anchor, floor: int, hints: Hints, quoted: Masks) -> int | None:
    """Start of the nearest phrase with such an opener before the verb."""
    for match in reversed(list(opener.finditer(text, floor, verb.start))):
        if quoted.covers(match.start()) or not hints.opens(match.start()) or verb.start - match.end() < 1:
            continue
        part = hints.part(match.start())
        if part in ("NOUN", "PROPN", "VERB") and match.group() not in ("将", "把", "对", "帮", "往"):
            continue
        after = hints.part(match.end())
        if after in ("ADP",) or (match.group() == "将" and after in ("ADV", "VERB") and verb.verb.group != "place"):
            continue
        if match.group() in ("与", "和", "同") and part == "CCONJ" and "、" in text[match.end() : verb.start]:
            continue
        return match.start()
    return None


def _subject(text: str, end: int, clause: Clause, floor: int, hints: Hints) -> int:
    """Start of the noun phrase that the clause opens with, after its time words and adverbs."""
    at = floor
    while at < end:
        token = hints.at(at)
        if token < 0 or hints.ends[token] >= end:
            break
        if hints.pos[token] in SKIP or hints.tags[token] in ("t", "TIME", "f"):
            at = hints.ends[token]
            continue
        break
    return at
