"""Marks of Markdown: headings, emphasis, links, images, quotes, rules, code fences."""

from __future__ import annotations

import re

from pipeline.normalise.draft import Edit

_LINK = r"\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]{0,400}\")?\)"
_MARKS = re.compile(
    r"^[ ]{0,3}#{1,6}[ \t]+"  # heading
    r"|[ \t]+#+[ \t]*$"
    r"|^[ ]{0,3}(?:>[ \t]?)+"  # quotation
    r"|^[ ]{0,3}(?:[-*_][ \t]*){3,}$"  # rule
    r"|^[ ]{0,3}[*+-][ \t]+"  # bullet
    r"|^```[^\n]*$"
    rf"|!\[[^\[\]\n]{{0,400}}\]{_LINK}"  # picture, its text too
    rf"|\]{_LINK}"  # end of a link
    r"|\[(?=[^\[\]\n]{1,400}\]\()"  # start of a link
    r"|~~|`+",
    re.M,
)
# A star between figures multiplies.
_EMPHASIS = re.compile(r"(?<![0-9A-Za-z*_])(\*{1,3}|__)(?=[^\s*_])[^*\n]{0,400}?[^\s*]\1(?![0-9*_])")


def markdown(text: str) -> list[Edit]:
    """Edits that leave the text of a Markdown page. List numbers stay: they number the items."""
    found = [hit.span() for hit in _MARKS.finditer(text)]
    for hit in _EMPHASIS.finditer(text):
        size = len(hit[1])
        found += [(hit.start(), hit.start() + size), (hit.end() - size, hit.end())]
    edits: list[Edit] = []
    at = 0
    for start, end in sorted(found):
        if start >= at and end > start:
            edits.append(Edit(start, end, "", "tag"))
            at = end
    return edits
