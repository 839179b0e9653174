"""Names of peoples whose names come from other languages, as Chinese characters write them: 热娜古丽, 扎西顿珠."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors.either import either
from models.span import Range


class Transliterations:
    """Reads runs with the characters and the parts of names of `persons.toml`, table `given`."""

    def __init__(self, given: dict[str, Any]) -> None:
        letters = "".join(given["transliterated"].split())
        self._letters = frozenset(letters)
        units = either(given["units"])
        self.part = part = f"(?:{units}|[{letters}])"
        self._dotted = re.compile(f"[{letters}]{{1,8}}(?:[·•・][{letters}]{{1,8}})+")
        self._run = re.compile(f"{part}{{2,7}}")
        self._units = re.compile(units)
        self._known = re.compile(f"{units}{part}{{1,5}}|(?<![{letters}])[{letters}]{{1,3}}{units}{part}{{0,4}}")

    def dotted(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """阿依古丽·买买提."""
        return self._dotted.finditer(text, start, end)

    def known(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Runs of at least three characters that hold a part of such names: 努尔兰别克."""
        if self._units.search(text, start, end) is None:  # most sentences hold none, and this is told at once
            return iter(())
        return (match for match in self._known.finditer(text, start, end) if len(match.group()) > 2)

    def sure(self, name: str) -> bool:
        """Whether the whole name is such a run."""
        return self._known.fullmatch(name) is not None

    def run(self, text: str, at: int, end: int) -> Range | None:
        """The run of such characters that begins at `at`."""
        match = self._run.match(text, at, end)
        return match.span() if match else None

    def part_in(self, text: str, start: int, end: int) -> bool:
        """Whether a part of such names stands in the run: two characters alone may be a word (多次)."""
        return self._units.search(text, start, end) is not None

    def likely(self, name: str) -> bool:
        """Whether nearly all of the name is written so."""
        return len(name) > 2 and sum(letter in self._letters for letter in name) * 4 >= len(name) * 3
