"""Which measure an action belongs to, and which action and measure a quantity belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from models.measure import Measure
from models.quantity import Quantity
from models.span import Span


def measure_of(measures: Sequence[Measure], start: int) -> int | None:
    """Index of the measure (they are in order) that holds the character `start`."""
    index = bisect_right(measures, start, key=lambda measure: measure.start) - 1
    return index if index >= 0 and start < measures[index].end else None


def linked(quantities: Sequence[Quantity], actions: Sequence[Span], measures: Sequence[Measure]) -> list[Quantity]:
    """The quantities with `action` and `measure` set: a quantity belongs to the action whose span holds it."""
    starts = [span.start for span in actions]
    out = []
    for quantity in quantities:
        index = bisect_right(starts, quantity.start) - 1
        inside = index >= 0 and quantity.end <= actions[index].end
        measure = measure_of(measures, quantity.start)
        out.append(quantity.replaced(action=index if inside else None, measure=measure))
    return out
