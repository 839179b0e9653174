"""A page of search results: articles with the layers that hold the words too, or the findings of one layer."""

from __future__ import annotations

from typing import Any

from outputs.library import Library
from outputs.search import RANKED, search
from outputs.search_findings import SEARCHED, layers_of, search_findings

HITS = 20
"""Results of a page."""


def results(library: Library, query: str, layer: str, number: int) -> dict[str, Any]:
    """What the template shows of page `number`, from 1. A layer that cannot be searched counts as none: articles."""
    until = number * HITS
    chosen = layer if layer in SEARCHED else ""
    context: dict[str, Any] = {"search_words": query, "layer": chosen, "layers": SEARCHED, "number": number}
    if chosen:
        found = search_findings(library, query, chosen, until + 1)
        return {**context, "findings": found[until - HITS : until], "hits": [], "more": len(found) > until}
    articles = search(library, query, until + 1)
    hits = [(hit, layers_of(library, hit.article_id, query)) for hit in articles[until - HITS : until]]
    unranked = f"{RANKED:,}" if hits and not any(hit.score for hit, _ in hits) else ""
    return {**context, "findings": [], "hits": hits, "more": len(articles) > until, "unranked": unranked}
