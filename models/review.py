"""What a person said about a finding: a layer of its own, laid over the extraction and never part of it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from models.base import Record
from models.case import LAYERS

Decision = Literal["accepted", "corrected", "rejected", "added", "undone"]
"""`undone` takes back the review that it supersedes."""


class Review(Record):
    """One decision of one person on one passage. Reviews are only ever added: what is taken back stays in sight."""

    article_id: str
    layer: str
    """One of `models.case.LAYERS`."""
    start: int = Field(ge=0)
    end: int
    """Raw offsets of the finding, or of the passage where none was found. They and `layer` are the key."""
    text: str
    """The raw run at that time, by which a passage that has changed is noticed."""
    decision: Decision
    was: dict[str, Any] | None = None
    """Fields of the finding as the reviewer saw them, under the keys of the gold files; null where there was none."""
    value: dict[str, Any] | None = None
    """The same fields as they should be; null where the finding is rejected. `start` and `end` only where the span
    is another."""
    reviewer: str = Field(min_length=1)
    at: str
    """ISO 8601, UTC. The caller says it, so that the same input gives the same review."""
    why: str | None = None
    supersedes: str | None = None
    """Id of the review of the same passage that stood until then."""

    @field_validator("at")
    @classmethod
    def _utc(cls, at: str) -> str:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError(f"{at} has no time zone; write 2024-05-01T09:30:00+08:00")
        return moment.astimezone(UTC).isoformat()

    @model_validator(mode="after")
    def _is_a_passage(self) -> Self:
        if self.layer not in LAYERS:
            raise ValueError(f"there is no layer {self.layer!r}; choose one of {', '.join(LAYERS)}")
        if not self.text or len(self.text) != self.end - self.start:
            raise ValueError(f"passage [{self.start}, {self.end}) does not have the length of its text {self.text!r}")
        return self

    @property
    def id(self) -> str:
        """Content hash, 16 hex digits: the same review has the same id in every library."""
        content = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def passage(self) -> tuple[str, str, int, int]:
        """What it is about: article, layer, start, end."""
        return self.article_id, self.layer, self.start, self.end
