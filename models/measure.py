"""Measures (举措), actions in them, outcomes, and what each sentence is there for."""

from __future__ import annotations

from typing import Literal

from models.base import Record
from models.span import Finding, Span

Role = Literal["background", "practice", "result", "lesson", "quotation"]
"""背景 / 做法 / 成效 / 启示 / 引语."""


class Measure(Finding):
    """The smallest unit that the author presents as one thing done. GUIDE §4."""

    title: Span
    category: str | None
    categories: tuple[str, ...] = ()
    """All that tie for the first place, the chosen one first."""
    section: str | None = None
    """Text of the heading above it."""
    ordinal: int | None = None


class Action(Finding):
    """A verb and its object that somebody could check. GUIDE §4."""

    verb: str
    object: str | None
    actor: str | None = None
    place: str | None = None
    """Target place where the text states it."""
    measure: int | None = None
    """Index into the record's measures."""


class Outcome(Finding):
    """What came of it (增收, 达到, 突破): kept beside the actions, never among them."""

    verb: str
    object: str | None = None
    measure: int | None = None


class SentenceRole(Record):
    """What a sentence of the body is there for."""

    start: int
    end: int
    role: Role
    rule: str
