"""Programmes: named initiatives, mechanisms and methods. GUIDE §5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractors.either import either
from extractors.names.page import QUOTES, Page, Runs, overlaps, provenance, quoted
from models.name import Programme
from models.span import Confidence, Range

DIGIT = "[0-9一二三四五六七八九十百千万两双]"
NUMERALS = "0123456789一二三四五六七八九十百千万"
COUNTED = re.compile(
    rf"(?:{DIGIT}+[\u4e00-\u9fff]{{1,3}}){{2,}}|{DIGIT}+个{DIGIT}+|[0-9]{{3,}}|[0-9+]*\+[0-9+]+|百千万"
)
"""四议两公开, 三会一课, 6师1库, 四个一, 1567, 百千万: numbers inside that make a name of a run."""

COUNTED_HEAD = re.compile(rf"[\u4e00-\u9fff]{{0,3}}{DIGIT}+[个大项条件步型][\u4e00-\u9fff]{{1,5}}")
"""开门三件事, 九型模式, 八个行动: a count of steps used as the name of all of them."""

FORMULA = re.compile(r"[^+＋，。；“”]+(?:[+＋][^+＋，。；“”]*)+")
YEARS_PLAN = re.compile(rf"{DIGIT}+年(?:行动|提升|攻坚)?(?:行动|计划|规划|行动计划|行动方案|攻坚)")
CHINESE = "[\u4e00-\u9fffA-Za-z0-9+＋·-]"
STOPS = "(?:等(?!级)|[的了着暨将把被由与和及并从到在使让向对为是有以,，、。；：“”])"


class Reading(NamedTuple):
    """One run read as a name, and by which rule."""

    start: int
    end: int
    rule: str
    confidence: Confidence = "high"
    reason: str | None = None
    optional: bool = False


class ProgrammeReader:
    """Reads programmes with the rules of `programmes.toml`."""

    def __init__(self, rules: dict[str, Any]) -> None:
        tail, inner, verbs, as_ = rules["tail"], rules["inner"], rules["verbs"], rules["as"]
        close = set(tail["close"]) | set(tail["borderline"])
        far = either(word for word in tail["types"] if word not in close)
        near = either(close)
        words = either([*verbs["strong"], *rules["unquoted"]["verbs"], "进行", "加强", "提升", "不断", "深入", "积极"])
        modifier = f"(?:(?!{words}|{STOPS}){CHINESE}){{0,14}}?"
        self._tail = re.compile(
            f"(?:的)?(?![跑抓讲干争做搞拉找引去来谈看])(?:{modifier}{far}|{either(tail['bridges'])}{{0,3}}{near})(?:{far})?(?![师款量化])"
        )
        self._acts = tuple(tail["acts"])
        self._manners = tuple(tail["manners"])
        self._borderline = tuple(tail["borderline"])
        self._inner = re.compile(f".*{either(inner['types'])}")
        self._inner_weak = re.compile(f".+{either(inner['weak'])}")
        self._figurative = re.compile(f"{either(inner['figurative'])}了?$")
        self._turned = re.compile(f"{either(inner['turned'])}了?$")
        self._subject = re.compile(f"{either(verbs['subjects'])}$")
        self._least = int(inner["least"])
        self._short = tuple(inner["short"])
        fillers = either(verbs["fillers"])
        self._strong = re.compile(f"{either(verbs['strong'])}{fillers}?{fillers}?$")
        self._weak = re.compile(f"{either(verbs['weak'])}{fillers}?{fillers}?$")
        self._as = re.compile(f"{either(as_['after'])}[^。；，,]{{0,20}}?{either(as_['heads'])}")
        self._closer = re.compile(
            f"等?(?:[0-9一二三四五六七八九十多各几]*[种项个大类条])?(?:{CHINESE}){{0,4}}?{either(rules['list']['closers'])}"
        )
        self._driver = re.compile(f"{either(rules['list']['drivers'])}(?=[、,，。；等])")
        self._launched = re.compile(either(rules["launched"]["words"]))
        no = rules["not"]
        self._never = frozenset(no["words"])
        self._figure = re.compile(f".*{either(no['endings'])}")
        self._figure_short = tuple(no["short_endings"])
        self._clause = re.compile(either(no["starts"]))
        free = rules["unquoted"]
        types = either(free["types"])
        free_verbs = either(free["verbs"])
        self._free = re.compile(
            f"{free_verbs}[了起出]?(?P<name>(?P<modifier>(?:(?!{free_verbs}|{types}|{STOPS}){CHINESE}){{2,20}})"
            f"(?P<type>{types}(?:{types})?))(?![{free['not_after']}])"
        )
        self._generic = re.compile(f"(?:.*)?{either(free['generic'])}")
        self._free_starts = re.compile(either(free["starts"]))
        self._free_least: dict[str, int] = free["least"]
        self._known = re.compile(f"{either(rules['known']['names'])}(?![{rules['known']['not_after']}])")
        duty = rules["duty"]
        self._duty = re.compile(f"(?:河湖|[^\\W{duty['not_before']}])长制(?![{duty['not_after']}])")
        self._prefix = re.compile(
            f"(?:{free_verbs}|{either(verbs['strong'])})(?P<prefix>(?:(?!{STOPS}){CHINESE}){{2,24}})$"
        )

    def read(self, page: Page, taken: Runs) -> list[Programme]:
        """Programmes of the body in order; runs that overlap `taken` (documents, honours) are none."""
        readings: list[Reading] = []
        names: dict[str, bool] = {}
        quotes: list[tuple[str, Range]] = []
        for start, end in page.sentences:
            for inner, reading, run in self._sentence(page.text, start, end):
                if taken.hit(*run):
                    continue
                if inner is not None:
                    quotes.append((inner, run))
                if reading is not None:
                    readings.append(reading)
                    if inner is not None:
                        names[inner] = names.get(inner, True) and reading.optional
        read = Runs((reading.start, reading.end) for reading in readings)
        readings += [
            Reading(*run, rule="later_mention", optional=names[inner])
            for inner, run in quotes
            if inner in names and not read.hit(*run)
        ]
        return _in_order(page.text, readings)

    def _sentence(self, text: str, start: int, end: int) -> Iterator[tuple[str | None, Reading | None, Range]]:
        matches = list(QUOTES.finditer(text, start, end))
        listed = self._listed(text, matches, end)
        covered: list[Range] = []
        for match in matches:
            inner = quoted(match)
            reading = self._quote(text, start, end, match, inner, match.start() in listed)
            run = (reading.start, reading.end) if reading else match.span()
            covered.append(run)
            yield inner, reading, run
        for match in self._free.finditer(text, start, end):
            run = match.span("name")
            if not overlaps(*run, covered) and self._is_name(match["modifier"], match["type"]):
                covered.append(run)
                yield (
                    None,
                    Reading(*run, "unquoted", "medium", "no quotes: a type word after a verb that introduces one"),
                    run,
                )
        for rule, pattern in (("known", self._known), ("duty", self._duty)):
            for match in pattern.finditer(text, start, end):
                if not overlaps(*match.span(), covered):
                    covered.append(match.span())
                    yield None, Reading(*match.span(), rule), match.span()

    def _quote(self, text: str, start: int, end: int, match: re.Match[str], inner: str, listed: bool) -> Reading | None:
        a, b = match.span()
        if inner in self._never:
            return self._never_but(text, start, end, a, b)
        if re.search(r"[。！？!?;；:：]", inner):
            return None
        counted = bool(COUNTED.fullmatch(inner))
        steps = bool(COUNTED_HEAD.fullmatch(inner))
        figure = (
            not counted
            and not steps
            and (
                (len(inner) <= 6 and bool(self._figure.fullmatch(inner)))
                or (len(inner) <= 3 and inner.endswith(self._figure_short))
            )
        )
        typed = bool(self._inner.fullmatch(inner)) and (
            len(inner) >= self._least or inner[0] in NUMERALS or (len(inner) == 3 and inner.endswith(self._short))
        )
        tail = self._tail.match(text, b, end)
        if tail and tail.group().endswith("服务") and inner.endswith(self._manners):
            return None
        if tail and not (figure and tail.group().startswith("的")) and not (typed and tail.group() in self._acts):
            optional = tail.group().endswith(self._borderline)
            subject = self._subject.search(text[max(start, a - 2) : a])
            return Reading(a - 2 if subject else a, tail.end(), "type_word", optional=optional)
        clause = bool(self._clause.match(inner)) or text[a - 1 : a] in (":", "：")
        turned = len(inner) <= 4 and inner[0] not in NUMERALS and bool(self._turned.search(text[max(start, a - 4) : a]))
        if typed and not clause and not turned:
            return self._with_prefix(text, start, a, b, inner)
        if FORMULA.fullmatch(inner) and not clause:
            return Reading(a, b, "formula")
        if self._known.fullmatch(inner):
            return Reading(a, b, "known")
        if figure or clause or len(inner) < 2:
            return None
        before = text[max(start, a - 12) : a]
        if listed:
            return Reading(a, b, "list")
        opens = a == start or text[a - 1] in "，,。；;、的\u3000 \n"
        if opens and len(inner) > 3 and self._launched.match(text, b, end):
            return Reading(a, b, "launched", "medium", "no type word: what follows is said of what was set up")
        if self._thing(inner, before):
            return Reading(a, b, "thing", "medium", "an everyday word for its kind after a verb that sets one up")
        if counted and (self._strong.search(before) or self._weak.search(before)):
            return Reading(a, b, "numbers")
        if len(inner) < 4:
            return None
        if steps and (self._weak.search(before) or self._strong.search(before)):
            return Reading(a, b, "numbers")
        if self._strong.search(before):
            return Reading(a, b, "verb", "medium", "no type word: the verb before it introduces a name")
        if text[a - 1 : a] in ("将", "把", "以") and self._as.match(text, b, end):
            return Reading(a, b, "as", "medium", "no type word: it is taken as a means")
        return None

    def _never_but(self, text: str, start: int, end: int, a: int, b: int) -> Reading | None:
        """“一老一小”关爱服务工程: a word that names nothing opens the name of a campaign all the same, when a verb that
        sets one up stands before it."""
        tail = self._tail.match(text, b, end)
        before = text[max(start, a - 12) : a]
        if tail is None or len(tail.group()) < 4 or not tail.group().endswith(("工程", "行动", "计划")):
            return None
        if not (self._strong.search(before) or self._weak.search(before)):
            return None
        return Reading(a, tail.end(), "type_word", "medium", "the quoted word alone names nothing")

    def _thing(self, inner: str, before: str) -> bool:
        """办起“幸福食堂”, 领到“孝善奖”."""
        if len(inner) < 3 or "的" in inner or not self._inner_weak.fullmatch(inner) or self._figurative.search(before):
            return False
        return bool(self._weak.search(before) or self._strong.search(before))

    def _with_prefix(self, text: str, start: int, a: int, b: int, inner: str) -> Reading:
        """“三年行动计划” alone says nothing: what it is a plan of stands before it and belongs to the name."""
        if YEARS_PLAN.fullmatch(inner) and (prefix := self._prefix.search(text[max(start, a - 40) : a])):
            return Reading(a - len(prefix["prefix"]), b, "years_plan")
        return Reading(a, b, "inner_type_word")

    def _listed(self, text: str, matches: list[re.Match[str]], end: int) -> frozenset[int]:
        """Starts of the quotes that stand in a row which a type word closes, or each with what it does."""
        found: set[int] = set()
        row: list[re.Match[str]] = []
        driven: list[re.Match[str]] = []
        for match in matches:
            if row and text[row[-1].end() : match.start()] not in ("", "、", "和", "与", "及", "以及", ",", "，"):
                row = []
            row.append(match)
            if len(row) > 1 and self._closer.match(text, match.end(), end):
                found.update(one.start() for one in row)
            driver = self._driver.match(text, match.end(), end)
            if driver is None:
                driven = []
                continue
            if driven and match.start() - driven[-1].end() > 12:
                driven = []
            driven.append(match)
            if len(driven) > 2:
                found.update(one.start() for one in driven)
        return frozenset(found)

    def _is_name(self, modifier: str, kind: str) -> bool:
        least = max((value for word, value in self._free_least.items() if kind.endswith(word)), default=4)
        return (
            len(modifier) >= least
            and not self._free_starts.match(modifier)
            and (
                kind.endswith(("工程", "计划", "制度"))
                or not self._generic.fullmatch(modifier)
                or len(modifier) >= least + 2
            )
            and not (len(modifier) <= 6 and self._generic.fullmatch(modifier))
        )


def _in_order(text: str, readings: list[Reading]) -> list[Programme]:
    programmes: list[Programme] = []
    seen: set[str] = set()
    for reading in sorted(readings, key=lambda reading: (reading.start, -reading.end)):
        if programmes and reading.start < programmes[-1].end:
            continue
        run = text[reading.start : reading.end]
        programmes.append(
            Programme(
                start=reading.start,
                end=reading.end,
                text=run,
                optional=reading.optional or run in seen,
                provenance=provenance("programmes", reading.rule, reading.confidence, reading.reason),
            )
        )
        seen.add(run)
    return programmes
