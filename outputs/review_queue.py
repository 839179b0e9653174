"""What to look at first: findings in the order of doubt, as far as nobody has looked at them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from outputs.labels import label
from outputs.library import Library
from outputs.library.reviewed import BY_NAME
from outputs.quotes import safe

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
    title: str | None
    source: str


def queue(library: Library, limit: int | None = 50, layers: Sequence[str] = LAYERS) -> list[Waiting]:
    """Findings that nobody has reviewed, the most doubtful first: low before medium confidence, numbers that do not add
    up, missing codes. Borderline findings and copies of another article do not wait. One pass over the layers."""
    wanted = [name for name in LAYERS if name in layers]
    parts = [_part(rank, name) for rank, name in enumerate(wanted)]
    sql = " UNION ALL ".join(parts) + f" ORDER BY points DESC, rank, id LIMIT {-1 if limit is None else int(limit)}"
    return [
        Waiting(
            row["id"], row["layer"], row["text"], _plain(row["quote"]), _doubts(row["layer"], row), row["points"],
            row["article_id"], row["title"], row["source"],
        )
        for row in library.query(sql)
    ] if parts else []  # fmt: skip


def _part(rank: int, name: str) -> str:
    assert name in BY_NAME
    flags = "t.flags" if name == "quantities" else "NULL"
    quote = "substr(a.raw, t.quote_start + 1, t.quote_end - t.quote_start)" if name == "quantities" else "t.text"
    uncoded = _UNCODED.get(name, "0")
    points = (
        f"(t.confidence = 'low') * {_LOW} + (t.confidence = 'medium') * {_MEDIUM}"
        f" + ({flags} IS NOT NULL) * {_FLAGS} + ({uncoded}) * {_NO_CODE}"
    )
    return (
        f"SELECT t.id AS id, '{name}' AS layer, {rank} AS rank, t.text, {quote} AS quote, t.confidence, t.reason,"
        f" {flags} AS flags, {uncoded} AS uncoded, {points} AS points, t.article_id, a.title, a.source"
        f" FROM {name} t JOIN articles a ON a.id = t.article_id"
        f" WHERE t.replaced = 0 AND t.review_id IS NULL AND t.optional = 0 AND {points} > 0 AND NOT EXISTS"
        " (SELECT 1 FROM duplicates d WHERE d.article_id = t.article_id AND d.lead_id <> d.article_id)"
    )


def _plain(quote: str) -> str:
    return safe(re.sub(r"<[^>]*>", "", quote)).replace("\n", " ")


def _doubts(layer: str, row: dict[str, object]) -> tuple[str, ...]:
    out = [label("flag", flag) for flag in json.loads(str(row["flags"] or "[]"))]
    if row["confidence"] != "high":
        out.append(
            f"把握{label('confidence', str(row['confidence']))}" + (f"：{row['reason']}" if row["reason"] else "")
        )
    if row["uncoded"]:
        out.append("归属有几种可能" if layer == "places" else "未归类")
    return tuple(out)
