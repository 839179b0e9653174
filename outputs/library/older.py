"""Rows of an older library in the tables of today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from outputs.library import search_index

_WAS = "was_"
_TABLES = (
    "actions", "articles", "cases", "divisions", "documents", "duplicates", "failures", "files", "forgotten", "honours",
    "measures", "observations", "organisations", "outcomes", "persons", "places", "programmes", "quantities", "reviews",
    "roles", "runs", "search_rows", "times",
)  # fmt: skip
"""Of the first schema. What else stands in the file is its owner's own affair."""
_VIEWS = ("举措矩阵", "县域档案", "指标", "指标对比", "时间线", "未比较", "达标情况", "重复报道")


@contextmanager
def taken_over(db: Database) -> Iterator[None]:
    """Makes way for tables that are made inside the `with`, and fills them with the rows of the first schema, if there
    are any: of each column that both have, and the number of each row's article."""
    for view in _VIEWS:
        db.execute(f'DROP VIEW IF EXISTS "{view}"')
    for name in ("search_index", "search_characters"):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    old = [name for name in db.table_names() if name in _TABLES]
    # Views and triggers of the owner's go on speaking of the tables by their names.
    db.execute("PRAGMA legacy_alter_table = ON")
    for name in old:
        for index in db.table(name).indexes:
            if index.origin == "c":
                db.execute(f'DROP INDEX "{index.name}"')
        db.execute(f"ALTER TABLE {name} RENAME TO {_WAS}{name}")
    db.execute("PRAGMA legacy_alter_table = OFF")
    yield
    now = set(db.table_names())
    for name in sorted(now & set(old), key=lambda name: name != "articles"):  # what numbers the others comes first
        _copy(db, name)
    for name in old:
        db.execute(f"DROP TABLE {_WAS}{name}")
    if old:
        search_index.rebuild(db.conn)


def _copy(db: Database, name: str) -> None:
    theirs = db.table(_WAS + name).columns_dict
    ours = db.table(name).columns_dict
    shared = [f'"{column}"' for column in ours if column in theirs]
    into, chosen, from_ = ", ".join(shared), ", ".join(f"t.{column}" for column in shared), f"{_WAS}{name} t"
    if "article" in ours and "article" not in theirs:
        into = f"article, {into}"
        chosen = f"{'t.rowid' if name == 'articles' else 'a.article'}, {chosen}"
        from_ += "" if name == "articles" else " JOIN articles a ON a.id = t.article_id"
    db.execute(f"INSERT INTO {name}({into}) SELECT {chosen} FROM {from_} ORDER BY t.rowid")
