"""One article as a page with its findings in colour.

displaCy's renderers do not fit: `ents` refuses spans that overlap, and here nearly all do (a number in an action in a
measure); `span` wants tokens, and our offsets are characters of the raw page. So the page is made here: no script,
no network, nothing to install; every layer can be switched off.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from models.article import Article
from models.case import CaseRecord
from models.measure import Measure
from models.span import Span
from outputs.doubts import doubts
from outputs.labels import NO_NAMES, Names, label, labels, limit, rates, value, whereabouts
from outputs.outline import outline
from outputs.quotes import link, reading, safe, visible
from outputs.tips import FILLED, LINED, tip


class _Mark(NamedTuple):
    start: int
    end: int
    layer: str
    tip: str
    optional: bool


class _Numbered(NamedTuple):
    start: int
    end: int
    nr: int
    measure: Measure
    category: str


SpanT = TypeVar("SpanT", _Mark, _Numbered, Span)


def html(record: CaseRecord, article: Article, own: Names = NO_NAMES) -> str:
    """A self-contained page: the article with its findings marked, a legend, tables of measures, quantities, places
    and names, and what is in doubt. `own`: names of the codes of a user's own rules."""
    title = safe(record.meta.title or article.file)
    layers = [layer for layer in ("measures", *LINED, *FILLED) if record.layer(layer)]
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # The text comes from anywhere: even if something slipped through, the page may neither run nor load a thing.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{_style(layers)}</style></head><body>",
        f"<header><h1>{escape(title)}</h1>{_head(record, article)}</header>",
        *(f'<input class="toggle" type="checkbox" id="show-{layer}" checked>' for layer in layers),
        f'<nav class="legend">{"".join(_legend(record, layer) for layer in layers)}</nav>',
        f"<article>{''.join(_paragraphs(record, article, own))}</article>",
        _section("举措", _measures(record, own)),
        _section("数量", _quantities(record)),
        _section("地点", _places(record)),
        _section("名称", _names(record)),
        _section("存疑", _list(doubts(record), "doubts")),
        "</body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _style(layers: Iterable[str]) -> str:
    colours = labels()["colour"]
    rules = [files("outputs").joinpath("highlight.css").read_text("utf-8")]
    for layer in layers:
        colour = colours[layer]
        shown = (
            f"background: {colour}" if layer in FILLED
            else f"border-bottom: 2px solid {colour}" if layer in LINED
            else f"border-left-color: {colour}"
        )  # fmt: skip
        # A switched-off layer keeps its text and loses its colour: no script needed.
        off = f"#show-{layer}:not(:checked) ~ "
        rules.append(f".{layer} {{ {shown}; }}")
        rules.append(f"{off}article .{layer} {{ background: none; border-color: transparent; }}")
        rules.append(f'{off}.legend [for="show-{layer}"] {{ opacity: .4; text-decoration: line-through; }}')
    if "measures" in layers:
        rules.append("#show-measures:not(:checked) ~ article .badge { display: none; }")
    return "\n".join(rules)


def _head(record: CaseRecord, article: Article) -> str:
    meta = record.meta
    where = "；".join(f"{j.name}（{whereabouts(j)}）" for j in record.jurisdictions)
    if not where and record.kind != "other":
        where = "未识别出地方"
    facts = [label("kind", record.kind), where, meta.published, meta.outlet, "、".join(meta.authors or ()),
             f"供稿：{meta.contributor}" if meta.contributor else ""]  # fmt: skip
    line = f'<p class="meta">{escape(safe(" · ".join(fact for fact in facts if fact)))}</p>'
    if url := link(article):
        line += f'<p class="meta"><a rel="noreferrer" href="{escape(url)}">原文链接</a></p>'
    return line + f'<p class="meta">{escape(safe(record.source))}</p>'


def _legend(record: CaseRecord, layer: str) -> str:
    name = f'<span class="{layer}">{label("layers", layer)}</span>'
    return f'<label for="show-{layer}">{name} {len(record.layer(layer))}</label>'


def _marks(record: CaseRecord) -> list[_Mark]:
    return sorted(
        _Mark(finding.start, finding.end, layer, tip(layer, finding), finding.optional)
        for layer in (*LINED, *FILLED)
        for finding in record.layer(layer)
    )


class _Sweep(Generic[SpanT]):
    """Spans that touch a range, for ranges that only go forward: a page is walked once, however many spans it has."""

    def __init__(self, spans: Iterable[SpanT]) -> None:
        self._waiting: deque[SpanT] = deque(sorted(spans, key=lambda span: (span.start, span.end)))
        self._active: list[SpanT] = []

    def touching(self, start: int, end: int) -> list[SpanT]:
        while self._waiting and self._waiting[0].start < end:
            self._active.append(self._waiting.popleft())
        self._active = [span for span in self._active if span.end > start]
        return self._active


def _paragraphs(record: CaseRecord, article: Article, own: Names) -> Iterator[str]:
    marks = _Sweep(_marks(record))
    measures = _Sweep([_Numbered(m.start, m.end, nr, m, _category(m, own)) for nr, m in enumerate(record.measures, 1)])
    for start, end, kind in sorted([(*r, "") for r in record.body] + [(*r, "caption") for r in record.captions]):
        held = measures.touching(start, end)
        runs = "".join(_runs(article, start, end, marks.touching(start, end), held))
        name = kind or ("measures" if held else "")
        yield (f'<p class="{name}">' if name else "<p>") + runs + "</p>\n"


def _runs(
    article: Article, start: int, end: int, marks: Sequence[_Mark], measures: Sequence[_Numbered]
) -> Iterator[str]:
    """A block cut at every border of a finding: so findings may overlap as they like."""
    titles = [numbered.measure.title for numbered in measures]
    spans: list[_Mark | _Numbered | Span] = [*marks, *measures, *titles]
    borders = {at for span in spans for at in (span.start, span.end) if start < at < end}
    badges = {numbered.start: _badge(numbered) for numbered in measures}
    active, named = _Sweep(marks), _Sweep(titles)
    for left, right in pairwise(sorted(borders | {start, end})):
        yield badges.get(left, "")
        text = escape(visible(article, left, right))
        if named.touching(left, right):
            text = f'<span class="title">{text}</span>'
        yield _marked(text, active.touching(left, right))


def _badge(numbered: _Numbered) -> str:
    return f'<span class="badge" id="measure-{numbered.nr}">举措 {numbered.nr} · {escape(numbered.category)}</span>'


def _category(measure: Measure, own: Names) -> str:
    return label("measure", measure.category, own) or "未归类"


def _marked(text: str, marks: Sequence[_Mark]) -> str:
    if not marks:
        return text
    inner = sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start, mark.layer))
    filled = [mark.layer for mark in inner if mark.layer in FILLED][:1]
    lined = [mark.layer for mark in inner if mark.layer in LINED][:1]
    optional = ["optional"] if all(mark.optional for mark in marks) else []
    tip = "\n".join(mark.tip for mark in inner)
    return f'<mark class="{" ".join([*filled, *lined, *optional])}" title="{escape(tip)}">{text}</mark>'


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>{content}</section>" if content else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = ["".join(f"<td>{escape(safe(cell))}</td>" for cell in row) for row in rows]
    if not body:
        return ""
    names = "".join(f"<th>{name}</th>" for name in head)
    return f'<div class="wide"><table><tr>{names}</tr>{"".join(f"<tr>{row}</tr>" for row in body)}</table></div>'


def _list(lines: Sequence[str], name: str = "") -> str:
    items = "".join(f"<li>{escape(safe(line))}</li>" for line in lines)
    return f'<ul class="{name}">{items}</ul>' if items else ""


def _measures(record: CaseRecord, own: Names) -> str:
    rows = []
    for nr, (measure, actions, _) in enumerate(outline(record), 1):
        acts = "；".join(reading(action) for action, _ in actions)
        if measure is None:
            rows.append(("", "（不属于任何举措）", "", "", acts))
        else:
            rows.append((str(nr), reading(measure.title), _category(measure, own), measure.section or "", acts))
    return _table(("序号", "举措", "类别", "所在部分", "行动"), rows)


def _quantities(record: CaseRecord) -> str:
    return _table(
        ("数值", "指标", "归类", "口径", "时间", "状态", "门槛", "归属", "原文"),
        (
            (value(q), q.indicator or "", label("indicator", q.code) or "未归类", rates(q.rate), q.time or "",
             label("status", q.status), limit(q.threshold) if q.threshold else "", q.owner or "", reading(q))
            for q in record.quantities
        ),
    )  # fmt: skip


def _places(record: CaseRecord) -> str:
    rows = ((reading(place), label("level", place.level), whereabouts(place)) for place in record.places)
    return _table(("地点", "级别", "归属"), dict.fromkeys(rows))


def _names(record: CaseRecord) -> str:
    rows = []
    for layer in ("programmes", "documents", "persons", "organisations", "honours"):
        names = "、".join(dict.fromkeys(reading(finding) for finding in record.layer(layer)))
        if names:
            rows.append((label("layers", layer), names))
    return _table(("类型", "名称"), rows)
