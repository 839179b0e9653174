"""Comparisons as rows for a file, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from outputs.bases import Normalised
from outputs.compare import Comparison, LeftOut, Observation, Row
from outputs.labels import label, rates
from outputs.side_by_side import SideBySide
from outputs.tables import Cell, Sheet
from outputs.thresholds import amount

_COLUMNS = (
    "可比", "理由", "指标", "事物", "类别", "地方", "代码", "单位", "口径", "状态", "门槛", "次数", "报道数", "中位",
    "最低", "最高", "时间", "引文", "编号",
)  # fmt: skip
_REACHED = ("地方", "级别", "县", "多少", "门槛", "状态", "时间", "原文", "起", "止", "引文", "报道", "编号")
_BASE = ("基数", "基数时间", "基数引文", "基数编号")


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
    per = label("per", found.per)
    columns = ("可比", "理由", "地方", "代码", per, "单位", "口径", "状态", "时间", "原文", "引文", "编号", *_BASE)
    rows: list[tuple[Cell, ...]] = []
    for one in found.values:
        base = (one.base.text, one.base.time, one.base.quote, one.base.id)
        rows.append(("是", "", *_said(one.observation, round(one.value, 2)), *base))
    rows += [("否", left.reason, *_said(left.observation, None), *(None,) * len(_BASE)) for left in found.left_out]
    return Sheet(per, columns, iter(rows))


def _said(seen: Observation, value: float | None) -> tuple[Cell, ...]:
    return (seen.place, seen.adcode, value, seen.unit, rates(seen.rate.split(",")), label("status", seen.status),
            seen.time, seen.text, seen.quote, seen.id)  # fmt: skip


def _line(code: str, r: Row) -> tuple[Cell, ...]:
    return ("是", "", label("indicator", code), r.thing, label("measured", r.kind), r.place, r.adcode, r.unit,
            rates(r.rate.split(",")), label("status", r.status), r.threshold, r.observations, r.articles, r.median,
            r.low, r.high, unique(q.time or "" for q in r.quotes), unique(q.quote for q in r.quotes),
            " ".join(q.id for q in r.quotes))  # fmt: skip


def _left(left: LeftOut) -> tuple[Cell, ...]:
    q = left.observation
    return ("否", left.reason, label("indicator", q.code), q.thing, label("measured", q.kind), q.place, q.adcode,
            q.unit, rates(q.rate.split(",")), label("status", q.status), q.threshold, 1, 1, None, q.low, q.high,
            q.time or "", q.quote, q.id)  # fmt: skip


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


def unique(texts: Iterable[str]) -> str:
    """Each text once, with strokes between."""
    return " / ".join(dict.fromkeys(text for text in texts if text))
