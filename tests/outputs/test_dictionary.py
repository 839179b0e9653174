"""The data dictionary that is kept is the one of today's schema."""

from __future__ import annotations

from pathlib import Path

import outputs
from outputs.dictionary import dictionary
from outputs.labels import labels
from outputs.library import Library

KEPT = Path(outputs.__file__).parent / "DICTIONARY.md"


def test_the_kept_dictionary_is_of_today(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        assert dictionary(library) == KEPT.read_text("utf-8"), (
            "if the change is meant: anliku schema --library -o outputs/DICTIONARY.md, and read the diff"
        )


def test_every_column_has_a_row_and_every_code_its_name(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        text = dictionary(library)
        rows = set(text.splitlines())
        for column in library.db.table("quantities").columns:
            assert any(row.startswith(f"| {column.name} | ") for row in rows), column.name
    for code, name in labels()["indicator"].items():
        assert f"| {code} | {name} |" in rows
    assert "→ articles" in text
