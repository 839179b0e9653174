"""HanLP's models as a tagger (optional extra): a multi-task model, or one that only finds names.

Its own models come from its server at run time and are licensed for research and teaching only, so they are never the
default; a local folder with a model of the user's own works without a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from pipeline.taggers.base import NAMES, MissingTagger, Tagging, Word, cover
from pipeline.taggers.jieba import JiebaTagger

DEFAULT = "CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
"""The smallest multi-task model for Chinese in `hanlp.pretrained.mtl`."""

BATCH = 32
"""Sentences in one call."""

WAY = "Install it: pip install 'anliku[hanlp]' (about 1.2 GB with CPU torch)."

POS = {
    "NR": "PROPN", "NN": "NOUN", "NT": "NOUN", "VV": "VERB", "VA": "ADJ", "VC": "AUX", "VE": "VERB", "AD": "ADV",
    "P": "ADP", "BA": "ADP", "LB": "ADP", "SB": "ADP", "CC": "CCONJ", "CS": "SCONJ", "CD": "NUM", "OD": "NUM",
    "M": "NOUN", "PN": "PRON", "DT": "DET", "JJ": "ADJ", "LC": "ADP", "PU": "PUNCT", "IJ": "INTJ", "DEC": "PART",
    "DEG": "PART", "DEV": "PART", "DER": "PART", "AS": "PART", "SP": "PART", "ETC": "PART", "MSP": "PART", "URL": "X",
    "n": "NOUN", "nr": "PROPN", "ns": "PROPN", "nt": "PROPN", "nz": "PROPN", "v": "VERB", "vn": "NOUN", "a": "ADJ",
    "d": "ADV", "p": "ADP", "c": "CCONJ", "u": "PART", "m": "NUM", "q": "NOUN", "r": "PRON", "w": "PUNCT", "t": "NOUN",
    "f": "NOUN", "s": "NOUN", "y": "PART", "x": "X",
}  # fmt: skip
"""CTB tags, and the PKU ones that some models give."""


class HanlpTagger:
    """A model by name or local folder. One that only finds names reads characters, and the words are then jieba's."""

    def __init__(self, model: str | None = None, *, device: str = "cpu") -> None:
        self.name = f"hanlp:{model}" if model else "hanlp"
        if find_spec("hanlp") is None:
            raise MissingTagger(name=self.name, what="the package hanlp", way=WAY)
        import hanlp

        try:
            self._model: Any = hanlp.load(model or DEFAULT, devices=0 if device == "gpu" else -1)
        except Exception as error:  # hanlp raises whatever its parts raise, from KeyError to URLError
            why = f"{type(error).__name__}: {error}"
            way = f"Give the folder of a trained model, or a name from hanlp.pretrained ({why})."
            raise MissingTagger(name=self.name, what=f"the model {model or DEFAULT!r}", way=way) from error
        self.version = f"hanlp {version('hanlp')} {model or DEFAULT}"
        tasks = sorted(getattr(self._model, "tasks", ()))
        self._words = _first(tasks, "tok/fine", "tok")
        self._pos = _first(tasks, "pos/ctb", "pos")
        self._names = _first(tasks, "ner/msra", "ner")
        self._segmenter = JiebaTagger()

    def tag(self, sentences: Sequence[str]) -> list[Tagging]:
        """One tagging a sentence, in order."""
        taggings: list[Tagging] = []
        for at in range(0, len(sentences), BATCH):
            batch = list(sentences[at : at + BATCH])
            taggings += self._multi(batch) if self._words else self._single(batch)
        return taggings

    def _multi(self, batch: list[str]) -> list[Tagging]:
        tasks = [task for task in (self._words, self._pos, self._names) if task]
        full = [sentence for sentence in batch if sentence.strip()]
        document = self._model(full, tasks=tasks) if full else {}
        rows = iter(range(len(full)))
        taggings = []
        for sentence in batch:
            if not sentence.strip():
                taggings.append(Tagging(cover(sentence, ())[0], []))
                continue
            row = next(rows)
            tokens = document[self._words][row]
            tags = document[self._pos][row] if self._pos else [""] * len(tokens)
            pieces = [Word(text, tag, POS.get(tag, "X")) for text, tag in zip(tokens, tags, strict=True)]
            words, spans = cover(sentence, pieces)
            found = document[self._names][row] if self._names else []
            taggings.append(Tagging(words, _names(found, spans)))
        return taggings

    def _single(self, batch: list[str]) -> list[Tagging]:
        """Names from characters. White space is left out: models have not seen it."""
        kept = [[index for index, letter in enumerate(sentence) if not letter.isspace()] for sentence in batch]
        full = [
            [sentence[index] for index in indices] for sentence, indices in zip(batch, kept, strict=True) if indices
        ]
        found = iter(self._model(full) if full else [])
        taggings = []
        for tagging, indices in zip(self._segmenter.tag(batch), kept, strict=True):
            spans = [(index, index + 1) for index in indices]
            taggings.append(Tagging(tagging.words, _names(next(found), spans) if indices else []))
        return taggings


def _first(tasks: list[str], wanted: str, prefix: str) -> str | None:
    """The task `wanted`, else the first of that kind."""
    if wanted in tasks:
        return wanted
    return next((task for task in tasks if task.partition("/")[0] == prefix), None)


def _names(found: Sequence[tuple[str, str, int, int]], spans: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """`(text, label, first token, last token + 1)` as hanlp gives them, unsorted, to characters in order."""
    return sorted(
        (spans[begin][0], spans[end - 1][1], NAMES[label])
        for _, label, begin, end in found
        if label in NAMES and end > begin
    )
