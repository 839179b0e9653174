"""Comparisons for the terminal and for files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from outputs.bases import Normalised
from outputs.compare import Comparison, LeftOut, Observation, Row
from outputs.labels import label, plain
from outputs.quotes import safe
from outputs.side_by_side import SideBySide
from outputs.tables import Cell, Sheet
from outputs.thresholds import amount

Name = Callable[[str, str], str]

_COLUMNS = ("可比", "理由", "指标", "事物", "类别", "地方", "代码", "单位", "口径", "状态", "门槛", "次数", "报道数", "中位",
            "最低", "最高", "时间", "引文", "编号")  # fmt: skip
_REACHED = ("地方", "级别", "县", "多少", "门槛", "状态", "时间", "原文", "起", "止", "引文", "报道", "编号")


def group_title(code: str, row: Row | Observation, name: Name = label) -> str:
    """What all values of a comparable group are: 村集体收入 · 经营性收入（平均，元，每年，实际）."""
    rates = "、".join(name("rate", rate) for rate in row.rate.split(",") if rate)
    notes = (name("measured", row.kind), row.unit, rates, name("status", row.status), row.threshold)
    named = name("indicator", code)
    thing = "" if row.thing == named or row.kind == "limit" else f" · {row.thing}"
    return f"{named}{thing}（{'，'.join(note for note in notes if note)}）"


def as_sheet(comparison: Comparison) -> Sheet:
    """The comparison as a table for `outputs.export.write_csv` and its like: first the rows (可比: 是), then every
    number that was left out (否), with the reason."""
    cells = [_line(comparison.code, row) for row in comparison.rows]
    return Sheet(label("indicator", comparison.code), _COLUMNS, iter([*cells, *map(_left, comparison.left_out)]))


def side_sheet(found: SideBySide) -> Sheet:
    """Places side by side, a row a place and line, then what was left out."""
    cells = [_line(line.code, row) for line in found.lines for row in line.cells if row is not None]
    cells += [_left(left) for lefts in found.left_out for left in lefts]
    return Sheet("对照", _COLUMNS, iter(cells))


def reached_sheet(found: Sequence[Observation]) -> Sheet:
    """Who says how many keep a limit."""
    rows = (
        (o.place, label("level", o.level), o.county, amount(o), o.threshold, label("status", o.status), o.time, o.text,
         o.start, o.end, o.quote, o.title, o.id) for o in found
    )  # fmt: skip
    return Sheet("达标情况", _REACHED, rows)


def normalised_sheet(found: Normalised) -> Sheet:
    """Values per base with their base, then what was left out."""
    columns = ("可比", "理由", "地方", "代码", f"{label('per', found.per)}", "单位", "口径", "状态", "时间", "原文", "引文", "编号",
               "基数", "基数时间", "基数引文", "基数编号")  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        ("是", "", one.observation.place, one.observation.adcode, round(one.value, 2), one.observation.unit,
         rates(one.observation.rate), label("status", one.observation.status), one.observation.time,
         one.observation.text, one.observation.quote, one.observation.id, one.base.text, one.base.time,
         one.base.quote, one.base.id)
        for one in found.values
    ]  # fmt: skip
    rows += [("否", left.reason, seen.place, seen.adcode, None, seen.unit, rates(seen.rate), label("status", seen.status),
              seen.time, seen.text, seen.quote, seen.id, None, None, None, None)
             for left in found.left_out for seen in [left.observation]]  # fmt: skip
    return Sheet(label("per", found.per), columns, iter(rows))


def _line(code: str, r: Row) -> tuple[Cell, ...]:
    return ("是", "", label("indicator", code), r.thing, label("measured", r.kind), r.place, r.adcode, r.unit,
            rates(r.rate), label("status", r.status), r.threshold, r.observations, r.articles, r.median, r.low, r.high,
            _unique(q.time or "" for q in r.quotes), _unique(q.quote for q in r.quotes),
            " ".join(q.id for q in r.quotes))  # fmt: skip


def _left(left: LeftOut) -> tuple[Cell, ...]:
    q = left.observation
    return ("否", left.reason, label("indicator", q.code), q.thing, label("measured", q.kind), q.place, q.adcode, q.unit,
            rates(q.rate), label("status", q.status), q.threshold, 1, 1, None, q.low, q.high, q.time or "", q.quote,
            q.id)  # fmt: skip


def as_json(comparison: Comparison) -> str:
    """All of it: rows with their quotes, and what is left out with the reason."""
    return _json({"code": comparison.code, "by": comparison.by, "rows": list(map(_row, comparison.rows)),
                  "left_out": list(map(_out, comparison.left_out))})  # fmt: skip


def side_json(found: SideBySide) -> str:
    """Places, lines with a cell a place, and what is left out."""
    lines = [{**line._asdict(), "cells": [cell and _row(cell) for cell in line.cells]} for line in found.lines]
    return _json({"places": [p._asdict() for p in found.places], "silent": [p.name for p in found.silent],
                  "lines": lines, "left_out": [list(map(_out, lefts)) for lefts in found.left_out]})  # fmt: skip


def reached_json(found: Sequence[Observation]) -> str:
    """Who says how many keep a limit."""
    return _json([{**seen._asdict(), "amount": amount(seen)} for seen in found])


def normalised_json(found: Normalised) -> str:
    """Values per base with their base, and what is left out."""
    values = [{"value": one.value, "observation": one.observation._asdict(), "base": one.base._asdict()}
              for one in found.values]  # fmt: skip
    return _json({"per": found.per, "values": values, "left_out": list(map(_out, found.left_out))})


def _row(row: Row) -> dict[str, Any]:
    return {**row._asdict(), "quotes": [seen._asdict() for seen in row.quotes]}


def _out(left: LeftOut) -> dict[str, Any]:
    return {"reason": left.reason, **left.observation._asdict()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


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
    return Group(*parts, *_not_compared(comparison.left_out))


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
    return Group(*parts)


def reached_table(found: Sequence[Observation]) -> RenderableType:
    """Who says how many keep a limit, a table a status: aims are no facts."""
    parts: list[RenderableType] = []
    for status in dict.fromkeys(seen.status for seen in found):
        table = _table(f"达标情况（{label('status', status)}）", "地方", "#多少", "门槛", "时间", "编号")
        for seen in found:
            if seen.status == status:
                _add(
                    table,
                    seen.place or "（地方不明）",
                    amount(seen),
                    seen.threshold,
                    seen.time or "未说",
                    seen.id,
                    seen.quote,
                )
        parts.append(table)
    return Group(*parts) if parts else Text("没有说到这样的门槛。")


def normalised_table(found: Normalised) -> RenderableType:
    """Values per base, each with the base that it was divided by."""
    table = _table(label("per", found.per), "地方", "#折算", "原文", "时间", "基数")
    for one in found.values:
        seen, base = one.observation, one.base
        noted = f"{base.text}{f'（{base.time}）' if base.time else ''}｜{base.quote}"
        _add(table, seen.place, f"{plain(round(one.value, 2))} {seen.unit}", f"{seen.text}（{label('status', seen.status)}）",
             seen.time or "", base.text, f"{seen.quote} ÷ {noted}")  # fmt: skip
    parts: list[RenderableType] = [table] if found.values else [Text("没有可折算的数。")]
    return Group(*parts, *_not_compared(found.left_out))


def _table(title: str, *columns: str) -> Table:
    """A table with the quote as its last column; `#` marks numbers."""
    table = Table(title=Text(safe(title)), title_justify="left", expand=True)
    for column in columns:
        table.add_column(column.lstrip("#"), justify="right" if column[0] == "#" else "left", overflow="fold")
    table.add_column("引文", ratio=1, overflow="fold")
    return table


def _add(table: Table, *cells: str) -> None:
    table.add_row(*(Text(safe(cell)) for cell in cells))


def _not_compared(left_out: Sequence[LeftOut], heading: str = "未列入比较：") -> list[RenderableType]:
    parts: list[RenderableType] = [Text(safe(heading), style="bold")] if left_out else []
    for reason, seen in left_out:
        line = f"  {reason}：{seen.place or seen.title or seen.article_id} {seen.text}｜{seen.quote}"
        parts.append(Text(safe(line).replace("\n", " "), no_wrap=True, overflow="ellipsis"))
    return parts


def span(row: Row) -> str:
    """Lowest to highest, or the one value."""
    return plain(row.low) if row.low == row.high else f"{plain(row.low)}–{plain(row.high)}"


def rates(rate: str) -> str:
    """村均每年 as 每村、每年."""
    return "、".join(label("rate", code) for code in rate.split(",") if code)


def _times(row: Row) -> str:
    return _unique(q.time or "" for q in row.quotes)


def _words(row: Row) -> str:
    return _unique(q.quote for q in row.quotes)


def _unique(texts: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(text for text in texts if text))
