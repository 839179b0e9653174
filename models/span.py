"""Runs of text and where a value came from."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, model_validator

from models.base import Record

Range = tuple[int, int]
"""`(start, end)`: Python string indices, end exclusive."""

Confidence = Literal["high", "medium", "low"]
"""Ordinal, never a probability. `high`: a rule that leaves one reading. `medium`: the reading that
context favours. `low`: shown to a reviewer first. `Provenance.reason` says which evidence was missing."""


class Span(Record):
    """`text` is the run `[start, end)`.

    On a spaCy `Doc` the offsets count in `doc.text` (the normalised page); `pipeline.assemble` lifts every
    span of a record to the raw text of the article, so in a `CaseRecord` `raw[start:end] == text` and `norm`
    keeps the simplified, clean reading.
    """

    start: int = Field(ge=0)
    end: int
    text: str
    norm: str = ""
    """The normalised run. Equal to `text` where nothing was changed."""

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or runs backwards")
        if len(self.text) != self.end - self.start:
            raise ValueError(f"span [{self.start}, {self.end}) does not have the length of its text {self.text!r}")
        return self


class Provenance(Record):
    """Which code, in which version, by which rule, read a value, and how sure the rule is."""

    extractor: str
    rule: str
    """Rule id, stable across versions; `anliku extract --explain` prints it."""
    version: str
    confidence: Confidence = "high"
    reason: str | None = None
    """Why the confidence is not high."""


@lru_cache(maxsize=4096)
def provenance(
    extractor: str, rule: str, version: str, confidence: Confidence = "high", reason: str | None = None
) -> Provenance:
    """A provenance. A few hundred stand behind nearly all findings, so they are kept and shared."""
    return Provenance(extractor=extractor, rule=rule, version=version, confidence=confidence, reason=reason)


class Finding(Span):
    """A span that an extractor found."""

    provenance: Provenance
    optional: bool = False
    """Borderline by GUIDE.md (an article count, a loose act): shown, but not compared."""
