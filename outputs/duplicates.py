"""Reports that went round: clusters of articles that repeat one another."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from outputs.article_name import name_sql
from outputs.library import Library


class Printing(NamedTuple):
    """One article of a cluster."""

    article_id: str
    title: str | None
    name: str
    """Its title, or its first words."""
    published: str | None
    outlet: str | None
    source: str
    similarity: float
    """With the lead, 0 to 1; 1 for the lead itself."""


class Cluster(NamedTuple):
    """The article that is counted, and those that repeat it, the most alike first."""

    lead: Printing
    copies: tuple[Printing, ...]


def clusters(library: Library) -> list[Cluster]:
    """All clusters of more than one article, the largest first."""
    sql = (
        f"SELECT d.lead_id, a.id, a.title, {name_sql('a')}, a.published, a.outlet, a.source, d.similarity"
        " FROM duplicates d"
        " JOIN articles a ON a.id = d.article_id WHERE d.lead_id IN"
        " (SELECT lead_id FROM duplicates WHERE lead_id <> article_id)"
        " ORDER BY d.lead_id, d.article_id <> d.lead_id, d.similarity DESC, a.id"
    )
    found = []
    for _, rows in groupby(library.rows(sql), key=lambda row: row[0]):
        lead, *copies = [Printing(*row[1:]) for row in rows]
        found.append(Cluster(lead, tuple(copies)))
    return sorted(found, key=lambda cluster: -len(cluster.copies))
