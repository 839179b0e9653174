"""Sentences of our own: every action that GUIDE §4 asks for, with its exact span, and none that it does not."""

import json
from pathlib import Path

import pytest

from extractors.doc import findings
from models.article import Article
from pipeline.nlp import Segmenter, build, prepare

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, object]]:
    return json.loads(CASES.joinpath(f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def read():
    nlp = build("lac", components=("anliku_measures", "anliku_actions"))
    segmenter = nlp.tokenizer
    assert isinstance(segmenter, Segmenter)
    return lambda text: nlp(segmenter.segment(prepare(Article(source="case", raw=text))))


def spans(doc) -> list[str]:
    """Texts of the actions that are compared."""
    return [doc.text[action.start : action.end] for action in findings(doc).actions if not action.optional]


@pytest.mark.parametrize("case", cases("wild") + cases("synthetic"), ids=lambda case: case["text"][:20])
def test_actions(read, case):
    assert spans(read(case["text"])) == case["expect"], case["why"]


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["text"][:20])
def test_no_actions(read, case):
    assert spans(read(case["text"])) == [], case["why"]


@pytest.mark.xfail(strict=True, reason="known failures")
@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda case: case["text"][:20])
def test_known_failures(read, case):
    assert spans(read(case["text"])) == case["expect"], case["why"]
