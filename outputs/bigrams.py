"""Overlapping pairs of characters: what makes every Chinese word of two characters and more findable with FTS5.

`unicode61` takes a run of Chinese for one word, and `trigram` misses words of two characters. So the index holds
pairs, written by us and separated by spaces, and a word is the phrase of its pairs.
"""

from __future__ import annotations

import re
from operator import add

VERSION = 1
"""Raise it when `tokens` changes: what is in an index was written by the function of its time, and has to be
rebuilt by a migration."""

# Characters that `unicode61` of every SQLite keeps in a token. It knows Unicode 6.1, so later Han characters are
# separators to it; they are to us too, and a query that holds one is checked against the text itself.
_RUN = re.compile(r"[0-9A-Za-z\u3007\u3400-\u4db5\u4e00-\u9fcc]{2,}")


def tokens(text: str) -> str:
    """The pairs of a text, to be stored in the index: 党建引领 → 党建 建引 引领."""
    pairs: list[str] = []
    for run in _RUN.findall(text):
        pairs.extend(map(add, run, run[1:]))
    return " ".join(pairs)


def phrase(word: str) -> str | None:
    """FTS5 query for a word; null where it holds no pair, so that only the text itself can answer. What it finds
    holds the pairs in a row, which is more than enough and never too little: check the text."""
    runs = _RUN.findall(word)
    if not runs:
        return None
    return " AND ".join('"' + tokens(run) + '"' for run in runs)
