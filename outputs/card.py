"""One record as a card in the terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from models.article import Article
from models.case import CaseRecord
from models.measure import Measure
from models.quantity import Quantity
from outputs.article_name import article_name
from outputs.doubts import doubts
from outputs.labels import NO_NAMES, Names, label, limit, rates, value, whereabouts
from outputs.outline import outline
from outputs.quotes import one_line, quotes, reading, safe, visible

_LEAD = 10
"""Characters of the sentence shown before the number, so that the number stays in sight."""


def card(record: CaseRecord, article: Article, own: Names = NO_NAMES) -> RenderableType:
    """A readable card: where, when, who says it; measures with their actions and numbers; all quantities; places and
    names; and what is uncertain, said as such. `own`: names of the codes of a user's own rules."""
    parts: list[RenderableType] = [_head(record, article)]
    for title, part in (
        ("举措", _measures(record, own)),
        ("数量", _quantities(record, article)),
        ("地点", _places(record)),
        ("名称", _names(record)),
        ("存疑", _doubts(record)),
    ):
        if part is not None:
            parts += [Rule(title, align="left", style="dim"), part]
    return Group(*parts)


def card_text(record: CaseRecord, article: Article, width: int = 110) -> str:
    """The card as plain text."""
    out = StringIO()
    Console(file=out, width=width, color_system=None).print(card(record, article))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _head(record: CaseRecord, article: Article) -> RenderableType:
    meta = record.meta
    opening = min(((role.start, role.end) for role in record.roles), default=(0, 0))
    first = visible(article, *opening)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    where = [f"{j.name}  {whereabouts(j)}" for j in record.jurisdictions]
    lines = [
        ("性质", label("kind", record.kind)),
        ("地方", "\n".join(where) or ("未识别出地方" if record.kind != "other" else "")),
        ("日期", meta.published or "未注明"),
        ("来源", meta.outlet or "未注明"),
        ("作者", "、".join(meta.authors or ())),
        ("供稿", meta.contributor or ""),
        ("文件", f"{record.source}  ({record.article_id})"),
    ]
    for name, text in lines:
        if text:
            grid.add_row(name, Text(safe(text)))
    return Panel(grid, title=Text(safe(article_name(meta.title, first)), style="bold"), title_align="left")


def _number(quantity: Quantity) -> str:
    """What is measured, how much, and what has to be known to compare it: 收入 ≥ 100,000 元 (每村, 2023, 目标)."""
    noted = ", ".join(_notes(quantity))
    text = f"{quantity.indicator or label('indicator', quantity.code) or '?'} {value(quantity)}"
    return safe(f"{text} ({noted})" if noted else text)


def _notes(quantity: Quantity) -> list[str]:
    status = "" if quantity.status == "actual" else label("status", quantity.status)
    return [note for note in (rates(quantity.rate), quantity.time or "", status) if note]


def _measures(record: CaseRecord, own: Names) -> RenderableType | None:
    lines: list[Text] = []
    for nr, step in enumerate(outline(record), 1):
        lines.append(_title(nr, step.measure, own) if step.measure else Text("   不属于任何举措的行动", style="dim"))
        for action, numbers in step.actions:
            line = Text("     · " + reading(action), style="dim" if action.optional else "")
            line.append("  " + "; ".join(map(_number, numbers)) if numbers else "", style="yellow")
            lines.append(line)
        numbers = [quantity for quantity in step.quantities if not quantity.optional]
        if numbers:
            lines.append(Text("     数: " + "; ".join(map(_number, numbers)), style="yellow"))
    return Group(*lines) if lines else None


def _title(nr: int, measure: Measure, own: Names) -> Text:
    head = Text(f"{nr:>2} ", style="dim")
    head.append(reading(measure.title), style="bold")
    head.append(f"  〔{label('measure', measure.category, own) or '未归类'}〕", style="cyan")
    if measure.section:
        head.append("  " + one_line(measure.section), style="dim")
    return head


def _quantities(record: CaseRecord, article: Article) -> RenderableType | None:
    if not record.quantities:
        return None
    quote = quotes(article.raw, record)
    table = Table(box=None, header_style="dim", pad_edge=False, expand=True)
    table.add_column("数值", justify="right", no_wrap=True)
    table.add_column("指标", ratio=2, overflow="fold")
    table.add_column("口径 时间 状态", no_wrap=True)
    table.add_column("原文", ratio=3, no_wrap=True, overflow="ellipsis")
    for quantity in record.quantities:
        code = label("indicator", quantity.code) or "未归类"
        indicator = f"{quantity.indicator or '?'} [{code}]"
        if quantity.threshold:
            indicator += f" 门槛: {limit(quantity.threshold)}"
        if quantity.owner:
            indicator += f" · 属 {quantity.owner}"
        cells = (
            value(quantity), indicator, " ".join(_notes(quantity)), _around(article, quote(quantity), quantity),
        )  # fmt: skip
        table.add_row(*(Text(safe(cell)) for cell in cells), style="dim" if quantity.optional else "")
    return table


def _around(article: Article, sentence: tuple[int, int], quantity: Quantity) -> str:
    before = visible(article, sentence[0], quantity.start).replace("\n", " ")
    number = visible(article, quantity.start, quantity.end).replace("\n", " ")
    after = visible(article, quantity.end, sentence[1]).replace("\n", " ")
    cut = before if len(before) <= _LEAD else "…" + before[-_LEAD:]
    return f"{cut}【{number}】{after}"


def _places(record: CaseRecord) -> RenderableType | None:
    seen: dict[tuple[str, str], int] = {}
    for place in record.places:
        key = (f"{reading(place)} ({label('level', place.level)})", whereabouts(place))
        seen[key] = seen.get(key, 0) + 1
    if not seen:
        return None
    table = Table.grid(padding=(0, 2))
    for (name, where), count in seen.items():
        table.add_row(Text(name + (f" ×{count}" if count > 1 else "")), Text(safe(where), style="dim"))
    return table


def _names(record: CaseRecord) -> RenderableType | None:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    roles = {person.norm or person.text: person.role for person in record.persons if person.role}
    for layer in ("programmes", "documents", "persons", "organisations", "honours"):
        names = dict.fromkeys(reading(finding) for finding in record.layer(layer))
        if names:
            shown = [f"{name}（{roles[name]}）" if layer == "persons" and name in roles else name for name in names]
            table.add_row(label("layers", layer), Text(safe("、".join(shown))))
    return table if table.row_count else None


def _doubts(record: CaseRecord) -> RenderableType | None:
    lines = doubts(record, brief=True)
    return Group(*(Text(safe(line), style="red") for line in lines)) if lines else None
