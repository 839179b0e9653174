"""Every code that the models know has a Chinese name."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from extractors.rules import read_toml
from models.case import LAYERS
from models.document import Kind
from models.measure import Role
from models.place import Level
from models.quantity import Bound, Quantity, Rate, Status, Threshold
from models.span import Confidence
from outputs.labels import label, labels, limit, plain, value
from tests.outputs.samples import FROM


@pytest.mark.parametrize(
    ("group", "codes"),
    [("kind", Kind), ("level", Level), ("bound", Bound), ("bound_sign", Bound), ("rate", Rate), ("status", Status),
     ("confidence", Confidence), ("role", Role)],
)  # fmt: skip
def test_codes_of_the_models_are_named(group: str, codes: object) -> None:
    assert set(get_args(codes)) <= labels()[group].keys()


def test_layers_are_named_and_coloured() -> None:
    assert {*LAYERS, "roles"} == labels()["layers"].keys()
    assert set(LAYERS) == labels()["colour"].keys()


def test_categories_and_indicators_of_the_rules_are_named() -> None:
    """Cards, pages, documents and the dictionary show a code that has no name as it is."""
    categories = read_toml("extractors.measures", "categories.toml")
    named = {code: entry["label"] for code, entry in categories.items()}
    assert labels()["measure"] == named, "[measure] of outputs/labels.toml is not what categories.toml has"
    indicators = {code for code, entry in read_toml("extractors.quantities", "indicators.toml").items()
                  if "definition" in entry}  # fmt: skip
    assert labels()["indicator"].keys() == indicators, (
        "[indicator] of outputs/labels.toml is not what indicators.toml has"
    )


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert label("measure", "my_own") == "my_own"
    assert label("measure", None) == ""


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"min": 15000, "max": 15000, "unit": "户", "bound": "approx"}, "约 15,000 户"),
        ({"min": "3.50", "max": "3.50", "unit": "万元", "bound": "eq"}, "3.5 万元"),
        ({"min": 20000, "max": 30000, "unit": "元", "bound": "range"}, "20,000–30,000 元"),
        ({"min": 5, "max": None, "unit": "%", "bound": "ge"}, "≥ 5 %"),
        ({"min": None, "max": 500000, "unit": "元", "bound": "le"}, "≤ 500,000 元"),
        ({"min": 67, "max": 67, "unit": None, "bound": "eq"}, "67"),
        ({"min": 0, "max": 0, "unit": "个", "bound": "eq"}, "0 个"),
        ({"min": None, "max": None, "unit": None, "bound": "approx"}, "若干"),
    ],
)
def test_values_are_written_as_editors_do(fields: dict[str, object], written: str) -> None:
    assert value(Quantity(start=0, end=2, text="若干", provenance=FROM, **fields)) == written


def test_plain_numbers() -> None:
    assert [plain(n) for n in (Decimal("1E+5"), 1200.50, Decimal("100"), 0.25)] == ["100,000", "1,200.5", "100", "0.25"]


def test_limits() -> None:
    assert limit(Threshold(of="收入", min=5, max=10, unit="万元")) == "收入 5–10 万元"
    assert limit(Threshold(of=None, max=10)) == "≤ 10"
