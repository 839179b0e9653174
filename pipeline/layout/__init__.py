"""NormalText to Layout: what is body, its headings, sentences and numbered items."""

from __future__ import annotations

import re

from models.document import Block, Layout
from models.text import NormalText
from pipeline.layout.classify import classify
from pipeline.layout.headings import set_levels
from pipeline.layout.inline import credit, dateline
from pipeline.layout.items import items
from pipeline.layout.lines import Line, split_lines
from pipeline.layout.sentences import sentences

# 01, 02 beside a heading, as accounts set them: an ornament, no numbering of items.
_ORNAMENT = re.compile(r"0\d(?:\s+|[./、]\s*)(?=\S)")

__all__ = ["lay_out"]


def lay_out(normal: NormalText) -> Layout:
    """Blocks, sentences and items of a page."""
    lines = split_lines(normal)
    classify(lines)
    set_levels(lines)
    blocks = _blocks(lines)
    body = [block for block in blocks if block.kind in ("heading", "paragraph")]
    return Layout(blocks=tuple(blocks), sentences=tuple(sentences(normal.text, body)), items=items(normal.text, blocks))


def _blocks(lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    last = max((i for i, line in enumerate(lines) if line.kind == "paragraph"), default=-1)
    for index, line in enumerate(lines):
        start, end = line.start, line.end
        if line.kind == "paragraph":
            opening = dateline(line.text)
            closing = credit(line.text, last=index == last)
            if opening:
                blocks.append(_block(line, start, start + opening, "dateline", "dateline"))
            if closing > opening:
                blocks.append(_block(line, start + opening, start + closing, "paragraph", line.rule))
            if closing < len(line.text):
                blocks.append(_block(line, start + max(opening, closing), end, "byline", "credit"))
        elif line.kind == "heading" and (hit := _ORNAMENT.match(line.text)) is not None:
            blocks.append(_block(line, start, start + hit.end(), "noise", "section-number"))
            blocks.append(_block(line, start + hit.end(), end, "heading", line.rule))
        else:
            blocks.append(_block(line, start, end, line.kind or "noise", line.rule))
    return blocks


def _block(line: Line, start: int, end: int, kind: str, rule: str) -> Block:
    text = line.text[start - line.start : end - line.start]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    return Block.model_validate(
        {"start": start, "end": end, "kind": kind, "level": line.level if kind == "heading" else None, "rule": rule}
    )
