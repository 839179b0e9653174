"""Articles that were taken out for good: their rows, their traces in the file, and the hash that keeps them out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

# Divisions hang on nothing: those that no place or case of the library names, nor the parents of one, came from the
# articles that go.
_UNNAMED = """
WITH RECURSIVE named(adcode) AS (
  SELECT adcode FROM places WHERE adcode IS NOT NULL UNION SELECT adcode FROM cases WHERE adcode IS NOT NULL
  UNION SELECT parent FROM divisions JOIN named USING (adcode) WHERE parent IS NOT NULL
)
DELETE FROM divisions WHERE adcode NOT IN (SELECT adcode FROM named)
"""


def ids(db: sqlite3.Connection) -> frozenset[str]:
    """Ids of all articles that were forgotten."""
    return frozenset(row[0] for row in db.execute("SELECT article_id FROM forgotten"))


def readmit(db: sqlite3.Connection, article_ids: Sequence[str]) -> None:
    """Articles that are read again are forgotten no longer."""
    db.executemany("DELETE FROM forgotten WHERE article_id = ?", [(id_,) for id_ in article_ids])


def sources(db: sqlite3.Connection, article_ids: Sequence[str]) -> list[str]:
    """Where the articles were read: what a failure of theirs is kept under."""
    found = (db.execute("SELECT source FROM articles WHERE id = ?", (id_,)).fetchone() for id_ in article_ids)
    return [row[0] for row in found if row]


def erase(db: sqlite3.Connection, article_ids: Sequence[str], from_: Sequence[str]) -> None:
    """What articles leave behind once their own rows are gone; `from_` as `sources` gave it before."""
    db.executemany("DELETE FROM reviews WHERE article_id = ?", [(id_,) for id_ in article_ids])
    db.executemany("DELETE FROM failures WHERE source = ?", [(source,) for source in from_])
    # The file that an article was, or the dump that it came in, is no longer known as read.
    db.executemany(
        "DELETE FROM files WHERE path = ?1 OR substr(?1, 1, length(path) + 1) IN (path || '!', path || '#')",
        [(source,) for source in from_],
    )
    db.execute(_UNNAMED)
    db.executemany("INSERT OR IGNORE INTO forgotten(article_id) VALUES (?)", [(id_,) for id_ in article_ids])
    # A search index marks a row as deleted and keeps its words until the parts that hold them are merged.
    indexes = db.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'").fetchall()
    for (name,) in indexes:
        db.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")


def scrub(db: sqlite3.Connection) -> bool:
    """Write the file anew without its free pages, and empty the log beside it. False where another program still
    reads, so that the old pages stay in the log."""
    db.execute("VACUUM")
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
