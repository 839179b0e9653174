"""Overlapping pairs of characters: what makes every Chinese word of two characters and more findable with FTS5.

`unicode61` takes a run of Chinese for one word, and `trigram` misses words of two characters. So the index holds
pairs, written by us and separated by spaces, and a word is the phrase of its pairs. Signs are characters like any
other (支部+合作社, 35.6万, “两委”); only white space divides.
"""

from __future__ import annotations

import re
from operator import add

VERSION = 1
"""Raise it when `tokens` changes: what is in an index was written by the function of its time, and has to be
rebuilt by a migration."""

# Characters that `unicode61` of every SQLite keeps in a token. It knows Unicode 6.1, so later Han characters are
# separators to it, as signs are: each of these is written as a character for private use, which it keeps.
_PLAIN = re.compile(r"[0-9A-Za-z\u3007\u3400-\u4db5\u4e00-\u9fcc\s]")
_PRIVATE, _PRIVATE_SIZE = 0xE000, 6400


class _Codes(dict[int, str]):
    """For `str.translate`. Two characters may share a code: what the index finds is checked against the text."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        coded = character if _PLAIN.match(character) else chr(_PRIVATE + code % _PRIVATE_SIZE)
        self[code] = coded
        return coded


_CODES = _Codes()


def tokens(text: str) -> str:
    """The pairs of a text, to be stored in the index: 党建引领 → 党建 建引 引领."""
    pairs: list[str] = []
    for run in text.translate(_CODES).split():
        pairs.extend(map(add, run, run[1:]))
    return " ".join(pairs)


def characters(text: str) -> str:
    """The characters of a text, each once: what answers a word of one character."""
    return " ".join(sorted(set(text.translate(_CODES)) - _SPACE))


def phrase(word: str) -> str | None:
    """FTS5 query for a word; null for one character, which has no pair. What it finds holds the word, but for the
    rare characters that share a code: check the text."""
    pairs = tokens(word)
    return f'"{pairs}"' if pairs else None


_SPACE = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace())
