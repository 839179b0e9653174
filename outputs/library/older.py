"""Rows of an older library in the tables of today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from outputs.library import search_index

_WAS = "was_"
_KEPT = ("sqlite_", "_sqlite_")


@contextmanager
def taken_over(db: Database) -> Iterator[None]:
    """Makes way for tables that are made inside the `with`, and fills them with the rows of the first schema, if there
    are any: of each column that both have, and the number of each row's article."""
    for view in db.view_names():
        db.execute(f'DROP VIEW "{view}"')
    for name in ("search_index", "search_characters"):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    old = [name for name in db.table_names() if not name.startswith(_KEPT)]
    for name in old:
        for index in db.table(name).indexes:
            if index.origin == "c":
                db.execute(f'DROP INDEX "{index.name}"')
        db.execute(f"ALTER TABLE {name} RENAME TO {_WAS}{name}")
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
