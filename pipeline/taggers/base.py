"""The one small interface of all taggers."""

from __future__ import annotations

from collections.abc import Sequence
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
    """no tagger is called {name!r}; choose one of lac, jieba"""


def load_tagger(name: str) -> Tagger:
    """The tagger of that name, its model loaded."""
    if name == "lac":
        from pipeline.taggers.lac import LacTagger

        return LacTagger()
    if name == "jieba":
        from pipeline.taggers.jieba import JiebaTagger

        return JiebaTagger()
    raise UnknownTagger(name=name)
