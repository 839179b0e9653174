"""What the author himself marks off: numbered items, titled paragraphs, headings. Their titles name what follows, so no
action is read in them; the measures are made of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from extractors.actions.asides import aside, plan
from extractors.actions.clauses import QUOTED, Masks, quotes
from extractors.actions.hints import Hints
from models.document import Block, Item, Layout
from models.span import Range

LEAD_LONGEST = 36
"""Characters of a lead (a short first sentence that names its paragraph)."""
TITLE_LONGEST = 45
DENSE = 0.4
"""Share of the paragraphs that open with a lead where leads are titles, and not an author's way to begin."""
TITLE_STOP = re.compile(r"[。！？!?\n;；]|[:：](?!\s*\d)")
COMMA = re.compile(r"[，,]")
STATEMENT = re.compile(
    r"^[为随自在]|[是被]|光靠|仅靠|只靠|离不开|关键|才能|在于|不[能会是仅但只]|没有|没|一定|怎么|如何|什么|越来越|曾经|曾|如今|现在|目前|近年来|去年|今年|当时|说|认为"
    r"|[了也才都更还]|早些年|早年|以前|过去|从前|不[出好下]|同样|成为|变成|更要|还要|也要|走进|来到|有了|有着|位于|地处|拥有|正在|多年|以来|[\d]{3,}"
)
"""A first sentence with one of these tells something; it does not name the paragraph."""
LEAD_OPENS = frozenset({"VERB", "ADV", "ADP", "ADJ"})
LEAD_STOP = re.compile(r"[。：:]")
SHORTEST = 12
"""A lead this short may open with a noun; so may one of two halves, or with a figure of speech in quotes."""
HOMELY_LONGEST = 18
HOMELY_DENSE = 0.75
HOMELY_STOP = re.compile(r"[。！!]")
NO_TITLE = re.compile(
    r"[\d：:？?]|以来|近年|去年|今年|[年月日][，,]|地处|位于|坐落|如今|眼下|目前|现在|记者|走进|来到|介绍|笑着|说道?$"
)
"""A first sentence with one of these sets a scene; no author uses it as a title."""
NAMED = re.compile(r"“[^”]{1,14}”[一-鿿]{0,8}$")
TRAIL = " \t　、，,。；;：:.*_#"


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
    kept = [unit for unit in found if unit is not None and not _aside(text, unit)]
    return sorted(kept, key=lambda unit: (unit.start, -unit.end))


def naming(text: str, layout: Layout, found: list[Unit]) -> Masks:
    """Ranges that only name what follows: headings, titles of units, titles of the items around them."""
    spans = [(block.start, block.end) for block in layout.blocks if block.kind == "heading"]
    spans += [(unit.start, unit.title[1]) for unit in found if _names(text, unit)]
    leaves = {item.start for item in _leaves(layout.items)}
    for item in layout.items:
        if item.start not in leaves:
            spans.append((item.start, _title(text, item, layout)[0][1]))
    merged: list[Range] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return Masks(tuple(start for start, _ in merged), tuple(end for _, end in merged))


def _names(text: str, unit: Unit) -> bool:
    """Whether the title only names what follows. One with a number says itself what was done."""
    return unit.rule != "item_without_title" and not any(char.isdigit() for char in text[unit.title[0] : unit.title[1]])


def _aside(text: str, unit: Unit) -> bool:
    title = text[unit.title[0] : unit.title[1]]
    return aside(title) or plan(title) or (unit.section is not None and aside(unit.section))


def heading_over(layout: Layout, at: int) -> Block | None:
    """The nearest heading that begins at or before `at`."""
    for index in range(bisect_right(layout.blocks, at, key=lambda block: block.start) - 1, -1, -1):
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
    stop = TITLE_STOP.search(text, start, end)
    first = stop.start() if stop else end
    quoted, _ = quotes(text[start:first])
    commas = [hit.start() for hit in COMMA.finditer(text, start, first) if not quoted.covers(hit.start() - start)]
    more = len(text[first:end].strip(TRAIL + "\n")) >= 8
    if more and first - start <= LEAD_LONGEST and len(commas) <= 2 and not (commas and text[first] in ";；"):
        return (start, _strip(text, start, first)), "item"
    if commas and commas[0] - start <= TITLE_LONGEST:
        return (start, _strip(text, start, commas[0])), "item_clause"
    return (start, _strip(text, start, first)), "item_without_title"


def _strip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in TRAIL + "\n":
        end -= 1
    return end


def _section(text: str, layout: Layout, item: Item) -> str | None:
    index = bisect_right(layout.items, item.start, key=lambda other: other.start) - 1
    outer = next((other for other in reversed(layout.items[:index]) if other.level < item.level), None)
    if outer is not None and item.end <= outer.end:
        start, end = _title(text, outer, layout)[0]
        return text[start:end] or None
    lead = _lead_above(text, layout, item.start)
    if item.heading is not None and lead is None:
        block = layout.blocks[item.heading]
        peer = bisect_right(layout.items, block.start, key=lambda other: other.start) - 1
        if peer >= 0 and layout.items[peer].start == block.start and layout.items[peer].level >= item.level:
            return _section(text, layout, layout.items[peer])
        return text[block.start : block.end].strip("#* ") or None
    return lead


def _lead_above(text: str, layout: Layout, at: int) -> str | None:
    """The short first sentence of the nearest paragraph above that holds no item, below the nearest heading."""
    for index in range(bisect_right(layout.blocks, at, key=lambda block: block.end) - 1, -1, -1):
        block = layout.blocks[index]
        if block.kind == "heading":
            return None
        if block.kind != "paragraph" or _items_in(layout, block.start, block.end):
            continue
        stop = TITLE_STOP.search(text, block.start, block.end)
        if stop and stop.start() - block.start <= LEAD_LONGEST and stop.end() < block.end:
            return text[block.start : stop.start()]
    return None


def _titled(text: str, layout: Layout, hints: Hints) -> list[Unit]:
    """Paragraphs that open with a lead, where no items follow below it."""
    body = layout.body()
    leads: list[tuple[int, int]] = []
    heads = [index for index, block in enumerate(body) if block.kind == "heading"]
    first = heads[0] if len(heads) > 1 else 0
    for index, block in enumerate(body):
        if (
            block.kind == "paragraph"
            and index >= first
            and not any(item.start < block.end and block.start < item.end for item in layout.items)
        ):
            end = _lead(text, block, hints)
            if end is not None:
                leads.append((index, end))
    paragraphs = sum(block.kind == "paragraph" and block.end - block.start > LEAD_LONGEST for block in body)
    leads = sorted({**dict(_homely(text, layout, body)), **dict(leads)}.items())
    if len(leads) < 2 or len(leads) < DENSE * paragraphs:
        return []
    found = []
    for (index, end), after in zip(leads, [index for index, _ in leads[1:]] + [len(body)], strict=True):
        block = body[index]
        edge = body[after].start if after < len(body) else body[-1].end
        if _items_in(layout, block.start, edge):
            continue
        head = heading_over(layout, block.start)
        section = text[head.start : head.end].strip("#* ") if head else None
        found.append(Unit(block.start, block.end, (block.start, end), section, None, "titled_paragraph"))
    return found


def _homely(text: str, layout: Layout, body: list[Block]) -> list[tuple[int, int]]:
    """Leads in everyday words (钱怎么用,大家说了算。), which by themselves tell something: titles where nearly every
    paragraph below the headings opens with a short sentence, and two headings have several."""
    leads: list[tuple[int, int]] = []
    paragraphs = several = here = 0
    headed = False
    for index, block in enumerate(body):
        if block.kind == "heading":
            headed, here = True, 0
        elif headed and block.end - block.start > LEAD_LONGEST:
            paragraphs += 1
            stop = HOMELY_STOP.search(text, block.start, block.start + HOMELY_LONGEST + 1)
            if stop is None or text[block.start] in "“在" or _items_in(layout, block.start, block.end):
                continue
            if NO_TITLE.search(text, block.start, stop.start()) is None and block.end - stop.end() >= HOMELY_LONGEST:
                leads.append((index, stop.start()))
                here += 1
                several += here == 2
    return leads if several > 1 and len(leads) > 2 and len(leads) >= HOMELY_DENSE * paragraphs else []


def _items_in(layout: Layout, start: int, end: int) -> bool:
    """Whether an item begins in `[start, end)`, or holds it."""
    index = bisect_right(layout.items, end - 1, key=lambda item: item.start) - 1
    return index >= 0 and (
        layout.items[index].start >= start
        or any(item.end > start for item in layout.items[max(0, index - 8) : index + 1])
    )


def _lead(text: str, block: Block, hints: Hints) -> int | None:
    """End of the lead of a paragraph (before its stop), null where it has none."""
    stop = LEAD_STOP.search(text, block.start, min(block.end, block.start + LEAD_LONGEST + 1))
    if stop is None or block.end - stop.end() < 15:
        return None
    lead = text[block.start : stop.start()]
    if text[stop.start()] in "：:" and text[stop.end() : stop.end() + 1] == "“":
        return None
    if lead.startswith("“"):
        return stop.start() if NAMED.fullmatch(lead) else None
    bare = QUOTED.sub("", lead)
    if len(lead) < 4 or STATEMENT.search(bare) or any(char.isdigit() for char in bare):
        return None
    tokens = range(hints.at(block.start), hints.at(stop.start() - 1) + 1)
    if any(hints.pos[token] in ("PRON", "PROPN") for token in tokens if "“" not in lead):
        return None
    parallel = bool(COMMA.search(lead)) or "“" in lead
    return stop.start() if parallel or hints.part(block.start) in LEAD_OPENS or len(lead) <= SHORTEST else None
