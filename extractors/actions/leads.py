"""What the author himself marks off: numbered items, titled paragraphs, headings. Their titles name what follows, so no
action is read in them; the measures are made of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from extractors.actions.clauses import Masks, quotes
from extractors.actions.hints import Hints
from models.document import Block, Item, Layout
from models.span import Range

LEAD_LONGEST = 36
"""Characters of a lead (a short first sentence that names its paragraph)."""
TITLE_LONGEST = 45
TITLE_STOP = re.compile(r"[。！？!?\n;；]|[:：](?!\s*\d)")
COMMA = re.compile(r"[，,]")
SPACES = re.compile(r"\s+")
STATEMENT = re.compile(
    r"[是]|离不开|关键|才能|在于|不[能会是仅但只]|没有|没|一定|怎么|如何|什么|越来越|曾经|曾|如今|现在|目前|近年来|去年|今年|当时|说|认为"
    r"|成为|变成|有了|有着|位于|地处|拥有|正在|多年|以来|[\d]{3,}"
)
"""A first sentence with one of these tells something; it does not name the paragraph."""
LEAD_OPENS = frozenset({"VERB", "ADV", "ADP", "ADJ"})
NAMED = re.compile(r"“[^”]{1,14}”[一-鿿]{0,8}$")
TRAIL = " \t　、，,。；;：:."


class Unit(NamedTuple):
    """One thing done as the author marks it. `title` is null where it has none."""

    start: int
    end: int
    title: Range
    section: str | None
    ordinal: int | None
    rule: str


def units(text: str, layout: Layout, hints: Hints) -> list[Unit]:
    """Innermost items and titled paragraphs, in order."""
    found = [_of_item(text, layout, item) for item in _leaves(layout.items)]
    found += _titled(text, layout, hints)
    return sorted((unit for unit in found if unit is not None), key=lambda unit: (unit.start, -unit.end))


def naming(text: str, layout: Layout, found: list[Unit]) -> Masks:
    """Ranges that only name what follows: headings, titles of units, titles of the items around them."""
    spans = [(block.start, block.end) for block in layout.blocks if block.kind == "heading"]
    spans += [unit.title for unit in found if unit.rule != "item_without_title"]
    leaves = {item.start for item in _leaves(layout.items)}
    for item in layout.items:
        if item.start not in leaves:
            spans.append(_title(text, item, layout)[0])
    merged: list[Range] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return Masks(tuple(start for start, _ in merged), tuple(end for _, end in merged))


def heading_over(layout: Layout, at: int) -> Block | None:
    """The nearest heading that begins at or before `at`."""
    starts = [block.start for block in layout.blocks]
    for index in range(bisect_right(starts, at) - 1, -1, -1):
        if layout.blocks[index].kind == "heading":
            return layout.blocks[index]
    return None


def _leaves(items: tuple[Item, ...]) -> list[Item]:
    """Items that hold no other."""
    return [
        item
        for index, item in enumerate(items)
        if not (index + 1 < len(items) and items[index + 1].start < item.end and items[index + 1].level > item.level)
    ]


def _of_item(text: str, layout: Layout, item: Item) -> Unit | None:
    title, rule = _title(text, item, layout)
    if title[1] <= title[0]:
        return None
    return Unit(item.start, item.end, title, _section(text, layout, item), item.ordinal, rule)


def _title(text: str, item: Item, layout: Layout) -> tuple[Range, str]:
    """Title of an item: what stands between its marker and the first stop; a short first sentence with its commas."""
    start, end = (item.marker[1], item.end) if item.form != "quoted_lead" else (item.start, item.end)
    while start < end and text[start] in TRAIL + "\n":
        start += 1
    line = text.find("\n", start, end)
    stop = TITLE_STOP.search(text, start, end)
    first = stop.start() if stop else end
    whole = line < 0 or not text[first:end].strip(TRAIL + "\n")
    quoted, _ = quotes(text[start:first])
    commas = [
        start + hit.start() for hit in COMMA.finditer(text, start, first) if not quoted.covers(hit.start() - start)
    ]
    if stop is not None and quoted.covers(stop.start() - start):
        stop = None
    short = first - start <= LEAD_LONGEST and (len(commas) <= 2)
    rest = len(text[first:end].strip(TRAIL + "\n"))
    if short and rest >= 8 and not (stop is not None and stop.group() in ";；" and commas):
        return (start, _strip(text, start, first)), "item"
    if commas and commas[0] - start <= TITLE_LONGEST:
        return (start, _strip(text, start, commas[0])), "item_clause" if not whole else "item_clause"
    return (start, _strip(text, start, min(first, end))), "item_without_title"


def _strip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in TRAIL + "\n":
        end -= 1
    return end


def _section(text: str, layout: Layout, item: Item) -> str | None:
    outer = None
    for other in layout.items:
        if other.start < item.start and item.end <= other.end and other.level < item.level:
            outer = other
    if outer is not None:
        start, end = _title(text, outer, layout)[0]
        return text[start:end] or None
    lead = _lead_above(text, layout, item.start)
    if item.heading is not None and lead is None:
        block = layout.blocks[item.heading]
        return text[block.start : block.end]
    return lead


def _lead_above(text: str, layout: Layout, at: int) -> str | None:
    """The short first sentence of the nearest paragraph above that holds no item, below the nearest heading."""
    for block in reversed([block for block in layout.body() if block.end <= at]):
        if block.kind == "heading":
            return None
        if any(item.start <= block.start < item.end for item in layout.items):
            continue
        stop = TITLE_STOP.search(text, block.start, block.end)
        if stop and stop.start() - block.start <= LEAD_LONGEST and stop.end() < block.end:
            return text[block.start : stop.start()]
    return None


def _titled(text: str, layout: Layout, hints: Hints) -> list[Unit]:
    """Paragraphs that open with a lead, where no items follow below it."""
    body = layout.body()
    leads: list[tuple[int, int]] = []
    for index, block in enumerate(body):
        if block.kind == "paragraph" and not any(
            item.start < block.end and block.start < item.end for item in layout.items
        ):
            end = _lead(text, block, hints)
            if end is not None:
                leads.append((index, end))
    if len(leads) < 2:
        return []
    found = []
    item_starts = [item.start for item in layout.items]
    for (index, end), after in zip(leads, [index for index, _ in leads[1:]] + [len(body)], strict=True):
        block = body[index]
        edge = body[after].start if after < len(body) else body[-1].end
        if any(block.start < start < edge for start in item_starts):
            continue
        head = heading_over(layout, block.start)
        section = text[head.start : head.end] if head else None
        found.append(Unit(block.start, block.end, (block.start, end), section, None, "titled_paragraph"))
    return found


def _lead(text: str, block: Block, hints: Hints) -> int | None:
    """End of the lead of a paragraph (before its stop), null where it has none."""
    stop = re.compile(r"[。：:]").search(text, block.start, min(block.end, block.start + LEAD_LONGEST + 1))
    if stop is None or block.end - stop.end() < 15:
        return None
    lead = text[block.start : stop.start()]
    if len(lead) < 4 or STATEMENT.search(lead) or "“" in lead[:1] and not NAMED.fullmatch(lead):
        return None
    if stop.group() in "：:" and text[stop.end() : stop.end() + 1] == "“":
        return None
    opens = hints.part(block.start)
    return stop.start() if opens in LEAD_OPENS or lead[:1] == "“" or len(lead) <= 16 else None
