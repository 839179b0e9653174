"""What holds for a number in its clause: its rate, its status, its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from extractors.quantities.codes import SHARES
from extractors.quantities.context import Sentence
from extractors.quantities.units import PACKAGE
from extractors.rules import read_toml
from models.quantity import Rate, Status, Time

_ITEM = re.compile(r"(?:^|[；;。，,])\s*(?:[一二三四五六七八九十]{1,2}是|[（(][一二三四五六七八九十0-9]{1,2}[)）])")
RATES: tuple[Rate, ...] = get_args(Rate)
ORDER: tuple[Rate, ...] = ("village", "person", "household", "mu", "year", "month", "week", "day")
_NUMBERED = re.compile(r"[0-9][^，,。；;]*[，,；;]$")
_UNTIL = re.compile(r"(?:到|至)([12][0-9]{3})年")


@dataclass(frozen=True)
class Scope:
    """Compiled cues of `scope.toml`."""

    rates: dict[Rate, re.Pattern[str]]
    far: re.Pattern[str]
    each: re.Pattern[str]
    per_unit: dict[str, Rate]
    target: re.Pattern[str]
    target_right: re.Pattern[str]
    done: re.Pattern[str]
    standard: re.Pattern[str]
    standard_right: re.Pattern[str]
    share: re.Pattern[str]
    share_left: re.Pattern[str]
    score: re.Pattern[str]
    grant: re.Pattern[str]
    told: re.Pattern[str]
    per: re.Pattern[str]
    per_right: re.Pattern[str]
    bounds: re.Pattern[str]
    most: re.Pattern[str]
    rounds: re.Pattern[str]
    opening: re.Pattern[str]
    comparison: re.Pattern[str]
    report: re.Pattern[str]
    naming: re.Pattern[str]
    origin: re.Pattern[str]
    before_change: re.Pattern[str]
    change: re.Pattern[str]
    same: re.Pattern[str]
    until: re.Pattern[str]
    plan: re.Pattern[str]

    def rate(self, sentence: Sentence, i: int) -> tuple[Rate, ...]:
        """What a number is per: from the words since the number before it, 每年 … anywhere in its clause, its unit,
        and 每100亩 further off."""
        clause, _ = sentence.sides(i)
        found = self._rates(clause[-len(sentence.gap(i)) :] if sentence.gap(i) else "")
        if each := self.each.findall(clause):
            found |= self._rates(each[-1])
        for far in self.far.findall(sentence.before(i, 120)):
            found |= self._rates(far)
        unit = sentence.readings[i].unit or ""
        if per := self.per_unit.get(unit.partition("/")[2]):
            found.add(per)
        if sentence.dimensions[i] in SHARES:
            found &= {"year", "month"}
        return tuple(rate for rate in ORDER if rate in found)

    def _rates(self, text: str) -> set[Rate]:
        return {rate for rate, pattern in self.rates.items() if pattern.search(text)}

    def status(self, sentence: Sentence, i: int) -> tuple[Status, str]:
        """Actual, target or standard, with the rule that said so."""
        reading = sentence.readings[i]
        left, right = sentence.sides(i)
        before = sentence.before(i, 100)
        words = left + sentence.text[reading.start : reading.end]
        if (
            self.standard.search(left)
            or self.standard_right.search(right)
            or (self.grant.search(f"{before}#{right}") and not self.told.search(before))
            or (reading.unit == "分" and self.score.search(left))
            or (self.per.search(left) and self.per_right.search(right))
        ):
            return "standard", "rule_word"
        if reading.bound in ("le", "lt", "ge") and self.bounds.search(words):
            return "standard", "rule_bound"
        if reading.bound in ("le", "lt", "ge", "range") and self.rounds.search(left):
            return "standard", "rule_bound"
        if reading.bound == "le" and self.most.search(words[len(left) :]):
            return "standard", "rule_bound"
        aim = max((hit.end() for hit in self.target.finditer(before)), default=None)
        if aim is not None and not self.done.search(before, aim):
            opens = not left.strip() and _NUMBERED.search(before[aim:])  # 7个村计划建厂，2个村开展清产核资
            if not opens or sentence.dimensions[i] == "share":
                return "target", "aim_word"
        # of a gain that is aimed at the parts are aimed at too
        if sentence.dimensions[i] == "share" and (self.share.match(right) or self.share_left.search(left)):
            return "standard", "rule_word"
        if self.target_right.search(right):
            return "target", "aim_behind"
        if sentence.year and (hit := _UNTIL.search(before)) and int(hit.group(1)) > sentence.year:
            return "target", "future_year"
        return ("target", "plan_heading") if sentence.section.plan else ("actual", "no_cue")

    def time(self, sentence: Sentence, i: int, rate: tuple[Rate, ...] = ()) -> str | None:
        """The time that governs a number: the last one named before it in the sentence, not across an item mark;
        else that of the sentence before, where this one opens with 其中, …过程中; else one that follows in 在2008年;
        else that of the heading above. 由2018年的A增加到B: the year is of A alone. What is made each year
        (年加工1200吨) is of no single day or month, unless the text says until when."""
        reading, text, (start, _) = sentence.readings[i], sentence.text, sentence.span
        mark = max((hit.start() for hit in _ITEM.finditer(text, start, reading.start)), default=start)
        usable = [time for time in sentence.times if self._tells(sentence, time)]
        floor = sentence.floor(i)
        if self.before_change.search(sentence.gap(i)) and self.change.match(text, reading.end):
            # 2017年，贫困发生率由13.2%下降到8.9%: of what was before the year says nothing
            usable = [time for time in usable if floor <= time.start and time.end >= reading.start - 1]
        left = [
            time
            for time in usable
            if mark <= time.start
            and time.end <= reading.start
            and (floor <= time.start or not self.origin.search(text, max(start, time.start - 1), time.end + 1))
        ]
        if left:
            value = _governing(left)
            dated = value is not None and len(value) > len("2021") and "/" not in value
            return None if dated and "year" in rate and not self.until.search(left[-1].text) else value
        if self.opening.match(text[start : start + 16]):
            return sentence.time_before
        right = next((time for time in usable if time.start >= reading.end), None)
        if (
            right
            and self.naming.search(text[reading.end : right.start])
            and not _ITEM.search(text, reading.end, right.start)
        ):
            return right.value
        return sentence.section.time

    def _tells(self, sentence: Sentence, time: Time) -> bool:
        """Not a comparison (比2015年增长), not the day of the report (记者从…获悉)."""
        start, end = sentence.span
        if self.comparison.search(sentence.text[max(start, time.start - 6) : time.start]):
            return False
        if self.same.match(sentence.text, time.end):
            return False
        return not self.report.search(sentence.text[time.end : min(end, time.end + 16)])


def _governing(left: list[Time]) -> str | None:
    """The last time, except that a full date (截至3月5日) is not undone by its own year (2024年春节)."""
    last = left[-1].value
    for time in left[:-1]:
        if last and time.value and time.value.startswith(f"{last}-") and time.text.startswith("截"):
            return time.value
    return last


def load_scope(rules: str | None = None) -> Scope:
    """Compile the cues, with the user's own laid over them."""
    data = read_toml(PACKAGE, "scope.toml", rules)
    rate, target, standard, anaphora = data["rate"], data["target"], data["standard"], data["anaphora"]
    return Scope(
        rates={name: re.compile(rate[name]) for name in RATES},
        far=re.compile(rate["far"]),
        each=re.compile(rate["each"]),
        per_unit=data["per_unit"],
        target=re.compile(target["left"]),
        target_right=re.compile(target["right"]),
        done=re.compile(target["done"]),
        standard=re.compile(standard["left"]),
        standard_right=re.compile(standard["right"]),
        share=re.compile(standard["share"]),
        share_left=re.compile(standard["share_left"]),
        score=re.compile(standard["score"]),
        grant=re.compile(standard["grant"]),
        told=re.compile(standard["told"]),
        per=re.compile(standard["per"]),
        per_right=re.compile(standard["per_right"]),
        bounds=re.compile(standard["bounds"]),
        most=re.compile(standard["most"]),
        rounds=re.compile(standard["rounds"]),
        opening=re.compile(anaphora["opening"]),
        comparison=re.compile(anaphora["comparison"]),
        report=re.compile(anaphora["report"]),
        naming=re.compile(anaphora["naming"]),
        before_change=re.compile(anaphora["before_change"]),
        change=re.compile(anaphora["change"]),
        same=re.compile(anaphora["same"]),
        origin=re.compile(anaphora["origin"]),
        until=re.compile(anaphora["until"]),
        plan=re.compile(target["heading"]),
    )
