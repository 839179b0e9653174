"""Office files hold no time of their making: two exports within one second are alike in any case, so time is looked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import pytest

from outputs.document_book import Selection
from outputs.document_file import document
from outputs.export import export
from outputs.library import Library
from outputs.steady import write_steady
from tests.outputs.samples import entries

EPOCH = (1980, 1, 1, 0, 0, 0)
CORE = '<x xmlns:dcterms="d"><dcterms:created a="b">{0}</dcterms:created><dcterms:modified>{0}</dcterms:modified></x>'


def test_times_are_taken_out_and_the_rest_stays() -> None:
    def save(out: IO[bytes]) -> None:
        with ZipFile(out, "w") as made:
            made.writestr("docProps/core.xml", CORE.format("2024-05-01T09:00:00Z"))
            made.writestr("word/document.xml", "2024-05-01T09:00:00Z")

    out = io.BytesIO()
    write_steady(save, out)
    with ZipFile(out) as made:
        assert {entry.date_time for entry in made.infolist()} == {EPOCH}
        assert made.read("docProps/core.xml").decode() == CORE.format("1980-01-01T00:00:00Z")
        assert made.read("word/document.xml") == b"2024-05-01T09:00:00Z"


@pytest.mark.parametrize(
    "write",
    [
        lambda library, out: export(library, "articles", "xlsx", out),
        lambda library, out: document(library, "docx", out, Selection()),
    ],
    ids=["xlsx", "docx"],
)
def test_what_leaves_the_house_goes_that_way(tmp_path: Path, write: Callable[[Library, IO[bytes]], object]) -> None:
    out = io.BytesIO()
    with Library(tmp_path / "library.db") as library:
        library.write(None, entries())
        write(library, out)
    with ZipFile(out) as made:
        assert {entry.date_time for entry in made.infolist()} == {EPOCH}
        assert b">1980-01-01T00:00:00Z<" in made.read("docProps/core.xml")
