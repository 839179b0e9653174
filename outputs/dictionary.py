"""The data dictionary of a library, from its own schema, titles and descriptions: what no hand has to keep in step."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils.db import Table, View

from outputs.labels import labels
from outputs.library import Library
from outputs.library.schema import SCHEMA, VIEWS
from outputs.tables import TABLES, code_group, descriptions, title

_NOT_SHOWN = {"colour", "bound_sign"}
"""Groups of `labels.toml` that are no codes."""


def dictionary(library: Library) -> str:
    """Every table, view and column with its Chinese title, type, where it leads, its unit or convention, and all codes
    with their names, as Markdown. `library` may be empty: only its schema is read."""
    parts = [
        "# 数据字典 · Data dictionary",
        f"案例库 schema {SCHEMA}。由 `anliku schema --library` 从库结构生成，不要手改。"
        "表均为 STRICT；`start`、`end` 是 `articles.raw` 中的字符位置。",
        "## 表 · Tables",
        *(_described(library.db.table(name)) for name in (*TABLES, "duplicates")),
        "## 视图 · Views",
        *(_described(library.db.view(name)) for name in VIEWS),
        "## 代码 · Codes",
        *(_codes(group, codes) for group, codes in labels().items() if group not in _NOT_SHOWN),
    ]
    return "\n\n".join(parts) + "\n"


def _described(table: Table | View) -> str:
    about = descriptions()["tables"].get(table.name, {})
    heading = table.name if title(table.name) == table.name else f"{table.name} · {title(table.name)}"
    return "\n".join([f"### {heading}", "", about.get("description", ""), "", *_columns(table)]).replace(
        "\n\n\n", "\n\n"
    )


def _columns(table: Table | View) -> Iterator[str]:
    yield "| 列 | 标题 | 类型 | 说明 |"
    yield "|---|---|---|---|"
    # Of a key of two columns, the first says the article, the last what in it.
    leads = {key.columns[-1]: key.other_table for key in table.foreign_keys} if isinstance(table, Table) else {}
    for column in table.columns:
        named = title(table.name, column.name)
        group = code_group(table.name, column.name)
        notes = [
            "主键" if column.is_pk else "",
            f"→ {leads[column.name]}" if column.name in leads else "",
            descriptions()["columns"].get(column.name, ""),
            f"代码：{group}" if group else "",
            "必填" if column.notnull and not column.is_pk else "",
        ]
        shown = "" if named == column.name else named
        yield f"| {column.name} | {shown} | {column.type} | {'；'.join(note for note in notes if note)} |"


def _codes(group: str, codes: dict[str, str]) -> str:
    rows = (f"| {code} | {name} |" for code, name in codes.items())
    return "\n".join([f"### {group}", "", "| 代码 | 名称 |", "|---|---|", *rows])
