"""Text that already stood."""

from __future__ import annotations

import re

from pipeline.layout.lines import Line

_CLAUSE = re.compile(r"[^，。；：！？,;:!?…]+")
_SPACE = re.compile(r"\s+")
_SHORT_CLAUSE = 6
# A reprint has a slip here and there; a paragraph of the same story that only quotes an earlier one stays below this.
_SHARE = 0.75
_SHORT_LINE = 24


def mark_repeats(lines: list[Line]) -> None:
    """Lines of which nearly all clauses stood before. A short one counts only next to another: sections of a roundup
    share their headings."""
    seen_lines: set[str] = set()
    seen: set[str] = set()
    short: list[int] = []
    for index, line in enumerate(lines):
        if line.kind in ("noise", "byline", "title"):
            continue
        clauses: list[str] = _CLAUSE.findall(_SPACE.sub("", line.text))
        key = "".join(clauses)
        if len(line.text) < _SHORT_LINE:
            if key in seen_lines and line.kind is None:
                short.append(index)
        elif line.kind in (None, "note", "caption"):
            told = [clause for clause in clauses if len(clause) >= _SHORT_CLAUSE]
            total = sum(map(len, told))
            if total and sum(len(clause) for clause in told if clause in seen) >= _SHARE * total:
                line.settle("repeat", "repeated-clauses")
                continue
            seen.update(told)
        seen_lines.add(key)
    candidates = set(short)
    after: Line | None = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if index in candidates and (after is None or after.kind == "repeat"):
            line.settle("repeat", "repeated-line")
        if line.kind not in ("noise", "byline"):
            after = line
