"""Comparisons for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from outputs.bases import Normalised
from outputs.compare import By, Comparison, LeftOut, Observation, Row, other_level
from outputs.compare_files import unique
from outputs.labels import label, plain
from outputs.quotes import one_line, safe
from outputs.side_by_side import SideBySide
from outputs.thresholds import amount

Name = Callable[[str, str], str]


def group_title(code: str, row: Row | Observation, name: Name = label) -> str:
    """What all values of a comparable group are: 村集体收入 · 经营性收入（平均，元，每年，实际）."""
    rates = "、".join(name("rate", rate) for rate in row.rate.split(",") if rate)
    notes = (name("measured", row.kind), row.unit, rates, name("status", row.status), row.threshold)
    named = name("indicator", code)
    thing = "" if row.thing == named or row.kind == "limit" else f" · {row.thing}"
    return f"{named}{thing}（{'，'.join(note for note in notes if note)}）"


def as_table(comparison: Comparison) -> RenderableType:
    """The comparison for the terminal: a table a comparable group, then what is not comparable and why."""
    parts: list[RenderableType] = []
    shown: tuple[str, ...] | None = None
    table = Table()
    for row in comparison.rows:
        if row.group != shown:
            shown = row.group
            table = _table(group_title(comparison.code, row), "地方", "#中位", "#最低–最高", "#次数", "时间")
            parts.append(table)
        _add(table, row.place, plain(row.median), span(row), str(row.observations), _times(row), _words(row))
    if not comparison.rows:
        parts.append(Text("没有可比的数。"))
    return Group(*parts, *_not_compared(comparison.left_out), *_hint(comparison.left_out, comparison.by))


def side_table(found: SideBySide) -> RenderableType:
    """Places side by side for the terminal; quotes are in the CSV, the JSON and on the page."""
    table = Table(title=Text("、".join(safe(place.name) for place in found.places)), title_justify="left")
    table.add_column("指标", overflow="fold")
    for place in found.places:
        table.add_column(Text(safe(place.name)), justify="right", overflow="fold")
    for line in found.lines:
        first = next(cell for cell in line.cells if cell is not None)
        cells = ("–" if cell is None else f"{span(cell)} {cell.unit}\n{_times(cell)}".strip() for cell in line.cells)
        table.add_row(Text(safe(group_title(line.code, first))), *(Text(safe(cell)) for cell in cells))
    parts: list[RenderableType] = [table] if found.lines else [Text("没有可比的数。")]
    parts += [Text(f"{place.name}：库中没有它的数。", style="bold") for place in found.silent]
    for place, lefts in zip(found.places, found.left_out, strict=True):
        parts += _not_compared(lefts, f"{place.name}，未列入比较：")
    return Group(*parts, *_hint([left for lefts in found.left_out for left in lefts]))


def reached_table(found: Sequence[Observation], code: str = "villages_at_income", at: float = 0) -> RenderableType:
    """Who says how many keep a limit, a list a status: aims are no facts. Quote and id stand on lines of their own,
    to be read and copied at any width. `code`, `at`: what was asked for."""
    parts: list[RenderableType] = []
    for status in dict.fromkeys(seen.status for seen in found):
        parts.append(Text(f"达标情况（{label('status', status)}）", style="italic"))
        for seen in found:
            if seen.status == status:
                inside = seen.county if seen.county and seen.county != seen.place else ""
                place, time = f"{inside}{seen.place}" or "（地方不明）", seen.time or "未说"
                head = Text.assemble((safe(place), "bold"), "  ", (safe(amount(seen)), "yellow"))
                head.append(safe(f"  {seen.threshold}（时间：{time}）"))
                parts += [head, _indented(one_line(seen.quote)), _indented(seen.id)]
    if not parts:
        parts.append(Text("没有说到这样的门槛。"))
    if code == "collective_income":  # who asks it for a limit means how many villages reach that
        other = f"anliku compare villages_at_income --threshold {at:.15g}"
        parts.append(Text(f"多少个村达到这样的收入，另是一个指标：{other}", style="dim"))
    return Group(*parts)


def normalised_table(found: Normalised) -> RenderableType:
    """Values per base, each with the base that it was divided by."""
    table = _table(label("per", found.per), "地方", "#折算", "原文", "时间", "基数")
    for one in found.values:
        seen, base = one.observation, one.base
        noted = f"{base.text}{f'（{base.time}）' if base.time else ''}｜{base.quote}"
        value, said = f"{plain(round(one.value, 2))} {seen.unit}", f"{seen.text}（{label('status', seen.status)}）"
        _add(table, seen.place, value, said, seen.time or "", base.text, f"{seen.quote} ÷ {noted}")
    parts: list[RenderableType] = [table] if found.values else [Text("没有可折算的数。")]
    return Group(*parts, *_not_compared(found.left_out), *_hint(found.left_out))


def _table(title: str, *columns: str) -> Table:
    """A table with the quote as its last column; `#` marks numbers."""
    table = Table(title=Text(safe(title)), title_justify="left", expand=True)
    for column in columns:
        table.add_column(column.lstrip("#"), justify="right" if column[0] == "#" else "left", overflow="fold")
    table.add_column("引文", ratio=1, min_width=24, overflow="fold")
    return table


def _add(table: Table, *cells: str) -> None:
    table.add_row(*(Text(safe(cell)) for cell in cells))


def _not_compared(left_out: Sequence[LeftOut], heading: str = "未列入比较：") -> list[RenderableType]:
    """A line a reason, place and sentence, with all its numbers. A sentence is quoted whole once; where others of its
    numbers are left out for another reason, by what stands around them."""
    parts: list[RenderableType] = [Text(safe(heading), style="bold")] if left_out else []
    lines: dict[tuple[str, str, str, str], list[str]] = {}
    for reason, seen in left_out:
        key = (reason, seen.place or seen.title or seen.article_id, seen.article_id, seen.quote)
        lines.setdefault(key, []).append(seen.text)
    quoted = set()
    for (reason, place, article_id, quote), numbers in lines.items():
        shown = around(quote, numbers[0]) if (article_id, quote) in quoted else quote
        quoted.add((article_id, quote))
        parts.append(_indented(one_line(f"{reason}：{place} {'、'.join(numbers)}｜{shown}")))
    return parts


def around(quote: str, number: str, reach: int = 12) -> str:
    """A number with what stands beside it in its sentence; the sentence's beginning where it is not found in that."""
    at = max(0, quote.find(number))
    start, end = max(0, at - reach), min(len(quote), at + len(number) + reach)
    return f"{'…' if start else ''}{quote[start:end]}{'…' if end < len(quote) else ''}"


def _hint(left_out: Sequence[LeftOut], by: By | None = None) -> list[RenderableType]:
    """Where the rest of what is left out is found; `by`: the level compared, where another one may be asked for."""
    if not left_out:
        return []
    other = {
        left.observation.level for left in left_out if by and left.reason == other_level(left.observation.level, by)
    }
    levels = " 或 ".join(f"--by {level}" for level in get_args(By) if level in other)
    return [Text(f"全部写入表格：--csv 表.csv{f'；按所属级别比较：{levels}' if levels else ''}", style="dim")]


def _indented(line: str) -> Padding:
    return Padding(Text(safe(line), overflow="fold"), (0, 0, 0, 4), expand=False)


def span(row: Row) -> str:
    """Lowest to highest, or the one value."""
    return plain(row.low) if row.low == row.high else f"{plain(row.low)}–{plain(row.high)}"


def _times(row: Row) -> str:
    return unique(q.time or "" for q in row.quotes)


def _words(row: Row) -> str:
    return unique(q.quote for q in row.quotes)
