"""Reviews laid over the rows of an article: what stands instead of a finding, what is gone, what is new or stale.

The extraction stays in its table, marked `replaced`; what stands instead is a row beside it, which carries the id of
the review. So every view and query of one's own reads `WHERE replaced = 0`, and the record as extracted is
`WHERE review_id IS NULL`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from models.article import Article
from models.case import CaseRecord
from models.review import Review
from models.span import Finding
from models.text import Change
from outputs.library import rows
from outputs.library.layers import LAYERS, Layer, Value, row
from outputs.quotes import quotes

Reason = Literal["no_article", "other_text", "no_finding", "found_otherwise", "agreed", "unfit"]
"""Why a review cannot be laid over: its article is not in the library; another text stands there; nothing is found
there any more; an added value is now found with another span; what was rejected is no longer found, so nothing is left
to do; its fields are not those of today."""

BY_NAME = {layer.name: layer for layer in LAYERS}
COUNTED = ("quantities", "places", "times")
"""Layers whose findings never overlap, so that nothing is counted twice."""
FOREIGN = {"start", "end", "text", "norm", "provenance", "action", "measure"}
"""Fields of a finding that are not the reviewer's to say; a span by `start` and `end` alone."""


Passage = tuple[str, int, int]
"""Layer, start, end."""


class NoRun(ValueError):
    """A span that does not lie in the text."""


class Stale(NamedTuple):
    """A review that is kept, but not laid over."""

    review: Review
    reason: Reason


class Laid(NamedTuple):
    """What reviews do to the rows of one article."""

    replaced: list[tuple[str, str]]
    """Layer and id of the rows that they stand instead of."""
    rows: rows.Rows
    """The rows that they put there."""
    stale: list[Stale]


COLUMNS = ("id", *Review.model_fields)
INSERT = f"INSERT OR IGNORE INTO reviews({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


def dump(review: Review) -> tuple[Value, ...]:
    """The row of a review, in the order of `COLUMNS`."""
    fields = review.model_dump(mode="json")
    packed = {name: None if fields[name] is None else _json(fields[name]) for name in ("was", "value")}
    return (review.id, *(packed.get(name, fields[name]) for name in Review.model_fields))


def load(values: Mapping[str, Any]) -> Review:
    """The review of a row."""
    fields = {name: values[name] for name in Review.model_fields}
    for name in ("was", "value"):
        fields[name] = None if fields[name] is None else json.loads(fields[name])
    return Review.model_validate(fields)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def standing(reviews: Iterable[Review]) -> list[Review]:
    """The last review of each passage that nobody took back, in the order of the passages. `reviews` in the order in
    which they came: of one moment the later counts."""
    ordered = sorted(reviews, key=lambda review: review.at)
    undone = {review.supersedes for review in ordered if review.decision == "undone"}
    last = {r.passage: r for r in ordered if r.decision != "undone" and r.id not in undone}
    return [last[passage] for passage in sorted(last)]


def behind(review: Review, known: Mapping[str, Review]) -> list[Review]:
    """The reviews that a value carries, the oldest first: the additions and corrections that it comes from, then those
    who confirmed it, of whom `review` may be the last. What was rejected before, and who confirmed what was corrected
    after, has no part in it. `known`: reviews by id."""
    whole = [review]
    while (before := known.get(whole[0].supersedes or "")) is not None:
        whole.insert(0, before)
    cut = max((nr + 1 for nr, one in enumerate(whole[:-1]) if one.decision == "rejected"), default=0)
    if cut and whole[cut].was is None and whole[cut].decision != "added":
        # Who decides on what was rejected sees nothing there, and begins with what was extracted.
        first = next((one.was for one in whole if one.was is not None), None)
        whole[cut] = whole[cut].model_copy(update={"was": first})
    chain = whole[cut:]
    made = max((nr for nr, one in enumerate(chain) if one.decision in ("added", "corrected")), default=-1)
    return [one for nr, one in enumerate(chain) if nr > made or one.decision != "accepted"]


def decisions(chain: Iterable[Review]) -> str:
    """What a chain of reviews did, each once, with commas: `corrected,accepted`."""
    return ",".join(dict.fromkeys(review.decision for review in chain))


def lay_over(article: Article, record: CaseRecord, reviews: Sequence[Review]) -> Laid:
    """Lay all reviews of an article over the record as extracted; the last of each passage counts."""
    last = standing(reviews)
    known = {review.id: review for review in reviews}
    undone = {review.supersedes for review in reviews if review.decision == "undone"}
    added = {review.passage for review in reviews if review.decision == "added" and review.id not in undone}
    laid = Laid([], {layer.name: [] for layer in LAYERS}, [])
    ids = {layer.name: rows.finding_ids(article.id, layer, record.layer(layer.name)) for layer in LAYERS}
    quote = quotes(article.raw, record)
    rejected = {review.passage[1:] for review in last if review.decision == "rejected"}
    for review in last:
        layer = BY_NAME[review.layer]
        findings = record.layer(layer.name)
        at = [nr for nr, found in enumerate(findings) if (found.start, found.end) == (review.start, review.end)]
        reason = _stale(article, findings, at, review, rejected, review.passage in added)
        if reason is None and review.value is not None:
            try:
                rule = decisions(behind(review, known))
                finding = reviewed(article, record, layer, review, findings[at[0]] if at else None, rule)
            except (ValidationError, NoRun):
                reason = "unfit"
            else:
                nr = at[0] if at else len(findings) + len(laid.rows[layer.name])
                own = ids[layer.name][nr] if at else rows.finding_ids(article.id, layer, [finding])[0]
                head = (own + rows.REVIEWED, article.id, rows.case_of(article.id, record, finding.start), nr)
                values = row(layer, finding, head, ids, review.id)
                if layer.name == "quantities":
                    values += quote(finding)
                laid.rows[layer.name].append(values)
        if reason is not None:
            laid.stale.append(Stale(review, reason))
        else:
            laid.replaced.extend((layer.name, ids[layer.name][nr]) for nr in at)
    return laid


def _stale(
    article: Article,
    findings: Sequence[Finding],
    at: Sequence[int],
    review: Review,
    rejected: Set[Passage],
    added: bool,
) -> Reason | None:
    if article.raw[review.start : review.end] != review.text:
        return "other_text"
    if at:
        return None
    if not added:
        return "agreed" if review.decision == "rejected" else "no_finding"
    if review.value is None or review.layer not in COUNTED:
        return None
    return "found_otherwise" if overlapping(findings, review.passage[1:], rejected) else None


def overlapping(findings: Sequence[Finding], passage: Passage, rejected: Set[Passage]) -> Finding | None:
    """The first finding of the layer that shares a character with a passage, and is not rejected."""
    layer, start, end = passage
    for found in findings:
        if found.start < end and start < found.end and (layer, found.start, found.end) not in rejected:
            return found
    return None


def reviewed(
    article: Article,
    record: CaseRecord,
    layer: Layer,
    review: Review,
    found: Finding | None,
    rule: str | None = None,
) -> Finding:
    """The finding as the review has it; what the review does not say is as `found`. `rule`: what it and those behind it
    did. ValidationError, NoRun where that makes no finding of the layer."""
    given = review.value or {}
    start, end = given.get("start", review.start), given.get("end", review.end)
    value = {name: field for name, field in given.items() if name not in FOREIGN}
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(article.raw)):
        raise NoRun(f"[{start}, {end}) is no run of the article")
    fields = found.model_dump(mode="json", by_alias=True) if found else {}
    fields |= value
    if found is None or (start, end) != (found.start, found.end):
        fields |= span(article.raw, record.changes, start, end)
    if found is None and any(link.name == "measure_id" for link in layer.links):
        around = [nr for nr, measure in enumerate(record.measures) if measure.start <= start < measure.end]
        fields["measure"] = around[-1] if around else None
    fields["provenance"] = {
        "extractor": "review", "rule": rule or review.decision, "version": review.id, "reason": review.why,
    }  # fmt: skip
    return layer.model.model_validate(fields)


def span(raw: str, changes: Sequence[Change], start: int, end: int) -> dict[str, Any]:
    """A run of the raw text with its normalised reading, as far as the changes tell."""
    out, at = [], start
    for change in changes:
        if change.start >= at and change.end <= end:
            out += [raw[at : change.start], change.new]
            at = change.end
    return {"start": start, "end": end, "text": raw[start:end], "norm": "".join([*out, raw[at:end]])}


def value_of(finding: Finding) -> dict[str, Any]:
    """The fields of a finding that a review speaks of, as plain JSON."""
    fields = finding.model_dump(mode="json", by_alias=True)
    return {name: value for name, value in fields.items() if name not in FOREIGN}
