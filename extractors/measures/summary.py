"""An extractive summary: whole clauses of the article that say most of what was done and what came of it."""

from __future__ import annotations

from bisect import bisect_left

from extractors.actions.reader import Act
from models.measure import Measure
from models.span import Range

LONGEST = 200
"""Characters of a summary."""
CLAUSE_LONGEST = 80


def summary(text: str, acts: list[Act], measures: list[Measure]) -> list[Range]:
    """Clauses in the order of the text, at most `LONGEST` characters together: the best clause of each measure first,
    then the best of the rest."""
    points: dict[Range, int] = {}
    for act in acts:
        clause = (act.clause.start, act.clause.end)
        if clause[1] - clause[0] <= CLAUSE_LONGEST:
            points[clause] = points.get(clause, 0) + _points(text, act)
    best: list[Range] = []
    clauses = sorted(points)
    for measure in measures:
        first, last = bisect_left(clauses, (measure.start, 0)), bisect_left(clauses, (measure.end, 0))
        inside = clauses[first:last]
        if inside:
            best.append(max(inside, key=lambda clause: (points[clause], -clause[0])))
    chosen: set[Range] = set()
    length = 0
    by_points = sorted(points, key=lambda clause: (-points[clause], clause[0]))
    for clause in [*sorted(best, key=lambda clause: (-points[clause], clause[0])), *by_points]:
        size = clause[1] - clause[0]
        if clause not in chosen and length + size <= LONGEST:
            chosen.add(clause)
            length += size
    return sorted(chosen)


def _points(text: str, act: Act) -> int:
    run = text[act.start : act.end]
    value = 1 if act.outcome or act.loose else 3
    return value + 2 * any(map(str.isdigit, run)) + ("“" in run or "《" in run)
