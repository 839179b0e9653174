"""Fast tagger: jieba's dictionary and HMM, through rjieba where it can be imported (the same algorithm compiled).

rjieba joins what jieba cuts in runs of Latin letters and digits (2023-08-15, example.org); such runs are cut here as
jieba cuts them, so both ways give the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from typing import Literal

from pipeline.taggers.base import Tagging, Word

NAMES = {"nr": "PER", "nrt": "PER", "nrfg": "PER", "ns": "LOC", "nt": "ORG"}

POS = {
    "a": "ADJ", "ad": "ADV", "an": "NOUN", "b": "ADJ", "c": "CCONJ", "d": "ADV", "e": "INTJ", "f": "NOUN",
    "g": "NOUN", "h": "PART", "i": "NOUN", "j": "NOUN", "k": "PART", "l": "NOUN", "m": "NUM", "n": "NOUN",
    "o": "X", "p": "ADP", "q": "NOUN", "r": "PRON", "s": "NOUN", "t": "NOUN", "u": "PART", "v": "VERB",
    "vn": "NOUN", "vd": "VERB", "w": "PUNCT", "x": "PUNCT", "y": "PART", "z": "ADJ", "nr": "PROPN", "ns": "PROPN",
    "nt": "PROPN", "nz": "PROPN", "nrt": "PROPN", "nrfg": "PROPN",
}  # fmt: skip

LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
"""What jieba keeps whole in a run without Chinese that is not in its dictionary (`finalseg.re_skip`)."""
_ASCII = re.compile(r"[\x00-\x7f]{2}")

_new = tuple.__new__
"""Makes a `Word` in half the time of `Word(…)`."""
Engine = Literal["rjieba", "jieba"]
Pieces = Callable[[str], Iterable[tuple[str, str]]]


class JiebaTagger:
    """jieba's words and tags, without a model. `engine`: which implementation; by default the fastest installed."""

    name = "jieba"

    def __init__(self, engine: Engine | None = None) -> None:
        self.engine: Engine = engine or ("rjieba" if find_spec("rjieba") else "jieba")
        through = f" through rjieba {version('rjieba')}" if self.engine == "rjieba" else ""
        self.version = f"jieba {version('jieba')}{through}"
        self._pieces: Pieces = _rjieba() if self.engine == "rjieba" else _jieba()

    def tag(self, sentences: Sequence[str]) -> list[Tagging]:
        """One tagging a sentence, in order."""
        return [self._tag(sentence) for sentence in sentences]

    def _tag(self, sentence: str) -> Tagging:
        words: list[Word] = []
        names: list[tuple[int, int, str]] = []
        at = 0
        for text, tag in self._pieces(sentence):
            words.append(_new(Word, (text, tag, POS.get(tag) or POS.get(tag[:1], "X"))))
            size = len(text)
            if size > 1 and tag in NAMES:
                names.append((at, at + size, NAMES[tag]))
            at += size
        return Tagging(words, names)


def _rjieba() -> Pieces:
    import rjieba

    def pieces(sentence: str) -> Iterable[tuple[str, str]]:
        found: list[tuple[str, str]] = rjieba.tag(sentence)
        return found if _ASCII.search(sentence) is None else cut(found)

    def cut(found: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for text, tag in found:
            if len(text) > 1 and not text.isalnum() and text.isascii() and not rjieba.has_word(text):
                yield from ((part, _latin(part)) for part in LATIN.split(text) if part)
            else:
                yield text, tag

    return pieces


def _jieba() -> Pieces:
    """Words of `jieba.cut`; `jieba.posseg` cuts unknown words differently, so it only gives their tags."""
    import logging

    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    posseg.initialize()

    def pieces(sentence: str) -> Iterator[tuple[str, str]]:
        for text in jieba.cut(sentence):
            tag = posseg.dt.word_tag_tab.get(text)
            if tag is None:
                parts = posseg.lcut(text)
                tag = parts[0].flag if len(parts) == 1 else "n" if text.isalpha() else "x"
            yield text, tag

    return pieces


def _latin(text: str) -> str:
    return "m" if text[0].isdigit() else "eng" if text[0].isalpha() else "x"
