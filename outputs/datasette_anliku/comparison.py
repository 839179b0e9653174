"""The comparison page: one indicator, place by place, with a chart; and what cannot be compared, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from datasette.utils.asgi import Request

from outputs.compare import BadPeriod, By, Comparison, LeftOut, Observation, compare
from outputs.compare_files import as_sheet
from outputs.datasette_anliku.start import indicators
from outputs.export import write_csv
from outputs.library import Library

BY: tuple[By, ...] = ("county", "prefecture", "province", "township", "village")
ROWS, QUOTES = 300, 12
"""Places shown of a group, and statements of a place; the files have them all."""
LEFT_OUT = 50
"""Observations shown of those that are left out for one reason; the JSON has them all."""


class Asked(NamedTuple):
    """What is to be compared."""

    code: str
    by: By
    period: str
    places: str


def asked(request: Request, code: str) -> Asked:
    """The question in the address; an unknown level is the county."""
    by = request.args.get("by")
    return Asked(
        code,
        next((level for level in BY if level == by), "county"),
        (request.args.get("period") or "").strip(),
        (request.args.get("places") or "").strip(),
    )


def answer(question: Asked) -> Callable[[Library], dict[str, Any]]:
    """A reader of what the template needs. A period that is none is said, and not applied."""

    def read(library: Library) -> dict[str, Any]:
        problem = ""
        try:
            found = compared(question)(library)
        except BadPeriod as error:
            problem = str(error)
            found = compared(question._replace(period=""))(library)
        groups = groupby(found.rows, key=lambda row: row.group)
        return {
            "asked": question,
            "levels": BY,
            "most_rows": ROWS,
            "most_quotes": QUOTES,
            "problem": problem,
            "comparison": found,
            "groups": [(of, list(rows)) for of, rows in groups],
            "left_out": _by_reason(found.left_out),
            "indicators": indicators(library),
        }

    return read


def compared(question: Asked) -> Callable[[Library], Comparison]:
    """A reader of the comparison itself."""
    places = [name for name in question.places.replace("，", " ").replace(",", " ").split() if name]
    return lambda library: compare(
        library, question.code, by=question.by, period=question.period or None, places=places
    )


def _by_reason(left_out: list[LeftOut]) -> list[tuple[str, int, list[Observation]]]:
    found = []
    for reason, group in groupby(left_out, key=lambda left: left.reason):
        seen = [left.observation for left in group]
        found.append((reason, len(seen), seen[:LEFT_OUT]))
    return found


def as_csv(comparison: Comparison) -> bytes:
    """The comparable rows, with a byte mark for Excel."""
    out = BytesIO()
    write_csv(as_sheet(comparison), out, bom=True)
    return out.getvalue()
