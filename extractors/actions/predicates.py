"""Which verbs of a clause are used as verbs: the same words stand as nouns (培训班), attributes (引进的项目) and in
adverbial phrases."""

from __future__ import annotations

import re

from extractors.actions.clauses import Clause, Masks
from extractors.actions.hints import Hints
from extractors.actions.lexicon import Anchor

SINGLE_AFTER = re.compile(r"[了起过好出成]|[\d一二两三四五六七八九十百千万“]")
"""A verb of one character counts only with an aspect, a number or a quote behind it, or where the tagger says verb."""

NOUN_SUFFIX = re.compile(
    r"班(?!子)|员(?!工)|率|度(?!假)|力(?!量)|型|性|式|额|量(?!化)|期(?!间)|区(?!级|域)|所(?!有|需|属)|室|社|厂(?!房)|局|基金会"
)
NOUN_HEAD = re.compile(
    r"(?:机制|制度|体系|模式|工作|活动|项目|方案|办法|计划|规划|标准|平台|情况|过程|能力|水平|成果|成效|进度|任务|条件|成本|领域|方式|结果"
    r"|现场|期间|方向|需求|质量|技术|基地|中心|方面|力度|环节|要素|对象|重点|技能|技巧|技艺|路径|渠道|途径|效果|热情)(?:[和与及、的]|$)"
)
"""What makes the verb before it part of a noun: 培训班, 审核力度."""

BODY = re.compile(
    r"(?:种植|养殖|种养|加工|销售|运输|开发|生产|经营|采摘|编织|流转|繁育|建设)"
    r"(?:农民|农业|农机|专业|股份|有限|责任|发展|科技|服务|种植|养殖|加工|销售)*(?:合作社|联合社|合作联社|公司|家庭农场)"
)
"""A trade in the name of a body: 某某种植农民专业合作社. Nobody grows or trades one."""

ATTRIBUTE = re.compile(r"(?:到位|过)?的(?!是)|者")
STRONG = frozenset({"found", "hold", "light"})
"""Groups whose verbs are hardly ever nouns."""

BEFORE_NOUN = re.compile(r"(?:的|之|各类|各种|一系列|有关|相关|这[些个]|该|其|此)$")
NEGATED = re.compile(
    r"(?:不|未|没有|没|避免|防止|难以|无法|尚未|从未|不能|不得|无需|不用|拒绝)(?:再|能|会|要|得|去)?$|(?:能|能够|可以|才能|可|以)$"
)
"""Not done, or only possible; 以种茶为生 says by what."""
HAVING = "无缺有没"
"""Verbs that say of what kind somebody is, and not what for: 为|无房户建房, 为|缺劳力的家庭…."""
DURING = re.compile(r"(?:[工活]作?|过程)?中(?=[，,他她我大][们家]?|发现|了解|看到|得知|听[说到]|有[人的不]|$)")
"""走访中,…; 调研中他发现…: the verb says when."""
COPULA = re.compile(r"是(?<![但只正就于别其还而便更若可不或一二三四五六七八九十]是)(?!否)")


def predicate(text: str, anchor: Anchor, clause: Clause, hints: Hints, quoted: Masks, shut: Masks) -> bool:
    """Whether the anchor is used as a verb of its clause."""
    start, end = anchor.start, anchor.end
    if quoted.covers(start) or shut.covers(start) or hints.inside_noun(start, end, counted(text, end, clause)):
        return False
    if end - start == 1 and not _single(text, anchor, hints):
        return False
    if BODY.match(text, start, clause.end):
        return False
    before = text[max(clause.start, start - 6) : start]
    if BEFORE_NOUN.search(before) or NEGATED.search(before):
        return False
    if DURING.match(text, end, clause.end):
        return False
    if end < clause.end and ATTRIBUTE.match(text, end, clause.end):
        return False
    if anchor.verb.group in STRONG or hints.verb(start, end):
        return True
    return not (NOUN_SUFFIX.match(text, end, clause.end) or NOUN_HEAD.match(text, end, clause.end))


def compound(text: str, anchor: Anchor, clause: Clause, hints: Hints) -> bool:
    """A verb that the tagger calls a noun, between nouns: 基础设施|建设|资金."""
    if anchor.start == clause.start or hints.part(anchor.start) not in ("NOUN", "ADJ"):
        return False
    before = hints.part(anchor.start - 1)
    after = hints.part(anchor.end) if anchor.end < clause.end else ""
    if before not in ("NOUN", "ADJ", "PROPN") or text[anchor.start - 1] in "”》)）":
        return False
    if after in ("NUM", "PUNCT") or text[anchor.end : anchor.end + 1] in ("了", "“", "《"):
        return anchor.verb.group not in STRONG and after == "PUNCT" and text[anchor.end] not in "“《"
    return not (anchor.verb.group in STRONG and after in ("NOUN", "PROPN", "ADJ", "VERB"))


def counted(text: str, at: int, clause: Clause) -> bool:
    """Whether a digit follows in the clause: what is counted has a verb before it."""
    return any(map(str.isdigit, text[at : clause.end]))


def idle(text: str, clause: Clause, hints: Hints, quoted: Masks) -> bool:
    """Whether the clause says what something is or what for, not what was done."""
    if text.startswith(("作为", "为了"), clause.start):
        return True
    if text.startswith("为", clause.start) and hints.part(clause.start) == "ADP":
        at = hints.at(clause.start) + 1
        while at < len(hints.pos) and hints.pos[at] == "ADV":
            at += 1
        if at < len(hints.pos) and hints.pos[at] == "VERB" and text[hints.starts[at]] not in HAVING:
            return True
    return any(not quoted.covers(match.start()) for match in COPULA.finditer(text, clause.start, clause.end))


def _single(text: str, anchor: Anchor, hints: Hints) -> bool:
    if not hints.opens(anchor.start):
        return False
    if hints.part(anchor.start) != "VERB":
        return False
    token = hints.at(anchor.start)
    if hints.ends[token] == anchor.end or SINGLE_AFTER.match(text, anchor.end):
        return True
    return anchor.verb.text in "修种挖养" and hints.ends[token] == anchor.end + 1
