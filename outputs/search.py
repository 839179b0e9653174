"""Search over the clean text of the articles: any word, of one character and more, exactly as LIKE finds it, ranked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from opencc import OpenCC

from models.span import Range
from outputs.article_name import article_name
from outputs.bigrams import characters, phrase
from outputs.library import Library

SNIPPET = 80
"""Characters of a snippet."""

RANKED = 2000
"""Up to so many candidates are ranked, which takes 20 ms; of more, only those with the words in the title."""

# A word in the title counts five times one in the body, in the title of a measure three times, in another finding
# twice. In the order of `search_index.COLUMNS`.
_RANK = "bm25(5, 1, 3, 2, 2, 2, 2, 2, 2, 2)"

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
    title: str
    """Of the article, or its first words."""
    published: str | None
    outlet: str | None
    source: str
    snippet: str
    """Clean, simplified text around the first word; line breaks are spaces."""
    highlights: tuple[Range, ...]
    """Where the words stand in `snippet`."""
    score: float
    """BM25, higher is better; 0 where nothing was ranked: a query of one character, or words that stand everywhere.
    Then come first those with the words in the title, and after them the last written."""

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The snippet with its words between marks."""
        return marked(self.snippet, self.highlights, before, after)


def marked(text: str, highlights: Sequence[Range], before: str, after: str) -> str:
    """A text with its highlights between marks."""
    out, at = [], 0
    for start, end in highlights:
        out += [text[at:start], before, text[start:end], after]
        at = end
    return "".join([*out, text[at:]])


def words(query: str) -> list[Word]:
    """The words of a query, each in the forms that the library's text may have. White space divides."""
    storable = query.encode("utf-8", "replace").decode("utf-8")
    typed = storable.translate(_FULL_WIDTH).split()
    return [tuple(dict.fromkeys((word, simplified(word)))) for word in typed]


def search(library: Library, query: str, limit: int | None = 20) -> list[Hit]:
    """Articles that hold every word of the query, in either script; all of them where `limit` is None."""
    wanted = words(query)
    return [_hit(row, score, wanted) for row, score in islice(_matches(library, wanted), limit)] if wanted else []


def _matches(library: Library, wanted: Sequence[Word]) -> Iterator[tuple[dict[str, Any], float]]:
    """Articles in order of rank, each checked against its text: the index does not tell all rare characters apart,
    and knows no order of words of one character."""
    like = "a.title LIKE ? ESCAPE '\\' OR a.body_text LIKE ? ESCAPE '\\'"
    holds = " AND ".join(f"({' OR '.join([like] * len(word))})" for word in wanted)
    patterns = [pattern for word in wanted for form in word for pattern in [f"%{_escape(form)}%"] * 2]
    sql = (
        f"SELECT a.id, a.title, a.published, a.outlet, a.source, a.body_text FROM articles a"
        f" WHERE a.article = ? AND {holds}"
    )
    for number, score in candidates(library, wanted):
        for row in library.query(sql, (number, *patterns)):
            yield row, score


def candidates(library: Library, wanted: Sequence[Word], column: str | None = None) -> Iterator[tuple[int, float]]:
    """Numbers and scores of the articles that the index gives for the words (in a column of it), one at a time, as
    many as are asked for.

    A word that stands everywhere tells no article from another, and ranking would cost a look at each of them: then
    come those that have it in the title, and after them the last written.
    """
    match = " AND ".join(found for word in wanted if (found := _phrase(word)))
    if not match:
        single = " AND ".join(f"({' OR '.join(_character(form) for form in word)})" for word in wanted)
        yield from _latest(library, "search_characters", single)
        return
    chosen = f"{{{column}}} : ({match})" if column else match
    if _few(library, chosen):
        yield from _ranked(library, chosen)
        return
    seen = set()
    titles = f"{{title}} : ({match})"
    if column is None:
        ranked = _ranked(library, titles) if _few(library, titles) else _latest(library, "search_index", titles)
        for number, score in ranked:
            seen.add(number)
            yield number, score
    for number, score in _latest(library, "search_index", chosen):
        if number not in seen:
            yield number, score


def _few(library: Library, match: str) -> bool:
    found = library.rows(
        "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)", (match, RANKED + 1)
    )
    return bool(next(found)[0] <= RANKED)


def _ranked(library: Library, match: str) -> Iterator[tuple[int, float]]:
    return library.rows(
        "SELECT rowid, -rank FROM search_index WHERE search_index MATCH ? AND rank MATCH ? ORDER BY rank",
        (match, _RANK),
    )


def _latest(library: Library, table: str, match: str) -> Iterator[tuple[int, float]]:
    return library.rows(f"SELECT rowid, 0.0 FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC", (match,))


def _hit(row: dict[str, Any], score: float, wanted: Sequence[Word]) -> Hit:
    snippet, highlights = excerpt(row["body_text"], wanted)
    title = article_name(row["title"], row["body_text"])
    return Hit(row["id"], title, row["published"], row["outlet"], row["source"], snippet, highlights, score)


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
    """FTS5 query for any form of a word; null where a form is of one character, so that it has no pair."""
    phrases = [phrase(form) for form in word]
    return None if None in phrases else f"({' OR '.join(f'({found})' for found in phrases)})"


def _character(form: str) -> str:
    """FTS5 query for all the characters of a form."""
    return "(" + " AND ".join(f'"{character}"' for character in characters(form).split()) + ")"


def _escape(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


def simplified(text: str) -> str:
    """The text in simplified script, as the library has it."""
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")
