"""Normalised text that knows where each of its characters came from."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Literal

from pydantic import ConfigDict

from models.base import Record
from models.span import Range

Reason = Literal["script", "width", "invisible", "pinyin", "tag", "entity", "newline", "space"]


class Change(Record):
    """One edit: raw `[start, end)` (text `old`) became `new`, because of `reason`."""

    start: int
    end: int
    old: str
    new: str
    reason: Reason


class Run(Record):
    """`length` characters from `start` of the normal text stem, one by one, from `raw` onwards; `step` 0 says
    that all of them stem from the one raw run `[raw, raw_end)` (an entity, a changed pair, a tag turned newline)."""

    start: int
    length: int
    raw: int
    raw_end: int
    step: Literal[0, 1] = 1


class NormalText(Record):
    """Simplified, clean text with origins. `to_raw` is pure and never crosses: later text has later origins."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    text: str
    raw_length: int
    runs: tuple[Run, ...]
    """Cover `text` without gap, in order; their raw ranges never overlap and never run backwards."""
    changes: tuple[Change, ...] = ()
    script: Literal["hans", "hant", "mixed"] = "hans"

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def origin(self, index: int) -> Range:
        """Raw `[start, end)` of the character at `index` of `text`. IndexError outside the text."""
        if not 0 <= index < len(self.text):
            raise IndexError(index)
        run = self.runs[bisect_right(self._starts, index) - 1]
        if run.step:
            raw = run.raw + index - run.start
            return raw, raw + 1
        return run.raw, run.raw_end

    def to_raw(self, start: int, end: int) -> Range:
        """Raw range that the normal run `[start, end)` was read from, first character to last, with whatever
        was removed in between. ValueError where the run is empty."""
        if end <= start:
            raise ValueError(f"empty run [{start}, {end})")
        return self.origin(start)[0], self.origin(end - 1)[1]
