"""Bound words around a number: 近, 超过, 不低于 … in front, 以上, 左右 … behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extractors.either import either
from extractors.quantities.units import PACKAGE
from extractors.rules import read_toml
from models.quantity import Bound

REACH = 8
"""How far in front of the number a bound word may stand apart from it, in characters."""


class Found(NamedTuple):
    """The bound, where it stood, and the span that the touching words reach to."""

    bound: Bound | None
    place: str
    start: int
    end: int


@dataclass(frozen=True)
class Bounds:
    """Tables of bound words."""

    before: dict[str, Bound]
    longest: int
    after: re.Pattern[str]
    after_bound: dict[str, Bound]
    apart: re.Pattern[str]
    apart_bound: dict[str, Bound]
    not_after: dict[str, str]

    def around(self, text: str, left: int, start: int, end: int, number: str) -> Found:
        """The bound of a number at `text[start:end]`; nothing in front of `left` is looked at.

        A strict word wins over a loose one (超过20万元以上 is gt), and any bound over an approximation.
        """
        begin, bound = self._before(text, left, start, number)
        tail = self.after.match(text, end)
        if tail:
            behind = self.after_bound[tail.group().lstrip()]
            if bound in (None, "approx"):
                place = "after" if bound is None or behind != "approx" else "before"
                return Found(behind, place, begin, tail.end())
            return Found(bound, "before", begin, tail.end())
        if bound is not None and bound != "approx":
            return Found(bound, "before", begin, end)
        if share := _BRACKETED.match(text, end):  # 27个(41%)以上: behind the bracket it holds for both
            tail = self.after.match(text, share.end())
            if tail:
                return Found(self.after_bound[tail.group()], "after_bracket", begin, end)
        if apart := self.apart.search(text, max(left, start - REACH), start):
            return Found(self.apart_bound[apart.group(1)], "apart", begin, end)
        return Found(bound, "before", begin, end)

    def _before(self, text: str, left: int, start: int, number: str) -> tuple[int, Bound | None]:
        for length in range(min(self.longest, start - left), 0, -1):
            word = text[start - length : start]
            if (bound := self.before.get(word)) is None:
                continue
            if text[start - length - 1 : start - length] in self.not_after.get(word, "\0") and start > length:
                continue
            if word == "上" and number[0] not in "百千万亿":
                continue
            if word == "过" and not text.startswith("成", start + len(number)):
                continue  # 过六成; 有过3家 is no bound
            return start - length, bound
        if text[start - 1 : start] == "好" and number[0] == "几":
            return start - 1, "approx"
        return start, None


_BRACKETED = re.compile(r"(?:[(（][0-9.]{1,6}[%％])?[)）](?=[^0-9])")


def load_bounds(rules: str | None = None) -> Bounds:
    """Read the table of bound words."""
    data = read_toml(PACKAGE, "bounds.toml", rules)
    before, after, apart = (
        {word: bound for bound, words in data[name].items() for word in words} for name in ("before", "after", "apart")
    )
    return Bounds(
        before=before,
        longest=max(map(len, before)),
        after=re.compile(r"\s?" + either(after, data["not_before"])),
        after_bound=after,
        apart=re.compile(rf"({either(apart)})(?!的)[^，。；、：,;:0-9]{{1,{REACH}}}\Z"),
        apart_bound=apart,
        not_after=data["not_after"],
    )
