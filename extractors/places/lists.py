"""Coordinated names whose kind only the head at the end tells.

扎笼赵、卖油孙等3个村 (villages), 台头、洛城、古城等镇街 (townships), 赵庄、李屯2位第一书记 (villages, by their people).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from extractors.places.edges import NONE, Hints, boundary, is_han, left_edge
from extractors.places.lexicon import SURNAMES, Lexicon
from extractors.places.mention import Mention

COUNTS = "〇一二三四五六七八九"
NUMBER = r"(?:\d+|[一二两三四五六七八九十百]+)"
ITEMS = r"(?P<items>(?:、(?:(?!等)[一-龥]){2,5}){1,40})"
"""The items after the first, which is read backwards from the first 、: so the search only stops at that mark."""

FIRST = 12
"""Characters before the first 、 in which the first item, and what leads to it, is looked for."""
VILLAGES = re.compile(
    ITEMS + rf"(?:等(?:{NUMBER}|多|几)(?:余|多)?个?|{NUMBER}个|等|(?P<count>[两二三四五六七八九]))"
    r"(?:相邻|周边|邻近|毗邻|临近|有[一-龥]{2,8}的)?(?:省级|市级|县级|国家级)?"
    r"(?:行政|自然|贫困|重点|试点|示范|薄弱|脱贫|出列)?(?:村(?![级民里])|村庄|社区|村寨|自然屯|嘎查)"
)  # fmt: skip
SECRETARIES = re.compile(ITEMS + rf"(?:等)?{NUMBER}(?:位|名)[^，。；;,]{{0,14}}?(?:书记|支书|村干部|村主任|村委会主任)")
TOWNSHIPS = re.compile(
    ITEMS + rf"(?:等(?:{NUMBER}|多|几)?(?:余|多)?个?|{NUMBER}个?)(?:重点|试点|山区|沿江|沿海|边境)?"
    r"(?:乡镇|镇街|街镇|镇|乡|街道|片区|乡\(镇\)|镇\(街道\)|乡镇\(街道\)|街道\(镇\)|苏木)"
)
COUNTIES = re.compile(
    ITEMS + rf"(?:等(?:{NUMBER}|多|几)?(?:余|多)?个?|{NUMBER}个?)(?:重点|试点|贫困|脱贫|边境|民族)?"
    r"(?:县|区|旗|州|省|市|县市|县区|市县|区县|省份|省区|县\(市\)|县\(区\)|县\(市、区\)|市州|旗县|地)"
)


class Listed(NamedTuple):
    """One item of a list, and how the list ends."""

    start: int
    end: int
    kind: str
    """`village`, `secretary`, `township`, `county`."""
    group: int
    """Offset of the first 、: items of one list share it."""


def find_lists(text: str, lexicon: Lexicon, places: Set[int], hints: Hints) -> Iterator[Listed]:
    """Items of all lists, in order of their kinds."""
    for kind, pattern in (
        ("village", VILLAGES), ("secretary", SECRETARIES), ("township", TOWNSHIPS), ("county", COUNTIES)
    ):  # fmt: skip
        for match in pattern.finditer(text):
            yield from _items(text, match, kind, lexicon, places, hints)


def _items(
    text: str, match: re.Match[str], kind: str, lexicon: Lexicon, places: Set[int], hints: Hints
) -> Iterator[Listed]:
    opening, end = match.span("items")
    items: list[Listed] = []
    first = _first_item(text, opening, lexicon, places, hints)
    if first is not None and 2 <= opening - first <= 5:
        items.append(Listed(first, opening, kind, opening))
    at = opening + 1
    for item in text[at:end].split("、"):
        items.append(Listed(at, at + len(item), kind, opening))
        at += len(item) + 1
    count = match.groupdict().get("count")
    if count and COUNTS.index(count.replace("两", "二")) != len(items):
        return
    if _are_names(text, items, kind, lexicon, hints):
        yield from items


def _first_item(text: str, opening: int, lexicon: Lexicon, places: Set[int], hints: Hints) -> int | None:
    """Where the first item begins, after whatever leads into the list (某镇扎笼赵、…)."""
    start = opening
    while start > 0 and opening - start < FIRST and is_han(text[start - 1]) and text[start - 1] != "等":
        start -= 1
    inner = [place for place in range(opening - 2, start, -1) if place in places]
    if inner:
        return inner[0]
    edge = left_edge(text, opening, lexicon, places, hints)
    start = edge.start if edge else start
    return None if boundary(text, start, lexicon, places, hints) == NONE else start


def _are_names(text: str, items: list[Listed], kind: str, lexicon: Lexicon, hints: Hints) -> bool:
    """Whether the items can be names of their kind: 种植、养殖等3个村 are words, 张强、李明2位书记 are persons."""
    if not items:
        return False
    runs = [text[item.start : item.end] for item in items]
    if kind in ("township", "county"):
        return True
    if sum(lexicon.common(run) for run in runs) * 2 >= len(runs) or any(
        character in lexicon.never_inside for run in runs for character in run
    ):
        return False
    if kind == "village":
        return True
    endings = lexicon.words["village"]["bare_endings"]
    return any(run[0] not in SURNAMES or run[-1] in endings for run in runs)


def village_mentions(listed: list[Listed], text: str) -> Iterator[Mention]:
    """Villages of lists, without their suffix."""
    for item in listed:
        if item.kind in ("village", "secretary") and text[item.end - 1] not in "村区查":
            yield Mention(item.start, item.end, text[item.start : item.end], "village_list", "village", (), 2.0)
