"""The one small interface of all taggers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from models.errors import AnlikuError


class Word(NamedTuple):
    """A word of a sentence. `tag` is the tagger's own; `pos` the universal part of speech."""

    text: str
    tag: str
    pos: str


class Tagging(NamedTuple):
    """Words that join to the sentence exactly, and names as `(start, end, label)` in characters; PER, LOC, ORG."""

    words: list[Word]
    names: list[tuple[int, int, str]]


class Tagger(Protocol):
    """Anything that tags."""

    name: str
    version: str

    def tag(self, sentences: Sequence[str]) -> list[Tagging]:
        """One tagging a sentence, in order. No sentence holds a line break."""
        ...


class MissingTagger(AnlikuError):
    """tagger {name!r} needs {what}, which is not installed here. {way}"""


NAMES = {
    "PER": "PER", "PERSON": "PER", "NR": "PER", "nr": "PER",
    "LOC": "LOC", "LOCATION": "LOC", "GPE": "LOC", "FAC": "LOC", "NS": "LOC", "ns": "LOC",
    "ORG": "ORG", "ORGANIZATION": "ORG", "NT": "ORG", "nt": "ORG",
}  # fmt: skip
"""Labels of the usual schemes (MSRA, OntoNotes, PKU, CoNLL) to the three that we keep."""


def cover(sentence: str, pieces: Iterable[Word]) -> tuple[list[Word], list[tuple[int, int]]]:
    """Words that join to `sentence` exactly, from the pieces of a tagger that drops or changes characters (white
    space, width), and the `(start, end)` of each piece. A piece not found ahead covers as many characters as it has."""
    words: list[Word] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for text, tag, pos in pieces:
        start = sentence.find(text, at)
        if start < 0 or sentence[at:start].strip():
            start = at + len(sentence[at:]) - len(sentence[at:].lstrip())
        end = min(start + len(text), len(sentence))
        if start > at:
            words.append(Word(sentence[at:start], "", "SPACE"))
        if end > start:
            words.append(Word(sentence[start:end], tag, pos))
        spans.append((start, end))
        at = max(at, end)
    if at < len(sentence):
        words.append(Word(sentence[at:], "", "SPACE" if sentence[at:].isspace() else "X"))
    return words, spans
