"""Search over the clean text of the articles: words of two characters and more exactly as LIKE finds them, ranked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from opencc import OpenCC

from models.span import Range
from outputs.bigrams import phrase
from outputs.library import Library

SNIPPET = 80
"""Characters of a snippet."""

RANKED = 5000
"""Up to so many candidates are ranked; of more, only those with the words in the title."""

# A word in the title counts five times one in the body.
_RANK = "bm25(5.0, 1.0)"

# The text of the library has these in half width; Chinese punctuation it has as written.
_FULL_WIDTH = str.maketrans({
    chr(code): chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "％＋－～／＝＠＆"))
})  # fmt: skip

Word = tuple[str, ...]
"""The forms in which a word may stand: as typed, and simplified where that is another. 乾县 is both in simplified
writing and, as 干县, what a converter makes of it."""


class Hit(NamedTuple):
    """An article that holds every word of the query, best first."""

    article_id: str
    title: str | None
    published: str | None
    outlet: str | None
    source: str
    snippet: str
    """Clean, simplified text around the first word; line breaks are spaces."""
    highlights: tuple[Range, ...]
    """Where the words stand in `snippet`."""
    score: float
    """BM25, higher is better; 0 where nothing was ranked: a query of one character, or words that stand everywhere."""

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The snippet with its words between marks."""
        out, at = [], 0
        for start, end in self.highlights:
            out += [self.snippet[at:start], before, self.snippet[start:end], after]
            at = end
        return "".join([*out, self.snippet[at:]])


def words(query: str) -> list[Word]:
    """The words of a query, each in the forms that the library's text may have. White space divides."""
    typed = query.translate(_FULL_WIDTH).split()
    return [tuple(dict.fromkeys((word, _simplified().convert(word)))) for word in typed]


def search(library: Library, query: str, limit: int | None = 20) -> list[Hit]:
    """Articles that hold every word of the query, in either script; all of them where `limit` is None."""
    wanted = words(query)
    if not wanted:
        return []
    return [_hit(row, score, wanted) for row, score in islice(_matches(library, wanted), limit)]


def _matches(library: Library, wanted: Sequence[Word]) -> Iterator[tuple[dict[str, Any], float]]:
    """Articles in order of rank, each checked against its text: pairs in a row may stand on both sides of a comma."""
    columns = "a.id, a.title, a.published, a.outlet, a.source, a.body_text"
    like = "a.title LIKE ? ESCAPE '\\' OR a.body_text LIKE ? ESCAPE '\\'"
    holds = " AND ".join(f"({' OR '.join([like] * len(word))})" for word in wanted)
    patterns = [pattern for word in wanted for form in word for pattern in [f"%{_escape(form)}%"] * 2]
    phrases = [found for word in wanted if (found := _phrase(word))]
    if not phrases:
        sql = f"SELECT {columns} FROM articles a WHERE {holds} ORDER BY a.published DESC, a.id"
        yield from ((row, 0.0) for row in library.query(sql, patterns))
        return
    sql = f"SELECT {columns} FROM articles a WHERE a.id = ? AND {holds}"
    for article_id, score in _candidates(library, " AND ".join(phrases)):
        for row in library.query(sql, (article_id, *patterns)):
            yield row, score


def _candidates(library: Library, match: str) -> Iterator[tuple[str, float]]:
    """Ids and scores of what FTS5 finds, an id at a time, as many as are asked for.

    A word that stands everywhere tells no article from another, and ranking would cost a look at each of them: then
    come those that have it in the title, and after them the last written.
    """
    if _few(library, match):
        yield from _ranked(library, match)
        return
    seen = set()
    titles = f"{{title}} : ({match})"
    for article_id, score in _ranked(library, titles) if _few(library, titles) else _latest(library, titles):
        seen.add(article_id)
        yield article_id, score
    for article_id, score in _latest(library, match):
        if article_id not in seen:
            yield article_id, score


def _few(library: Library, match: str) -> bool:
    found = library.rows(
        "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)", (match, RANKED + 1)
    )
    return bool(next(found)[0] <= RANKED)


def _ranked(library: Library, match: str) -> Iterator[tuple[str, float]]:
    return library.rows(
        "SELECT s.article_id, -search_index.rank FROM search_index JOIN search_rows s ON s.id = search_index.rowid"
        " WHERE search_index MATCH ? AND search_index.rank MATCH ? ORDER BY search_index.rank",
        (match, _RANK),
    )


def _latest(library: Library, match: str) -> Iterator[tuple[str, float]]:
    return library.rows(
        "SELECT s.article_id, 0.0 FROM search_index JOIN search_rows s ON s.id = search_index.rowid"
        " WHERE search_index MATCH ? ORDER BY search_index.rowid DESC",
        (match,),
    )


def _hit(row: dict[str, Any], score: float, wanted: Sequence[Word]) -> Hit:
    snippet, highlights = excerpt(row["body_text"], wanted)
    return Hit(row["id"], row["title"], row["published"], row["outlet"], row["source"], snippet, highlights, score)


def excerpt(text: str, wanted: Sequence[Word], length: int = SNIPPET) -> tuple[str, tuple[Range, ...]]:
    """A piece of the text around the first of the words, and where the words stand in it."""
    # The longest first, so that 党建引领 is marked whole where 党建 is asked for too.
    forms = sorted((form for word in wanted for form in word), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, forms)), re.IGNORECASE)
    first = pattern.search(text)
    start = max(0, first.start() - length // 4) if first else 0
    end = min(len(text), start + length)
    left, right = "…" if start else "", "…" if end < len(text) else ""
    piece = re.sub(r"\s", " ", text[start:end])
    return left + piece + right, tuple(
        (hit.start() + len(left), hit.end() + len(left)) for hit in pattern.finditer(piece)
    )


def _phrase(word: Word) -> str | None:
    """FTS5 query for any form of a word; null where a form has no pair, so that the index cannot answer."""
    phrases = [phrase(form) for form in word]
    return None if None in phrases else f"({' OR '.join(f'({found})' for found in phrases)})"


def _escape(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


@lru_cache(maxsize=1)
def _simplified() -> OpenCC:
    return OpenCC("t2s")
