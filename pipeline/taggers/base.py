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


class UnknownTagger(AnlikuError):
    """no tagger is called {name!r}; choose one of {choices}"""


class MissingTagger(AnlikuError):
    """tagger {name!r} needs {what}, which is not installed here. {way}"""


CHOICES = ("lac", "jieba", "hanlp", "hanlp:<model or path>", "spacy:<package or path>")
"""What `load_tagger` understands; `@gpu` at the end of a hanlp or spacy name runs it on the first GPU."""

NAMES = {
    "PER": "PER", "PERSON": "PER", "NR": "PER", "nr": "PER",
    "LOC": "LOC", "LOCATION": "LOC", "GPE": "LOC", "FAC": "LOC", "NS": "LOC", "ns": "LOC",
    "ORG": "ORG", "ORGANIZATION": "ORG", "NT": "ORG", "nt": "ORG",
}  # fmt: skip
"""Labels of the usual schemes (MSRA, OntoNotes, PKU, CoNLL) to the three that we keep."""


def load_tagger(name: str) -> Tagger:
    """The tagger of that name, its model loaded. UnknownTagger, or MissingTagger with the way to install it."""
    kind, colon, model = name.partition(":")
    model, _, device = model.rpartition("@") if model.endswith(("@gpu", "@cpu")) else (model, "", "cpu")
    if name == "lac":
        from pipeline.taggers.lac import LacTagger

        return LacTagger()
    if name == "jieba":
        from pipeline.taggers.jieba import JiebaTagger

        return JiebaTagger()
    if kind == "hanlp" and (model or not colon):
        from pipeline.taggers.hanlp import HanlpTagger

        return HanlpTagger(model or None, device=device)
    if kind == "spacy" and model:
        from pipeline.taggers.spacy import SpacyTagger

        return SpacyTagger(model, device=device)
    raise UnknownTagger(name=name, choices=", ".join(CHOICES))


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
