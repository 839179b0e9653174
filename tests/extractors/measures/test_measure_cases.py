"""Short articles of our own: every form in which an author marks a measure off, and plain prose."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from extractors.doc import findings
from models.article import Article
from pipeline.nlp import build, prepare

CASES = Path(__file__).parent / "cases"


def cases(*names: str) -> list[dict]:
    return [case for name in names for case in json.loads(CASES.joinpath(f"{name}.json").read_text("utf-8"))]


@pytest.fixture(scope="module")
def read():
    nlp = build("lac", components=("anliku_measures", "anliku_actions"))
    return lambda text: findings(nlp(nlp.tokenizer.segment(prepare(Article(source="case", raw=text)))))


def agree(measures, case) -> None:
    assert [measure.title.text for measure in measures] == [want["title"] for want in case["measures"]], case["why"]
    for measure, want in zip(measures, case["measures"], strict=True):
        for key in ("category", "section", "ordinal"):
            if key in want:
                assert getattr(measure, key) == want[key], (key, measure.title.text)
        assert measure.text.startswith(want.get("begins", ""))
        assert measure.text.endswith(want.get("ends", ""))


@pytest.mark.parametrize("case", cases("wild", "synthetic", "negative"), ids=lambda case: case["name"])
def test_measures(read, case):
    agree(read(case["text"]).measures, case)


@pytest.mark.xfail(strict=True, reason="known failures")
@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda case: case["name"])
def test_known_failures(read, case):
    agree(read(case["text"]).measures, case)


@pytest.mark.parametrize("case", cases("wild", "synthetic"), ids=lambda case: case["name"])
def test_measures_do_not_overlap_and_hold_their_text(read, case):
    measures = read(case["text"]).measures
    for before, after in pairwise(measures):
        assert before.end <= after.start
    for measure in measures:
        assert case["text"].find(measure.text.split("\n")[0]) >= 0
        assert measure.start <= measure.title.start < measure.title.end <= measure.end
        assert measure.provenance.extractor == "measures"
        assert (measure.provenance.confidence == "high") == (measure.provenance.reason is None)
