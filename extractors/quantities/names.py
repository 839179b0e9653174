"""The noun that a number measures, looked for to its right (81名党员干部) or its left (组建党支部12个)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.quantities.units import PACKAGE, alternatives
from extractors.rules import read_toml

REACH = 40
"""Longest run, in characters, in which a name is looked for."""
LONGEST_NAME = 24
STOPS = "，。；！？：,;!?:\n"
_RIGHT_END = re.compile(rf"[{STOPS}（(]")
_LEFT_END = re.compile(rf"[{STOPS}、）)]")
_SUBJECT = re.compile(r"[的得]")
_QUOTES = re.compile(r"^[”’」』]+|[“‘「『]+$")
_TIME = re.compile(r"(?:[自由从到至截]{0,2}(?:[0-9]{4}年?(?:度|底|末|初)?|[0-9]{1,2}月(?:底|末|份)?|去年|今年|当年|上年|目前)+)$")


@dataclass(frozen=True)
class Names:
    """Compiled word lists of `lexicon.toml`."""

    links: re.Pattern[str]
    verbs: re.Pattern[str]
    short: tuple[str, ...]
    leads: re.Pattern[str]
    predicates: re.Pattern[str]
    dative: frozenset[str]

    def right(self, text: str, start: int, end: int, heads: re.Pattern[str]) -> str | None:
        """The noun that begins at `start`; null where a predicate or nothing begins there. `end`: the sentence's.

        `heads` tells a possessor (200名党员的作用: 党员) from an attribute (12名工作经验丰富的干部: 干部).
        """
        run = text[start : min(end, start + REACH)]
        stop = _RIGHT_END.search(run)
        if stop and stop.group() in "（(" and (inner := re.match(r"[（(][\u4e00-\u9fff、]{1,4}[）)]", run[stop.start() :])):
            later = _RIGHT_END.search(run, stop.start() + inner.end())  # 村（社区）级网格
            run = run[: later.start()] if later else run
        elif stop:
            run = run[: stop.start()]
        run = run.lstrip("的 　")
        head, mark, tail = run.rpartition("的")
        if mark and tail:
            first, _, _ = run.partition("的")
            subject = self._trim(first.partition("、")[0])
            run = subject if subject and heads.search(subject) else tail
        name = self._trim(run.partition("、")[0])
        return name if name and len(name) <= LONGEST_NAME else None

    def _trim(self, run: str) -> str | None:
        """Up to where a predicate begins."""
        if run[:1].isdigit() or self.predicates.match(run):
            return None
        at = 1
        while hit := self.predicates.search(run, at):
            if run[: hit.start()].count("“") > run[: hit.start()].count("”"):
                at = hit.end()
                continue
            run = run[: hit.start()]
            break
        run = _QUOTES.sub("", run).strip(" 　")
        return run or None

    def left(self, text: str, start: int, end: int) -> tuple[str | None, str]:
        """The noun that ends before `end`, looked for from `start` on, and the verb that governs it ("" for none)."""
        start = max(start, end - REACH)
        run = text[start:end]
        stop = None
        for hit in _LEFT_END.finditer(run):
            if not _inside(run, hit.start()):
                stop = hit
        if stop:
            run = run[stop.end() :]
        run = self._unlink(run)
        if not run:
            return None, ""
        verb = ""
        cut = 0
        for hit in self.verbs.finditer(run):
            if len(hit.group()) > 1 or hit.end() == len(run) or hit.group() in "对将把为向使让":
                verb, cut = hit.group(), hit.end()
        name = run[cut:].lstrip("了过着起出到 　")
        possessor = _SUBJECT.split(name)
        name = possessor[-1] or (possessor[-2] if len(possessor) > 1 else "")
        while name and (lead := self.leads.match(name)) and len(name) > lead.end():
            name = name[lead.end() :]
        name = _QUOTES.sub("", name).strip(" 　、")
        if len(name) < 2 or len(name) > LONGEST_NAME:
            name = name if len(name) == 1 and name in "村户人镇乡县" else ""
        return name or None, verb

    def _unlink(self, run: str) -> str:
        """Without the linking words at its right end (达到, 共, 由2016年的)."""
        while run:
            run = run.rstrip(" 　“‘「的了")
            hit = self.links.search(run) or _TIME.search(run)
            if not hit or hit.start() == len(run):
                return run
            run = run[: hit.start()]
        return run


def load_names(rules: str | None = None) -> Names:
    """Compile the word lists, with the user's own laid over them."""
    data = read_toml(PACKAGE, "lexicon.toml", rules)
    links = "|".join(sorted(map(re.escape, data["links"]["words"]), key=len, reverse=True))
    return Names(
        links=re.compile(f"(?:{links})$"),
        verbs=re.compile(alternatives(data["verbs"]["words"])),
        short=tuple(data["verbs"]["short"]),
        leads=re.compile(alternatives(data["leads"]["words"])),
        predicates=re.compile(alternatives(data["predicates"]["words"])),
        dative=frozenset(data["dative"]["words"]),
    )


def _inside(run: str, at: int) -> bool:
    """Whether `at` is inside a bracket that closes in the run: 党委(党总支)68个."""
    return run[at] in "）)" and ("（" in run[:at] or "(" in run[:at]) and at > len(run) - 8
