"""What to look at first: findings in the order of doubt, as far as nobody has looked at them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from outputs.article_name import name_sql
from outputs.library import Library
from outputs.library.reviewed import BY_NAME
from outputs.quotes import quoted
from outputs.reasons import certainty, said

LAYERS = ("quantities", "places", "measures", "actions", "outcomes", "programmes", "documents", "persons",
          "organisations", "honours", "times")  # fmt: skip
"""Of the same doubt, what is compared comes first."""

# Points of doubt. A number that contradicts another is nearly as doubtful as one that its own rule calls so.
_LOW, _FLAGS, _MEDIUM, _NO_CODE = 8, 6, 4, 1
_UNCODED = {"quantities": "t.code IS NULL", "measures": "t.category IS NULL", "places": "t.candidates IS NOT NULL"}


class Waiting(NamedTuple):
    """A finding that waits for a reviewer."""

    id: str
    layer: str
    text: str
    quote: str
    """The sentence around a number; else the text itself."""
    doubts: tuple[str, ...]
    """Why it stands here, in words."""
    points: int
    """Of doubt; more is more."""
    article_id: str
    title: str
    """Of the article, or its first words."""
    source: str


def queue(
    library: Library,
    limit: int | None = 50,
    layers: Sequence[str] = LAYERS,
    *,
    county: str | None = None,
    after: tuple[int, str] | None = None,
    language: str = "zh",
) -> list[Waiting]:
    """Findings that nobody has reviewed, the most doubtful first: low before medium confidence, numbers that do not add
    up, missing codes. Borderline findings and copies of another article do not wait. One pass over the layers.
    `county`: only of cases there, by its code, or by its name where it has none. `after`: only what comes after a
    finding of so many points, also where that waits no more. `language` of the doubts: zh or en."""
    wanted = [name for name in LAYERS if name in layers]
    if not wanted:
        return []
    values: dict[str, object] = {"county": county, "limit": -1 if limit is None else limit}
    sql = " UNION ALL ".join(_part(LAYERS.index(name), name, county) for name in wanted)
    if after is not None:
        points, id_ = after
        rank = next((nr for nr, name in enumerate(LAYERS) if BY_NAME[name].letter == id_[17:18]), 0)
        values |= {"points": -points, "rank": rank, "id": id_}
        sql = f"SELECT * FROM ({sql}) WHERE (-points, rank, id) > (:points, :rank, :id)"
    return [
        Waiting(
            row["id"], row["layer"], row["text"], quoted(row["quote"], row["media_type"]),
            _doubts(row["layer"], row, language), row["points"], row["article_id"], row["title"], row["source"],
        )
        for row in library.query(f"{sql} ORDER BY points DESC, rank, id LIMIT :limit", values)
    ]  # fmt: skip


def _part(rank: int, name: str, county: str | None) -> str:
    of = "county_code" if (county or "").isdigit() else "county"
    cases = f"SELECT article, id FROM cases WHERE {of} = :county"
    there = f" AND (t.article, t.case_id) IN ({cases})" if county else ""
    flags = "t.flags" if name == "quantities" else "NULL"
    quote = "substr(a.raw, t.quote_start + 1, t.quote_end - t.quote_start)" if name == "quantities" else "t.text"
    uncoded = _UNCODED.get(name, "0")
    points = (
        f"(t.confidence = 'low') * {_LOW} + (t.confidence = 'medium') * {_MEDIUM}"
        f" + ({flags} IS NOT NULL) * {_FLAGS} + ({uncoded}) * {_NO_CODE}"
    )
    return (
        f"SELECT t.id AS id, '{name}' AS layer, {rank} AS rank, t.text, {quote} AS quote, t.confidence, t.reason,"
        f" {flags} AS flags, {uncoded} AS uncoded, {points} AS points, t.article_id, {name_sql('a')} AS title,"
        " a.source, a.media_type"
        f" FROM {name} t JOIN articles a ON a.article = t.article"
        f" WHERE t.replaced = 0 AND t.review_id IS NULL AND t.optional = 0 AND {points} > 0 AND NOT EXISTS"
        " (SELECT 1 FROM duplicates d WHERE d.article_id = t.article_id AND d.lead_id <> d.article_id)" + there
    )


def _doubts(layer: str, row: dict[str, object], language: str) -> tuple[str, ...]:
    flags = json.loads(str(row["flags"] or "[]"))
    reason = None if row["reason"] is None else str(row["reason"])
    out = certainty(flags, str(row["confidence"]), reason, language)
    if row["uncoded"]:
        out.append(said("several_places" if layer == "places" else "no_code", language))
    return tuple(out)
