"""What is printed of a case: the form that printed case libraries have, as plain records.

Place and date; background, practice with its numbers, results, lessons; names; source; and behind every value a note
with the words of the article. `outputs/document_case.py` fills it, `document_markdown.py`, `document_docx.py` and
`document_html.py` print it.
"""

from __future__ import annotations

from typing import Literal

from models.base import Record
from outputs.labels import decided

Kind = Literal["background", "practice", "result", "lesson"]
PARTS: tuple[Kind, ...] = ("background", "practice", "result", "lesson")
Mark = str
"""What a reader is told of a value: what reviewers did with it (`corrected,accepted`), or that its rule is not sure of
it (`low`); empty where there is nothing to tell."""


def mark_label(mark: str) -> str:
    """What stands beside a value that was reviewed, or that is not sure."""
    return "把握低" if mark == "low" else decided(mark)


class Cover(Record):
    """The first page of a printed library."""

    title: str
    lines: tuple[str, ...]


class Note(Record):
    """Where a value comes from."""

    nr: int
    before: str
    """The sentence around the value, as written: up to it, …"""
    text: str
    """… the value itself, …"""
    after: str
    """… and on."""
    said: tuple[str, ...]
    """Offsets, rule and confidence, and what a reviewer changed."""


class Figure(Record):
    """A number."""

    name: str
    value: str
    facts: str
    """Rate, time, status, threshold and whose it is, as far as said."""
    mark: Mark
    note: int


class Act(Record):
    """An action, in the words of the article."""

    text: str
    mark: Mark


class Step(Record):
    """A measure, or text between measures, which has no title."""

    nr: int | None = None
    title: str | None = None
    category: str = ""
    section: str | None = None
    mark: Mark = ""
    paragraphs: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    figures: tuple[Figure, ...] = ()


class Part(Record):
    """One of the four parts."""

    kind: Kind
    steps: tuple[Step, ...] = ()


class Table(Record):
    """Names of one kind."""

    layer: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Case(Record):
    """A case, ready to be printed."""

    id: str
    """Of the case in the library, or of the article where no place was found."""
    group: str
    """Province, under which it stands among others."""
    title: str
    unit: str
    """The localities that it is about, with their parents."""
    published: str
    outlet: str
    parts: tuple[Part, ...]
    others: tuple[Figure, ...]
    """Numbers outside the body, in captions."""
    tables: tuple[Table, ...]
    source: tuple[tuple[str, str], ...]
    link: str | None
    notes: tuple[Note, ...]

    def head(self) -> list[tuple[str, str]]:
        """What stands below the title."""
        lines = (
            ("单位/地区", self.unit or "未识别出地方"),
            ("时间", self.published or "未注明"),
            ("来源", self.outlet),
        )
        return [(name, said) for name, said in lines if said]
