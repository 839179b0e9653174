"""`rules.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from models.document import BlockKind

# The first rule that fits decides, so the narrower kinds come first.
_KINDS: tuple[BlockKind, ...] = ("note", "caption", "byline", "noise")


class Rule(NamedTuple):
    """A line of at most `longest` characters in which `pattern` is found is of `kind`; one that ends like a sentence
    only if `prose`."""

    id: str
    kind: BlockKind
    pattern: re.Pattern[str]
    longest: int
    prose: bool


class Rules(NamedTuple):
    """Rules that settle a line, in order; and those of lines after which the page is not the article."""

    lines: list[Rule]
    tail: list[Rule]


@cache
def load_rules() -> Rules:
    """The rules beside this file."""
    tables = tomllib.loads(files("pipeline.layout").joinpath("rules.toml").read_text("utf-8"))
    return Rules(
        [_rule(f"{kind}.{id}", kind, rule) for kind in _KINDS for id, rule in tables[kind].items()],
        [_rule(f"tail.{id}", "noise", rule) for id, rule in tables["tail"].items()],
    )


def _rule(id: str, kind: BlockKind, rule: dict[str, Any]) -> Rule:
    return Rule(id, kind, re.compile(rule["pattern"], re.I), rule["longest"], rule.get("prose", False))
