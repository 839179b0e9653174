"""The comparison page: one indicator, place by place, with a chart; and what cannot be compared, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from datasette.utils.asgi import Request

from outputs.compare import BadPeriod, By, Comparison, LeftOut, Observation, compare
from outputs.compare_files import as_sheet
from outputs.compare_table import group_title
from outputs.datasette_anliku.start import indicators
from outputs.export import write_csv
from outputs.library import Library
from outputs.places_of import AmbiguousPlace, UnknownPlace
from outputs.thresholds import amount, reached

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
    at: float | None = None
    """Of statements with a threshold only those with this one; null: with any."""


def asked(request: Request, code: str) -> Asked:
    """The question in the address; an unknown level is the county."""
    by, at = request.args.get("by"), request.args.get("at") or ""
    return Asked(
        code,
        next((level for level in BY if level == by), "county"),
        (request.args.get("period") or "").strip(),
        (request.args.get("places") or "").strip(),
        float(at) if re.fullmatch(r"\d{1,15}(?:\.\d{1,4})?", at, re.ASCII) else None,
    )


def answer(question: Asked) -> Callable[[Library], dict[str, Any]]:
    """A reader of what the template needs. A period or place that is none is said, and not applied."""

    def read(library: Library) -> dict[str, Any]:
        problem, taken = "", question
        try:
            found = compared(taken)(library)
        except (BadPeriod, UnknownPlace, AmbiguousPlace) as error:
            problem = str(error)
            taken = taken._replace(period="") if isinstance(error, BadPeriod) else taken._replace(places="")
            found = compared(taken)(library)
        groups = [list(rows) for _, rows in groupby(found.rows, key=lambda row: row.group)]
        said = reached(library, taken.code, period=taken.period or None, places=_names(taken.places))
        return {
            "asked": question,
            "levels": BY,
            "most_rows": ROWS,
            "most_quotes": QUOTES,
            "problem": problem,
            "comparison": found,
            # What several places say is what one came for; a group of one place compares nothing.
            "groups": sorted((rows for rows in groups if len(rows) > 1), key=len, reverse=True),
            "alone": [rows[0] for rows in groups if len(rows) == 1],
            "reached": [seen for seen in said if question.at is None or seen.limit == question.at],
            "limits": sorted({seen.limit for seen in said if seen.limit is not None}),
            "amount": amount,
            "group_title": group_title,
            "left_out": _by_reason(found.left_out),
            "indicators": indicators(library),
        }

    return read


def compared(question: Asked) -> Callable[[Library], Comparison]:
    """A reader of the comparison itself."""
    return lambda library: compare(
        library, question.code, by=question.by, period=question.period or None, places=_names(question.places)
    )


def _names(typed: str) -> list[str]:
    return [name for name in re.split(r"[\s,，、]+", typed) if name]


def _by_reason(left_out: list[LeftOut]) -> list[tuple[str, int, list[Observation]]]:
    found = []
    for reason, group in groupby(left_out, key=lambda left: left.reason):
        seen = [left.observation for left in group]
        found.append((reason, len(seen), seen[:LEFT_OUT]))
    return found


def as_csv(comparison: Comparison) -> bytes:
    """The comparable rows, then what is left out, with a byte mark for Excel."""
    out = BytesIO()
    write_csv(as_sheet(comparison), out, bom=True)
    return out.getvalue()
