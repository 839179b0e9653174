"""A comparison for the terminal and for a file."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from outputs.compare import Comparison
from outputs.labels import label, plain
from outputs.quotes import safe
from outputs.tables import Sheet

_COLUMNS = ("地方", "代码", "单位", "口径", "状态", "门槛", "次数", "报道数", "中位", "最低", "最高", "时间", "引文")


def as_sheet(comparison: Comparison) -> Sheet:
    """The comparison as a table for `outputs.export.write_csv` and its like; what was left out is not in it."""
    rows = (
        (r.place, r.adcode, r.unit, _rates(r.rate), label("status", r.status), r.threshold, r.observations, r.articles,
         r.median, r.low, r.high, _unique(q.time or "" for q in r.quotes), _unique(q.quote for q in r.quotes))
        for r in comparison.rows
    )  # fmt: skip
    return Sheet(label("indicator", comparison.code), _COLUMNS, iter(rows))


def as_table(comparison: Comparison) -> RenderableType:
    """The comparison for the terminal: a table a comparable group, then what is not comparable and why."""
    parts: list[RenderableType] = []
    shown: tuple[str, ...] | None = None
    table = Table()
    for row in comparison.rows:
        group = (row.unit, row.rate, row.status, row.threshold)
        if group != shown:
            shown = group
            noted = [row.unit, _rates(row.rate), label("status", row.status), row.threshold and f"门槛 {row.threshold}"]
            title = f"{label('indicator', comparison.code)}（{'，'.join(note for note in noted if note)}）"
            table = Table(title=Text(safe(title)), title_justify="left", expand=True)
            for name in ("地方", "中位", "最低–最高", "次数", "时间"):
                table.add_column(
                    name, no_wrap=True, justify="right" if name in ("中位", "最低–最高", "次数") else "left"
                )
            table.add_column("引文", ratio=1)
            parts.append(table)
        span = plain(row.low) if row.low == row.high else f"{plain(row.low)}–{plain(row.high)}"
        times, words = _unique(q.time or "" for q in row.quotes), _unique(q.quote for q in row.quotes)
        cells = (row.place, plain(row.median), span, str(row.observations), times, words)
        table.add_row(*(Text(safe(cell)) for cell in cells))
    if not comparison.rows:
        parts.append(Text("没有可比的数。"))
    if comparison.left_out:
        parts.append(Text("未列入比较：", style="bold"))
        for reason, seen in comparison.left_out:
            line = f"  {reason}：{seen.place or seen.title or seen.article_id} {seen.text}｜{seen.quote}"
            parts.append(Text(safe(line).replace("\n", " "), no_wrap=True, overflow="ellipsis"))
    return Group(*parts)


def _rates(rate: str) -> str:
    return "、".join(label("rate", code) for code in rate.split(",") if code)


def _unique(texts: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(text for text in texts if text))
