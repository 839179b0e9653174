"""The measures of a record with what belongs to them, as a case is told."""

from __future__ import annotations

from typing import NamedTuple

from models.case import CaseRecord
from models.measure import Action, Measure
from models.quantity import Quantity


class Step(NamedTuple):
    """A measure, its actions with their numbers, and the numbers of the measure that belong to no action."""

    measure: Measure | None
    """Null in the last step, which holds the actions of no measure."""
    actions: list[tuple[Action, list[Quantity]]]
    quantities: list[Quantity]


def outline(record: CaseRecord) -> list[Step]:
    """A step a measure, in order; one more where there are actions of no measure."""
    steps = [Step(measure, [], []) for measure in record.measures]
    loose = Step(None, [], [])
    numbers: list[list[Quantity]] = [[] for _ in record.actions]
    for quantity in record.quantities:
        if quantity.action is not None:
            numbers[quantity.action].append(quantity)
        elif quantity.measure is not None:
            steps[quantity.measure].quantities.append(quantity)
    for action, own in zip(record.actions, numbers, strict=True):
        (loose if action.measure is None else steps[action.measure]).actions.append((action, own))
    return [*steps, loose] if loose.actions else steps
