"""Whether a short name (寿光, 合作, 西昌) is a place here. It never is one for being unique in the country alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.places.edges import MARK, NONE, Hints, boundary
from extractors.places.evidence import Anchors
from extractors.places.gazetteer import Gazetteer, Reading
from extractors.places.lexicon import SURNAMES, Lexicon
from extractors.places.mention import Mention

BEFORE = re.compile(
    r"(?:[在到赴去来从往自与和及向由回离驻抵至、是]|位于|来自|前往|走进|走访|考察|学习|借鉴|参观|支援|援助|帮扶|协作|对口|奔赴|返回|家住|籍贯|"
    r"奔向|远赴|分赴|先后赴|深入|联合|邀请|组织|带领)$"
)
AFTER = re.compile(
    r"(?:等地|等县|等市|两地|三地|、|考察|学习|调研|参观|务工|打工|召开|举办|举行|日报|晚报|晨报|电视|新闻|融媒|广播|籍|经验|模式|人[,，。、]|"
    r"县委|市委|区委|县城|市区|城区|全域|各地|境内|当地|农商|大学|学院|师范|一中|中学|高铁|机场|火车站|革命|老区|干部|群众|百姓|市民|农民|乡村|农村)"
)
ROAD = re.compile(r"(?:[东西南北中一二三四]{0,2}(?:路|大街|大道|街(?!道))|路\d|战役|会战|起义|会议精神|事变)")
"""北京路, 南昌起义: a road or an event that a place gave its name to."""


def acceptor(
    text: str, lexicon: Lexicon, gazetteer: Gazetteer, anchors: Anchors, hints: Hints
) -> Callable[[Mention, frozenset[int]], bool]:
    """A judge of short names for one article; its second argument: starts and ends of names accepted already."""
    short = lexicon.short

    def crosses(mention: Mention) -> bool:
        """推|广东|西部, 出海|口: a word runs over an edge of the name."""
        start, end = mention.start, mention.end
        if start > 0 and start not in hints.starts and boundary(text, start, lexicon, frozenset(), hints) < MARK:
            for length in (2, 3):
                for left in range(max(0, start - length + 1), start):
                    if text[left : left + length] in lexicon.before:
                        return True
        if end in hints.ends:
            return False
        loose = boundary(text, start, lexicon, frozenset(), hints) == NONE
        return lexicon.common(text[end - 1 : end + 1]) and (loose or bool(hints.ends))

    def person(mention: Mention, sure: bool) -> bool:
        """书记王吉安: a given name after a surname; or, unless the article is `sure` to mean the place somewhere, a run
        that the tagger takes for a person's name."""
        if not sure and (mention.start in hints.persons or mention.start - 1 in hints.persons):
            return True
        before = text[mention.start - 1 : mention.start]
        return before in SURNAMES and boundary(text, mention.start, lexicon, frozenset(), Hints()) == NONE

    def context(mention: Mention) -> bool:
        return bool(BEFORE.search(text, max(0, mention.start - 6), mention.start)) or bool(
            AFTER.match(text, mention.end)
        )

    def listed(mention: Mention, accepted: frozenset[int]) -> bool:
        return (mention.start - 1 in accepted and text[mention.start - 1] in "、和与及") or (
            mention.end + 1 in accepted and text[mention.end : mention.end + 1] in tuple("、和与及")
        )

    def judge(mention: Mention, accepted: frozenset[int]) -> bool:
        if mention.left is not None and (mention.text not in short.hard or _closed(text, mention)):
            return True
        right = mention.right
        if right is not None and (not right.bare or right.left is mention) and mention.text not in short.hard:
            return right.score >= 1.5
        if mention.text in short.hard and not any(reading.code.endswith("0000") for reading in mention.readings):
            return mention.left is not None and _closed(text, mention)
        if mention.start and text[mention.start - 1] in short.blocked_before.get(mention.text, ""):
            return False
        after = short.blocked_after.get(mention.text)
        if short.landscape.match(text, mention.end) or (after is not None and after.match(text, mention.end)):
            return False
        support = max(anchors.support(reading) for reading in mention.readings)
        beside = listed(mention, accepted)
        if ROAD.match(text, mention.end) or crosses(mention) or person(mention, support >= 5 or beside):
            return False
        highest = min(mention.readings, key=lambda reading: len(gazetteer.divisions[reading.code].parents))
        level = gazetteer.divisions[highest.code].level
        if level == "province":
            return True
        located = mention.start in hints.located
        if level == "prefecture":
            if mention.text not in short.prefectures:
                return True
            if support >= 5 or (support >= 2 and (located or context(mention))) or beside:
                return True
            return mention.text in short.soft_prefectures and located and context(mention)
        if support >= 5:
            return mention.text not in short.counties or located or context(mention) or not lexicon.common(mention.text)
        if beside:
            return True
        if mention.text in short.counties:
            return False
        near = located or context(mention)
        return near and (support >= 3 or (located and context(mention)) or (support >= 2 and located))

    return judge


def sibling_lists(bare: Sequence[Mention], text: str, gazetteer: Gazetteer) -> set[int]:
    """Ids of the short names in a list whose items lie side by side under one prefecture (诸城、寿光、安丘), which
    chance does not bring about. Their readings are cut to those siblings."""
    groups: list[list[Mention]] = []
    for mention in bare:
        if groups and text[groups[-1][-1].end : mention.start] in ("、", "和", "与"):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    found: set[int] = set()
    for group in groups:
        if len(group) < 2 or any(mention.left is not None for mention in group[1:]):
            continue
        shared = set.intersection(*({_parent(r, gazetteer) for r in mention.readings} for mention in group)) - {None}
        if len(shared) != 1 or (len(group) == 2 and len(next(iter(shared)) or "") < 6):
            continue
        (parent,) = shared
        for mention in group:
            mention.readings = tuple(r for r in mention.readings if _parent(r, gazetteer) == parent)
            found.add(id(mention))
    return found


def _parent(reading: Reading, gazetteer: Gazetteer) -> str | None:
    """The prefecture of a county, the province of a prefecture."""
    parents = gazetteer.divisions[reading.code].parents
    return parents[-1] if parents else None


def _closed(text: str, mention: Mention) -> bool:
    """Whether what follows a word-like short name ends it (甘肃合作, …) rather than makes a word of it (合作社)."""
    following = mention.right
    if following is not None and not following.bare:
        return True
    return bool(re.match(r"[,，。、；;:：)）\s”]|$|县|市委|县委|区委|两地|等地", text[mention.end :]))


def one_reading(mention: Mention, anchors: Anchors, gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """Readings of a short name that evidence leaves, the province or prefecture before its own seat."""
    depth = {reading.code: len(gazetteer.divisions[reading.code].parents) for reading in mention.readings}
    support = {reading.code: anchors.support(reading) for reading in mention.readings}
    named = [reading for reading in mention.readings if support[reading.code] == 5]
    if named:
        top = min(depth[reading.code] for reading in named)
        return tuple(reading for reading in named if depth[reading.code] == top)
    provinces = tuple(reading for reading in mention.readings if depth[reading.code] == 0)
    if provinces:
        return provinces
    best = max(support.values())
    kept = (
        [reading for reading in mention.readings if support[reading.code] == best] if best else list(mention.readings)
    )
    prefectures = tuple(r for r in mention.readings if gazetteer.divisions[r.code].level == "prefecture")
    if prefectures and (best < 3 or any(r in kept for r in prefectures)):
        return prefectures
    return tuple(kept)
