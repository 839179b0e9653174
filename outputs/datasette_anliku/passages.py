"""An article cut at every border of a finding, so that a page can mark findings which overlap, and lead to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from models.article import Article
from models.case import LAYERS, CaseRecord
from models.measure import Measure
from models.span import Finding
from outputs.library import BY_ID, Library
from outputs.quotes import visible
from outputs.tips import FILLED, LINED, tip

Keys = Mapping[str, Sequence[str]]
"""By layer, the key of each finding of a record in its order: what follows the article in its id, `q62-64`."""


class Piece(NamedTuple):
    """A run of text between two borders."""

    text: str
    start: int
    """Where it begins in the raw text."""
    anchors: tuple[str, ...]
    """Keys of what begins here."""
    keys: str
    """Keys of all that cover it, separated by spaces."""
    target: str | None
    """Key of the value that it leads back to: of the shortest finding."""
    look: str
    tip: str
    badge: tuple[int, str | None] | None
    """Number and category of a measure that begins here."""


class Paragraph(NamedTuple):
    """A block of the body, or a caption."""

    look: str
    pieces: list[Piece]


class _Mark(NamedTuple):
    start: int
    end: int
    layer: str
    key: str
    finding: Finding | None


def keys(library: Library, article_id: str) -> dict[str, list[str]]:
    """The keys of the sentences of an article, and of its findings as they stand after review."""
    cut = len(article_id) + 2
    return {
        layer: [row[0] for row in library.rows(
            f"SELECT substr(id, ?) FROM {layer} WHERE article = {BY_ID} AND {stands} ORDER BY nr", (cut, article_id))]
        for layer, stands in ((*((layer, "replaced = 0") for layer in LAYERS), ("roles", "1")))
    }  # fmt: skip


PENDING = "review"
"""Key of the passage that a reviewer looks at."""


def paragraphs(
    record: CaseRecord, article: Article, own: Keys, pending: tuple[int, int] | None = None
) -> Iterator[Paragraph]:
    """The article as it is read, every finding marked, and the raw run that is under review."""
    blocks = sorted([(*r, "") for r in record.body] + [(*r, "caption") for r in record.captions])
    placed: set[str] = set()
    looked_at = [_Mark(*pending, "pending", PENDING, None)] if pending else []
    marks = sorted([*_marks(record, own), *looked_at], key=lambda mark: (mark.start, mark.end, mark.key))
    for (start, end, kind), held in _touching(blocks, marks):
        inside = any(mark.layer == "measures" for mark in held)
        pieces = list(_pieces(record, article, start, end, held, placed))
        yield Paragraph(kind or ("measures" if inside else ""), pieces)


def _marks(record: CaseRecord, own: Keys) -> Iterator[_Mark]:
    for layer in LAYERS:
        for finding, key in zip(record.layer(layer), own[layer], strict=True):
            yield _Mark(finding.start, finding.end, layer, key, finding)
            if isinstance(finding, Measure):
                yield _Mark(finding.title.start, finding.title.end, "title", key, None)
    for role, key in zip(record.roles, own["roles"], strict=True):
        yield _Mark(role.start, role.end, "roles", key, None)


def _touching(
    ranges: Iterable[tuple[int, int, str]], marks: Sequence[_Mark]
) -> Iterator[tuple[tuple[int, int, str], list[_Mark]]]:
    """Each range with the marks that touch it; both are in order, so each is walked once."""
    active: list[_Mark] = []
    at = 0
    for start, end, kind in ranges:
        while at < len(marks) and marks[at].start < end:
            active.append(marks[at])
            at += 1
        active = [mark for mark in active if mark.end > start]
        yield (start, end, kind), active


def _pieces(
    record: CaseRecord, article: Article, start: int, end: int, marks: Sequence[_Mark], placed: set[str]
) -> Iterator[Piece]:
    """`placed` holds the keys that have their anchor; those of these pieces are added."""
    borders = {at for mark in marks for at in (mark.start, mark.end) if start < at < end}
    runs = [(left, right, "") for left, right in pairwise(sorted(borders | {start, end}))]
    for (left, right, _), covering in _touching(runs, marks):
        ordered = sorted(covering, key=lambda mark: (mark.end - mark.start, mark.start, mark.layer))
        shown = [mark for mark in ordered if mark.finding is not None and mark.layer != "measures"]
        begins = [mark for mark in covering if mark.layer != "title" and mark.key not in placed]
        placed.update(mark.key for mark in begins)
        yield Piece(
            text=visible(article, left, right),
            start=left,
            anchors=tuple(mark.key for mark in begins),
            keys=" ".join(dict.fromkeys(mark.key for mark in ordered)),
            target=shown[0].key if shown else None,
            look=" ".join(_look(ordered, shown)),
            tip="\n".join(tip(mark.layer, mark.finding) for mark in shown if mark.finding),
            badge=next((_badge(record, mark) for mark in begins if mark.layer == "measures"), None),
        )


def _look(ordered: Sequence[_Mark], shown: Sequence[_Mark]) -> Iterator[str]:
    yield from [mark.layer for mark in shown if mark.layer in FILLED][:1]
    yield from [mark.layer for mark in shown if mark.layer in LINED][:1]
    if any(mark.layer == "title" for mark in ordered):
        yield "title"
    if any(mark.layer == "pending" for mark in ordered):
        yield "pending"
    if shown and all(mark.finding and mark.finding.optional for mark in shown):
        yield "optional"


def _badge(record: CaseRecord, mark: _Mark) -> tuple[int, str | None]:
    nr = next(nr for nr, measure in enumerate(record.measures, 1) if measure is mark.finding)
    return nr, record.measures[nr - 1].category
