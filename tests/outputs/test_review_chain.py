"""Who confirms a correction does not hide it: what leaves the house says both, with who, when and why."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from outputs.document_book import Selection
from outputs.document_case import case
from outputs.document_file import document
from outputs.library import Library
from outputs.library.reviewed import behind
from outputs.reviews import accept, add, correct, reject, undo
from outputs.tables import sheet
from tests.outputs.samples import entries
from tests.outputs.test_reviews import ARTICLE, RAW, id_of, rerun, who


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        opened.write(opened.start_run("1", {}), entries())
        yield opened


def printed(library: Library, text: str) -> tuple[str, tuple[str, ...]]:
    """Mark and note of a number of the case."""
    made = case(library, ARTICLE.id)
    figures = [*made.others, *(f for part in made.parts for step in part.steps for f in step.figures)]
    (note,) = [note for note in made.notes if note.text == text]
    (figure,) = [figure for figure in figures if figure.note == note.nr]
    return figure.mark, note.said[1:]


def test_a_confirmed_correction_is_printed_as_both(library: Library) -> None:
    correct(library, id_of("81名"), {"value": 85}, **who(1, why="看错"))
    accept(library, id_of("81名"), **who(2, "李编辑", why="数过"))
    assert printed(library, "81名") == (
        "corrected,accepted",
        ("更正（上限 81 → 85；下限 81 → 85）", "王编辑，2024-05-01：看错", "后经确认", "李编辑，2024-05-01：数过"),
    )
    state = dict(case(library, ARTICLE.id).source)["审核"]
    assert "审核 1 处（更正后确认 1）；审核人 李编辑、王编辑" in state
    for chinese, said in ((True, "更正、确认"), (False, "corrected,accepted")):
        table = sheet(library, "指标", chinese=chinese)
        rows = {row[table.columns.index("原文")]: row[table.columns.index("审核")] for row in table.rows}
        assert (rows["81名"], rows["90%"]) == (said, None)
    out = io.BytesIO()
    document(library, "md", out, Selection(case=ARTICLE.id))
    assert "85 名〔更正、确认〕" in out.getvalue().decode()


def test_all_corrections_are_told_not_the_last_alone(library: Library) -> None:
    accept(library, id_of("81名"), **who(1))
    correct(library, id_of("81名"), {"value": 85}, **who(2))
    correct(library, id_of("81名"), {"value": 86}, **who(3, "李编辑"))
    mark, said = printed(library, "81名")
    assert mark == "corrected", "who confirmed 81 did not confirm 86"
    assert [line for line in said if "更正" in line] == [
        "更正（上限 81 → 85；下限 81 → 85）", "后又更正（上限 85 → 86；下限 85 → 86）",
    ]  # fmt: skip


def test_what_stood_before_a_rejection_has_no_part_in_it(library: Library) -> None:
    correct(library, id_of("81名"), {"value": 85}, **who(1))
    reject(library, id_of("81名"), **who(2))
    correct(library, id_of("81名"), {"value": 86}, **who(3))
    accept(library, id_of("81名"), **who(4))
    mark, said = printed(library, "81名")
    assert (mark, said[0]) == ("corrected,accepted", "更正（上限 81 → 86；下限 81 → 86）")


def test_an_acceptance_alone_and_what_was_taken_back(library: Library) -> None:
    first = correct(library, id_of("81名"), {"value": 85}, **who(1))
    undo(library, first.id, **who(2))
    accept(library, id_of("81名"), **who(3))
    assert printed(library, "81名") == ("accepted", ("确认", "王编辑，2024-05-01"))


def test_an_acceptance_keeps_the_correction_that_was_taken_back_after(library: Library) -> None:
    first = correct(library, id_of("81名"), {"value": 85}, **who(1))
    accept(library, id_of("81名"), **who(2))
    undo(library, first.id, **who(3))
    assert printed(library, "81名")[0] == "corrected,accepted", "85 still stands, and 81名 is what is quoted"


def test_names_that_were_corrected_and_confirmed(library: Library) -> None:
    start = RAW.index("张三")
    correct(library, id_of("张三", "n"), {"role": "书记"}, **who(1))
    accept(library, id_of("张三", "n"), **who(2))
    rerun(library)
    (people,) = [table for table in case(library, ARTICLE.id).tables if table.layer == "persons"]
    assert people.rows[0][:2] == ("张三〔更正、确认〕", "书记")
    add(library, ARTICLE.id, "persons", start - 2, start, {"role": "书记"}, **who(3))
    accept(library, f"{ARTICLE.id}-n{start - 2}-{start}", **who(4))
    known = {review.id: review for review in library.reviews()}
    assert [one.decision for one in behind(library.reviews()[-1], known)] == ["added", "accepted"]
