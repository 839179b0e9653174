"""Two reviewers on the same passages: how often they agree, and how much more than by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from models.case import LAYERS
from models.review import Review
from outputs.library import Library
from outputs.library.reviewed import standing


class Agreement(NamedTuple):
    """What two reviewers say of the passages of one layer that both reviewed."""

    layer: str
    """`all` for the sum."""
    both: int
    """Passages that both reviewed."""
    same_decision: int
    same_value: int
    """Passages of which both say the same: rejected by both, or with the same fields, however they came to it."""
    kappa: float | None
    """Cohen's kappa of the decisions (Cohen 1960), 1 is full agreement, 0 what chance gives; null where no passage is
    shared, or both always decide the same one way, so that chance explains all."""
    differ: tuple[tuple[Review, Review], ...]
    """The pairs that do not say the same."""


def agreement(library: Library, a: str, b: str) -> list[Agreement]:
    """Agreement of two reviewers by layer, then over all. Of each, the last review of a passage counts that was not
    taken back, whoever reviewed it after."""
    every = library.reviews()
    undone = {review.supersedes for review in every if review.decision == "undone"}
    own = [
        {r.passage: r for r in standing([r for r in every if r.reviewer == name and r.id not in undone])}
        for name in (a, b)
    ]
    pairs = [(own[0][passage], own[1][passage]) for passage in sorted(own[0].keys() & own[1].keys())]
    layers = [_of(layer, [pair for pair in pairs if pair[0].layer == layer]) for layer in LAYERS]
    return [*(one for one in layers if one.both), _of("all", pairs)]


def _of(layer: str, pairs: list[tuple[Review, Review]]) -> Agreement:
    decisions = [(one.decision, other.decision) for one, other in pairs]
    differ = tuple(pair for pair in pairs if pair[0].value != pair[1].value)
    same = sum(one == other for one, other in decisions)
    return Agreement(layer, len(pairs), same, len(pairs) - len(differ), kappa(decisions), differ)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of labels."""
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[name] * second[name] for name in first) / count**2
    return None if expected == 1 else (observed - expected) / (1 - expected)
