"""The evaluator: perfect is 1, and what is wrong in one place is counted there only."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import BadGold, NoGold
from pipeline.evaluate import evaluate, match, overlap_share, read_gold

SHARED = Path(__file__).parents[3] / "shared" / "gold"


def quantity(**changes: Any) -> dict[str, Any]:
    return {
        "start": 10, "end": 13, "text": "12个", "min": 12, "max": 12, "unit": "个", "bound": "eq", "indicator": "村",
        "code": "villages", "rate": None, "time": None, "status": "actual", **changes,
    }  # fmt: skip


def record(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "case",
        "meta": {"title": "题", "authors": None},
        "jurisdictions": [{"name": "甲县", "level": "county", "adcode": "999999"}],
        "body": [[5, 40]],
        "places": [{"start": 5, "end": 7, "text": "甲县", "adcode": "999999"}],
        "quantities": [quantity()],
        "measures": [
            {"start": 8, "end": 30, "title": {"start": 10, "end": 14, "text": "建强组织"}, "category": "leaders"}
        ],
        "actions": [{"start": 9, "end": 16, "text": "组建12个村党支部"}],
        **changes,
    }


def test_gold_against_itself_is_perfect() -> None:
    gold = {"a": record()}
    assert {layer: score.value for layer, score in evaluate(gold, gold).items()} == dict.fromkeys(
        evaluate(gold, gold), 1.0
    )


def test_a_missing_record_scores_nothing() -> None:
    scores = evaluate({"a": record()}, {})
    assert [scores[layer].value for layer in ("kind", "body", "places", "quantities", "measures", "actions")] == [0] * 6


@pytest.mark.parametrize(
    ("changes", "layer"),
    [
        ({"bound": "ge"}, "quantities.bound"),
        ({"indicator": "企业"}, "quantities.indicator"),
        ({"code": None}, "quantities.code"),
        ({"rate": ["year"]}, "quantities.rate"),
        ({"time": "2020"}, "quantities.time"),
        ({"status": "target"}, "quantities.status"),
        ({"unit": "名"}, "quantities"),
        ({"max": None}, "quantities"),
    ],
)
def test_one_wrong_value_costs_one_layer(changes: dict[str, Any], layer: str) -> None:
    scores = evaluate({"a": record()}, {"a": record(quantities=[quantity(**changes)])})
    assert [name for name, score in scores.items() if score.value < 1] == [layer]


def test_an_optional_gold_span_counts_neither_way() -> None:
    gold = {"a": record(quantities=[quantity(optional=True)])}
    for found in ([], [quantity()], [quantity(end=12)]):
        score = evaluate(gold, {"a": record(quantities=found)})["quantities"]
        assert (score.right, score.gold, score.found, score.value) == (0, 0, 0, 1.0)


def test_pairs_are_one_to_one_and_the_best() -> None:
    gold = [{"start": 0, "end": 10}, {"start": 12, "end": 20}]
    found = [{"start": 0, "end": 9}, {"start": 0, "end": 10}, {"start": 30, "end": 31}]
    assert match(gold, found, overlap_share, 0.5) == [(0, 1)]


def test_gold_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(NoGold):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{", "utf-8")
    with pytest.raises(BadGold, match=r"a\.json"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("[]", "utf-8")
    with pytest.raises(BadGold):
        read_gold(tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold is not on this machine")
def test_agrees_with_the_reference_scorer() -> None:
    spec = importlib.util.spec_from_file_location("reference", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold = read_gold(SHARED)
    broken = json.loads(json.dumps(gold))
    for number, found in enumerate(span for one in broken.values() for layer in ("places", "quantities", "measures",
                                   "actions", "persons", "programmes") for span in one[layer]):  # fmt: skip
        if number % 3 == 0:
            found["start"] += 1
        if number % 5 == 0:
            found.update(code="x", adcode="1", category="x", bound="x")
    theirs = {layer: tally.row()[0] for layer, tally in reference.score(SHARED, broken).items()}
    ours = {layer: score.value for layer, score in evaluate(gold, broken).items()}
    assert ours == pytest.approx(theirs)
    assert min(ours.values()) < 0.9
