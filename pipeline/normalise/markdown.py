"""Marks of Markdown: headings, emphasis, links, images, quotes, rules, code fences."""

from __future__ import annotations

import re

from pipeline.normalise.draft import Edit

_MARKS = re.compile(
    r"^[ ]{0,3}#{1,6}[ \t]+"  # heading
    r"|[ \t]+#+[ \t]*$"
    r"|^[ ]{0,3}(?:>[ \t]?)+"  # quotation
    r"|^[ ]{0,3}(?:[-*_][ \t]*){3,}$"  # rule
    r"|^[ ]{0,3}[*+-][ \t]+"  # bullet
    r"|^```[^\n]*$"
    r"|!\[[^\[\]\n]{0,400}\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]{0,400}\")?\)"  # picture, its text too
    r"|\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]{0,400}\")?\)"  # end of a link
    r"|\[(?=[^\[\]\n]{1,400}\]\()"  # start of a link
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![\w])__(?=\S)|(?<=\S)__(?![\w])|~~|`+",
    re.M,
)


def markdown(text: str) -> list[Edit]:
    """Edits that leave the text of a Markdown page."""
    return [Edit(hit.start(), hit.end(), "", "tag") for hit in _MARKS.finditer(text) if hit.group()]
