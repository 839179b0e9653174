"""Names that the owner of a library gave to codes of his own rules. The rules stay where he keeps them; each run leaves
the names with its report."""

from __future__ import annotations

import json
import sqlite3

from outputs.labels import Names
from outputs.library import Library

KEY = "names"
"""Of the report of a run: `{group of labels.toml: {code: name}}`, where those rules have some."""


def own_names(library: Library) -> Names:
    """The names that the runs of a library knew; of two for one code the later."""
    found: dict[str, dict[str, str]] = {}
    try:
        kept = list(library.rows("SELECT report FROM runs WHERE instr(report, ?) > 0 ORDER BY id", (f'"{KEY}"',)))
    except sqlite3.OperationalError:  # a library that is still being made
        return {}
    for (report,) in kept:
        for group, names in json.loads(report).get(KEY, {}).items():
            found.setdefault(group, {}).update(names)
    return found
