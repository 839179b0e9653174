"""Sound containers, cut or with a byte flipped."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.bad_input.cases.case import ANY, Row
from tests.bad_input.parts import (
    container_seeds,
    flipped,
)


def truncated() -> Iterator[Row]:
    for suffix, seed in container_seeds():
        for part in range(1, 5):
            yield suffix, seed[: len(seed) * part // 5], *ANY


def flips() -> Iterator[Row]:
    rng = random.Random(5)
    for suffix, seed in container_seeds():
        for _ in range(5):
            yield suffix, flipped(seed, rng), *ANY
