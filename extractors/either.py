"""One regular expression for any word of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any


def either(words: Iterable[str], not_before: Mapping[str, str] | None = None) -> str:
    """An expression, one group, for any of the words, the longest first; without words it matches nothing.

    `not_before`: for a word the characters (as they stand in a class) that may not follow it. Words are joined at their
    common beginnings, so a long list costs little at a place where none of them begins.
    """
    barred = not_before or {}
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = f"(?![{barred[word]}])" if barred.get(word) else ""
    return _group(tree) if tree else "(?!)"


def _group(tree: dict[str, Any]) -> str:
    end: str | None = tree.get("")
    branches = [re.escape(letter) + _group(below) for letter, below in tree.items() if letter]
    if not branches:
        return end or ""
    if end is None:
        return f"(?:{'|'.join(branches)})"
    return f"(?:{'|'.join(branches)}|{end})"
