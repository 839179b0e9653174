"""What a library holds of all that was read: rows by table, and one hash over them."""

from __future__ import annotations

import hashlib
import sqlite3

from outputs.library import rows
from outputs.library.layers import LAYERS
from outputs.library.schema import OF_ARTICLE

CONTENT = (*rows.COLUMNS, "failures")
"""Tables whose rows depend on what was read alone, not on when. Of the layers: the rows that no review put there."""

_LAYERS = frozenset(layer.name for layer in LAYERS)
_SKIPPED = {
    "articles": ("run_id",),
    "failures": ("run_id",),
    **{layer.name: ("review_id", "replaced") for layer in LAYERS},
}


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Number of rows by table."""
    return {
        table: int(db.execute(f"SELECT count(*) FROM {table} t{_extracted(table)}").fetchone()[0]) for table in CONTENT
    }


def digest(db: sqlite3.Connection) -> str:
    """Hash of all that was read, the articles in order of their ids: the same in two libraries that hold the same,
    however and whenever they were made."""
    hashed = hashlib.sha256()
    for table in CONTENT:
        skipped = ("article", *_SKIPPED.get(table, ()))
        columns = [(name, pk) for _, name, _, _, _, pk in db.execute(f"PRAGMA table_info({table})")]
        from_, order = f"{table} t", ", ".join(f"t.{name}" for name, pk in columns if pk)
        if table == "articles":
            order = "t.id"
        elif table in OF_ARTICLE:
            from_, order = f"articles a JOIN {table} t ON t.article = a.article", "a.id, t.id"
        chosen = ", ".join(f't."{name}"' for name, _ in columns if name not in skipped)
        for row in db.execute(f"SELECT {chosen} FROM {from_}{_extracted(table)} ORDER BY {order}"):
            hashed.update(repr((table, *row)).encode("utf-8"))
    return hashed.hexdigest()


def _extracted(table: str) -> str:
    """Keeps the rows that no review put there."""
    return " WHERE t.review_id IS NULL" if table in _LAYERS else ""
