"""Which articles of a library repeat which: run at the end of a batch, over the clean bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from corpus.duplicates import cluster, signature

FULL = 0.8
"""Share of the longest printing that a lead has at least: the first published leads, unless it is cut short. Else the
numbers that only the whole report has would be lost to comparison."""


class Bodies(Protocol):
    """A library as this sees it."""

    def compared(self) -> bool:
        """Whether every article has been compared with the others."""
        ...

    def bodies(self) -> Iterator[tuple[str, str]]:
        """Id and clean body of every article, originals first."""
        ...

    def body(self, article_id: str) -> str:
        """The clean body of an article."""
        ...

    def set_duplicates(self, copies: dict[str, tuple[str, float]]) -> None:
        """Store the copies: id of the lead and similarity, by id."""
        ...


def mark_duplicates(library: Bodies) -> int | None:
    """Cluster all articles of the library anew; how many repeat another one. None where nothing was written since.

    Bodies are read one at a time; what stays in memory is a signature an article. 100,000 articles of 900 characters
    take 0.3 GB and half a minute on one core, linear in both (benchmarks/duplicates.py). Which article of a cluster
    leads depends on all of them, so nothing is kept from one time to the next that could disagree with the library.
    """
    if library.compared():
        return None
    lengths: dict[str, int] = {}

    def measured() -> Iterator[tuple[str, str]]:
        for article_id, body in library.bodies():
            lengths[article_id] = len(body)
            yield article_id, body

    members: dict[str, list[str]] = {}
    for article_id, first in cluster(measured()).items():
        members.setdefault(first, []).append(article_id)
    copies: dict[str, tuple[str, float]] = {}
    for together in members.values():
        full = max(lengths[article_id] for article_id in together) * FULL
        lead = next(article_id for article_id in together if lengths[article_id] >= full)
        for article_id in together:
            if article_id != lead:
                copies[article_id] = (lead, likeness(library.body(article_id), library.body(lead)))
    library.set_duplicates(copies)
    return len(copies)


def likeness(one: str, other: str) -> float:
    """Estimated share of common runs of characters, 0 to 1."""
    first, second = signature(one), signature(other)
    return 0.0 if first is None or second is None else round(float(first.jaccard(second)), 3)
