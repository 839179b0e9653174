"""What nobody would type by mistake: numbers and offsets that are none are refused at once, and nothing is kept."""

from __future__ import annotations

from typing import Any

import pytest

from outputs.library import Library
from outputs.reviews import BadValue, NoSuchFinding, accept, correct, history
from tests.outputs.test_reviews import ARTICLE, id_of, who


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"start": "²"}, "is an offset"),
        ({"end": "9" * 5000}, "is an offset"),
        ({"value": "1e999999999"}, "is no number"),
        ({"min": "-1e-999999999"}, "is no number"),
        ({"max": "nan"}, "is no number"),
        ({"value": "1e400"}, "is no number"),
        ({"min": "9", "max": "3"}, "min is more than max"),
    ],
)
def test_a_value_that_is_no_number_of_this_world(library: Library, values: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadValue, match=problem):
        correct(library, id_of("81名"), values, **who())
    assert library.reviews() == []


@pytest.mark.parametrize("key", [f"q{'9' * 5000}-1", "q٣-٤", "q²-3"])
def test_an_id_whose_offsets_are_no_numbers_is_none(library: Library, key: str) -> None:
    with pytest.raises(NoSuchFinding):
        accept(library, f"{ARTICLE.id}-{key}", **who())
    assert history(library, f"{ARTICLE.id}-{key}") == []


def test_large_and_small_numbers_are_kept(library: Library) -> None:
    for value, kept in (("5000000000000", 5_000_000_000_000), ("0", 0), ("0.0001", 0.0001), ("1,500.5", 1500.5)):
        assert (correct(library, id_of("81名"), {"value": value}, **who()).value or {})["min"] == kept
