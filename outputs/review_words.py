"""What a review changed, in words."""

from __future__ import annotations

from collections.abc import Iterator

from models.review import Review
from outputs.labels import label
from outputs.library.layers import Value
from outputs.tables import code_group, title

# Worked out from the others, or shown elsewhere.
_LEFT_OUT = {"canonical", "candidates", "optional"}


def differences(review: Review) -> str:
    """Fields of a corrected finding, before → after, under their Chinese titles; empty where nothing differs."""
    was, value = review.was or {}, review.value or {}
    if not was or review.value is None:
        return ""
    return "；".join(_changed(review.layer, was, value))


def _changed(layer: str, was: dict[str, Value], value: dict[str, Value]) -> Iterator[str]:
    for field in sorted({*was, *value} - _LEFT_OUT):
        before, after = was.get(field), value.get(field)
        if field in value and before != after:
            column = "from_value" if field == "from" else field
            shown = [_shown(layer, column, one) for one in (before, after)]
            yield f"{title(layer, column)} {shown[0]} → {shown[1]}"


def _shown(layer: str, column: str, value: object) -> str:
    if value is None or value == [] or value == "":
        return "空"
    if isinstance(value, dict):
        return str(value.get("text", value))
    items = value if isinstance(value, list) else [value]
    group = code_group(layer, column)
    return "、".join(label(group, str(item)) if group else str(item) for item in items)
