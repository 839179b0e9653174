"""Lines of the clean text, with what the page's own tags say of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from models.document import BlockKind
from models.span import Range
from models.text import NormalText

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|^[ ]{0,3}(#{1,6})[ \t]|(\*{2,3}|__)")
_SENTENCE_END = re.compile(r"[。！？；!?;…][”’」』）)]*")
_GAP = re.compile(r"[ \t]{2,}")
_ENDS = "。！？!?”）)"
# A page in one line is longer than this; a title with a gap in it is not.
_WHOLE_PAGE = 150
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


@dataclass
class Line:
    """One line while its kind is being decided. Frozen `Block`s come of it."""

    start: int
    end: int
    text: str
    strong: bool = False
    """Wholly bold in the page."""
    heading_tag: int | None = None
    """1–6 where the page marks it as a heading."""
    link_share: float = 0.0
    """Share of its characters inside links."""
    after_image: bool = False
    """A picture stands right before it."""
    in_caption: bool = False
    kind: BlockKind | None = None
    rule: str = ""
    level: int | None = None
    stops: int = field(init=False)
    han: int = field(init=False)

    def __post_init__(self) -> None:
        self.stops = len(_SENTENCE_END.findall(self.text))
        self.han = sum(map(len, _HAN.findall(self.text)))

    @property
    def prose(self) -> bool:
        """Running text, to judge by the line alone: sentences, or a long line of clauses."""
        size = len(self.text)
        if self.stops and (self.han >= 8 or (self.han >= 4 and self.text[-1] in "。！？")):
            return True
        return size >= 60 and self.han > size / 2 and self.link_share < 0.5

    def settle(self, kind: BlockKind, rule: str) -> None:
        """Decide its kind."""
        self.kind, self.rule = kind, rule


def split_lines(normal: NormalText) -> list[Line]:
    """Lines that hold more than white space, without white space at their ends."""
    lines = [
        Line(start, end, normal.text[start:end])
        for hit in _LINE.finditer(normal.text)
        for start, end in _split_long(hit.group(), hit.start())
    ]
    marks = _marks(normal)
    if marks is not None:
        _lay_on(lines, marks)
    return lines


def _split_long(text: str, start: int) -> list[Range]:
    """A line that a dump made of a whole page: its indents, now runs of white space, still part the paragraphs, and
    before the first stop the title and the byline."""
    if len(text) < _WHOLE_PAGE or (first := _SENTENCE_END.search(text)) is None:
        return [(start, start + len(text))]
    parts: list[Range] = []
    at = 0
    for gap in _GAP.finditer(text):
        if gap.start() < first.start() or text[gap.start() - 1] in _ENDS:
            parts.append((start + at, start + gap.start()))
            at = gap.end()
    return [*parts, (start + at, start + len(text))]


@dataclass
class _Marks:
    strong: list[Range]
    links: list[Range]
    captions: list[Range]
    headings: list[tuple[int, int, int]]
    images: list[int]


def _marks(normal: NormalText) -> _Marks | None:
    """Where the page's tags, which the normaliser removed, stood in the clean text."""
    tags = [change for change in normal.changes if change.reason == "tag"]
    if not tags:
        return None
    marks = _Marks([], [], [], [], [])
    raw_starts = [run.raw for run in normal.runs]
    opened: dict[str, int] = {}

    def place(raw: int) -> int:
        index = bisect_right(raw_starts, raw) - 1
        if index < 0:
            return 0
        run = normal.runs[index]
        return run.start + min(raw - run.raw if run.step else 1, run.length)

    for change in tags:
        if len(change.old) > 2000:
            continue
        for hit in _TAG.finditer(change.old):
            close, name, hashes, stars = hit.groups()
            at = place(change.start)
            if hashes:
                end = normal.text.find("\n", at)
                marks.headings.append((at, end if end >= 0 else len(normal.text), len(hashes)))
                continue
            if stars:
                name, close = "strong", "/" if "strong" in opened else ""
            name = name.lower()
            if name == "img":
                marks.images.append(at)
            elif name in _TRACKED:
                if not close:
                    opened.setdefault(_TRACKED[name], at)
                elif (begin := opened.pop(_TRACKED[name], None)) is not None and at > begin:
                    kind = _TRACKED[name]
                    if kind == "strong":
                        marks.strong.append((begin, at))
                    elif kind == "link":
                        marks.links.append((begin, at))
                    elif kind == "caption":
                        marks.captions.append((begin, at))
                    else:
                        marks.headings.append((begin, at, int(kind)))
    return marks


_TRACKED = {"strong": "strong", "b": "strong", "a": "link", "figcaption": "caption", "h1": "1", "h2": "2", "h3": "3",
            "h4": "4", "h5": "5", "h6": "6"}  # fmt: skip


def _lay_on(lines: list[Line], marks: _Marks) -> None:
    for line, inside in zip(lines, _inside(lines, marks.strong), strict=True):
        line.strong = inside >= 0.9 * len(line.text.strip("：: "))
    for line, inside in zip(lines, _inside(lines, marks.links), strict=True):
        line.link_share = inside / len(line.text)
    for line, inside in zip(lines, _inside(lines, marks.captions), strict=True):
        line.in_caption = inside > 0.5 * len(line.text)
    for level in range(1, 7):
        spans = [(start, end) for start, end, depth in marks.headings if depth == level]
        if spans:
            for line, inside in zip(lines, _inside(lines, spans), strict=True):
                if inside > 0.8 * len(line.text):
                    line.heading_tag = level
    ends = [line.end for line in lines]
    for image in marks.images:
        index = bisect_right(ends, image)
        if index < len(lines) and image <= lines[index].start:
            lines[index].after_image = True


def _inside(lines: list[Line], spans: list[Range]) -> list[int]:
    """Characters of each line that lie in spans, which are in order."""
    shares = []
    at = 0
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        inside = 0
        index = at
        while index < len(spans) and spans[index][0] < line.end:
            inside += min(spans[index][1], line.end) - max(spans[index][0], line.start)
            index += 1
        shares.append(inside)
    return shares
