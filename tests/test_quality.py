"""The floors of quality.json hold: on the project's own articles, and on the shared gold where it is there."""

from __future__ import annotations

import json

import pytest

from tests.quality import FLOORS, measure, present


@pytest.mark.parametrize("name", present())
def test_floors(name: str) -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))[name]
    measured = measure(name)
    below = {layer: (round(measured.get(layer, 0.0), 4), floor) for layer, floor in floors.items()
             if measured.get(layer, 0.0) < floor}  # fmt: skip
    assert not below
