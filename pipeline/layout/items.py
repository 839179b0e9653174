"""Numbered items of the body, with nesting: which markers are real, and where each item ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.document import Block, Item
from pipeline.layout.markers import Form, Marker, find_markers

# The usual order of nesting of written markers, from the outside in: 一、 (一) 1. (1) ①. Spoken ones (一是, 首先)
# nest in whatever they stand in.
_DEPTH: dict[Form, int] = {"cn": 0, "paren_cn": 1, "digit": 2, "paren_digit": 3, "circled": 4}
_DEEPEST_HEADING = 6


@dataclass
class _Candidate:
    marker: Marker
    place: int
    """Index into the body."""
    ordinal: int | None
    end: int = 0
    level: int = 0


def items(text: str, blocks: Sequence[Block]) -> tuple[Item, ...]:
    """Items of the body, in order of their markers. One ends where the next of the same or a higher level begins, or
    with its paragraph or section."""
    indices = [index for index, block in enumerate(blocks) if block.kind in ("heading", "paragraph")]
    body = [blocks[index] for index in indices]
    found = _accept(text, body)
    _extend(text, body, found)
    _nest(text, body, found)
    above = _headings(blocks)
    return tuple(
        Item(
            start=item.marker.start,
            end=item.end,
            marker=(item.marker.start, item.marker.end),
            form=item.marker.form,
            ordinal=item.ordinal,
            level=item.level,
            heading=above[indices[item.place]],
        )
        for item in found
    )


def _headings(blocks: Sequence[Block]) -> list[int | None]:
    """For each block the heading above it."""
    above: list[int | None] = []
    last: int | None = None
    for index, block in enumerate(blocks):
        above.append(last)
        if block.kind == "heading":
            last = index
    return above


def _accept(text: str, body: list[Block]) -> list[_Candidate]:
    """Markers that keep the logic of a sequence. At the start of a paragraph each counts, even alone; inside one, a
    marker needs its neighbour: 1 before 2, or 2 after 1."""
    candidates = [
        _Candidate(marker, place, marker.ordinal)
        for place, block in enumerate(body)
        for marker in find_markers(text, block.start, block.end)
    ]
    coming: dict[tuple[Form, int | None], int] = {}
    followed = [False] * len(candidates)
    for index in range(len(candidates) - 1, -1, -1):
        form, ordinal, place = candidates[index].marker.form, candidates[index].ordinal, candidates[index].place
        after = coming.get((form, (ordinal or 0) + 1))
        if form == "ordinal_word" and after is None:
            after = coming.get((form, None))
        reach = 0 if candidates[index].marker.position == "weak" else 6
        followed[index] = after is not None and after - place <= reach
        coming[form, ordinal] = place
    found: list[_Candidate] = []
    last: dict[Form, _Candidate] = {}
    for item, has_next in zip(candidates, followed, strict=True):
        marker = item.marker
        before = last.get(marker.form)
        if body[item.place].kind == "heading" and marker.position != "start":
            continue
        if marker.form == "ordinal_word" and item.ordinal is None:  # 最后 closes a list; alone it is an adverb
            if before is None or before.ordinal is None or item.place - before.place > 6:
                continue
            item.ordinal = before.ordinal + 1
            found.append(item)
            last.pop(marker.form)
            continue
        follows = before is not None and before.ordinal is not None and item.ordinal == before.ordinal + 1
        if marker.position == "start":
            real = marker.form != "ordinal_word" or has_next or follows or (item.ordinal or 0) > 1
        elif marker.position == "strong" and marker.form in ("yishi", "circled", "di"):
            real = True
        elif marker.position == "strong":
            real = has_next or follows
        else:
            real = has_next or (follows and before is not None and before.place == item.place)
        if real:
            found.append(item)
            last[marker.form] = item
    return found


def _extend(text: str, body: list[Block], found: list[_Candidate]) -> None:
    """How far each item reaches by its own sequence: to the next of it, else to the end of its paragraph; that of a
    numbered heading, to the next heading as high."""
    bounds = _bounds(body, found)
    next_same: list[_Candidate | None] = [None] * len(found)
    coming: dict[Form, _Candidate] = {}
    for index in range(len(found) - 1, -1, -1):
        next_same[index] = coming.get(found[index].marker.form)
        coming[found[index].marker.form] = found[index]
    long_siblings: set[int] = set()
    for index, item in enumerate(found):
        block = body[item.place]
        level = (block.level or 1) if block.kind == "heading" else _DEEPEST_HEADING
        bound = bounds[level][item.place]
        sibling = next_same[index]
        if sibling is not None and not _continues(item, sibling):
            sibling = None
        if sibling is not None and sibling.place < bound:
            if sibling.place == item.place:
                item.end = sibling.marker.start
            elif item.marker.position == "start" or block.kind == "heading":
                item.end = body[sibling.place - 1].end if sibling.marker.position == "start" else sibling.marker.start
                if sibling.place > item.place + 1:
                    long_siblings.add(id(sibling))
            else:
                item.end = block.end
        elif block.kind == "heading" or id(item) in long_siblings:
            item.end = body[bound - 1].end
        else:
            item.end = block.end
        if sibling is not None and id(item) in long_siblings:
            long_siblings.add(id(sibling))
        while item.end > item.marker.end and text[item.end - 1].isspace():
            item.end -= 1


def _continues(item: _Candidate, sibling: _Candidate) -> bool:
    if item.ordinal is None or sibling.ordinal is None:
        return item.ordinal is None and sibling.ordinal is None
    return sibling.ordinal == item.ordinal + 1


def _bounds(body: list[Block], found: list[_Candidate]) -> list[list[int]]:
    """`bounds[level][place]`: where the next heading of that level or higher stands after `place`, else the end."""
    size = len(body)
    bounds = [[size] * size for _ in range(_DEEPEST_HEADING + 1)]
    for level in range(_DEEPEST_HEADING + 1):
        following = size
        for place in range(size - 1, -1, -1):
            bounds[level][place] = following
            block = body[place]
            if block.kind == "heading" and (block.level or 1) <= level:
                following = place
    return bounds


def _nest(text: str, body: list[Block], found: list[_Candidate]) -> None:
    """Levels by containment; an item that would cross the end of the one it stands in is cut there."""
    stack: list[_Candidate] = []
    for item in found:
        start = item.marker.start
        while stack and stack[-1].end <= start:
            stack.pop()
        keep = next((i for i, above in enumerate(stack) if _shuts(above.marker.form, item.marker.form)), len(stack))
        end = body[item.place - 1].end if item.marker.position == "start" and item.place else start
        for above in stack[keep:]:
            above.end = max(min(above.end, end), above.marker.end)
            while above.end > above.marker.end and text[above.end - 1].isspace():
                above.end -= 1
        del stack[keep:]
        if stack:
            item.end = min(item.end, stack[-1].end)
        stack.append(item)
        item.level = len(stack)


def _shuts(above: Form, form: Form) -> bool:
    """A marker of the same kind, or a written one from further out, ends the item above."""
    if above == form:
        return True
    return form in _DEPTH and (above not in _DEPTH or _DEPTH[above] > _DEPTH[form]) and above != "quoted_lead"
