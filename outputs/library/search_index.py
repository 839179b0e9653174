"""The search index inside the library: kept in the transaction that writes the articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from outputs.bigrams import characters, tokens

LAYERS: dict[str, str] = {
    "measures": "coalesce(title_norm, title)",
    "actions": "coalesce(norm, text)",
    "outcomes": "coalesce(norm, text)",
    "programmes": "coalesce(norm, text)",
    "documents": "coalesce(norm, text)",
    "persons": "coalesce(norm, text)",
    "organisations": "coalesce(norm, text)",
    "honours": "coalesce(norm, text)",
}
"""Layers with a column of the index, and what of a finding is in it. Of quantities the sentence is searched: those are
nearly the whole body, whose column answers for them. As extracted: what reviews change is looked at when asked."""

COLUMNS = ("title", "body", *LAYERS)
"""Columns of the index, all pairs of characters; `search_characters` holds the single characters of title and body."""

BREAK = " "
"""Between two findings: no word goes over it."""

_INSERT = f"INSERT INTO search_index(rowid, {', '.join(COLUMNS)}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_DELETE = _INSERT.replace("(rowid", "(search_index, rowid").replace("(?", "('delete', ?", 1)


class Entry(NamedTuple):
    """What the index holds of one article."""

    pairs: tuple[str, ...]
    """Of each of `COLUMNS`."""
    characters: str


def entry(texts: Sequence[str]) -> Entry:
    """The entry of an article, of the text of each of `COLUMNS`."""
    return Entry(tuple(map(tokens, texts)), _characters(texts))


def add(db: sqlite3.Connection, entries: Iterable[tuple[int, Entry]]) -> None:
    """Index articles, given as number and entry. Their rows are there already."""
    for article, made in entries:
        db.execute(_INSERT, (article, *made.pairs))
        db.execute("INSERT INTO search_characters(rowid, characters) VALUES (?, ?)", (article, made.characters))


def remove(db: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Take articles out of the index, before their rows go. A contentless FTS5 table forgets a row only when told
    what it holds; that is derived again from the stored rows."""
    for article in articles:
        texts = _texts(db, article)
        db.execute(_DELETE, (article, *map(tokens, texts)))
        db.execute(
            "INSERT INTO search_characters(search_characters, rowid, characters) VALUES ('delete', ?, ?)",
            (article, _characters(texts)),
        )


def missing(db: sqlite3.Connection) -> int:
    """Number of articles that are not in the index."""
    sql = "SELECT count(*) FROM articles WHERE article NOT IN (SELECT id FROM search_index_docsize)"
    return int(db.execute(sql).fetchone()[0])


def rebuild(db: sqlite3.Connection) -> None:
    """Make the whole index anew from the stored rows."""
    for table in ("search_index", "search_characters"):
        db.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
    for (article,) in db.execute("SELECT article FROM articles ORDER BY article").fetchall():
        add(db, [(article, entry(_texts(db, article)))])


def _texts(db: sqlite3.Connection, article: int) -> list[str]:
    """What each column is made of."""
    title, body = db.execute("SELECT title, body_text FROM articles WHERE article = ?", (article,)).fetchone()
    texts = [title or "", body]
    for layer, text in LAYERS.items():
        sql = f"SELECT {text} FROM {layer} WHERE article = ? AND review_id IS NULL ORDER BY nr"
        texts.append(BREAK.join(found[0] for found in db.execute(sql, (article,))))
    return texts


def _characters(texts: Sequence[str]) -> str:
    return characters(f"{texts[0]} {texts[1]}")
