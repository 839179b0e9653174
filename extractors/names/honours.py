"""Honours: prizes and recognitions won, with year, level and who won them. GUIDE §5."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from extractors.either import either
from extractors.names.page import Page, overlaps, provenance
from models.name import Honour, Organisation, Person
from models.span import Confidence, Range

Level = Literal["national", "province", "prefecture", "county", "township"]
LEVELS: tuple[Level, ...] = ("national", "province", "prefecture", "county", "township")
YEAR = re.compile(r"((?:19|20)\d\d)年(?:度)?")
ITEM = re.compile(
    r"(?:(?:19|20)\d\d年?(?:度)?)?(?:第[一二三四五六七八九十百\d]+[届批次])?"
    r"(?P<name>(?:[\u4e00-\u9fffA-Za-z0-9·—-]{0,16}?“[^“”\n]{2,40}”[\u4e00-\u9fff]{0,8}?(?=[、,，。；;和等荣称]|$)"
    r"|[\u4e00-\u9fffA-Za-z0-9·—（）()-]{3,40}?(?=[、,，。；;！]|等(?:多项|称号|荣誉|奖|\d|国家|省|$)|和(?=全|国|省|市|县|“)|荣誉称号|称号|$)))"
)
CALLED = re.compile(r"[^，,。；;]*?等[^，,。；;、]{0,6}(?:称号|荣誉|奖项|殊荣)")
"""A row that ends so is one of prizes, whatever each of them is called: A、B等荣誉称号."""
JOIN = re.compile("[、和]|以及")


class Award(NamedTuple):
    """A prize in the text; `verb` is where the verb of awarding begins."""

    start: int
    end: int
    verb: int
    rule: str
    confidence: Confidence
    reason: str | None


class HonourReader:
    """Reads honours with the rules of `honours.toml`."""

    def __init__(self, rules: dict[str, Any]) -> None:
        verbs, objects = rules["verbs"], rules["objects"]
        self._verb = re.compile(f"{either([*verbs['strong'], *verbs['weak']])}(?:为|了)?")
        self._weak = tuple(verbs["weak"])
        self._head = re.compile(either(objects["heads"]))
        self._prize = re.compile(f".*{either(objects['prizes'])}”?")
        self._bearer = re.compile(
            f"(?P<name>“[^“”\n]{{2,20}}”|[\u4e00-\u9fff]{{2,14}}?(?:奖|勋章|奖章)){either(objects['bearers'])}"
        )
        self._bearers = re.compile(either(objects["bearers"]))
        self._levels = [(level, re.compile(either(rules["levels"][level]))) for level in LEVELS]

    def find(self, page: Page) -> list[Award]:
        """The prizes of the body, in order."""
        return [award for start, end in page.sentences for award in self._sentence(page.text, start, end)]

    def _sentence(self, text: str, start: int, end: int) -> Iterator[Award]:
        spans: list[Range] = []
        for match in self._bearer.finditer(text, start, end) if self._bearers.search(text, start, end) else ():
            spans.append(match.span("name"))
            yield Award(*match.span("name"), match.end(), "bearer", "high", None)
        for verb in self._verb.finditer(text, start, end):
            at = verb.end()
            called = CALLED.match(text, at, end) is not None
            weak = verb.group().rstrip("为了") in self._weak or verb.group() in self._weak
            while item := ITEM.match(text, at, end):
                run = item.span("name")
                if overlaps(*run, spans) or not (called or self._is_prize(item["name"], weak)):
                    break
                spans.append(run)
                yield Award(
                    *run,
                    verb.start(),
                    "award_verb",
                    "medium" if weak else "high",
                    "the verb is not always one of awarding" if weak else None,
                )
                join = JOIN.match(text, item.end())
                if join is None:
                    break
                at = join.end()

    def _is_prize(self, name: str, weak: bool) -> bool:
        if not self._head.search(name):
            return False
        return (
            not weak
            or "“" in name
            or bool(self._prize.fullmatch(name))
            or any(level.match(name) for _, level in self._levels)
        )

    def read(
        self, page: Page, awards: Sequence[Award], persons: Sequence[Person], organisations: Sequence[Organisation]
    ) -> list[Honour]:
        """The awards with year, level and recipients, once persons and organisations are known."""
        honours = []
        for award in awards:
            start, end = page.sentences[bisect_right(page.sentences, (award.start, len(page.text))) - 1]
            name = page.text[award.start : award.end]
            honours.append(
                Honour(
                    start=award.start,
                    end=award.end,
                    text=name,
                    year=self._year(page.text, start, award),
                    level=self._level(page, award, name),
                    recipients=self._recipients(page, start, end, award, persons, organisations),
                    provenance=provenance("honours", award.rule, award.confidence, award.reason),
                )
            )
        return honours

    def _year(self, text: str, start: int, award: Award) -> str | None:
        before = text[min(award.verb, award.start) : award.start] or text[max(start, award.start - 8) : award.start]
        years = (
            YEAR.findall(before)
            or YEAR.findall(text[start : award.start])
            or YEAR.findall(text[award.start : award.end])
        )
        return years[-1] if years else None

    def _level(self, page: Page, award: Award, name: str) -> Level | None:
        for level, cue in self._levels:
            if cue.search(name):
                return level
        known: dict[str, Level] = {level: level for level in LEVELS}
        for place in page.places_in(award.start, award.end):
            if place[2] in known:
                return known[place[2]]
        giver = page.text[max(0, award.verb - 10) : award.start]
        return next((level for level, cue in self._levels if cue.search(giver)), None)

    def _recipients(
        self,
        page: Page,
        start: int,
        end: int,
        award: Award,
        persons: Sequence[Person],
        organisations: Sequence[Organisation],
    ) -> tuple[str, ...]:
        """Who stands in the clause before the verb: persons, else bodies, else the last place of a chain."""
        if award.rule == "bearer":
            return tuple(person.text for person in persons if award.end <= person.start < end)[:1]
        clause = max((page.text.rfind(mark, start, award.verb) for mark in "。；;，,"), default=start)
        for low in (max(clause + 1, start), start):
            people = [person.text for person in persons if low <= person.start < award.verb]
            bodies = [body.text for body in organisations if low <= body.start and body.end <= award.verb]
            places = page.places_in(low, award.verb)
            last = [
                page.text[a:b]
                for index, (a, b, _) in enumerate(places)
                if index + 1 == len(places) or places[index + 1][0] != b
            ]
            if found := people or bodies or last[-1:]:
                return tuple(dict.fromkeys(found))
        return ()
