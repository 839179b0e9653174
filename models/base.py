"""The base of every record: frozen, closed, plain data."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, PlainSerializer


class Record(BaseModel):
    """A value that never changes once made. Unknown keys are refused, so a typing slip is seen at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def replaced(self, **values: object) -> Self:
        """A copy with these values, which are not validated: `model_copy(update=values)` at half of its cost, for the
        thousands of copies that linking and lifting make."""
        copy = object.__new__(type(self))
        put = object.__setattr__
        put(copy, "__dict__", {**self.__dict__, **values})
        put(copy, "__pydantic_fields_set__", self.__pydantic_fields_set__ | values.keys())
        put(copy, "__pydantic_extra__", None)
        put(copy, "__pydantic_private__", None)
        return copy


def json_number(value: Decimal | None) -> int | float | None:
    """An exact integer where the decimal is one, else the nearest float (the written form stays in `text`)."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(json_number, return_type=int | float, when_used="json")]
