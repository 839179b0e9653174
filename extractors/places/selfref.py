"""Self references: 我市, 全县, 本镇. They resolve to a jurisdiction and are no mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple


class SelfReference(NamedTuple):
    """我市 at `[start, end)`; `unit` is its last part (市), `weight` how surely it is the article's own subject."""

    start: int
    end: int
    text: str
    unit: str
    weight: float


def self_references(text: str, ranges: Sequence[tuple[int, int]], rules: Mapping[str, Any]) -> Iterator[SelfReference]:
    """Self references of the body. `rules`: the table `self` of subject.toml."""
    pattern = re.compile(rules["pattern"])
    for start, end in ranges:
        for match in pattern.finditer(text, start, end):
            yield SelfReference(*match.span(), match[0], match["what"], rules["weight"][match["how"]])
