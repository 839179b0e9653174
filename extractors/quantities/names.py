"""The noun that a number measures, looked for to its right (81名党员干部) or its left (组建党支部12个)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractors.either import either
from extractors.quantities.units import PACKAGE
from extractors.rules import read_toml

REACH = 40
"""Longest run, in characters, in which a name is looked for."""
LONGEST_NAME = 24
LONGEST_TAIL = 6
"""Longest part of a compound behind a verb inside it (集体经济发展|基金)."""
_STOPS = "，。；！？：,;!?:\n"
_RIGHT_END = re.compile(rf"[{_STOPS}（(]")
_LEFT_END = re.compile(rf"[{_STOPS}、）)（(]")
_NOTE = re.compile(r"[（(][\u4e00-\u9fff、]{1,5}[）)]")
_TITLE = re.compile(r"《[^》]*》?")
_COMPOUND = re.compile(r"[班会课站点队员团户地室院所社岗率面量额费价款金款者]|中心|基地|平台|大户|车间|收入")
_COMPARED = re.compile(
    r"(?:占(?:全国|全省|全市|全县|全区|全镇|全村|[^，,。；;、]{0,6}总(?:数|量|人口|面积))"
    r"|(?:高于|低于|高出|低|比|较)(?:全国|全省|全市|全县|上年|去年|当地|同期|年初|上月|往年|常规)[^，,。；;、]{0,8})$"
)
_QUOTES = re.compile(r"^[”’」』]+|[“‘「『]+$")
_TIME = re.compile(
    r"[自由从到至截]{0,2}(?:[0-9]{4}年?(?:度|底|末|初)?|[0-9]{1,2}月(?:底|末|份)?|去年|今年|当年|上年|目前|现在|如今|最初|起初)$"
)

_DATED = re.compile(
    r"(?:[到至自从]|截至)?(?:[0-9]{4}年(?:度|底|末|初|以来)?|[0-9]{1,2}月(?:底|末|初|份|以来)?)|村[0-9]{4}年(?:度|底|末)?"
)
"""Opens what was so at a time, and is no part of its name: 到2025年底村集体收入."""

_ACT = re.compile(r"组成|担任|兼任|轮流|授课|讲课|返村|兴业|进了|当[上选]|逐份|团结对")

_DOES = re.compile(
    r"逐[村户份个一项]|家家|户户|人人|[个村]个|拢|组团|抱团|结成|结对(?![子户村单帮共])|联合(?![党社体会支企行工])|拿到|取得|领到|显示|报名|自愿|主动"
    r"|整体|共同|联[起手]|合[建办伙资]|推开|一[道起同]|齐|同[意步]|签[下了订约]|入股|缴纳|投[工劳]|实现|推[行广出]|中(?:有|的|[^心介医学小型央等专药]|$)|与(?![^，,。；;]{0,8}项目)|[与和及同]$"
)
"""What begins a predicate behind a noun that is known: 企业|结对薄弱村, 薄弱村|联合建库."""

_VILLAGE = re.compile(
    r"村(?=[0-9]|[中里][，,]|[中里]$)"
    r"|村(?=[\u4e00-\u9fff])(?![委级民庄里居支集企干务口组史医校小社容屯两党规部卫图文老妇寨落道路域镇貌头])[^的]{2}"
)
"""4个村2020年收入不足…, 7个村合办食堂: 村 alone is counted, where no compound of it follows."""

_DIVISION = re.compile(
    r"(?:行政|自然|建制|试点|示范|重点|薄弱|脱贫|贫困|牧业|成员|受援|联建|偏远|山区|边境|城中|城郊|大|小|强|弱)?(?:村|乡镇|镇街|街道|社区|嘎查|苏木|连队|小区|居民区|村庄|屯|村民小组|县区|县)"
)
"""17个行政村的党支部: with 个 the divisions are counted, not what belongs to them."""

_EARNS = re.compile(
    rf"(?P<division>{_DIVISION.pattern})(?:年|集体|经济|经营性|纯|总|人均)*(?:收入|收益)(?!项目|来源|渠道)"
    r"(?P<limit>(?:全部|全都|普遍|均|都|全)?(?:超过?|突破|达到?|不足|低于|高于|在[0-9]))?"
)
"""9个薄弱村收入都过了…: with 个 the villages are counted, not their incomes."""

_AMONG = re.compile(
    r"(?P<group>[\u4e00-\u9fff]{2,12}?)(?<![集其高初空心手途家城镇市])(?:当|之)?中(?![心医学小型央等专药草式国共华级间高老低青年转蜂标])"
    r"(?:约?有(?![机效害关限序毒轨色氧形偿]))?(?P<part>[\u4e00-\u9fffA-Za-z0-9]*)"
)
"""村民中老人占…: of those among whom they are counted, the part is what is measured."""

_LED = re.compile(r"村?党(?:总?支部|组织)领办(?:创办)?的?(?:集体)?(?:合作社|联合社)(?!的|[^，,。；;、]{0,2}[0-9])")
"""23家党支部领办合作社: what is led is counted, not who leads, unless its own number follows."""

_ADVERB = re.compile(r"(?:也|更|又|就|还|已)?(?:[从由自](?:零|无到有))$|[也更又]$")
"""Stands before 是, 从 or the number and is no part of the name: 收入也从零增长到."""

_MODIFIERS = ("组织", "发展")
"""Verbs that as often stand before a noun and make it another: 发展基金, 村组织活动场所."""

Known = Callable[[str], bool]
"""Whether a name is one of the field's that can be measured by the number at hand."""


@dataclass(frozen=True)
class Names:
    """Compiled word lists of `lexicon.toml`."""

    links: re.Pattern[str]
    verbs: re.Pattern[str]
    short: frozenset[str]
    leads: re.Pattern[str]
    predicates: re.Pattern[str]
    dative: frozenset[str]
    inside: frozenset[str]
    ends: frozenset[str]
    single: str
    abstract: frozenset[str]
    listed: frozenset[str]
    """Nouns of the indicators: a verb inside one of them governs nothing."""

    def right(self, text: str, start: int, end: int, known: Known) -> str | None:
        """The noun that begins at `start`; null where a predicate or nothing begins there. `end`: the sentence's.

        Of A的B, B is the thing where it is known (12名年轻的干部), else A where it opens with one (200名党员的作用).
        """
        run = text[start : min(end, start + REACH)]
        stop = _RIGHT_END.search(run)
        while stop and stop.group() in "（(" and (note := _NOTE.match(run, stop.start())):
            stop = _RIGHT_END.search(run, note.end())  # 村（社区）级网格
        run = (run[: stop.start()] if stop else run).strip("的 　和与及")
        sharing = text[start - 1 : start] in ("%", "成")
        if text[start - 1 : start] == "个" and _VILLAGE.match(run):
            return "村"
        if led := _LED.match(text, start):
            return led.group()
        if earns := _EARNS.match(run):
            limited = earns["limit"] or (not stop and earns.end() == len(run))  # the bound is part of the next number
            if text[start - 1 : start] == "个" or (sharing and limited):
                return earns["division"]
        first, mark, rest = run.partition("的")
        if not mark or not rest:
            return self._trim(run.partition("、")[0], known)
        if text[start - 1 : start] == "个" and _DIVISION.fullmatch(first):
            return first
        subject = self._trim(first.partition("、")[0], known)
        if subject and len(subject) < len(first.partition("、")[0]) and known(subject):
            return subject  # 3个村共建的产业园, 24亩田地投进村里的合作社: 的 belongs to what they do
        last = self._trim(run.rpartition("的")[2].partition("、")[0], known)
        if last and known(last):
            return last
        if subject and not known(subject):
            subject = next((subject[:n] for n in range(len(subject), 0, -1) if known(subject[:n])), None)
        return subject or last

    def _trim(self, run: str, known: Known) -> str | None:
        """Up to where a predicate begins."""
        if run[:1].isdigit() and not re.match(r"[0-9]+强", run):
            return None
        if _ACT.match(run):
            return None  # 专家46名组成讲师团: what they do is no name
        for does in _DOES.finditer(run):
            if does.start() > 1 and known(run[: does.start()]) and "“" not in run[: does.start()]:
                run = run[: does.start()]
                break
        run = self._without_deed(run, known)
        at = 0
        while hit := self.predicates.search(run, at):
            at = hit.end()
            if run.count("“", 0, hit.start()) > run.count("”", 0, hit.start()):
                continue  # inside quotes
            if hit.group() in self.inside or (hit.start() == 0 and len(hit.group()) > 1):
                after = self.predicates.search(run, hit.end())
                while after and after.group() in self.inside and len(after.group()) > 1:
                    after = self.predicates.search(run, after.end())
                tail = run[hit.end() : after.start() if after else len(run)]
                if 0 < len(tail) <= LONGEST_TAIL + 2 * (hit.start() == 0):
                    whole = run[: hit.end()] + tail
                    least = hit.end() + 1 if hit.start() == 0 else len(whole)
                    if any(known(whole[:n]) for n in range(least, len(whole) + 1)):
                        continue
            run = run[: hit.start()]
            break
        run = _TITLE.sub("", _QUOTES.sub("", run)).strip(" 　")
        if len(run) == 1 and run not in self.single:
            return None
        return run if run and len(run) <= LONGEST_NAME else None

    def _without_deed(self, run: str, known: Known) -> str:
        """A known noun without what it does or has done to it: 5个合作社|开拓市场, 3个村|对接订单."""
        for hit in self.verbs.finditer(run):
            word, noun, tail = hit.group(), run[: hit.start()], run[hit.end() :]
            compound = word in self.ends or word in _MODIFIERS or _COMPOUND.match(tail) is not None
            if len(word) < 2 or not tail or compound or "“" in noun:
                continue
            if known(noun) and not any(run.endswith(name) and len(name) > len(tail) for name in self.listed):
                return noun
        return run

    def left(self, text: str, start: int, end: int, known: Known) -> tuple[str | None, str]:
        """The noun that ends before `end`, looked for from `start` on, and the verb that governs it ("" for none)."""
        start = max(start, end - REACH)
        run = text[start:end]
        cut = 0
        opened = -1
        for hit in _LEFT_END.finditer(run):
            if hit.group() in "（(":
                opened = hit.start()
            elif hit.group() in "）)" and opened >= 0:
                opened = -1
            elif opened < 0 or hit.group() not in "、":
                cut, opened = hit.end(), -1
        outer = run[cut:opened] if opened >= cut else ""
        run = self._unlink(run[max(cut, opened + 1) :]) or self._unlink(outer)
        return self._governed(run, known) if run else (None, "")

    def _governed(self, run: str, known: Known) -> tuple[str | None, str]:
        """The object of the last verb of a run."""
        verb, cut = "", 0
        for hit in self.verbs.finditer(run):
            word, tail = hit.group(), run[hit.end() :]
            if word == "组织" and run[hit.start() - 1 : hit.start()] in ("党", "团", "济", "会"):
                continue
            if not tail and word in self.ends and hit.start() >= cut and hit.start():
                continue
            if (
                word in self.short
                and tail
                and word not in "对将把为向使让有"
                and not (known(tail) and (not hit.start() or self.leads.fullmatch(run[: hit.start()])))
            ):
                continue
            if any(run[k:] in self.listed for k in range(max(cut, hit.start() - LONGEST_TAIL), hit.start() + 1)):
                continue  # 联合党委, 污水处理设施
            if len(word) > 1 and _COMPOUND.match(tail):
                continue  # 培训班, 服务中心
            verb, cut = word, hit.end()
        name = run[cut:].lstrip("了过着起出到 　")
        parts = name.split("的")
        name = parts[-1] or (parts[-2] if len(parts) > 1 else "")
        if name in self.abstract and len(parts) > 1 and parts[-2]:
            name = parts[-2]  # 群众满意的比例
        while name and (lead := self.leads.match(name) or _DATED.match(name)):
            name = name[lead.end() :]
        name = _TITLE.sub("", _QUOTES.sub("", name)).strip(" 　、")
        if among := _AMONG.fullmatch(name):
            name = among["part"] if len(among["part"]) > 1 else among["group"]
        if len(name) > LONGEST_NAME or (len(name) == 1 and name not in self.single):
            name = ""
        return name or None, verb

    def _unlink(self, run: str) -> str:
        """Without the linking words at its right end (达到, 共, 由2016年的)."""
        while run:
            run = run.rstrip(" 　“‘「的了")
            hit = self.links.search(run) or _TIME.search(run) or _ADVERB.search(run) or _COMPARED.search(run)
            if not hit:
                return run
            run = run[: hit.start()]
        return run


def load_names(nouns: Iterable[str], rules: str | None = None) -> Names:
    """Compile the word lists, with the user's own laid over them. `nouns`: those of the indicators."""
    data = read_toml(PACKAGE, "lexicon.toml", rules)
    inside = data["inside"]
    return Names(
        links=re.compile(f"{either(data['links']['words'])}$"),
        verbs=re.compile(either(data["verbs"]["words"], data["not_before"])),
        short=frozenset(data["verbs"]["short"]),
        leads=re.compile(either(data["leads"]["words"], data["not_before"])),
        predicates=re.compile(
            r"(?<!党)组织(?!委|部|振兴)|"
            + either((word for word in data["predicates"]["words"] if word != "组织"), data["not_before"])
        ),
        dative=frozenset(data["dative"]["words"]),
        inside=frozenset(inside["words"]),
        ends=frozenset(inside["ends"]),
        single=inside["single"],
        abstract=frozenset(inside["abstract"]),
        listed=frozenset(noun for noun in nouns if len(noun) > 2),
    )
