"""The search index inside the library: kept in the transaction that writes the articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from outputs.bigrams import tokens


def add(db: sqlite3.Connection, articles: Sequence[tuple[str, str | None, str]]) -> None:
    """Index articles, given as id, title and clean body."""
    entries = []
    for article_id, title, body in articles:
        cursor = db.execute("INSERT INTO search_rows(article_id) VALUES (?)", (article_id,))
        entries.append((cursor.lastrowid, tokens(title or ""), tokens(body)))
    db.executemany("INSERT INTO search_index(rowid, title, body) VALUES (?, ?, ?)", entries)


def remove(db: sqlite3.Connection, article_ids: Sequence[str]) -> None:
    """Take articles out of the index, before their rows go. A contentless FTS5 table forgets a row only when told
    what it holds; that is derived again from the stored text."""
    marks = ",".join("?" * len(article_ids))
    entries = db.execute(
        "SELECT s.id, a.title, a.body_text FROM search_rows s JOIN articles a ON a.id = s.article_id"
        f" WHERE a.id IN ({marks}) ORDER BY s.id",
        article_ids,
    ).fetchall()
    db.executemany(
        "INSERT INTO search_index(search_index, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        [(row, tokens(title or ""), tokens(body)) for row, title, body in entries],
    )


def rebuild(db: sqlite3.Connection) -> None:
    """Make the whole index anew from the stored texts."""
    db.execute("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    db.execute("DELETE FROM search_rows")
    last = ""
    while batch := db.execute(
        "SELECT id, title, body_text FROM articles WHERE id > ? ORDER BY id LIMIT 500", (last,)
    ).fetchall():
        add(db, batch)
        last = batch[-1][0]
