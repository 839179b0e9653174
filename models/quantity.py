"""Quantities and times."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, field_serializer, field_validator

from models.base import Number, Record
from models.span import Finding

Bound = Literal["eq", "approx", "gt", "ge", "lt", "le", "range"]
Rate = Literal["year", "month", "week", "day", "village", "person", "household", "mu"]
Status = Literal["actual", "target", "standard"]
Extent = Literal["whole", "every", "most", "nearly_none", "none"]


class Threshold(Record):
    """What the things counted have to fulfil: 收入超过10万元的村."""

    of: str | None
    min: Number | None = None
    max: Number | None = None
    unit: str | None = None


class Canonical(Record):
    """The value in the canonical unit of its dimension, so that values can be compared."""

    min: Number | None
    max: Number | None
    unit: str
    dimension: str


class Time(Finding):
    """A date, period or relative time."""

    value: str | None
    """ISO 8601 (`2020`, `2020-12-31`, `2015/..`, `2019/2020`); null where it is relative and the article has no
    date."""
    relative: bool = False


class Quantity(Finding):
    """A number that measures or counts something real. GUIDE §3."""

    min: Number | None
    max: Number | None
    unit: str | None
    bound: Bound
    indicator: str | None = None
    code: str | None = None
    rate: tuple[Rate, ...] = ()
    time: str | None = None
    status: Status = "actual"
    threshold: Threshold | None = None
    from_: Number | None = Field(default=None, alias="from", serialization_alias="from")
    canonical: Canonical | None = None
    owner: str | None = None
    """The place or body that it belongs to, as named in the text; null: the jurisdiction."""
    extent: Extent | None = None
    """How much of what there is, where the text says it without a number. `whole`: the count of all there are
    (全县120个行政村, 下辖8个村). Of a limit, how many keep it: `every` (所有村收入达10万元以上), `most` (大部分村…),
    `nearly_none` (基本消除10万元以下的村), `none` (5万元以下的村全面消失). Null: not said."""
    flags: tuple[str, ...] = ()
    """What does not add up: `part_exceeds_whole`, `share_contradicts_counts`."""
    action: int | None = None
    """Index into the record's actions."""
    measure: int | None = None
    """Index into the record's measures."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @field_validator("rate", mode="before")
    @classmethod
    def _rates(cls, rate: object) -> object:
        """What the serializer below writes is read back: a gold file says null, one word or a list."""
        return () if rate is None else (rate,) if isinstance(rate, str) else rate

    @field_serializer("rate", when_used="json")
    def _rate(self, rate: tuple[Rate, ...]) -> str | list[str] | None:
        return None if not rate else rate[0] if len(rate) == 1 else list(rate)
