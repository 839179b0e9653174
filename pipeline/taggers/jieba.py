"""Fast tagger: jieba's dictionary and HMM, through rjieba, the same algorithm compiled (25 times faster)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import rjieba

from pipeline.taggers.base import Tagging, Word

NAMES = {"nr": "PER", "nrt": "PER", "nrfg": "PER", "ns": "LOC", "nt": "ORG"}

POS = {
    "a": "ADJ", "ad": "ADV", "an": "NOUN", "b": "ADJ", "c": "CCONJ", "d": "ADV", "e": "INTJ", "f": "NOUN",
    "g": "NOUN", "h": "PART", "i": "NOUN", "j": "NOUN", "k": "PART", "l": "NOUN", "m": "NUM", "n": "NOUN",
    "o": "X", "p": "ADP", "q": "NOUN", "r": "PRON", "s": "NOUN", "t": "NOUN", "u": "PART", "v": "VERB",
    "vn": "NOUN", "vd": "VERB", "w": "PUNCT", "x": "PUNCT", "y": "PART", "z": "ADJ", "nr": "PROPN", "ns": "PROPN",
    "nt": "PROPN", "nz": "PROPN", "nrt": "PROPN", "nrfg": "PROPN",
}  # fmt: skip


class JiebaTagger:
    """jieba's words and tags, without a model."""

    name = "jieba"

    def __init__(self) -> None:
        self.version = f"rjieba {version('rjieba')}"

    def tag(self, sentences: Sequence[str]) -> list[Tagging]:
        """One tagging a sentence, in order."""
        return [self._tag(sentence) for sentence in sentences]

    def _tag(self, sentence: str) -> Tagging:
        words: list[Word] = []
        names: list[tuple[int, int, str]] = []
        at = 0
        for text, tag in rjieba.tag(sentence):
            words.append(Word(text, tag, POS.get(tag) or POS.get(tag[:1], "X")))
            if tag in NAMES and len(text) > 1:
                names.append((at, at + len(text), NAMES[tag]))
            at += len(text)
        return Tagging(words, names)
