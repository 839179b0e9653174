"""Tables and views of a library as rows for readers: what leaves the house as CSV, JSONL, XLSX or Parquet."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from models.errors import AnlikuError
from outputs.labels import Names, decided, label, rates
from outputs.library import Library
from outputs.library.content import CONTENT
from outputs.library.layers import LAYERS
from outputs.library.schema import VIEWS
from outputs.own_names import own_names
from outputs.reasons import reason
from outputs.redact import Redactor

Cell = str | int | float | None

TABLES = (*CONTENT, "reviews", "runs")
"""The table `duplicates` goes out as the view 重复报道."""
# Numbers of one file, and text and offsets for machines: they are in the records (`records` as JSONL) and in the
# library itself. `replaced` is
# 0 in all that goes out: findings leave the house as they stand after review.
_LEFT_OUT = {"article", "raw", "body_text", "changes", "body", "captions", "summary", "about", "sections", "replaced"}
YES_NO = {"optional", "relative"}
"""Columns that are 1 or 0."""
LISTS = {"authors": "、", "path": " › ", "categories": "、", "flags": "、", "疑点": "、", "recipients": "、"}
"""Columns that hold a list, and what stands between its items."""
_KEYS = {
    "id", "article_id", "case_id", "action_id", "measure_id", "run_id", "nr", "start", "end", "title_start",
    "title_end", "title_norm", "quote_start", "quote_end", "norm", "extractor", "rule", "rule_version", "optional",
    "media_type", "encoding", "version", "review_id", "supersedes", "编号", "报道编号", "首发编号",
}  # fmt: skip
_NAMED = {"举措矩阵": "举措类别"}
"""Views that hold no text of articles, so that a bare code is all that a reader would have of its column."""
_ORDER = {"articles": ["id"], "cases": ["id"]}
"""Where the primary key is a number of this file."""
_LAYERS = {*(layer.name for layer in LAYERS), "roles"}


class NoSuchTable(AnlikuError):
    """there is no table {name!r}; choose one of {names}"""


class Sheet(NamedTuple):
    """A table to be written: its name, its column names, and its rows as they come."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


def names() -> tuple[str, ...]:
    """All that can be exported, tables before views."""
    return (*TABLES, *VIEWS)


def sheet(library: Library, name: str, *, chinese: bool = False, redactor: Redactor | None = None) -> Sheet:
    """A table or view of the library, its rows in a fixed order. Findings say the title of their article and their
    case. `chinese`: titles and codes as an editor reads them. `redactor` hides the names of persons. NoSuchTable where
    there is none of that name."""
    if name not in names():
        raise NoSuchTable(name=name, names=", ".join(names()))
    own = library.db.table(name).columns if name in TABLES else library.db.view(name).columns
    columns = tuple(column.name for column in own if name not in TABLES or column.name not in _LEFT_OUT)
    rows = _rows(library, name, columns)
    if name in _LAYERS:
        columns = ("article_title", "case_name", "case_county", *columns)
    if redactor is not None:
        rows = redactor.rows(name, columns, rows)
    if not chinese:
        return Sheet(name, columns, rows)
    # What a reader wants first; keys, offsets and rules, by which a row is found again, last.
    order = sorted(range(len(columns)), key=lambda index: columns[index] in _KEYS)
    called = own_names(library)
    shown = [_shown(name, column, called) for column in columns]
    readable = (tuple(shown[index](row[index]) for index in order) for row in rows)
    return Sheet(title(name), tuple(title(name, columns[index]) for index in order), readable)


def with_names(library: Library, table: Sheet) -> Sheet:
    """A view, as `sheet` gives it with its codes, with the names of its categories and their codes in a column behind
    them (举措类别, 举措类别代码); another table as it is."""
    if table.name not in _NAMED:
        return table
    column = _NAMED[table.name]
    at = table.columns.index(column)
    shown = _shown(table.name, column, own_names(library))
    columns = (*table.columns[: at + 1], f"{column}代码", *table.columns[at + 1 :])
    return Sheet(table.name, columns, ((*row[:at], shown(row[at]), *row[at:]) for row in table.rows))


def title(table: str, column: str | None = None) -> str:
    """Chinese title of a table, or of one of its columns. Those of the views are their names."""
    titles = _titles()
    if column is None:
        return titles["tables"].get(table, table)
    return titles["own"].get(f"{table}.{column}", titles["columns"].get(column, column))


def code_group(table: str, column: str) -> str | None:
    """The group of `labels.toml` that names the codes of a column; None where it holds none."""
    named = _titles()["named"]
    return named.get(f"{table}.{column}", named.get(column))


def _rows(library: Library, name: str, columns: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    chosen = ", ".join(f't."{column}"' for column in columns)
    if name in _LAYERS:
        sql = (
            # CROSS JOIN: article by article, so that nothing waits until the whole layer is sorted.
            f"SELECT a.title, c.name, c.county, {chosen} FROM articles a CROSS JOIN {name} t ON t.article = a.article"
            " LEFT JOIN cases c ON c.article = t.article AND c.id = t.case_id"
            f"{' WHERE t.replaced = 0' if name != 'roles' else ''} ORDER BY a.id, t.nr"
        )
    else:
        order = _ORDER.get(name, library.db.table(name).pks) if name in TABLES else columns
        ordered = ", ".join(f't."{column}"' for column in order)
        sql = f'SELECT {chosen} FROM "{name}" t ORDER BY {ordered}'
    return library.rows(sql)


def _shown(table: str, column: str, own: Names) -> Callable[[Cell], Cell]:
    """How a reader sees the cells of a column: codes by name, lists as lists, reasons in Chinese."""
    group = code_group(table, column)

    def shown(cell: Cell) -> Cell:
        if column in YES_NO:
            return "是" if cell else "否"
        if not isinstance(cell, str):
            return cell
        if column in LISTS:
            return LISTS[column].join(label(group, item, own) if group else item for item in json.loads(cell))
        if group == "rate":
            return rates(cell.split(","))
        if group == "decision":
            return decided(cell)
        if column == "reason":
            return reason(cell)
        return label(group, cell, own) if group else cell

    return shown


@cache
def descriptions() -> dict[str, Any]:
    """`descriptions.toml`."""
    return tomllib.loads(files("outputs").joinpath("descriptions.toml").read_text("utf-8"))


@cache
def _titles() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(files("outputs").joinpath("titles.toml").read_text("utf-8"))
    return found
