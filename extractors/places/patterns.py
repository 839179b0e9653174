"""Names that no table holds, by their form: X村, X社区, X嘎查, X镇, X乡, X街道, X开发区."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from extractors.either import either
from extractors.places.describes import Descriptions, build_descriptions, closed, describes
from extractors.places.edges import MARK, PLACE, Edge, Hints, boundary, is_han, left_edge
from extractors.places.lexicon import SURNAMES, Lexicon
from extractors.places.mention import Mention

ZONE = re.compile(
    r"(?:高新技术产业开发区|高新技术开发区|经济技术开发区|农业高新技术产业示范区|旅游经济开发区|经济开发区|产业开发区|生态旅游度假区|"
    r"旅游度假区|国际旅游度假区|度假区|旅游发展中心|综合保税区|保税港区|保税区|自由贸易试验区|自贸试验区|自贸区|循环经济产业园区|工业园区|"
    r"产业园区|产业集聚区|转型发展示范区|产城融合示范区|一体化示范区|综合实验区|生态实验区|管理区|管委会辖区|合作示范区|合作区|"
    r"高新区|经开区|开发区|农高区|风景名胜区|风景区|新区)(?!域|块|位|间|别|划|分)"
)
"""Functional zones that act as a division; the longest kind first."""

ROAD = re.compile(r"[东西南北中一二三]?(?:路|街|巷|弄|里|大街|大道|新街|老街)")

ZONE_ALONE = ("高新区", "经开区", "开发区", "农高区")
"""Kinds that stand for themselves in a list or chain (龙山镇、高新区); elsewhere they are common nouns."""

DIVISION_ARMY = re.compile(r"第[一二三四五六七八九十]{1,3}师(?!范|傅|资|生|大|专)")
"""新疆生产建设兵团第八师. Looked for only where the article speaks of the Corps."""

REGIMENT = re.compile(r"第?(?:[一二三四五六七八九十〇]{1,4}|[0-9]{1,3})团(?!队|结|体|员|委|长|圆|购|场干|年)(?:场|镇)?")
"""一四三团, a regiment of the Corps, which acts as a township."""


NUMBERED = re.compile("第[一二三四五六七八九十0-9]{1,3}$")

NUMERALS = "两二三四五六七八九十"
"""Before a unit they count it: 台头、纪台三镇."""

OFTEN = 3
"""So many times in one article, and even a dictionary word (感动社区) is a name."""

LONGEST_TOWN = 5
"""Characters before the suffix of a township that the table does not hold; the table has all longer ones."""


CORPS = re.compile(r"兵团|团场|第[一二三四五六七八九十]{1,3}师[一-龥]{0,8}[市团]")
"""What tells that an article speaks of the Corps."""


class Patterns(NamedTuple):
    """Suffix patterns and the word lists that go with them."""

    lexicon: Lexicon
    village: re.Pattern[str]
    township: re.Pattern[str]
    village_generic: frozenset[str]
    village_endings: tuple[str, ...]
    village_sometimes: frozenset[str]
    village_positions: frozenset[str]
    loose_endings: tuple[str, ...]
    community_generic: frozenset[str]
    township_generic: frozenset[str]
    township_endings: tuple[str, ...]
    township_loose: tuple[str, ...]
    describing: Descriptions
    cut: str
    """Characters that never stand right before a suffix of a name."""


def build_patterns(lexicon: Lexicon) -> Patterns:
    """Compile the lists of `words.toml`."""
    village, township = lexicon.words["village"], lexicon.words["township"]
    suffixes = either(suffix for suffix in village["suffixes"] if suffix not in ("村", "屯"))
    return Patterns(
        lexicon,
        re.compile(f"{suffixes}|村(?![{village['not_before']}])|屯(?=村民|党支部|的|[,，。、；;）)]|是|有|位于)"),
        re.compile(f"{either(township['suffixes'])}(?![{township['not_before']}])(?:办事处)?"),
        frozenset(village["generic"]),
        tuple(village["generic_endings"]),
        frozenset(village["sometimes"]),
        frozenset(village["positions"]),
        tuple(village["loose_endings"]),
        frozenset(village["community_generic"]),
        frozenset(township["generic"]),
        tuple(township["generic_endings"]),
        tuple(township["loose_endings"]),
        build_descriptions(lexicon.words),
        "的了是等把被让使和与及或、各全本该每给将",
    )


def find_villages(
    text: str, patterns: Patterns, places: Set[int], bare: Mapping[int, bool], wide: Set[int], hints: Hints
) -> Iterator[Mention]:
    """Villages by suffix. `places`: ends of the divisions found already; `bare`: those of short names, with whether
    all their readings are counties, for they may be the beginning of the village's own name (大竹 of 大竹园村, 丽水 of
    丽水街社区); `wide`: those of provinces and prefectures, after which a word describes (河南省和谐社区)."""
    ends = set(places)
    sure = ends - bare.keys()
    often: Counter[str] | None = None
    for match in patterns.village.finditer(text):
        at = match.start()
        if at == 0 or not is_han(text[at - 1]) or text[at - 1] in patterns.cut:
            continue
        edge = left_edge(text, at, patterns.lexicon, ends, hints)
        if edge is not None and edge.start in bare and _begins_before(text[edge.start : at], bare[edge.start]):
            edge = left_edge(text, at, patterns.lexicon, sure, hints)
        if edge is None or edge.score < 0.5:
            continue
        stem = text[edge.start : at]
        chained = edge.start in ends and edge.start not in wide
        located = edge.start in hints.located
        frequent = False
        if patterns.lexicon.common(stem):
            often = often or _frequencies(text, patterns)
            frequent = often[stem + match[0]] >= OFTEN
        if not _is_village(stem, match[0], patterns, edge, chained, located, frequent):
            continue
        if describes(text, edge.start, at, edge.start in ends, located, patterns.lexicon, patterns.describing):
            continue
        word = stem in patterns.lexicon.nouns and not (chained or located or frequent)
        if word and not closed(text, match.end(), patterns.describing):
            continue
        # What follows is in the village: 独山村陇茗屯.
        ends.add(match.end())
        sure.add(match.end())
        yield Mention(edge.start, match.end(), text[edge.start : match.end()], "village", "village", (), edge.score)


def _frequencies(text: str, patterns: Patterns) -> Counter[str]:
    """How often each run of two to four characters stands before a suffix."""
    matches = [(match.start(), match.end()) for match in patterns.village.finditer(text)]
    return Counter(text[at - length : end] for at, end in matches for length in (2, 3, 4) if at >= length)


def _begins_before(stem: str, county: bool) -> bool:
    """Whether what follows a short name is too little to be a village's name by itself: 园 of 大竹园, 街 of 丽水街."""
    return bool(ROAD.fullmatch(stem)) or (county and len(stem) == 1 and (stem == "古" or stem not in SURNAMES))


def _is_village(
    stem: str, suffix: str, patterns: Patterns, edge: Edge, chained: bool, located: bool, frequent: bool
) -> bool:
    generic = patterns.community_generic if suffix in ("社区", "居委会") else patterns.village_generic
    if stem in generic or (suffix == "新村" and stem in patterns.village_generic):
        return False
    if stem in patterns.village_positions:
        return chained
    if stem in patterns.village_sometimes or stem in patterns.lexicon.before:
        # 壮大村集体, 落实村规: a verb is a village's name only where its township says so.
        named = chained or (located and len(stem) > 1 and suffix == "村")
        return named and (frequent or stem in patterns.village_sometimes)
    if stem.endswith(patterns.village_endings) or "村" in stem[1:]:
        return False
    if stem.endswith(patterns.loose_endings) and not chained:
        return False
    return len(stem) > 1 or chained or edge.score >= MARK - 1.3


def find_townships(text: str, patterns: Patterns, places: Set[int], hints: Hints) -> Iterator[Mention]:
    """Townships by suffix; those of the table are among them and have to be told apart by their offsets."""
    for match in patterns.township.finditer(text):
        at = match.start()
        if at == 0 or not is_han(text[at - 1]) or text[at - 1] in patterns.cut:
            continue
        edge = left_edge(text, at, patterns.lexicon, places, hints)
        if edge is None or edge.score < 1.5:
            continue
        stem = text[edge.start : at]
        if stem in patterns.township_generic or len(stem) < 2:
            continue
        if stem.endswith(patterns.township_endings) or len(stem) > LONGEST_TOWN:
            continue
        if stem.endswith(patterns.township_loose) and edge.start not in places:
            continue
        # The table holds the townships of today: a dictionary word is no further one.
        counted = stem[-1] in NUMERALS and edge.start not in places
        if (
            counted
            or stem in patterns.lexicon.before
            or (describes(text, edge.start, at, edge.start in places, False, patterns.lexicon, patterns.describing))
        ):
            continue
        yield Mention(edge.start, match.end(), text[edge.start : match.end()], "township", "township", (), edge.score)


def find_zones(text: str, patterns: Patterns, divisions: dict[int, Mention], hints: Hints) -> Iterator[Mention]:
    """Functional zones. A short name of a division opens the zone's own name (潍坊高新区), a full one is a name by
    itself (潍坊市 + 高新区). `divisions`: the divisions found already by their end."""
    places = divisions.keys()
    for match in ZONE.finditer(text):
        at = match.start()
        before = divisions.get(at)
        if before is not None:
            start = before.start if before.bare and match[0] != "新区" else at
            if match[0] != "新区" or before.bare:
                yield Mention(start, match.end(), text[start : match.end()], "zone", "zone")
            continue
        edge = left_edge(text, at, patterns.lexicon, places, hints) if at and is_han(text[at - 1]) else None
        if (
            edge is not None
            and edge.score >= 2.2
            and (edge.start in places or not patterns.lexicon.common(text[edge.start : at]))
        ):
            ordinal = NUMBERED.search(text, edge.start, at)
            if ordinal is not None:  # 某某农场第三管理区: the zone is 第三管理区
                yield Mention(
                    ordinal.start(), match.end(), text[ordinal.start() : match.end()], "zone", "zone", (), 2.2
                )
                continue
            stem = text[edge.start : at]
            if len(stem) >= 2 and not stem.endswith(patterns.village_endings) and stem not in patterns.village_generic:
                yield Mention(edge.start, match.end(), text[edge.start : match.end()], "zone", "zone", (), edge.score)
                continue
        listed = boundary(text, at, patterns.lexicon, places, hints) in (MARK, PLACE)
        if match[0] in ZONE_ALONE and listed and _neighbour(text, at, match.end()):
            yield Mention(at, match.end(), match[0], "zone", "zone", (), 1.5)
    for pattern in (DIVISION_ARMY, REGIMENT) if CORPS.search(text) else ():
        for match in pattern.finditer(text):
            yield Mention(match.start(), match.end(), match[0], "zone", "zone", (), 2.0)


def _neighbour(text: str, start: int, end: int) -> bool:
    """Whether 高新区 stands in a list of divisions, or opens a chain."""
    return bool(re.search(r"[县市区乡镇]、$", text[max(0, start - 2) : start])) or bool(
        re.match(r"[一-龥]{2,4}(?:街道|镇|乡|村|社区)", text[end : end + 7])
    )
