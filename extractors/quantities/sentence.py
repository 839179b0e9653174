"""One sentence at a time: its readings, made into quantities with name, indicator, rate, time, status and relations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.quantities.codes import MONEY, SHARES, Codes, load_codes
from extractors.quantities.grammar import Grammar, Reading, load_grammar
from extractors.quantities.names import Names, load_names
from extractors.quantities.relations import bracketed, change_from, flags, holds_for_each, threshold_of
from extractors.quantities.scope import Scope, clause, load_scope
from models.place import Place
from models.quantity import Quantity, Rate, Threshold, Time
from models.span import Confidence, Provenance, Range

TOGETHER = 64
"""No sentence has more numbers that belong together; a longer run (a table on one line) is read in pieces, so that
the cost stays linear."""
LARGE = 10**4
"""A bare number of this size (670万) is money unless the thing counted follows."""
POINTS = 40
"""More points than this are no enumeration of the author's own."""
MEASURING = (*MONEY, *SHARES, "area", "length", "mass", "volume", "power", "energy", "score", "mass_rate", "age")
"""Dimensions whose number says how much of a thing, so that the thing stands to the left first."""
_RANK = re.compile(r"(?:其中)?(?:国家|省|市|县|区|镇|乡|村|地市)级")
_RESPECTIVE = re.compile(r"分别(?:为|是|达到?|有|增长|达)?了?[^，,。；;]{0,4}$")
_CARRY = re.compile(r"^[）)，,、]?(?:同比|环比|年均|比上年|较上年|其中|每村|每户|每人|且|并|也|又|已|约|平均|全部|将|要|到[0-9]{4}年|目前|现在|占(?:比|总数)?|[0-9年底末内，,])*(?:增长|增加|提高|下降|减少|达到?|降低|上升|超过|突破|占|上涨|增至|升至|增幅|增速|不低于)?了?(?:的)?[^，,。；;\u4e00-\u9fff]*$")


@dataclass(frozen=True)
class Named:
    """The name of a measured thing and the rule that found it."""

    name: str | None
    rule: str
    sure: bool = True


@dataclass(frozen=True)
class Reader:
    """Everything that reads quantities. Make one with `load_reader`, use it for any number of texts."""

    grammar: Grammar
    names: Names
    codes: Codes
    scope: Scope
    release: str

    def read(
        self,
        text: str,
        sentence: Range,
        times: list[Time],
        places: list[Place],
        year: int | None = None,
        time_before: str | None = None,
    ) -> list[Quantity]:
        """Quantities of `text[sentence]`. `times`, `places`: those of the sentence; `year`: of the article."""
        covered = {i for found in (*places, *times) for i in range(found.start, found.end)}
        readings = [r for r in self.grammar.read(text, *sentence) if r.number not in covered]
        made: list[Quantity] = []
        start = sentence[0]
        for first in range(0, len(readings), TOGETHER):
            part = readings[first : first + TOGETHER]
            last = first + TOGETHER >= len(readings)
            made += self._together(text, (start, sentence[1] if last else part[-1].end), part, times, places, year, time_before)
            start = part[-1].end
        return made

    def _together(
        self,
        text: str,
        sentence: Range,
        readings: list[Reading],
        times: list[Time],
        places: list[Place],
        year: int | None,
        time_before: str | None,
    ) -> list[Quantity]:
        """Numbers that may belong together: those of a sentence."""
        named: list[Named] = []
        codes: list[str | None] = []
        made: list[Quantity] = []
        thresholds = [threshold_of(text, readings, i, self.grammar.units) for i in range(len(readings))]
        limits = {j for j in thresholds if j is not None}
        for i, reading in enumerate(readings):
            origin = change_from(text, sentence[0], readings, i, self.grammar.units)
            sides = self._sides(text, sentence, readings, i)
            found = self._name(text, sentence, readings, i, named, made, origin, limits)
            named.append(found)
            code = self._code(text, sentence, readings, i, found, codes, thresholds, origin, sides)
            codes.append(code)
            made.append(self._quantity(text, sentence, readings, i, found, code, sides, origin, made, times, places, year, time_before))
        for i, j in enumerate(thresholds):
            if j is not None:
                made[i] = self._limited(made[i], made[j], self.grammar.units.dimension(readings[j].unit))
        final = [quantity.code for quantity in made]
        return [
            quantity.model_copy(update={"flags": found_flags})
            if (found_flags := flags(text, readings, i, final, self.grammar.units))
            else quantity
            for i, quantity in enumerate(made)
        ]

    def _sides(self, text: str, sentence: Range, readings: list[Reading], i: int) -> tuple[str, str]:
        left, right = clause(text, sentence, readings[i])
        return left, right

    def _name(
        self,
        text: str,
        sentence: Range,
        readings: list[Reading],
        i: int,
        named: list[Named],
        made: list[Quantity],
        origin: int | None,
        limits: set[int],
    ) -> Named:
        """The name of the thing measured, by the first way that finds one."""
        reading, dimension = readings[i], self.grammar.units.dimension(readings[i].unit)
        if dimension in ("long_time", "short_time"):
            return Named(None, "duration")
        if i and bracketed(text, readings, i):
            return Named(named[i - 1].name, "bracket")
        floor = max((r.end for r in readings[:i] if r.rule != "fold"), default=sentence[0])
        if reading.rule == "fold":
            return Named(None, "fold")
        respective = self._respective(text, sentence, readings, i)
        if respective:
            return Named(respective, "respectively")
        if origin is not None and named[origin].name:
            return Named(named[origin].name, "change")
        if dimension == "score":
            verb = text[reading.start - 1 : reading.start]
            if verb in "加扣计记得":
                return Named(f"{verb}分", "score")

        def known(name: str) -> bool:
            return self.codes.known(name, dimension, (reading.low or 0) >= LARGE)

        stop = readings[i + 1].start if i + 1 < len(readings) else sentence[1]
        right = self.names.right(text, reading.end, stop, known)
        if not right and i + 1 < len(readings) and text[reading.end : reading.end + 1] in "、和" and text[readings[i + 1].end : readings[i + 1].end + 1] == "的":
            right = self.names.right(text, readings[i + 1].end, sentence[1], known)  # 最高50万元、最长2年的贷款
        if right in self.names.dative:
            right = None
        left, verb = self.names.left(text, floor, reading.start, known)
        if dimension == "age":
            return Named(left if left and left.endswith(("年龄", "岁数")) else None, "age")
        if left and i and _RANK.fullmatch(left) and named[i - 1].name:
            return Named(named[i - 1].name, "rank")  # 省级龙头企业12家、市级34家
        if dimension == "none" and (reading.low or 0) >= LARGE and (not right or not known(right)):
            dimension = "money"  # 总投资4000万
        if dimension in MEASURING:
            return self._measured(text, sentence, readings, i, named, dimension, left, right, verb, floor)
        if right:
            return Named(right, "right")
        if i + 1 < len(readings) and readings[i + 1].start == reading.end:
            after = readings[i + 1].end if self.grammar.units.dimension(readings[i + 1].unit) != "age" else readings[i + 1].end
            run_on = self.names.right(text, after, sentence[1], known)
            if run_on:
                return Named(run_on, "right_of_next")
        phrase = verb_phrase(text, reading.end, stop) if dimension == "people" else None
        if left and (not phrase or known(left)):
            return Named(left, "left")
        if phrase:
            return Named(phrase, "predicate", sure=False)
        if i and _CARRY.match(text[readings[i - 1].end : reading.start]) and named[i - 1].name:
            same = self.grammar.units.dimension(readings[i - 1].unit)
            if same == dimension or same in SHARES:
                return Named(named[i - 1].name, "carried", sure=False)
        return Named(None, "none", sure=False)

    def _measured(
        self,
        text: str,
        sentence: Range,
        readings: list[Reading],
        i: int,
        named: list[Named],
        dimension: str,
        left: str | None,
        right: str | None,
        verb: str,
        floor: int,
    ) -> Named:
        """Amounts, shares, areas, weights: what has a name of their dimension, else left, else right, else the thing
        that the clause before was about."""
        reading = readings[i]
        for name, rule in ((left, "left"), (right, "right_known")):
            if name and self.codes.known(name, dimension):
                return Named(name, rule)
        carried = self._carried(text, sentence, readings, i, named, dimension, floor)
        possessive = text[reading.end : reading.end + 1] == "的"
        if left:
            return Named(left, "left", sure=dimension not in MONEY)
        if right and not (carried and (dimension in SHARES or (possessive and dimension in MONEY))):
            return Named(right, "right", sure=dimension not in MONEY)
        if right and possessive and dimension in SHARES:
            return Named(right, "right")
        if carried:
            return Named(carried, "carried", sure=False)
        if verb and dimension in MONEY:
            return Named(verb, "verb", sure=False)
        return Named(None, "none", sure=False)

    def _carried(
        self, text: str, sentence: Range, readings: list[Reading], i: int, named: list[Named], dimension: str, floor: int
    ) -> str | None:
        """The name that this number goes on with: of an amount in the clauses between, or of an earlier number."""
        gap = text[floor : readings[i].start]
        if (end := self.codes.measured_before(gap, dimension)) is not None:
            name, _ = self.names.left(text, floor, floor + end, lambda name: self.codes.known(name, dimension))
            if name:
                return name
        kinds = [self.grammar.units.dimension(reading.unit) for reading in readings[:i]]
        if dimension in SHARES:
            return next((named[j].name for j in range(i - 1, -1, -1) if named[j].name), None)
        same = next((named[j].name for j in range(i - 1, -1, -1) if named[j].name and kinds[j] == dimension), None)
        if same is None and i and kinds[i - 1] in SHARES and (dimension not in MONEY or self.codes.known(named[i - 1].name, dimension)):
            return named[i - 1].name
        return same

    def _respective(self, text: str, sentence: Range, readings: list[Reading], i: int) -> str | None:
        """A、B、C分别为1个、2个、3个: the name in the same place of the list."""
        first = i
        while first > 0 and text[readings[first - 1].end : readings[first].start] in ("、", "和", "及", "，", ",", "与"):
            first -= 1
        before = text[max(sentence[0], readings[first].start - 80) : readings[first].start]
        hit = _RESPECTIVE.search(before)
        if not hit:
            return None
        names = re.split(r"[、和及与]", re.split(r"[，。；,;]", before[: hit.start()])[-1] or "")
        return names[i - first] if i - first < len(names) and len(names) > 1 else None

    def _code(
        self,
        text: str,
        sentence: Range,
        readings: list[Reading],
        i: int,
        found: Named,
        codes: list[str | None],
        thresholds: list[int | None],
        origin: int | None,
        sides: tuple[str, str],
    ) -> str | None:
        reading, units = readings[i], self.grammar.units
        dimension = units.dimension(reading.unit)
        if dimension in ("long_time", "short_time"):
            return None
        if origin is not None and codes[origin] != "collective_increase":
            return codes[origin]
        before = text[max(sentence[0], reading.start - 60) : reading.start]
        large = (reading.low or reading.high or Decimal(0)) >= 10**4
        if found.rule == "carried" and dimension in MONEY:
            for j in range(i - 1, -1, -1):
                if units.dimension(readings[j].unit) in MONEY:
                    return codes[j]
        return self.codes.code(found.name, dimension, reading.unit, *sides, before, large)

    def _quantity(
        self,
        text: str,
        sentence: Range,
        readings: list[Reading],
        i: int,
        found: Named,
        code: str | None,
        sides: tuple[str, str],
        origin: int | None,
        made: list[Quantity],
        times: list[Time],
        places: list[Place],
        year: int | None,
        time_before: str | None,
    ) -> Quantity:
        reading, units = readings[i], self.grammar.units
        dimension = units.dimension(reading.unit)
        floor = readings[i - 1].end if i else sentence[0]
        left = text[max(floor, reading.start - len(sides[0])) : reading.start]
        whole_left = sides[0]
        rate: tuple[Rate, ...] = self.scope.rate(text, sentence, reading, left, whole_left, dimension in SHARES)
        if not rate and (origin is not None or found.rule == "respectively") and made:
            rate = made[-1].rate
        if not rate and found.rule in ("carried", "bracket", "change") and dimension in MONEY and made:
            rate = next((q.rate for q in reversed(made) if q.indicator == found.name), ())
        if dimension == "money" and code == "collective_income" and "village" not in rate and holds_for_each(text, readings, i):
            rate = ("village", *rate)
        status, status_rule = self.scope.status(text, sentence, reading, sides[0], sides[1], year)
        point = dimension in ("count", "none", "rounds") and code == "measures" and reading.low is not None and reading.low <= POINTS
        source = made[origin] if origin is not None else None
        reasons = [reason for reason in (reading.doubt, None if found.sure else f"the thing measured was found by {found.rule}") if reason]
        confidence: Confidence = "high" if not reasons else "medium" if found.name else "low"
        return Quantity(
            start=reading.start,
            end=reading.end,
            text=text[reading.start : reading.end],
            min=reading.low,
            max=reading.high,
            unit=reading.unit,
            bound=reading.bound,
            indicator=found.name,
            code=code,
            rate=rate,
            time=None if status == "standard" else self.scope.time(text, sentence, reading, times, time_before),
            status=status,
            from_=None if source is None else source.min if source.min is not None else source.max,
            canonical=units.canonical(reading.low, reading.high, reading.unit),
            owner=_owner(places, sentence, reading),
            optional=reading.optional or point,
            provenance=Provenance(
                extractor="quantities",
                rule=f"{reading.rule}/{found.rule}/{status_rule}",
                version=self.release,
                confidence=confidence,
                reason="; ".join(reasons) or None,
            ),
        )

    def _limited(self, quantity: Quantity, limit: Quantity, dimension: str) -> Quantity:
        """With its threshold; villages above an income are an indicator of their own."""
        of = limit.indicator or ("年龄" if dimension == "age" else None)
        update: dict[str, object] = {"threshold": Threshold(of=of, min=limit.min, max=limit.max, unit=limit.unit)}
        if limit.code == "collective_income" and (quantity.code in ("villages", "share") or (quantity.indicator is None and quantity.unit == "个")):
            update["code"] = "villages_at_income"
        return quantity.model_copy(update=update)


def verb_phrase(text: str, start: int, end: int) -> str | None:
    """What the people counted do, where no noun names them: 8万多人从事苗木行业."""
    hit = re.match(r"[\u4e00-\u9fff]{2,10}?(?=的|[^\u4e00-\u9fff]|\Z)|[\u4e00-\u9fff]{2,10}", text[start : min(end, start + 10)])
    return hit.group() if hit else None


def _owner(places: list[Place], sentence: Range, reading: Reading) -> str | None:
    """The place named last before the number in its sentence; null says the jurisdiction."""
    before = [place for place in places if sentence[0] <= place.start and place.end <= reading.start]
    return before[-1].text if before else None


def load_reader(rules: str | None, release: str) -> Reader:
    """Compile all tables, with the user's own laid over them."""
    codes = load_codes(rules)
    return Reader(load_grammar(rules), load_names(codes.nouns, rules), codes, load_scope(rules), release)
