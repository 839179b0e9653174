"""The table of duplicates: which report repeats which. Who finds them passes them in; nothing is compared here."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def complete(db: sqlite3.Connection) -> bool:
    """Whether every article has its row. Writing an article takes its row away, and those of whom it leads."""
    sql = "SELECT 1 FROM articles a WHERE NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = a.id) LIMIT 1"
    return db.execute(sql).fetchone() is None


def replace(db: sqlite3.Connection, copies: Mapping[str, tuple[str, float]]) -> None:
    """Write the rows anew: every article its own lead, but for the copies."""
    db.execute("DELETE FROM duplicates")
    db.execute("INSERT INTO duplicates(article_id, lead_id, similarity) SELECT id, id, 1.0 FROM articles ORDER BY id")
    db.executemany(
        "UPDATE duplicates SET lead_id = ?, similarity = ? WHERE article_id = ?",
        [(lead, similarity, copy) for copy, (lead, similarity) in sorted(copies.items())],
    )


def count(db: sqlite3.Connection) -> int:
    """Number of articles that repeat another one."""
    return int(db.execute("SELECT count(*) FROM duplicates WHERE lead_id <> article_id").fetchone()[0])
