"""What a review changed, in words."""

from __future__ import annotations

from typing import Any

from models.review import Review
from outputs.labels import label
from outputs.quotes import one_line
from outputs.tables import code_group, title

# Worked out from the others, or shown elsewhere.
_LEFT_OUT = {"canonical", "candidates", "flags"}
LONGEST = 80
"""Characters of one value."""


def differences(review: Review) -> str:
    """Fields of a corrected finding, before → after, under their Chinese titles; empty where nothing differs."""
    if not review.was:
        return ""
    return "；".join(
        f"{title(review.layer, _column(field))} {before} → {after}"
        for field, before, after in changes(review)
        if field != "optional"
    )


def changes(review: Review) -> list[tuple[str, str, str]]:
    """The fields that a review changed: name, before and after as a reader sees them; of an addition, all it has."""
    was, value = review.was or {}, review.value or {}
    return [
        (field, _shown(review.layer, field, was.get(field)), _shown(review.layer, field, value[field]))
        for field in sorted(value.keys() - _LEFT_OUT)
        if was.get(field) != value[field]
    ]


def _shown(layer: str, field: str, value: Any) -> str:
    if value is None or value == [] or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        parts = [value["text"]] if "text" in value else [part for part in value.values() if part is not None]
        return one_line(" ".join(map(str, parts)))[:LONGEST]
    items = value if isinstance(value, list) else [value]
    group = code_group(layer, _column(field))
    return one_line("、".join(label(group, str(item)) if group else str(item) for item in items))[:LONGEST]


def _column(field: str) -> str:
    return "from_value" if field == "from" else field
