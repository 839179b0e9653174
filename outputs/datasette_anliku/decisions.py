"""A form of the review desk as a decision, made once, in sight of what stands there now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from models.case import LAYERS
from models.review import Review
from outputs.datasette_anliku.fields import complete, shown, typed
from outputs.library import Library
from outputs.library.reviewed import standing
from outputs.quotes import safe
from outputs.review_values import DEFAULTS, Seen
from outputs.reviews import BadValue, accept, add, basis, correct, look, reject, state, undo

Wanted = Literal["accepted", "corrected", "rejected", "added", "undone"]
WHY = 500
"""Characters of a reason."""


class Form(NamedTuple):
    """What a reviewer sent."""

    decision: Wanted
    layer: str
    start: int
    end: int
    state: str
    """Of the passage as the form showed it."""
    why: str
    undoes: str
    """Id of the review that is taken back."""
    fields: Mapping[str, list[str]]


class Outcome(NamedTuple):
    """What became of it."""

    kind: Literal["done", "again", "wrong", "changed"]
    """`again`: it was made before, by the same press of a button. `changed`: somebody else decided meanwhile."""
    review: Review | None = None
    errors: Mapping[str, str] = {}
    """Keys of `strings.toml` by field; under the empty name what is wrong as a whole."""


def form(sent: Mapping[str, list[str]]) -> Form | None:
    """The form that was sent; None where it is none of ours."""
    said = {name: values[0] for name, values in sent.items()}
    decision, layer = said.get("decision", ""), said.get("layer", "")
    ends = [said.get(name, "") for name in ("start", "end")]
    if layer not in LAYERS or not all(re.fullmatch("[0-9]{1,9}", end) for end in ends):
        return None
    for known in ("accepted", "corrected", "rejected", "added", "undone"):
        if decision == known:
            return Form(known, layer, int(ends[0]), int(ends[1]), said.get("state", ""),
                        safe(said.get("why", "")).strip()[:WHY], said.get("undoes", ""), sent)  # fmt: skip
    return None


def decide(library: Library, article_id: str, asked: Form, *, reviewer: str, at: str) -> Outcome:
    """Make the decision in one transaction with the look at what stands there. NoSuchArticle, or another error of the
    library."""
    who: dict[str, Any] = {"reviewer": reviewer, "at": at, "why": asked.why or None}
    with library.transaction():
        if asked.decision == "undone":
            return _undone(library, article_id, asked.undoes, who)
        seen = look(library, article_id, asked.layer, asked.start, asked.end)
        if not 0 <= asked.start < asked.end <= len(seen.article.raw):
            return Outcome("wrong", errors={"": "bad_span"})
        if asked.state != state(seen.review.id if seen.review else None, seen.value):
            before = _before(library, seen, asked, reviewer)
            return Outcome("again", before) if before else Outcome("changed")
        try:
            return _made(library, seen, asked, who)
        except BadValue:
            return Outcome("wrong", errors={"": "bad_other"})


def _made(library: Library, seen: Seen, asked: Form, who: dict[str, Any]) -> Outcome:
    if asked.decision == "rejected":
        return Outcome("done", reject(library, seen.id, **who))
    adds = asked.decision == "added"
    said = typed(seen, DEFAULTS.get(seen.layer, {}) if adds else basis(seen), asked.fields)
    errors = {**said.errors}
    if adds:
        errors = {**complete(seen.layer, said.values), **errors}
    elif asked.decision == "accepted" and said.values:
        errors[""] = "bad_accept"
    elif asked.decision == "corrected" and not said.values and not errors:
        errors[""] = "bad_same"
    if errors:
        return Outcome("wrong", errors=errors)
    if adds:
        review = add(library, seen.article.id, seen.layer, seen.start, seen.end, said.values, **who)
    elif asked.decision == "accepted":
        review = accept(library, seen.id, **who)
    else:
        review = correct(library, seen.id, said.values, **who)
    return Outcome("done", review)


def _undone(library: Library, article_id: str, review_id: str, who: dict[str, Any]) -> Outcome:
    """Take back the review that stands, also where its article or finding is gone."""
    past = library.reviews(article_id)
    if any(review.id == review_id for review in standing(past)):
        return Outcome("done", undo(library, review_id, **who))
    own = [r for r in past if r.decision == "undone" and r.supersedes == review_id and r.reviewer == who["reviewer"]]
    return Outcome("again", own[-1]) if own else Outcome("changed")


def _before(library: Library, seen: Seen, asked: Form, reviewer: str) -> Review | None:
    """The review that the same form made before: a button pressed twice, a page sent again."""
    last = seen.review
    if last is None or (last.decision, last.reviewer) != (asked.decision, reviewer):
        return None
    if asked.state != state(last.supersedes, last.was):
        return None
    if asked.decision in ("corrected", "added"):
        base = DEFAULTS.get(seen.layer, {}) if asked.decision == "added" else (last.was or basis(seen))
        said = typed(seen, base, asked.fields).values
        value = {"start": seen.start, "end": seen.end, **(last.value or {})}
        if any(shown(value.get(name)) != shown(typed_) for name, typed_ in said.items() if name != "threshold"):
            return None
    return last
