"""The case files: sentences in the wild style, forms one by one, traps, and what is not read yet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.quantities import explain
from models.quantity import Quantity

CASES = Path(__file__).parent / "cases"
DAY = date(2023, 10, 26)
"""Every case counts its relative times from here."""


def load(name: str) -> list[dict[str, Any]]:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def read(text: str, expect: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was found, cut down to the keys that each expectation states."""
    found = explain(text, day=DAY).quantities
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
    rows = [row(quantity) for quantity in found]
    return [{key: value[key] for key in want} for value, want in zip(rows, expect, strict=False)] + rows[len(expect) :]


def row(quantity: Quantity) -> dict[str, Any]:
    full = quantity.model_dump(mode="json", by_alias=True)
    rate = full["rate"]
    full["rate"] = rate if isinstance(rate, list) else [rate] if rate else []
    return full


@pytest.mark.parametrize(
    "case", load("wild") + load("synthetic") + load("negative"), ids=lambda case: case["text"][:24]
)
def test_case(case: dict[str, Any]) -> None:
    assert read(case["text"], case["expect"]) == case["expect"]


@pytest.mark.parametrize("case", load("known_failures"), ids=lambda case: case["text"][:24])
@pytest.mark.xfail(strict=True)
def test_known_failure(case: dict[str, Any]) -> None:
    assert read(case["text"], case["expect"]) == case["expect"]


def test_there_are_enough_cases() -> None:
    counts = {name: len(load(name)) for name in ("wild", "synthetic", "negative", "known_failures")}
    assert sum(counts.values()) >= 400, counts
    assert counts["negative"] >= 120, counts
