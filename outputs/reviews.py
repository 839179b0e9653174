"""The review desk: accept, correct, reject, add, take back. Reviews are kept by article and passage, whatever is run.

Every function that decides takes `reviewer` (who), `at` (when, ISO 8601 with time zone) and `why`, and returns the
review that it kept. A finding is named by the id of its row (`5faa59bc975e2eca-q62-64`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from models.case import LAYERS
from models.review import Decision, Review
from outputs.library import Library, LibraryError, NoSuchArticle
from outputs.library.layers import LAYERS as TABLES
from outputs.library.reviewed import BY_NAME, COUNTED, NoRun, Stale, lay_over, overlapping, reviewed, standing, value_of
from outputs.review_values import DEFAULTS, Seen, basis, canonical, typed

__all__ = [
    "Review",
    "Stale",
    "accept",
    "add",
    "basis",
    "correct",
    "history",
    "look",
    "reject",
    "see",
    "stale",
    "state",
    "undo",
]

_ID = re.compile(
    r"(?P<article>[0-9a-f]{16})-(?P<letter>[a-z])(?P<start>[0-9]{1,15})-(?P<end>[0-9]{1,15})(?:-[0-9]+)?(?:-r)?"
)
_LETTERS = {layer.letter: layer.name for layer in TABLES}


class NoSuchFinding(LibraryError):
    """{path}: no finding {id!r} there; `anliku review queue` and the tables give ids (5faa59bc975e2eca-q62-64)."""


class NoSuchReview(LibraryError):
    """{path}: no review {id!r} there; `anliku review history` lists them."""


class CannotUndo(LibraryError):
    """{path}: review {id} {problem}, so there is nothing to take back."""


class BadValue(LibraryError):
    """{path}: {id}: {problem}"""


def state(review_id: str | None, value: Mapping[str, Any] | None) -> str:
    """A short hash of what stands at a passage: a decision that was made in sight of another state is told by it."""
    content = json.dumps([review_id, value], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def see(library: Library, finding_id: str) -> Seen:
    """A finding with what stands there now. NoSuchFinding."""
    hit = _ID.fullmatch(finding_id)
    if hit is None or hit["letter"] not in _LETTERS:
        raise NoSuchFinding(path=library.path, id=finding_id)
    try:
        seen = look(library, hit["article"], _LETTERS[hit["letter"]], int(hit["start"]), int(hit["end"]))
    except NoSuchArticle as error:
        raise NoSuchFinding(path=library.path, id=finding_id) from error
    if seen.found is None and seen.value is None:
        raise NoSuchFinding(path=library.path, id=finding_id)
    return seen


def accept(library: Library, finding_id: str, *, reviewer: str, at: str, why: str | None = None) -> Review:
    """Say that a finding is right as it stands; its doubts (`flags`) are settled with that. NoSuchFinding."""
    seen = see(library, finding_id)
    value = basis(seen)
    return _keep(library, seen, "accepted", {**value, **({"flags": []} if "flags" in value else {})}, reviewer, at, why)


def correct(
    library: Library,
    finding_id: str,
    values: Mapping[str, Any],
    *,
    reviewer: str,
    at: str,
    why: str | None = None,
) -> Review:
    """Say what the fields of a finding should be. `values`: only those that change, under the keys of the gold files;
    `value` sets `min` and `max`; `start` and `end` give another span; text is fine for numbers and lists,
    4300万元 and 2023年5月 too (`typed`). NoSuchFinding, BadValue."""
    seen = see(library, finding_id)
    before = basis(seen)
    changed = typed(library, seen, values, _Bad(library, seen))
    value = {**before, **({"flags": []} if "flags" in before else {}), **changed}
    if seen.layer == "quantities" and "canonical" not in changed:
        value["canonical"] = canonical(library, before, value)
    return _keep(library, seen, "corrected", value, reviewer, at, why)


def reject(library: Library, finding_id: str, *, reviewer: str, at: str, why: str | None = None) -> Review:
    """Say that a finding is none. NoSuchFinding."""
    return _keep(library, see(library, finding_id), "rejected", None, reviewer, at, why)


def add(
    library: Library,
    article_id: str,
    layer: str,
    start: int,
    end: int,
    values: Mapping[str, Any],
    *,
    reviewer: str,
    at: str,
    why: str | None = None,
) -> Review:
    """Say that the raw run `[start, end)` is a finding that was missed. NoSuchArticle, BadValue."""
    if layer not in LAYERS:
        raise BadValue(
            path=library.path, id=layer, problem=f"there is no such layer; choose one of {', '.join(LAYERS)}"
        )
    seen = look(library, article_id, layer, start, end)
    bad = _Bad(library, seen)
    if not 0 <= start < end <= len(seen.article.raw):
        raise bad(f"[{start}, {end}) is no run of the article, which has {len(seen.article.raw)} characters")
    rejected = {r.passage[1:] for r in standing(library.reviews(article_id)) if r.decision == "rejected"}
    other = overlapping(seen.record.layer(layer), (layer, start, end), rejected)
    if seen.value is not None or (other and layer in COUNTED):
        there = other or seen
        raise bad(f"[{there.start}, {there.end}) is already found there: correct that, or reject it first")
    value = {**DEFAULTS.get(layer, {}), **typed(library, seen, values, bad)}
    if layer == "quantities" and "canonical" not in value:
        value["canonical"] = canonical(library, {}, value)
    return _keep(library, seen, "added", value, reviewer, at, why)


def undo(library: Library, review_id: str, *, reviewer: str, at: str, why: str | None = None) -> Review:
    """Take a review back: what stood before it stands again. NoSuchReview, CannotUndo."""
    everything = library.reviews()
    review = next((review for review in everything if review.id == review_id), None)
    if review is None:
        raise NoSuchReview(path=library.path, id=review_id)
    if review.decision == "undone":
        raise CannotUndo(path=library.path, id=review_id, problem="takes back another one itself; decide anew instead")
    if any(other.decision == "undone" and other.supersedes == review_id for other in everything):
        raise CannotUndo(path=library.path, id=review_id, problem="was taken back before")
    back = Review(article_id=review.article_id, layer=review.layer, start=review.start, end=review.end,
                  text=review.text, decision="undone", reviewer=reviewer, at=at, why=why,
                  supersedes=review_id)  # fmt: skip
    library.add_reviews([back])
    return back


def history(library: Library, id_: str | None = None) -> list[Review]:
    """All reviews in the order in which they came, also what was taken back; or those of an article or a finding."""
    if id_ is None:
        return library.reviews()
    hit = _ID.fullmatch(id_)
    if hit is None:
        return library.reviews(id_)
    passage = (hit["article"], _LETTERS.get(hit["letter"]), int(hit["start"]), int(hit["end"]))
    return [review for review in library.reviews(hit["article"]) if review.passage == passage]


def stale(library: Library) -> list[Stale]:
    """Reviews that stand, but cannot be laid over what the library holds now, by article and passage."""
    by_article: dict[str, list[Review]] = {}
    for review in library.reviews():
        by_article.setdefault(review.article_id, []).append(review)
    found: list[Stale] = []
    for article_id, reviews in sorted(by_article.items()):
        try:
            found += lay_over(library.article(article_id), library.record(article_id), reviews).stale
        except NoSuchArticle:
            found += [Stale(review, "no_article") for review in standing(reviews)]
    return found


def look(library: Library, article_id: str, layer: str, start: int, end: int) -> Seen:
    """Any passage with what stands there now, also where nothing does. NoSuchArticle."""
    article, record = library.article(article_id), library.record(article_id)
    passage = (article_id, layer, start, end)
    review = next((r for r in standing(library.reviews(article_id)) if r.passage == passage), None)
    found = next((f for f in record.layer(layer) if (f.start, f.end) == (start, end)), None)
    value = value_of(found) if found else None
    if review is not None:
        value = {**(value or {}), **review.value} if review.value is not None else None
    return Seen(article, record, layer, start, end, found, value, review)


def _keep(
    library: Library, seen: Seen, decision: Decision, value: dict[str, Any] | None, reviewer: str, at: str,
    why: str | None,
) -> Review:  # fmt: skip
    try:
        review = Review(
            article_id=seen.article.id, layer=seen.layer, start=seen.start, end=seen.end,
            text=seen.article.raw[seen.start : seen.end], decision=decision, was=seen.value, value=value,
            reviewer=reviewer, at=at, why=why, supersedes=seen.review.id if seen.review else None,
        )  # fmt: skip
        if seen.layer == "quantities" and value is not None and not _in_order(value):
            raise _Bad(library, seen)(f"min is more than max: {value['min']}, {value['max']}")
        if value is not None:
            # As it will be read back, so that nothing is kept that cannot be laid over.
            made = reviewed(seen.article, seen.record, BY_NAME[seen.layer], review, seen.found)
            moved = {} if (made.start, made.end) == (seen.start, seen.end) else {"start": made.start, "end": made.end}
            review = review.model_copy(update={"value": {**value_of(made), **moved}})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _Bad(library, seen)(f"{where}: {first['msg']}" if where else first["msg"]) from error
    except NoRun as error:
        raise _Bad(library, seen)(str(error)) from error
    library.add_reviews([review])
    return review


def _in_order(value: Mapping[str, Any]) -> bool:
    low, high = value.get("min"), value.get("max")
    return low is None or high is None or bool(low <= high)


class _Bad:
    """Makes the error for a value that a passage cannot have."""

    def __init__(self, library: Library, seen: Seen) -> None:
        self.path, self.id = library.path, seen.id

    def __call__(self, problem: str) -> BadValue:
        return BadValue(path=self.path, id=self.id, problem=problem)
