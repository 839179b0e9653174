"""Which names stand before a number in its sentence, and which one an owner means."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

BESIDE = 50
"""Numbers or names beside a number that may say what it is; a page without a full stop is one sentence."""

_BREAK = re.compile(r"[；;。！？!?\n]")


class Mentions:
    """Names of one kind in an article: rows in the order of the text, found without a look at each of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._starts = [row["start"] for row in rows]
        self._called: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            for name in dict.fromkeys((row["norm"] or row["text"], row["text"])):
                self._called[name].append(row)

    def before(self, q: Row) -> Iterator[Row]:
        """Those that stand before a number in its own part of its sentence."""
        end = bisect_left(self._starts, q["start"])
        first = max(bisect_left(self._starts, q["quote_start"]), end - BESIDE)
        return (row for row in self._rows[first:end] if stands_before(row, q))

    def nearest(self, name: str, at: int) -> Row | None:
        """The mention of that name nearest before an offset, or else after it."""
        called = self._called.get(name)
        if not called:
            return None
        upto = bisect_right(called, at, key=_start)
        return called[bisect_left(called, _start(called[upto - 1]), key=_start)] if upto else called[0]


def stands_before(row: Row, q: Row) -> bool:
    """Whether something stands before a number in its own part of the sentence."""
    if not q["quote_start"] <= row["start"] < q["start"]:
        return False
    between = q["quote"][row["end"] - q["quote_start"] : q["start"] - q["quote_start"]]
    return _BREAK.search(between) is None


def _start(row: Row) -> int:
    return int(row["start"])
