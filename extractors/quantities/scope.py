"""What holds for a number in its clause: its rate, its status, its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from extractors.quantities.grammar import Reading
from extractors.quantities.units import PACKAGE
from extractors.rules import read_toml
from models.quantity import Rate, Status, Time
from models.span import Range

_CLAUSE = re.compile(r"[，；。！？,;!?：:\n]")
_ITEM = re.compile(r"(?:^|[；;。，,])\s*(?:[一二三四五六七八九十]{1,2}是|[（(][一二三四五六七八九十0-9]{1,2}[)）])")
RATES: tuple[Rate, ...] = get_args(Rate)
YEAR = re.compile(r"[12][0-9]{3}")


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
    score: re.Pattern[str]
    grant: re.Pattern[str]
    per: re.Pattern[str]
    bounds: re.Pattern[str]
    most: re.Pattern[str]
    opening: re.Pattern[str]
    comparison: re.Pattern[str]
    report: re.Pattern[str]
    naming: re.Pattern[str]

    def rate(
        self, text: str, sentence: Range, reading: Reading, left: str, whole_left: str, share: bool
    ) -> tuple[Rate, ...]:
        """What a number is per: from the words since the number before it (`left`), 每年 … anywhere in its clause
        (`whole_left`), its unit, and 每100亩 further off."""
        found = {rate for rate, pattern in self.rates.items() if pattern.search(left)}
        each = self.each.findall(whole_left)
        if each:
            found |= {rate for rate, pattern in self.rates.items() if pattern.search(each[-1])}
        before = text[max(sentence[0], reading.start - 120) : reading.start]
        for hit in self.far.finditer(before):
            found |= {rate for rate, pattern in self.rates.items() if pattern.search(hit.group())}
        if reading.unit and "/" in reading.unit:
            per = self.per_unit.get(reading.unit.partition("/")[2])
            found |= {per} if per else set()
        if share:
            found &= {"year", "month"}
        return tuple(rate for rate in ("village", "person", "household", "mu", "year", "month", "week", "day") if rate in found)

    def status(self, text: str, sentence: Range, reading: Reading, left: str, right: str, year: int | None) -> tuple[Status, str]:
        """Actual, target or standard, with the rule that said so. `year`: of the article, where known."""
        before = text[max(sentence[0], reading.start - 100) : reading.start]
        span = text[reading.start : reading.end]
        if self.standard.search(left) or self.standard_right.search(right) or self.grant.search(f"{before}#{right}"):
            return "standard", "rule_word"
        if reading.unit == "分" and self.score.search(left):
            return "standard", "rule_word"
        if reading.bound in ("le", "lt", "ge") and (self.bounds.search(left + span) or (reading.bound == "le" and self.most.search(span))):
            return "standard", "rule_bound"
        if self.per.search(left) and re.search(r"^[^。；]{0,24}(?:的标准|的比例|的要求|的原则)", right):
            return "standard", "rule_word"
        aim = None
        for aim in self.target.finditer(before):  # noqa: B007
            pass
        fresh = not left.strip() and re.search(r"[0-9][^，,。；;]*[，,；;]$", before[aim.end() :] if aim else "")
        if aim and not fresh and not self.done.search(before, aim.end()):
            return "target", "aim_word"
        if self.target_right.search(right):
            return "target", "aim_behind"
        if year and (hit := re.search(r"(?:到|至)([12][0-9]{3})年", before)) and int(hit.group(1)) > year:
            return "target", "future_year"
        return "actual", "no_cue"

    def time(self, text: str, sentence: Range, reading: Reading, times: list[Time], before: str | None) -> str | None:
        """The time that governs a number: the last one named before it in the sentence, not across an item mark.

        `times`: those of the sentence. `before`: the time that the sentence before ended with, which holds on where
        this one opens with 其中, …过程中.
        """
        start = sentence[0]
        for mark in _ITEM.finditer(text, sentence[0], reading.start):
            start = mark.start()
        usable = [time for time in times if self._tells(text, sentence, time)]
        left = [time for time in usable if start <= time.start and time.end <= reading.start]
        if left:
            return self._governing(text, left)
        if self.opening.match(text[sentence[0] : sentence[0] + 16]):
            return before
        right = next((time for time in usable if time.start >= reading.end), None)
        if right and right.value and self.naming.search(text[reading.end : right.start]) and not _ITEM.search(text, reading.end, right.start):
            return right.value
        return None

    def _governing(self, text: str, left: list[Time]) -> str | None:
        """The last time, except that a full date (截至2月3日) is not undone by its own year (2025年春节档)."""
        last = left[-1].value
        for time in left[:-1]:
            if last and time.value and time.value.startswith(f"{last}-") and time.text.startswith("截"):
                return time.value
        return last

    def _tells(self, text: str, sentence: Range, time: Time) -> bool:
        """Not a comparison (比2015年增长), not the day of the report (记者从…获悉)."""
        return not self.comparison.search(text[max(sentence[0], time.start - 3) : time.start]) and not self.report.search(
            text[time.end : min(sentence[1], time.end + 16)]
        )


def clause(text: str, sentence: Range, reading: Reading) -> tuple[str, str]:
    """The text of the clause to the left and to the right of a number. A thousands comma is no end of a clause."""
    left = text[max(sentence[0], reading.start - 80) : reading.start]
    for hit in _CLAUSE.finditer(left):
        pass
    cut = max((hit.end() for hit in _CLAUSE.finditer(left)), default=0)
    right = text[reading.end : min(sentence[1], reading.end + 60)]
    stop = _CLAUSE.search(right)
    return left[cut:], right[: stop.start()] if stop else right


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
        score=re.compile(standard["score"]),
        grant=re.compile(standard["grant"]),
        per=re.compile(standard["per"]),
        bounds=re.compile(standard["bounds"]),
        most=re.compile(standard["most"]),
        opening=re.compile(anaphora["opening"]),
        comparison=re.compile(anaphora["comparison"]),
        report=re.compile(anaphora["report"]),
        naming=re.compile(anaphora["naming"]),
    )
