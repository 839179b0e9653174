"""The base of every record: frozen, closed, plain data."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer


class Record(BaseModel):
    """A value that never changes once made. Unknown keys are refused, so a typing slip is seen at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def json_number(value: Decimal | None) -> int | float | None:
    """An exact integer where the decimal is one, else the nearest float (the written form stays in `text`)."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(json_number, return_type=int | float, when_used="json")]
