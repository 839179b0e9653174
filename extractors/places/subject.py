"""Whose practice an article is: a case of one locality, a roundup of several, or nobody's.

Each mention weighs on its place and on all places above it. From the nation down the article is about the lowest
place that holds most of the weight. `subject.toml` holds the weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from extractors.places.matching import find_divisions
from extractors.places.read import Scene, Tools
from extractors.places.tour import about_nobody
from extractors.places.weigh import Node, Tree, weigh
from models.document import Block, Document, Kind
from models.place import Jurisdiction
from models.span import Range

WIDE = ("province", "prefecture")
"""Units whose parts may stand side by side without it being their own case. Towns of one county are a county's case."""


class Subject(NamedTuple):
    """Kind of an article and its jurisdictions."""

    kind: Kind
    jurisdictions: tuple[Jurisdiction, ...]


def judge_subject(page: Document, scene: Scene, tools: Tools, rules: dict[str, Any]) -> Subject:
    """What the article is about. `rules`: subject.toml."""
    tree = weigh(page, scene, tools, rules)
    titled = titled_codes(page, tools)
    if about_nobody(page, rules["other"]):
        return Subject("other", ())
    limits = rules["descend"]
    several = re.search(rules["roundup"]["several"], page.meta.title or "") is not None
    stop = tree.root
    while True:
        parts = (
            headed_widely(page, stop, rules["roundup"]["least"])
            or side_by_side(stop, rules, titled, several=several)
            or headed(page, stop)
        )
        if parts and not several and (alone := titled_part(parts, titled)) is not None:
            stop = alone  # 青石县：东西部协作…: the helper's places stand beside it
            continue
        if parts:
            covered, sections = share_of_body(page, tree, parts)
            if covered >= rules["roundup"]["coverage"] and sum(map(bool, sections)) > 1:
                found = tuple(
                    jurisdiction(descend(part, limits), "mentions", section)
                    for part, section in zip(parts, sections, strict=True)
                    if section
                )
                return Subject("roundup", found)
        lower = _holder(stop, limits)
        if lower is None:
            break
        stop = lower
    subject = stop if stop.parent is not None else _strongest(tree.root, limits)
    if subject is None or subject.total < limits["least"]:
        # 我县, 全县 throughout and never a name (or XX县): a locality's practice, of which nothing tells whose.
        return Subject("case" if tree.self_references >= limits["nameless"] else "other", ())
    via = "selfref" if subject.self_weight >= subject.own / 2 else "mentions"
    return Subject("case", (jurisdiction(subject, via, ()),))


def _holder(node: Node, limits: dict[str, float]) -> Node | None:
    """The child that holds most of the weight of `node`; null where none does."""
    best = max(node.children.values(), key=lambda child: child.total, default=None)
    return best if best is not None and best.total >= limits["share"] * node.total else None


def descend(node: Node, limits: dict[str, float]) -> Node:
    """The lowest place below `node` that still holds most of its weight."""
    while (lower := _holder(node, limits)) is not None:
        node = lower
    return node


def side_by_side(node: Node, rules: dict[str, Any], titled: frozenset[str], *, several: bool) -> list[Node]:
    """The parts of `node` in the order of the article, where they and not it are the subject. `titled`: codes of the
    names in the title; `several`: it speaks of several."""
    limits, least = rules["descend"], rules["roundup"]["least"]
    own_least = rules["roundup"]["several_own"] if several else limits["own_least"]
    if node.parent is not None and (node.own >= own_least * node.total or node.level not in WIDE):
        return []
    units = [unit for child in node.children.values() for unit in _units(child, least)]
    ranked = sorted((unit.total for unit in units), reverse=True)
    paired = sum(is_titled(unit, titled) for unit in units) > 1  # 溧阳携手石泉: neither is the other's helper alone
    if not paired and len(ranked) > 1 and ranked[0] >= limits["ahead"] * ranked[1]:
        return []
    # of many side by side each holds less
    share = min(limits["part_least"], limits["part_of_mean"] / max(1, len(units)))
    parts = [unit for unit in units if unit.total >= least and unit.total >= share * node.total]
    return sorted(parts, key=lambda part: part.first) if len(parts) > 1 else []


def titled_codes(page: Document, tools: Tools) -> frozenset[str]:
    """Codes that a name in the title may have, unless it only opens a list (青石县等地)."""
    title = page.meta.title or ""
    return frozenset(
        reading.code
        for mention in find_divisions(title, tools.matcher, tools.gazetteer)
        if not title.startswith("等", mention.end)
        for reading in mention.readings
    )


def is_titled(node: Node, titled: frozenset[str]) -> bool:
    """Whether the title names a place or one within it."""
    return node.key in titled or any(is_titled(child, titled) for child in node.children.values())


def titled_part(parts: Sequence[Node], titled: frozenset[str]) -> Node | None:
    """The one of several parts that the title names, itself or a place within it; null where it names none or more."""
    named = [part for part in parts if is_titled(part, titled)]
    return named[0] if len(named) == 1 else None


def _units(child: Node, least: float) -> list[Node]:
    """The counties of a prefecture that is never named itself, where several have weight; else the child."""
    counties = [county for county in child.children.values() if county.total >= least]
    several = child.level == "prefecture" and not child.own and len(counties) > 1
    return counties if several else [child]


def headed(page: Document, node: Node) -> list[Node]:
    """The parts of a county that all headings but their own are about (青石镇: …), in the order of the article."""
    text = page.normal.text
    headings = [text[block.start : block.end] for block in page.layout.body() if block.kind == "heading"]
    if len(headings) < 2 or node.self_weight > 1.0:
        return []
    parts = [
        child
        for child in node.children.values()
        if any(heading.startswith((f"{child.path[-1]}:", f"{child.path[-1]}：")) for heading in headings)
    ]
    return sorted(parts, key=lambda part: part.first) if len(parts) == len(headings) else []


def headed_widely(page: Document, node: Node, least: float) -> list[Node]:
    """The parts of a province or prefecture, or of the nation, where at least two of them open a heading (湄潭：…) and
    most headings open so."""
    starts = {block.start for block in page.layout.body() if block.kind == "heading"}
    if len(starts) < 2 or node.self_weight > 1.0 or (node.parent is not None and node.level not in WIDE):
        return []
    units = [unit for child in node.children.values() for unit in _units(child, least)]
    opening = [unit for unit in units if any(at in starts for at, _ in unit.offsets())]
    if len(opening) < 2 or 2 * len(opening) < len(starts):
        return []
    return sorted((unit for unit in units if unit.total >= least), key=lambda unit: unit.first)


def _strongest(root: Node, limits: dict[str, float]) -> Node | None:
    """Where no place holds the share at the top: the strongest one, if it is far before the next."""
    ranked = sorted(root.children.values(), key=lambda child: -child.total)
    if not ranked or (len(ranked) > 1 and ranked[0].total < limits["ahead"] * ranked[1].total):
        return None
    return descend(ranked[0], limits)


def share_of_body(page: Document, tree: Tree, parts: Sequence[Node]) -> tuple[float, list[tuple[Range, ...]]]:
    """Share of the body whose blocks name one of the parts, or follow one that does; and each part's own blocks."""
    sections: list[list[Range]] = [[] for _ in parts]
    owner: int | None = None
    covered = total = 0
    blocks: list[Block] = page.layout.body()
    for block in blocks:
        total += block.end - block.start
        here = [
            (sum(weight for at, weight in part.offsets() if block.start <= at < block.end), -index)
            for index, part in enumerate(parts)
        ]
        best = max(here)
        if best[0] > 0:
            owner = -best[1]
            covered += block.end - block.start
        elif owner is not None and block.kind == "heading":
            owner = None
        if owner is not None:
            sections[owner].append((block.start, block.end))
    return (covered / total if total else 0.0), [_joined(each) for each in sections]


def _joined(ranges: list[Range]) -> tuple[Range, ...]:
    """Neighbouring blocks as one range."""
    joined: list[Range] = []
    for start, end in ranges:
        if joined and start - joined[-1][1] <= 3:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def jurisdiction(node: Node, via: str, sections: tuple[Range, ...]) -> Jurisdiction:
    """The record of a place that an article, or a part of it, is about."""
    return Jurisdiction(
        name=node.path[-1], level=node.level, adcode=node.code, path=node.path, via=via, sections=sections
    )
