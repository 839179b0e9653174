"""Which of the nouns around a number is the thing that it measures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.quantities.codes import MONEY, SHARES, Codes
from extractors.quantities.context import Sentence
from extractors.quantities.names import Names
from extractors.quantities.relations import bracketed
from extractors.quantities.units import DURATIONS

LARGE = 10**4
"""A bare number of this size (820万) is money unless the thing counted follows."""
MEASURING = (*MONEY, *SHARES, "area", "length", "mass", "volume", "power", "energy", "score", "mass_rate", "age")
"""Dimensions whose number says how much of a thing, so that the thing stands to the left first."""
LONGEST_LINK = 30
SHORT_GAP = 8
"""A verb alone between two numbers with one unit goes on with the same thing."""
_LIST = ("、", "和", "及", "，", ",", "与")
_RESPECTIVE = re.compile(r"分别(?:为|是|达到?|有|增长|达)?了?[^，,。；;]{0,4}$")
_RANK = re.compile(r"(?:其中)?(?:国家|省|市|县|区|镇|乡|村|地市)级")
_CARRY = re.compile(
    r"[）)，,、]?(?:同比|环比|年均|比上年|较上年|其中|每村|每户|每人|且|并|也|又|已|约|平均|全部|将|要|到[0-9]{4}年|目前|现在"
    r"|占(?:比|总数)?|[0-9年底末内，,])*(?:增长|增加|提高|下降|减少|达到?|降低|上升|超过|突破|占|上涨|增至|升至|增幅|增速|不低于)?"
    r"了?的?[^，,。；;\u4e00-\u9fff]*"
)
"""Between two numbers of the same thing: 贷款余额9.2亿元，同比增长6.1%."""
_REMNANT = re.compile(
    r"^(?:占|比(?!例|重|率)|较|是|以每|按每|还在|已|截|再到|一[户家斤]|[我自]家$|最[少多高低]$|剩余$|占据)|每(?:[斤亩吨户人餐]|个?[村镇乡县])$|(?:拿|分得|领)$|^(?:列支|连续)$"
)
"""What stands before a number and names nothing: a comparison, a denominator, a verb, a subject."""
_PLACE = re.compile(r"[村镇乡县]$")
_THERE_ARE = re.compile(r"(?<![集其])中[，,]?(?:已经?|就|共|约|还)?有(?:近|约)?$")
"""妇女中，有86人学会…: those of whom some are counted."""
_DONE = re.compile(r"[\u4e00-\u9fff]{1,2}[了过着]")
_SOME_OF = re.compile(r"(?<![集其])中(?:约?有|约)?$")
"""农业人口中九成从事…: what some of them do is what the share is of."""
_PREDICATE_OF = re.compile(r"的(?:已|就|共|约)?(?:有|达到?|为)?$")
"""收入超过30万元的有19个: what the count is of was said before."""
_PHRASE = re.compile(r"(?!的)(?:[\u4e00-\u9fff]{2,10}?(?=的|[^\u4e00-\u9fff]|\Z)|[\u4e00-\u9fff]{2,10})")


@dataclass(frozen=True)
class Named:
    """The name of a measured thing and the rule that found it."""

    name: str | None
    rule: str
    sure: bool = True


@dataclass(frozen=True)
class Nouns:
    """The nouns on either side of a number, and the verb that governs the left one."""

    left: str | None
    verb: str
    right: str | None


@dataclass(frozen=True)
class Naming:
    """The word lists that naming needs."""

    names: Names
    codes: Codes

    def name(self, sentence: Sentence, i: int, named: list[Named], origin: int | None) -> Named:
        """The name of the thing measured, by the first way that finds one. `named`: those of the numbers before;
        `origin`: the number that this one grew from."""
        reading, dimension = sentence.readings[i], sentence.dimensions[i]
        if dimension in DURATIONS or reading.rule == "fold":
            return Named(None, reading.rule)
        if bracketed(sentence, i):
            return Named(named[i - 1].name, "bracket")
        if respective := self._respective(sentence, i):
            return Named(respective, "respectively")
        if origin is not None and named[origin].name:
            return Named(named[origin].name, "change")
        verb = sentence.text[reading.start - 1 : reading.start]
        if dimension == "score" and verb and verb in "加扣计记得积":
            return Named(f"{verb}分", "score")
        nouns = self._nouns(sentence, i)
        if dimension == "age":
            return Named(nouns.left if (nouns.left or "").endswith(("年龄", "岁数")) else None, "age")
        if nouns.left and i and _RANK.fullmatch(nouns.left) and named[i - 1].name:
            return Named(named[i - 1].name, "rank")  # 省级龙头企业12家、市级34家
        large = (reading.low or 0) >= LARGE
        if dimension == "none" and large and not self.codes.known(nouns.right, dimension, large):
            dimension = "money"  # 总投资4000万
        if dimension in MEASURING:
            return self._measured(sentence, i, named, dimension, nouns)
        return self._counted(sentence, i, named, nouns)

    def _nouns(self, sentence: Sentence, i: int) -> Nouns:
        reading, text = sentence.readings[i], sentence.text

        def known(name: str) -> bool:
            return self.codes.known(name, sentence.dimensions[i], (reading.low or 0) >= LARGE)

        right = self.names.right(text, reading.end, sentence.ceiling(i), known)
        if not right and i + 1 < len(sentence.readings) and text[reading.end] in "、和":
            beyond = sentence.readings[i + 1].end  # 最高50万元、最长2年的贷款
            if text[beyond : beyond + 1] == "的":
                right = self.names.right(text, beyond, sentence.span[1], known)
        floor = max((r.end for r in sentence.readings[:i] if r.rule != "fold"), default=sentence.span[0])
        left, verb = self.names.left(text, floor, reading.start, known)
        money = sentence.dimensions[i] in MONEY
        if left and (_REMNANT.search(left) or (money and _PLACE.search(left) and "村集体" not in left)):
            left = None
        return Nouns(left, verb, None if right in self.names.dative else right)

    def _counted(self, sentence: Sentence, i: int, named: list[Named], nouns: Nouns) -> Named:
        """Things counted one by one: what follows the classifier, else what stands before the number."""
        reading, dimension, text = sentence.readings[i], sentence.dimensions[i], sentence.text

        def known(name: str) -> bool:
            return self.codes.known(name, dimension)

        if group := self._group(sentence, i, named, nouns):
            return Named(group, "group")
        if nouns.right:
            return Named(nouns.right, "right")
        if i + 1 < len(sentence.readings) and sentence.readings[i + 1].start == reading.end:  # 4批420名干部
            run_on = self.names.right(text, sentence.readings[i + 1].end, sentence.span[1], known)
            if run_on:
                return Named(run_on, "right_of_next")
        phrase = None
        if dimension == "people":  # 6万多人从事花卉行业: what they do names them
            hit = _PHRASE.match(text[reading.end : min(sentence.ceiling(i), reading.end + 10)])
            phrase = hit.group() if hit else None
        verb_only = nouns.left in self.names.ends and dimension == "count"
        among = _SOME_OF.search(sentence.before(i, SHORT_GAP))
        if nouns.left and not verb_only and (not phrase or (known(nouns.left) and not among)):
            return Named(nouns.left, "left")
        if phrase:
            return Named(phrase, "predicate", sure=False)
        gap = sentence.gap(i)
        goes_on = i and len(gap) <= LONGEST_LINK and sentence.dimensions[i - 1] in (dimension, *SHARES)
        if goes_on and named[i - 1].name and _CARRY.fullmatch(gap):
            return Named(named[i - 1].name, "carried", sure=False)
        if i and named[i - 1].name and len(gap) <= SHORT_GAP and sentence.readings[i - 1].unit == reading.unit:
            return Named(named[i - 1].name, "carried", sure=False)  # 改造服务中心32个，新建15个
        return Named(None, "none", sure=False)

    def _group(self, sentence: Sentence, i: int, named: list[Named], nouns: Nouns) -> str | None:
        """Those of whom some are counted, where the number itself has no noun: 妇女中，有86人; 28个村中，…的有19个."""
        dimension = sentence.dimensions[i]
        end = sentence.readings[i].end
        said = nouns.right or sentence.text[end : sentence.ceiling(i)].strip("，。；、 ")
        if said and not _DONE.match(said):
            return None
        before = sentence.before(i, LONGEST_LINK)
        if hit := _THERE_ARE.search(before):
            at = sentence.readings[i].start - len(before) + hit.start()
            floor = sentence.floor(i)
            if at > floor:
                return self.names.left(sentence.text, floor, at, lambda name: self.codes.known(name, dimension))[0]
        if nouns.right or nouns.left or not _PREDICATE_OF.search(before):
            return None
        unit = sentence.readings[i].unit
        for j in range(i - 1, -1, -1):
            name, other = named[j].name, sentence.readings[j]
            if name and other.unit == unit and sentence.text.startswith((name + "中", name + "里"), other.end):
                return name
        return None

    def _measured(self, sentence: Sentence, i: int, named: list[Named], dimension: str, nouns: Nouns) -> Named:
        """Amounts, shares, areas, weights: the noun that is known to be measured so, else the left one, else the
        right one, else what the clause before was about."""
        end = sentence.readings[i].end
        sides = [(nouns.left, "left"), (nouns.right, "right_known")]
        if dimension in SHARES and _SOME_OF.search(sentence.before(i, SHORT_GAP)):
            sides.reverse()
        for name, rule in sides:
            if name and self.codes.known(name, dimension):
                return Named(name, rule)
        if nouns.left:
            return Named(nouns.left, "left", sure=dimension not in MONEY)
        carried = self._carried(sentence, i, named, dimension)
        possessive = sentence.text[end : end + 1] == "的"
        belongs = not carried or (possessive if dimension in SHARES else dimension not in MONEY or not possessive)
        if nouns.right and belongs:
            return Named(nouns.right, "right", sure=dimension not in MONEY)
        if carried:
            return Named(carried, "carried", sure=False)
        if nouns.verb and dimension in MONEY:
            return Named(nouns.verb, "verb", sure=False)
        return Named(None, "none", sure=False)

    def _carried(self, sentence: Sentence, i: int, named: list[Named], dimension: str) -> str | None:
        """The name that this number goes on with: of an amount in the clauses between, or of an earlier number."""
        floor = sentence.floor(i)
        if (end := self.codes.measured_before(sentence.gap(i), dimension)) is not None:
            name, _ = self.names.left(sentence.text, floor, floor + end, lambda name: self.codes.known(name, dimension))
            if name:
                return name
        earlier = [(named[j].name, sentence.dimensions[j]) for j in range(i - 1, -1, -1)]
        if dimension in SHARES:
            return next((name for name, _ in earlier if name), None)
        for name, kind in earlier:
            if name and kind == dimension:
                return name
        if earlier and earlier[0][1] in SHARES:
            name = earlier[0][0]
            return name if dimension not in MONEY or self.codes.known(name, dimension) else None
        return None

    def _respective(self, sentence: Sentence, i: int) -> str | None:
        """A、B、C分别为1个、2个、3个: the name in the same place of the list."""
        first = i
        while first and sentence.gap(first) in _LIST:
            first -= 1
        before = sentence.before(first, 80)
        hit = _RESPECTIVE.search(before)
        if not hit:
            return None
        names = re.split(r"[、和及与]", re.split(r"[，。；,;]", before[: hit.start()])[-1])
        return names[i - first] if len(names) > 1 and i - first < len(names) else None
