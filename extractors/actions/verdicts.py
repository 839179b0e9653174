"""Whether verb and object together are an act that somebody could check."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.actions.lexicon import Anchor, Lexicon

NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千万几数](?:[多余])?(?:个|名|家|座|条|项|批|期|场|支|处|户|件|次|份|台|种|类|位|人|所|间|栋|套|块|亩|元|万|亿)"
)
UNIT = (
    r"(?:个|名|家|座|条|项|批次|批|期|场次|场|支|处|户|件|次|份|台|种|类|位|人次|人|所|间|栋|套|块|亩|元|公里|吨|平方米|万元|亿元|米"
    r"|棵|株|头|只|辆|册|幅|盏|口)"
)
COUNT = rf"(?:[近约超共]?[\d.,]+[多余]?[万亿千百]?[多余]?|[一二两三四五六七八九十百千万几数]+[多余]?){UNIT}"
COUNT_BEFORE = re.compile(rf"^(?:{COUNT})+的?")
COUNT_AFTER = re.compile(rf"(?:{COUNT})+$")
ONE = re.compile(r"^一(?:个|种|条|支|套|批|次|份|张|座|系列|项|场|片|处|家|件|名|位|股|把|番)(?:全新|崭新)?")
EMPTY = re.compile(r"[\s“”《》、，,的等了]+")
NO_OBJECT = re.compile(
    r"[、，,为和与及是]|[到至成](?=\s*[近约]?\d)|达到?|于是|什么|谁|哪|第[一二三四五六七八九十]+[年天日月]|[\d.]+[次%％]$"
)
"""What never opens an object."""
HOW_OFTEN = re.compile(r"[近约超共]?[\d.]+万?[余多]?(?:次|场次|场|期|趟|轮|遍|课时)$")
"""How often, where the verb needs no object: 每周授课2次."""
REPEATED = frozenset({"hold", "train", "assess"})
"""Groups of which how often is a fact."""
GOAL = re.compile(r"到(?![户村镇校岗家期位任场账会点社])|至(?!少)")
"""出口到海外, 发展到全镇: where or how far, not what."""
APPOINTED = re.compile(r"[^，,]{2,}[为任][^，,]{2,}$")
WORKS = re.compile(r"(?:建设|改造|改革|换届|全覆盖|工程|项目|行动|整治|创建|试点|整合|流转)$")
"""What 推进 has for object where it is more than a slogan."""


class Verdict(NamedTuple):
    """`act` and not `loose`: to be compared; `rule` says which rule decided."""

    act: bool
    loose: bool
    rule: str


def verdict(lexicon: Lexicon, verb: Anchor, body: str) -> Verdict:
    """The verdict on a verb with the object `body` (without aspect and stop)."""
    kind, group, word = verb.verb.kind, verb.verb.group, verb.verb.text
    if group in REPEATED and kind in ("concrete", "depends") and HOW_OFTEN.fullmatch(body):
        return Verdict(True, False, "object_decides" if kind == "depends" else "concrete_verb")
    if NO_OBJECT.match(body) or word in lexicon.words["intransitive"]:
        return Verdict(False, False, "no_object")
    if group == "place" and GOAL.match(body):
        return Verdict(False, False, "no_object")
    body = ONE.sub("", body).removesuffix("等")
    number = bool(NUMBER.search(body))
    named = bool(re.search(r"[“《]", body))
    core = COUNT_AFTER.sub("", body).rstrip("”》")
    abstract = bool(lexicon.abstract.search(core)) and not number and not body.endswith(("”", "》"))
    concrete = bool(lexicon.concrete.search(core))
    if len(EMPTY.sub("", body)) < (1 if number or len(word) == 1 else 2):
        return Verdict(False, False, "no_object")
    if word in lexicon.words["appointing"] and APPOINTED.match(body):
        return Verdict(True, False, "appointment")
    if kind == "concrete":
        return Verdict(not abstract, False, "abstract_object" if abstract else "concrete_verb")
    if kind == "depends":
        if abstract:
            return Verdict(False, False, "abstract_object")
        vague = bool(lexicon.vague.search(core)) and not (number or named or group == "light")
        return Verdict(number or named or concrete, vague, "object_decides")
    if kind == "pivot":
        works = word == "推进" and len(body) >= 6 and bool(WORKS.search(body))
        return Verdict(works or (word == "组织" and number and not abstract), False, "pivot")
    if kind == "loose":
        if number and concrete and not abstract:
            return Verdict(True, False, "loose_verb_counted")
        vague = bool(lexicon.vague.search(core)) or (named and concrete)
        return Verdict(vague and not abstract, True, "loose_verb")
    return Verdict(False, False, kind)


def tells(lexicon: Lexicon, verb: Anchor, body: str) -> bool:
    """Whether an outcome says something: with a number, or with a verb that tells enough by itself."""
    word = verb.verb.text
    return (
        bool(re.search(r"\d|[一二两三四五六七八九十百千万]+[个成倍]|清零|全覆盖", body))
        or word in lexicon.words["telling"]
    )
