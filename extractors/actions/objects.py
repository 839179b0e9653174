"""Where the object of a verb ends inside its clause."""

from __future__ import annotations

import re

from extractors.actions.clauses import QUOTED, Clause, Masks
from extractors.actions.lexicon import Anchor
from extractors.actions.scene import Scene
from extractors.actions.verdicts import COUNT_AFTER, EMPTY, NUMBER

ASPECT = re.compile(r"了|来(?![自年源历往])|过|起来|起|出来|出|好|成(?!立|员|果|效|本|熟|人|年)|到位|着(?!力|重|眼|手)")
SELECTING = frozenset({"found", "issue", "hold", "light", "loose", "place", "build"})
"""Groups whose verbs choose a paper, a rule or an event as object, which may hold verbs: 出台[扩大油茶种植方案]."""
FRAME = re.compile(
    r"(?:方案|意见|办法|细则|文件|规划|制度|机制|活动|行动|工程|计划|模式|工作|体系|平台|品牌|清单|台账|政策|措施|经验"
    r"|做法|标准|协议|合同|试点|会|会议|培训班|培训|比赛|项目|队伍|基金|专班|公约|课程|讲座|论坛|仪式|标兵|业务|贷款|资金|名单"
    r"|目录|问题|难题|招募书|责任书|承诺书|通知|指南|合作社|公司|联合社|示范点|示范班|工厂|车间)[”》]?$"
)
MONEY = re.compile(r"(?:近|约|超|共)?[\d.,]+[多余]?[万亿千百]?[多余]?元?$")
COUNTED_SUBJECT = re.compile(r"的(?:[\d.]+[个名家户]?)?[^的，,]{1,16}?(?:已有?|均|全部|都)")
"""列入计划的9个村全部…: what follows 的 is the subject."""
JOINED = re.compile(r"(?:并|并且|同时)\w{0,2}$")
NOT_BEFORE = re.compile(r"(?:由|以|所|被|可|能|自|共|的|和|与|及|暨|在|对|为|向|或|从|就|因)$")
ADVERBS = frozenset({"d", "ad", "vd", "D"})
ITEM_END = re.compile(r"、|等(?=[多]?[形方途举手])")
LISTED = re.compile(r"等(?:[^，,、]{0,3}\d|[一-鿿“])")
ENUMERATED = re.compile(r"、[^，,。；]{1,24}?等[^，,、]{0,8}?\d")
"""What follows a noun made of a verb in a row: 认领停车引导|、老人关爱等项目60个."""
SHORT_COUNT = re.compile(r"^(?:第?[\d一二两三四五六七八九十几多]+[多余]?[次个名批期场轮项条种类届])+$")
"""A number whose noun is still to come: 举行2场[发展庭院经济座谈会]."""
COUNTING = SELECTING | {"invest"}
BARE_COUNT = re.compile(r"(?:[近约超共]?[\d.,]+[多余]?[万亿千百]?[多余]?[一-鿿]{0,2}){1,2}")
"""开展惠农宣讲90场: the number counts the object, so the verb before it is its head noun."""
PEOPLE = re.compile(
    r"(?:[员民众户者人手农师生工方]|干部|书记|代表|骨干|青年|妇女|专家|乡贤|大家|机构|公司|单位|部门|队|支部|党组织|社区|村|他们|她们|[她他])$"
)
"""Who may do what the verb after them says."""
NOUNY = frozenset({"NOUN", "PROPN", "NUM", "PUNCT", "PART", "PRON", "ADV", "VERB", "X"})
TAIL = re.compile(
    r"(?:(?<=[^参])到[^，,、“”]{1,14}?(?:任职|挂职|工作|服务|上班|担任[^，,]*|蹲点|就业|进修|深造|锻炼)|(?:回村|在村|驻村)任职"
    r"|供[^，,]{2,12}|等?的同时|的基础上|之后|以后|(?<![以之今先最])后|等(?:多种)?(?:形式|方式|途径|举措|手段|方法|渠道)[^，,]{0,20}|等(?:工作)?(?=$)|等等"
    r"|用于[^，,]*|(?:以|来|从而|进而)(?:促|带|助|推|解|满|提|保|确|更)[^，,]*|(?<=[\d个名家处期万项件人次元亩公里支])、?(?:覆盖|惠及|受益)[^，,]*)$"
)
"""What follows an object inside its clause without belonging to it."""
UNTIL = re.compile(r"(?:(?<!同)时|以来|期间|前|之前|之际|的话|中|过程中)$")
"""A clause that ends so is an adverbial one."""


def object_end(scene: Scene, group: list[Anchor], later: list[Anchor], clause: Clause) -> int:
    """End of the object of the verbs in `group`: where a verb of `later` breaks it off, else the end of the clause."""
    hints, head = scene.hints, group[-1]
    for verb in later:
        if verb.start >= head.end and _breaks(scene, group, verb, later, clause):
            end = verb.start
            listed = _listed(scene, head.end, end)
            if listed:
                return listed
            while end > head.end and hints.part(end - 1) in ("ADV", "CCONJ") and not scene.quoted.covers(end - 1):
                end = hints.starts[hints.at(end - 1)]
            return max(end, head.end)
    return clause.end


def relative(scene: Scene, group: list[Anchor], later: list[Anchor], end: int) -> bool:
    """Whether verb and object only describe the subject of a later verb: [领办合作社的]村达到…."""
    body = scene.text[group[-1].end : end]
    if _somebody(scene, group[-1].end, end):
        return True
    after = next((verb for verb in later if verb.start >= end), None)
    if COUNTED_SUBJECT.search(body):
        return True
    return after is not None and after.verb.kind == "outcome" and "的" in body and not NUMBER.search(body)


def _somebody(scene: Scene, start: int, end: int) -> bool:
    """Whether 的 and a name with a verb of its own follow: [跑运输的]陈立本放下生意."""
    hints = scene.hints
    of = scene.text.find("的", start, end - 2)
    if of < 0 or scene.quoted.covers(of) or hints.part(of + 1) != "PROPN":
        return False
    token = hints.at(of + 1) + 1
    return token < len(hints.pos) and hints.starts[token] < end and hints.pos[token] == "VERB"


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


def _breaks(scene: Scene, group: list[Anchor], verb: Anchor, later: list[Anchor], clause: Clause) -> bool:
    text, hints, head = scene.text, scene.hints, group[-1]
    between, rest = text[head.end : verb.start], text[verb.end : clause.end]
    listed = _listed(scene, head.end, verb.start)
    if group[0].verb.kind == "pivot" or (len(EMPTY.sub("", between)) < 2 and not (listed and len(between) > 1)):
        return False
    if head.verb.text in scene.lexicon.words["funding"] and MONEY.match(between):
        return False
    if listed:
        return _breaks_list(scene, group, verb, later, clause)
    if JOINED.search(between):
        return True
    if not listed and ENUMERATED.match(rest):
        return False
    if rest and verb.verb.text in scene.lexicon.words["intransitive"]:
        return False
    if verb.verb.kind == "slogan" and NUMBER.search(rest) and not NUMBER.search(between):
        return False
    if head.verb.text in scene.lexicon.words["clausal"] and PEOPLE.search(between):
        return False
    if head.verb.group in COUNTING and BARE_COUNT.fullmatch(rest) and not NUMBER.search(between):
        return False
    if NOT_BEFORE.search(between) or SHORT_COUNT.match(between) or hints.part(verb.start - 1) not in NOUNY:
        return False
    if verb.verb.kind == "pivot" and rest[:1].isdigit():
        return False
    counted = bool(NUMBER.search(QUOTED.sub("", between)))
    whole = bool(scene.lexicon.concrete.search(between))
    if hints.part(verb.start) != "VERB" and not rest.startswith("了"):
        works = verb.verb.group in ("build", "found") and bool(scene.lexicon.concrete.search(rest))
        return works and whole and head.verb.group not in SELECTING and "的" not in rest
    if (
        head.verb.group in SELECTING
        and (not counted or verb.verb.kind == "slogan")
        and not FRAME.search(between)
        and _frames(rest)
    ):
        return False
    if "的" in rest and not counted and not FRAME.search(between):
        return False
    return len(EMPTY.sub("", rest)) >= 2


def _listed(scene: Scene, start: int, end: int) -> int | None:
    """Where the 、 stands that has only adverbs between it and the verb at `end`."""
    comma = scene.text.rfind("、", max(start, end - 7), end)
    if comma < 0:
        return None
    hints = scene.hints
    at = comma + 1
    while at < end:
        token = hints.at(at)
        if hints.pos[token] != "ADV" and hints.tags[token] not in ADVERBS:
            return None
        at = hints.ends[token]
    return comma


def _frames(rest: str) -> bool:
    """Whether a paper, rule or event ends the clause, or the item of a list that `rest` begins with."""
    rest = COUNT_AFTER.sub("", rest)
    return bool(FRAME.search(rest) or FRAME.search(ITEM_END.split(rest, maxsplit=1)[0]))


def _breaks_list(scene: Scene, group: list[Anchor], verb: Anchor, later: list[Anchor], clause: Clause) -> bool:
    """Whether a verb after 、 begins an act of its own, and not one more item of a list of verb phrases."""
    text, head = scene.text, group[-1]
    rest = text[verb.end : clause.end]
    if verb.verb.text == head.verb.text and verb.end - verb.start > 1 and verb.start - head.end <= 8:
        return False
    if verb.verb.kind == "slogan" and "的" in rest:
        return False
    aspect = ASPECT.match(text, head.end)
    body = aspect.end() if aspect else head.end
    direct = any(anchor.start == body for anchor in later) or scene.hints.part(body) == "VERB"
    if LISTED.search(rest) and (direct or (head.verb.group in SELECTING and FRAME.search(rest))):
        return False
    return len(EMPTY.sub("", rest)) >= 1 and scene.hints.part(verb.start) == "VERB"
