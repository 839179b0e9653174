"""Chapters of an article with marked measures: those that mark none off, and those that tell of no measure."""

from __future__ import annotations

from extractors.actions.asides import aside, plan
from extractors.actions.leads import Unit
from models.document import Block, Layout


def unmarked(text: str, layout: Layout, units: list[Unit]) -> list[tuple[list[Block], Unit | None]]:
    """Paragraphs of chapters that hold no marked measure, after the first that does. With them the item that is the
    chapter's own heading: it stands as the measure where no topic is found below it."""
    body = layout.body()
    heads = [index for index, block in enumerate(body) if block.kind == "heading"]
    parents = _parents(layout)
    found: list[tuple[list[Block], Unit | None]] = []
    filled = 0
    for here, after in zip(heads, [*heads[1:], len(body)], strict=False):
        start, end = body[here].start, body[after - 1].end
        inside = [unit for unit in units if start <= unit.start < end]
        own = next((unit for unit in inside if unit.start == start and _level(layout, start) in parents), None)
        paragraphs = [block for block in body[here + 1 : after] if block.kind == "paragraph"]
        if inside and (own is None or len(inside) > 1):
            filled += 1
        elif filled > 1 or (own and filled):
            title = text[body[here].start : body[here].end]
            if paragraphs and not aside(title) and not plan(title):
                found.append((paragraphs, own))
    return found


def _parents(layout: Layout) -> set[int]:
    """Levels at which some item holds others."""
    return {
        item.level
        for item, after in zip(layout.items, layout.items[1:], strict=False)
        if after.start < item.end and after.level > item.level
    }


def _level(layout: Layout, start: int) -> int | None:
    return next((item.level for item in layout.items if item.start == start), None)
