"""Where the object of a verb ends, and whether it makes the verb an act."""

from __future__ import annotations

import re

from extractors.actions.clauses import Clause, Masks
from extractors.actions.hints import Hints
from extractors.actions.lexicon import Anchor, Kind, Lexicon

ASPECT = re.compile(r"了|过|起来|起|出来|出|好|成(?!立|员|果|效|本|熟|人|年)|到位|着(?!力|重|眼|手)")
SELECTING = frozenset({"found", "issue", "hold", "light", "loose", "place"})
"""Groups whose verbs choose a paper, a rule or an event as object, which may hold verbs: 出台[壮大集体经济方案]."""
FRAME = re.compile(
    r"(?:方案|意见|办法|细则|文件|规划|制度|机制|活动|行动|工程|计划|模式|工作|体系|平台|品牌|清单|台账|政策|措施|经验|做法|标准|协议|合同|试点|会|会议"
    r"|培训班|培训|比赛|项目|队伍|基金|专班|办法|公约|课程|讲座|论坛|仪式|标兵|业务|贷款|资金|名单|目录|问题|难题|招募书|责任书|承诺书|通知|指南)[”》]?$"
)
JOINS = re.compile(r"(?:、|和|与|及|以及|并|或|暨)$")
NOT_BEFORE = re.compile(r"(?:由|以|所|被|可|能|自|共|的|和|与|及|暨|在|对|为|向|或|从|就|因)$")
TAIL = re.compile(
    r"(?:(?<=[^参])到[^，,、“”]{1,14}?(?:任职|挂职|工作|服务|上班|担任[^，,]*|蹲点|就业)|(?:联建村|回村|在村|驻村)任职|供[^，,]{2,12}"
    r"|等?的同时|的基础上|之后|以后|(?<![以之今先最])后|等(?:多种)?(?:形式|方式|途径|举措|手段|方法|渠道)[^，,]{0,20}|等(?:工作)?(?=$)|等等|进行时"
    r"|用于[^，,]*|(?:以|来|从而|进而)(?:促|带|助|推|解|满|提|保|确|更)[^，,]*|(?<=[\d个名家处期万项件人次元亩公里支])、?(?:覆盖|惠及|受益)[^，,]*)$"
)
"""What follows an object inside its clause without belonging to it."""
UNTIL = re.compile(r"(?:时|以来|期间|前|之前|之际|的话|中|过程中)$")
"""A clause that ends so is an adverbial one."""
NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千万几数](?:[多余])?(?:个|名|家|座|条|项|批|期|场|支|处|户|件|次|份|台|种|类|位|人|所|间|栋|套|块|亩|元|万|亿)"
)
ONE = re.compile(r"^一(?:个|种|条|支|套|批|次|份|张|座|系列|项|场|片|处|家|件|名|位|股|把|番)(?:全新|崭新)?")
EMPTY = re.compile(r"[\s“”《》、，,的等了]+")
LISTED = re.compile(r"等(?:[^，,、]{0,3}\d|[一-鿿“])")


def object_end(text: str, group: list[Anchor], later: list[Anchor], clause: Clause, hints: Hints, quoted: Masks) -> int:
    """End of the object of the verbs in `group`: where a verb of `later` breaks it off, else the end of the clause."""
    head = group[-1]
    for verb in later:
        if verb.start >= head.end and _breaks(text, group, verb, clause, hints, quoted):
            end = verb.start
            token = hints.at(end - 1)
            while end > head.end and hints.part(end - 1) in ("ADV", "CCONJ") and not quoted.covers(end - 1):
                end = hints.starts[token]
                token = hints.at(end - 1)
            return max(end, head.end)
    return clause.end


def _breaks(text: str, group: list[Anchor], verb: Anchor, clause: Clause, hints: Hints, quoted: Masks) -> bool:
    head = group[-1]
    between = text[head.end : verb.start]
    rest = text[verb.end : clause.end]
    listed = re.search(r"、\w{0,4}$", between)
    if len(EMPTY.sub("", between)) < 2 and not (listed and len(between) > 1):
        return False
    if group[0].verb.kind == "pivot":
        return False
    if listed:
        direct = hints.part(head.end) == "VERB" or head.verb.kind == "pivot"
        whole = direct and LISTED.search(rest)
        return not whole and (len(EMPTY.sub("", rest)) >= 1) and hints.part(verb.start) == "VERB"
    if re.search(r"(?:并|并且|同时|来)\w{0,2}$", between):
        return True
    if NOT_BEFORE.search(between) or (hints.part(verb.start) != "VERB" and not re.match(r"了|\d|“", rest)):
        return False
    if hints.part(verb.start - 1) not in ("NOUN", "PROPN", "NUM", "PUNCT", "PART", "PRON", "ADV", "VERB", "X"):
        return False
    counted = bool(NUMBER.search(between))
    if head.verb.group in SELECTING and not counted and not FRAME.search(between) and FRAME.search(rest):
        return False
    if "的" in rest and not counted:
        return False
    return len(EMPTY.sub("", rest)) >= 2


def trim(text: str, start: int, end: int, quoted: Masks) -> int:
    """`end` without complements, 等 and stops that do not belong to the object."""
    while True:
        cut = TAIL.search(text, start, end)
        if cut is None or cut.start() <= start or quoted.covers(cut.start()):
            break
        end = cut.start()
    while end > start and text[end - 1] in " \t、，,的并且和与及而":
        end -= 1
    return end


def verdict(lexicon: Lexicon, kind: Kind, group: str, body: str) -> tuple[bool, bool, str]:
    """`(is an act, is loose, rule)` for a verb of that kind with the object `body` (no aspect, no stop)."""
    body = ONE.sub("", body).removesuffix("等")
    number = bool(NUMBER.search(body))
    named = bool(re.search(r"[“《]", body))
    abstract = bool(lexicon.abstract.search(body)) and not body.endswith(("”", "》"))
    concrete = bool(lexicon.concrete.search(body.rstrip("”》")))
    if len(EMPTY.sub("", body)) < (1 if number else 2) and not number:
        return False, False, "no_object"
    if kind == "concrete":
        if abstract and not number:
            return False, False, "abstract_object"
        return True, False, "concrete_verb"
    if kind == "depends":
        if abstract and not number:
            return False, False, "abstract_object"
        if number or named or concrete:
            return (
                True,
                bool(lexicon.vague.search(body)) and not (number or named or group == "light"),
                "object_decides",
            )
        return False, False, "object_unknown"
    if kind == "loose":
        if number and concrete and not abstract:
            return True, False, "loose_verb_counted"
        return bool(lexicon.vague.search(body) or (named and concrete)), True, "loose_verb"
    return False, False, kind
