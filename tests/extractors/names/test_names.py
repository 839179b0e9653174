"""Cases of the names extractor. A case is a sentence with its names marked in it, `[kind|run]`, and may nest.

Kinds: p programme, d document, n person, o organisation, h honour; s province, f prefecture, c county, t township,
v village: places, which stand in for the places component. `why` says what the case guards.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from extractors.doc import findings
from models.place import Place
from models.span import Provenance
from pipeline.nlp import Segmenter, build

CASES = Path(__file__).parent / "cases"
LAYERS = {"p": "programmes", "d": "documents", "n": "persons", "o": "organisations", "h": "honours"}
LEVELS = {"s": "province", "f": "prefecture", "c": "county", "t": "township", "v": "village"}


def cases(name: str) -> list[Any]:
    loaded = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case["marked"], id=case["marked"][:28]) for case in loaded]


def unmark(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The plain text and the runs marked in it."""
    text, runs, open_ = "", [], []
    at = 0
    while at < len(marked):
        if marked[at] == "[" and marked[at + 2 : at + 3] == "|":
            open_.append((marked[at + 1], len(text)))
            at += 3
        elif marked[at] == "]" and open_:
            kind, start = open_.pop()
            runs.append((kind, start, len(text)))
            at += 1
        else:
            text += marked[at]
            at += 1
    return text, runs


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build("lac", components=("anliku_names",))


def read(nlp: Language, marked: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What is marked and what is found, as `(layer, run)`."""
    text, runs = unmark(marked)
    segmenter = nlp.tokenizer
    assert isinstance(segmenter, Segmenter)
    doc = segmenter(text)
    assert doc.text == text
    provenance = Provenance(extractor="test", rule="marked", version="0")
    findings(doc).places.extend(
        Place(start=start, end=end, text=text[start:end], level=LEVELS[kind], provenance=provenance)  # type: ignore[arg-type]
        for kind, start, end in sorted(runs, key=lambda run: run[1])
        if kind in LEVELS
    )
    found = findings(nlp.get_pipe("anliku_names")(doc))
    want = {(LAYERS[kind], text[start:end]) for kind, start, end in runs if kind in LAYERS}
    have = {(layer, name.text) for layer in LAYERS.values() for name in getattr(found, layer) if not name.optional}
    return want, have


@pytest.mark.parametrize("marked", cases("wild"))
def test_wild(nlp: Language, marked: str) -> None:
    want, have = read(nlp, marked)
    assert have == want


@pytest.mark.parametrize("marked", cases("synthetic"))
def test_synthetic(nlp: Language, marked: str) -> None:
    want, have = read(nlp, marked)
    assert have == want


@pytest.mark.parametrize("marked", cases("negative"))
def test_negative(nlp: Language, marked: str) -> None:
    want, have = read(nlp, marked)
    assert have == want == set()


@pytest.mark.parametrize("marked", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="known failure")
def test_known_failures(nlp: Language, marked: str) -> None:
    want, have = read(nlp, marked)
    assert have == want
