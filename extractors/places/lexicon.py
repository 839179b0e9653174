"""The words around place names: where a name may begin, and which runs are no name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from extractors.places.packages import data_file
from extractors.rules import read_toml

PACKAGE = "extractors.places"

VERBAL = re.compile(r"^(\S{2,4}) (\d+) (?:v|vn|vd|vi|vg|d|ad|p|c|t|r)$", re.MULTILINE)
"""Lines of jieba's dictionary (MIT) with words that can stand before a name: verbs, adverbs, prepositions, times."""

NOUN = re.compile(r"^(\S{2,4}) (\d+) (?:n|nz|l|b|a|an|s|f|m|q|mq|i|j)$", re.MULTILINE)

RARE = 60
"""Below this count in jieba's dictionary an entry is as often part of a name as a word."""

COMMON_NOUN = 400


class Lexicon(NamedTuple):
    """Word lists, ready for look-up."""

    before: frozenset[str]
    """Words of 2 to 4 characters that a name may follow at once, and that no name holds."""
    nouns: frozenset[str]
    """Other common words: a name may follow them, but they may be part of it as well."""
    single: frozenset[str]
    openers: frozenset[str]
    never_inside: frozenset[str]
    seldom_inside: frozenset[str]
    words: dict[str, Any]
    """The whole of `words.toml`."""

    def common(self, word: str) -> bool:
        """Whether a run is a word of the dictionary that is no name."""
        return word in self.before or word in self.nouns


@lru_cache(maxsize=2)
def load_lexicon(rules: str | None = None) -> Lexicon:
    """The lists of `words.toml` with the verbs and nouns of jieba's dictionary."""
    words = read_toml(PACKAGE, "words.toml", rules)
    boundary = words["boundary"]
    dictionary = data_file("jieba", "dict.txt").read_text("utf-8")
    never = frozenset(boundary["not_words"])
    before = {m[1] for m in VERBAL.finditer(dictionary) if int(m[2]) >= RARE} - never
    nouns = {m[1] for m in NOUN.finditer(dictionary) if int(m[2]) >= COMMON_NOUN} - never
    before.update(boundary["words"])
    return Lexicon(
        frozenset(before),
        frozenset(nouns - before),
        frozenset(boundary["single"]),
        frozenset(boundary["openers"]),
        frozenset(boundary["never_inside"]),
        frozenset(boundary["seldom_inside"]),
        words,
    )
