"""Search over what was found in the articles: titles of measures, acts, names, and the sentences of numbers.

What stands after review is searched; the text of a finding is its clean reading, that of a number its whole sentence,
since nobody looks for the digits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple, get_args

from models.article import Article
from models.span import Range
from outputs.article_name import name_sql
from outputs.library import Library
from outputs.library.search_index import LAYERS
from outputs.quotes import one_line, visible
from outputs.search import Word, candidates, excerpt, marked, simplified, words

Searched = Literal[
    "measures", "quantities", "actions", "outcomes", "programmes", "documents", "persons", "organisations", "honours"
]
SEARCHED: tuple[str, ...] = get_args(Searched)
"""Layers that can be searched, in the order in which they are shown."""

# Chinese has none; what stands between its characters came from the page.
_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


class Found(NamedTuple):
    """A finding whose text holds every word of the query."""

    id: str
    article_id: str
    layer: str
    title: str
    """Of the article, or its first words."""
    published: str | None
    case: str | None
    """Name of the place that it is said of."""
    value: str
    """The finding as it stands in the text, in its clean reading."""
    quote: str
    """What was searched, or the part of it around the first word."""
    highlights: tuple[Range, ...]
    """Where the words stand in `quote`."""

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The quote with its words between marks."""
        return marked(self.quote, self.highlights, before, after)


def search_findings(library: Library, query: str, layer: str, limit: int | None = 20) -> list[Found]:
    """Findings of a layer of `SEARCHED` that hold every word, those of the best article first; all where `limit` is
    None."""
    wanted = words(query)
    return list(islice(_found(library, wanted, layer), limit)) if wanted else []


def layers_of(library: Library, article_id: str, query: str) -> dict[str, int]:
    """How many findings of the article hold every word of the query, by layer; layers without one are left out."""
    wanted = words(query)
    article = _article(library, library.number(article_id))
    counts = {}
    for layer in SEARCHED:
        counts[layer] = sum(_holds(text, wanted) for _, text in _texts(library, article, layer))
    return {layer: count for layer, count in counts.items() if count}


def _found(library: Library, wanted: Sequence[Word], layer: str) -> Iterator[Found]:
    for number in _articles(library, wanted, layer):
        article = _article(library, number)
        for row, text in _texts(library, article, layer):
            if _holds(text, wanted):
                quote, highlights = excerpt(text, wanted, length=200)
                value = one_line(row["norm"] or row["text"]) if layer == "quantities" else text
                yield Found(row["id"], article["id"], layer, article["title"], article["published"], row["name"], value,
                            quote, highlights)  # fmt: skip


def _articles(library: Library, wanted: Sequence[Word], layer: str) -> Iterator[int]:
    """Numbers of the articles that may hold such a finding. The index knows what was extracted, so those that were
    reviewed come besides, where it did not name them."""
    seen = set()
    for number, _ in candidates(library, wanted, layer if layer in LAYERS else None):
        seen.add(number)
        yield number
    sql = "SELECT article FROM articles WHERE id IN (SELECT article_id FROM reviews WHERE layer = ?) ORDER BY id"
    for (number,) in library.rows(sql, (layer,)):
        if number not in seen:
            yield number


def _article(library: Library, number: int) -> dict[str, Any]:
    sql = (
        f"SELECT a.article, a.id, {name_sql('a')} AS title, a.published, a.script, a.media_type, a.source, a.raw"
        " FROM articles a WHERE a.article = ?"
    )
    return next(library.query(sql, (number,)))


def _texts(library: Library, article: dict[str, Any], layer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The findings of an article that stand, each with the text that is searched."""
    text = LAYERS.get(layer, "NULL")
    quote = "f.quote_start, f.quote_end" if layer == "quantities" else "0 AS quote_start, 0 AS quote_end"
    sql = (
        f"SELECT f.id, f.text, f.norm, {quote}, {text} AS searched,"
        " (SELECT c.name FROM cases c WHERE c.article = f.article AND c.id = f.case_id) AS name"
        f" FROM {layer} f WHERE f.article = ? AND f.replaced = 0 ORDER BY f.nr"
    )
    sentences: dict[Range, str] = {}  # many numbers share one
    for row in library.query(sql, (article["article"],)):
        searched = row["searched"]
        if searched is None:
            at = (row["quote_start"], row["quote_end"])
            if at not in sentences:
                sentences[at] = _sentence(article, at)
            searched = sentences[at]
        yield row, one_line(searched)


def _sentence(article: dict[str, Any], at: Range) -> str:
    page = Article(source=article["source"], raw=article["raw"], media_type=article["media_type"])
    text = _SPACE.sub("", visible(page, *at))
    return simplified(text) if article["script"] != "hans" else text


def _holds(text: str, wanted: Sequence[Word]) -> bool:
    folded = text.lower()
    return all(any(form.lower() in folded for form in word) for word in wanted)
