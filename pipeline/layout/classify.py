"""The kind of each line."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from models.document import BlockKind
from pipeline.layout.headings import judge_short_lines
from pipeline.layout.inline import dateline
from pipeline.layout.lines import Line
from pipeline.layout.repeats import mark_repeats


class _Rule(NamedTuple):
    id: str
    kind: BlockKind
    pattern: re.Pattern[str]
    longest: int


@cache
def _rules() -> tuple[list[_Rule], list[_Rule]]:
    """Rules that settle a line, in order; and those after which the page is not the article."""
    tables = tomllib.loads(files("pipeline.layout").joinpath("rules.toml").read_text("utf-8"))
    tail = [
        _Rule(f"tail.{id}", "noise", re.compile(rule["pattern"]), rule["longest"])
        for id, rule in tables["tail"].items()
    ]
    kinds: tuple[BlockKind, ...] = ("note", "caption", "byline", "noise")
    lines = [
        _Rule(f"{kind}.{id}", kind, re.compile(rule["pattern"], re.I), rule["longest"])
        for kind in kinds
        for id, rule in tables[kind].items()
    ]
    return lines, tail


def classify(lines: list[Line]) -> None:
    """Settle the kind of every line."""
    for line in lines:
        _by_rule(line)
    _cut_tail(lines)
    _find_body(lines)
    mark_repeats(lines)
    for line in lines:
        if line.kind is None and line.prose:
            line.settle("paragraph", "prose")
    _captions_beside(lines)
    _after_body(lines)
    judge_short_lines(lines)


def _by_rule(line: Line) -> None:
    if line.in_caption:
        line.settle("caption", "figcaption")
        return
    if dateline(line.text) == len(line.text):
        line.settle("dateline", "dateline")
        return
    for rule in _rules()[0]:
        if len(line.text) <= rule.longest and rule.pattern.search(line.text):
            line.settle(rule.kind, rule.id)
            return
    if line.link_share > 0.8 and not line.stops:
        line.settle("noise", "link")


def _cut_tail(lines: list[Line]) -> None:
    """All after 相关新闻 and its like, unless most of the running text is still to come."""
    prose = [len(line.text) if line.kind is None and line.prose else 0 for line in lines]
    total = sum(prose)
    before = 0
    for index, line in enumerate(lines):
        if before * 2 >= total and before and line.kind in (None, "noise"):
            for rule in _rules()[1]:
                if len(line.text) <= rule.longest and rule.pattern.search(line.text):
                    for rest in lines[index:]:
                        rest.settle("noise", rule.id)
                    return
        before += prose[index]


def _find_body(lines: list[Line]) -> None:
    """What stands before the first paragraph: the title, and noise."""
    first = next((i for i, line in enumerate(lines) if line.kind is None and line.prose), None)
    if first is None:
        return
    head = lines[:first]
    byline = next((i for i, line in enumerate(head) if line.kind == "byline"), None)
    dated = next((i for i, line in enumerate(head) if line.kind == "dateline"), len(head))
    free = [i for i, line in enumerate(head[:dated]) if line.kind is None]
    if byline is not None and any(i < byline for i in free):
        title = max(i for i in free if i < byline)
    elif free:
        title = free[0] if len(free) == 1 else max(free, key=lambda i: (len(head[i].text) >= 8, -i))
    else:
        return
    tagged = [i for i in free if head[i].heading_tag == 1]
    if tagged:
        title = tagged[-1]
    head[title].settle("title", "before-body")
    for i in free:
        if i < title:
            head[i].settle("noise", "before-title")
        elif i > title and not (head[i].strong or head[i].heading_tag) and len(head[i].text) < 12:
            head[i].settle("noise", "between-title-and-body")


def _captions_beside(lines: list[Line]) -> None:
    """A line of one sentence that opens like the marked caption beside it is a caption too."""
    for index, line in enumerate(lines):
        if line.kind != "paragraph" or line.stops > 1 or len(line.text) > 90:
            continue
        for other in (index - 1, index + 1):
            if 0 <= other < len(lines) and lines[other].kind == "caption" and lines[other].text[:2] == line.text[:2]:
                line.settle("caption", "beside-caption")
                break


def _after_body(lines: list[Line]) -> None:
    last = max((i for i, line in enumerate(lines) if line.kind == "paragraph"), default=None)
    if last is None:
        return
    for line in lines[last + 1 :]:
        if line.kind is None:
            line.settle("noise", "after-body")
