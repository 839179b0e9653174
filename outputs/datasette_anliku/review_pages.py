"""The pages around the desk: what waits, what was decided and what no longer fits, and how far two reviewers agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from outputs.agreement import agreement
from outputs.datasette_anliku.panel import Asked
from outputs.library import Library
from outputs.library.reviewed import BY_NAME
from outputs.review_queue import LAYERS, Waiting, queue
from outputs.review_words import changes
from outputs.reviews import stale

SHOWN = 60
"""Findings of the queue on a page."""
REVIEWS = 100
"""Reviews on a page."""
DIFFER = 100

_COUNTIES = """
SELECT province, county, county_code, count(DISTINCT article) AS articles FROM cases WHERE county IS NOT NULL
GROUP BY province, county, county_code ORDER BY articles DESC, county LIMIT 500
"""


def waiting(wanted: Asked, spoken: str) -> Callable[[Library], dict[str, Any]]:
    """A reader of the queue, by layer and county."""

    def read(library: Library) -> dict[str, Any]:
        found = _queue(library, wanted, spoken, SHOWN + 1)
        return {
            "waiting": found[:SHOWN], "more": len(found) > SHOWN, "layers_waiting": LAYERS, "asked": wanted,
            "cursor": cursor, "counties": list(library.query(_COUNTIES)),
        }  # fmt: skip

    return read


def following(wanted: Asked) -> Callable[[Library], Waiting | None]:
    """A reader of what comes next in the queue."""
    return lambda library: next(iter(_queue(library, wanted, "zh", 1)), None)


def cursor(one: Waiting) -> str:
    """The place of a finding in the queue."""
    return f"{one.points}-{one.id}"


def _queue(library: Library, wanted: Asked, spoken: str, limit: int) -> list[Waiting]:
    points, _, id_ = wanted.after.partition("-")
    return queue(
        library, limit, [wanted.only] if wanted.only else LAYERS, county=wanted.county or None,
        after=(int(points), id_) if id_ else None, language=spoken,
    )  # fmt: skip


def decided(article: str, who: str, number: int) -> Callable[[Library], dict[str, Any]]:
    """A reader of the reviews, the last one first; those of an article, or of a person."""

    def read(library: Library) -> dict[str, Any]:
        every = library.reviews(article or None)
        undone = {review.supersedes for review in every if review.decision == "undone"}
        chosen = [review for review in reversed(every) if not who or review.reviewer == who]
        until = number * REVIEWS
        held = set(library.articles())
        return {
            "reviews": chosen[until - REVIEWS : until], "more": len(chosen) > until, "number": number, "who_of": who,
            "article_of": article, "undone": undone, "total": len(chosen), "changes": changes, "key": key, "held": held,
            "reviewers": sorted({review.reviewer for review in library.reviews()}),
            "stale": [one for one in stale(library) if not article or one.review.article_id == article],
        }  # fmt: skip

    return read


def agreed(one: str, other: str) -> Callable[[Library], dict[str, Any]]:
    """A reader of the agreement of two reviewers."""

    def read(library: Library) -> dict[str, Any]:
        names = sorted({review.reviewer for review in library.reviews()})
        pair = [name for name in (one, other) if name in names]
        for name in names:
            if len(pair) < 2 and name not in pair:
                pair.append(name)
        found = agreement(library, *pair[:2]) if len(pair) == 2 and pair[0] != pair[1] else []
        return {
            "reviewers": names, "pair": pair, "rows": found, "differ": found[-1].differ[:DIFFER] if found else (),
            "changes": changes, "key": key,
        }  # fmt: skip

    return read


def key(review: Any) -> str:
    """The key of the passage of a review, which opens the desk on it."""
    return f"{BY_NAME[review.layer].letter}{review.start}-{review.end}"
