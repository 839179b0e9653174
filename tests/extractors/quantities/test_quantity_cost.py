"""The cost is linear: twice the text costs about twice the time, whatever the text is made of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from extractors.quantities.grammar import load_grammar
from extractors.quantities.sentence import load_reader

LINES = [
    "1",
    "一",
    ",",
    "1,",
    "111,",
    "一二",
    "百",
    "几",
    "第",
    "“",
    "（",
    "1+",
    "1.",
    "3到",
    "1.5万",
    "十个",
    "至少",
    "5个、",
]
SMALL, LARGE = 8_000, 64_000


def cost(work: Callable[[], object]) -> float:
    """Least of three, in processor time of this process."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        work()
        runs.append(time.process_time() - start)
    return min(runs)


@pytest.mark.parametrize("piece", LINES)
def test_grammar_is_linear(piece: str) -> None:
    grammar = load_grammar()
    small, large = (piece * (size // len(piece)) for size in (SMALL, LARGE))
    ratio = (cost(lambda: list(grammar.read(large))) + 0.005) / (cost(lambda: list(grammar.read(small))) + 0.005)
    assert ratio < 4 * LARGE / SMALL, "a quadratic expression would be 8 times as dear again"


@pytest.mark.parametrize("piece", ["5个、", "党员3名，", "1", "一", ",", "由3万元提高到5万元"])
def test_whole_reading_is_linear(piece: str) -> None:
    reader = load_reader(None, "test")
    small, large = (piece * (size // len(piece)) for size in (SMALL, LARGE))
    ratio = (cost(lambda: reader.read(large, (0, len(large)), [], [])) + 0.005) / (
        cost(lambda: reader.read(small, (0, len(small)), [], [])) + 0.005
    )
    assert ratio < 4 * LARGE / SMALL


@pytest.mark.parametrize("piece", ["1", "一", ","])
def test_a_million_characters(piece: str) -> None:
    grammar = load_grammar()
    start = time.process_time()
    assert list(grammar.read(piece * 1_000_000)) == []
    assert time.process_time() - start < 20, "a bound for any machine; it takes a tenth of a second"
