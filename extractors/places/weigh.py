"""The places of an article as a tree, each with the weight that its mentions give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractors.places.evidence import sole
from extractors.places.findings import official_name
from extractors.places.gazetteer import Gazetteer
from extractors.places.matching import find_divisions
from extractors.places.mention import Mention
from extractors.places.read import Scene, Tools
from extractors.places.selfref import SelfReference, self_references
from extractors.places.villages import stem_of
from models.document import Document
from models.place import Level

SMALL = ("村", "社区", "嘎查", "镇", "乡", "街道", "苏木")
LONGEST_CHAIN = 16
"""Characters of the divisions that may stand above a name in a title."""

FAR = 2.0
"""So many times the weight of the place named last, and 全市 means the heaviest all the same."""


@dataclass
class Node:
    """A place, its own weight, and the places below it."""

    key: str
    level: Level
    code: str | None
    path: tuple[str, ...]
    parent: Node | None
    children: dict[str, Node] = field(default_factory=dict)
    own: float = 0.0
    self_weight: float = 0.0
    first: int = 1 << 30
    at: list[tuple[int, float]] = field(default_factory=list)

    @property
    def total(self) -> float:
        """Weight of the place and of all below it."""
        return self.own + sum(child.total for child in self.children.values())

    def offsets(self) -> Iterator[tuple[int, float]]:
        """Where the place, or one below it, is named, with the weights."""
        yield from self.at
        for child in self.children.values():
            yield from child.offsets()

    def add(self, weight: float, at: int) -> None:
        """Note a mention at an offset."""
        self.own += weight
        self.at.append((at, weight))
        node: Node | None = self
        while node is not None:
            node.first = min(node.first, at)
            node = node.parent


@dataclass
class Tree:
    """All places of one article under the nation."""

    gazetteer: Gazetteer
    root: Node = field(default_factory=lambda: Node("", "province", None, ("中国",), None))
    nodes: dict[str, Node] = field(default_factory=dict)
    self_references: int = 0

    def division(self, code: str) -> Node:
        """The node of a division, made with all above it."""
        if code not in self.nodes:
            row = self.gazetteer.divisions[code]
            parent = self.division(row.parents[-1]) if row.parents else self.root
            self.nodes[code] = Node(code, row.level, code, self.gazetteer.path(code), parent)
            parent.children[code] = self.nodes[code]
        return self.nodes[code]

    def place(self, mention: Mention) -> Node | None:
        """The node of a mention; null where it is not known which place it is."""
        if mention.code is not None:
            return self.division(mention.code)
        if not mention.pattern or mention.level is None:
            return None
        key = f"{mention.level}:{stem_of(mention)}"
        if key not in self.nodes:
            parent = self.division(mention.parent) if mention.parent else self.root
            between = (mention.parent_name,) if mention.parent_name else ()
            above = () if parent is self.root else parent.path
            self.nodes[key] = Node(key, mention.level, None, (*above, *between, official_name(mention)), parent)
            parent.children[key] = self.nodes[key]
        node = self.nodes[key]
        if mention.rule == "village" and node.path[-1] != mention.text:
            node.path = (*node.path[:-1], mention.text)
        return node


def weigh(page: Document, scene: Scene, tools: Tools, rules: dict[str, Any]) -> Tree:
    """The tree of an article. `rules`: subject.toml."""
    tree = Tree(tools.gazetteer)
    weights = rules["weight"]
    text = page.normal.text
    body = page.layout.body()
    headings = [(block.start, block.end) for block in body if block.kind == "heading"]
    first = next(((block.start, block.end) for block in body if block.kind == "paragraph"), (0, 0))
    bodies = re.compile(weights["body_names"])
    signatures = [(block.start, block.end) for block in page.layout.blocks if block.rule == "signature"]
    for mention in scene.mentions:
        node = tree.place(mention)
        if node is None:
            continue
        if not mention.shown:
            if mention.right is None and any(start <= mention.start < end for start, end in signatures):
                node.add(float(weights["contributor"]), mention.start)
            continue
        weight = _weight(mention, text, bodies, weights)
        if any(start <= mention.start < end for start, end in headings):
            weight *= weights["heading"]
        if first[0] <= mention.start < first[1]:
            weight += weights["first_paragraph"] * weight
        node.add(weight, mention.start)
    _from_meta(page, tree, tools, weights)
    ranges = [(block.start, block.end) for block in body]
    for reference in self_references(text, ranges, rules["self"]):
        tree.self_references += 1
        target = _meant(reference, tree)
        if target is not None:
            target.add(reference.weight, reference.start)
            target.self_weight += reference.weight
    return tree


def _weight(mention: Mention, text: str, bodies: re.Pattern[str], weights: dict[str, Any]) -> float:
    if mention.right is not None:
        return float(weights["chain_parent"])
    if re.compile(weights["around_words"]).match(text, mention.end):
        return float(weights["around"])
    listed = mention.rule in ("village_list", "town_stem")
    if listed or text[mention.start - 1 : mention.start] == "、" or text[mention.end : mention.end + 1] == "、":
        return float(weights["listed"])
    if bodies.match(text, mention.end):
        return float(weights["body_name"])
    opening = mention
    while opening.left is not None:
        opening = opening.left
    starts_clause = opening.start == 0 or text[opening.start - 1] in "。！？!?，,；;：:\n“《　 "
    return float(weights["mention"] + (weights["clause_start"] if starts_clause else 0.0))


def _from_meta(page: Document, tree: Tree, tools: Tools, weights: dict[str, Any]) -> None:
    """Title, contributor and outlet point at the jurisdiction, the lowest place of each."""
    for name in ("title", "contributor", "outlet"):
        string = getattr(page.meta, name) or ""
        codes = [
            code for mention in find_divisions(string, tools.matcher, tools.gazetteer)
            if (code := sole(mention, tools.gazetteer, tools.lexicon)) is not None
        ]  # fmt: skip
        if name == "title":
            codes += [
                key for key, node in tree.nodes.items() if node.code and len(node.code) == 9 and node.path[-1] in string
            ]
            node = _small_in_title(string, tree)
            if node is not None:
                node.add(_title_weight(string, node.path[-1], weights), 0)
                return
        if codes:
            node = tree.division(max(codes, key=len))
            node.add(_title_weight(string, node.path[-1], weights) if name == "title" else float(weights[name]), 0)


def _title_weight(title: str, name: str, weights: dict[str, Any]) -> float:
    at = title.find(name)
    opens = 0 <= at <= LONGEST_CHAIN and title[at + len(name) : at + len(name) + 1] in (":", "：")
    return float(weights["title_opening" if opens else "title"])


def _small_in_title(title: str, tree: Tree) -> Node | None:
    """The village or zone that the title names first, down its chain: 第八师一四三团, 度假区卧龙山街道."""
    found: dict[int, Node] = {}
    for key, node in tree.nodes.items():
        at = title.find(node.path[-1]) if key.startswith(("village:", "zone:", "township:")) or len(key) == 9 else -1
        if at >= 0 and (at not in found or len(node.path[-1]) > len(found[at].path[-1])):
            found[at] = node
    small = [at for at, node in found.items() if node.key.startswith(("village:", "zone:"))]
    if not small:
        return None
    at = min(small)
    while (after := at + len(found[at].path[-1])) in found:
        at = after
    return found[at]


def _meant(reference: SelfReference, tree: Tree) -> Node | None:
    """The place that a self reference means. 我市 is the heaviest place of its kind in the whole article; 全市, 全村
    the one named last before it, unless another is far heavier."""
    fitting = [node for node in tree.nodes.values() if node.path[-1].endswith(reference.unit)]
    if not fitting:
        return None
    heaviest = max(fitting, key=lambda node: node.total)
    before = [node for node in fitting if node.at and node.first <= reference.start]
    if not before:
        return heaviest if reference.unit not in SMALL else None
    last = max(before, key=lambda node: _last(node, reference.start))
    if reference.unit in SMALL or (reference.text[0] == "全" and heaviest.total < FAR * last.total):
        return last
    return heaviest


def _last(node: Node, before: int) -> int:
    return max((at for at, _ in node.at if at <= before), default=-1)
