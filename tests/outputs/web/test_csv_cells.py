"""CSV that the pages hand out: whole, and without formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.datasette_anliku.csv_cells import Cells
from outputs.datasette_anliku.server import datasette
from outputs.library import Library
from tests.outputs.samples import entries
from tests.outputs.web.visitor import Visitor, visiting

PIECES = ["=", '"', ",", "\n", "\r\n", "a", "村", "-1", "+", "＝", "1", " ", "\t", "@", ""]
CELL = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=4), st.integers(1, 40))
def test_only_formulas_change_however_the_answer_is_cut(rows: list[list[str]], size: int) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    data = written.getvalue().encode()
    cells = Cells()
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    out = b"".join(cells.take(part, more=True) for part in parts) + cells.take(b"", more=False)
    read = list(csv.reader(io.StringIO(out.decode(), newline="")))
    assert len(read) == len(rows)
    for before, after in zip(rows, read, strict=True):
        for old, new in zip(before, after, strict=True):
            assert new in (old, f"'{old}")
            number = re.fullmatch(r"-?[0-9]+", old)
            assert (new == old) is bool(number or not old.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")))


def test_what_never_closes_its_quotes_comes_whole() -> None:
    cells = Cells()
    assert cells.take(b'a,"b\nc', more=True) + cells.take(b"d", more=False) == b'a,"b\ncd'


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with Library(tmp_path / "lib.db") as library:
        library.write(None, entries())
        library.db.execute("UPDATE articles SET title = '=1+1'")
    with visiting(datasette(tmp_path / "lib.db")) as entered:
        yield entered


@pytest.mark.parametrize("more", ["", "&_stream=on"])
def test_no_formula_leaves_in_a_table_or_an_answer(visitor: Visitor, more: str) -> None:
    for target in (
        "/lib/articles.csv?_size=max",
        "/lib.csv?sql=select+title,+-5+as+n,+'%3Dcmd'+as+[%3Dx]+from+articles",
    ):
        text = visitor.get(target + more).text
        assert "'=1+1" in text
        assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(text)) for cell in row)
    assert ",-5," in text, "numbers stay numbers"
