"""The doctor finds what is wrong with a library, and says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from models.article import Failure
from outputs.health import Check, check_library
from outputs.library import Library
from outputs.reviews import accept
from tests.outputs.samples import county_entry, entries


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "library.db"
    with Library(made) as library:
        run = library.start_run("1", {})
        library.write(run, entries())
        library.set_duplicates({})
        library.finish_run(run, {})
    return made


def ill(path: Path, version: str | None = "1") -> dict[str, Check]:
    return {check.name: check for check in check_library(path, version) if check.state != "ok"}


def spoil(path: Path, sql: str) -> None:
    db = sqlite3.connect(path)
    db.execute(sql)
    db.commit()
    db.close()


def test_a_sound_library_has_nothing(path: Path) -> None:
    assert ill(path) == {}


def test_every_illness_says_what_to_do(path: Path) -> None:
    spoil(path, "DELETE FROM search_index_docsize WHERE id = 1")
    assert ill(path)["search index"].state == "problem"
    with Library(path) as library:
        library.rebuild_search()
        assert ill(path) == {}
        library.store(None, [], [Failure(source="a.txt", stage="read", error="Damaged", message="a.txt: …")])
        library.start_run("2", {})
        accept(library, f"{county_entry()[0].id}-q80-84", reviewer="甲", at="2026-01-01T00:00:00+00:00")
    spoil(path, 'UPDATE reviews SET start = start + 1, "end" = "end" + 1')
    spoil(path, "DELETE FROM duplicates")
    spoil(path, "UPDATE articles SET raw = raw || char(65533) WHERE kind = 'other'")
    found = ill(path, "2")
    assert set(found) >= {"failures", "last run", "duplicates", "records are of today's version", "reviews"}
    assert all(check.do for check in found.values())
    assert "Damaged ×1" in found["failures"].said


def test_rows_of_nothing(path: Path) -> None:
    spoil(path, "UPDATE measures SET article_id = 'x'")
    assert ill(path)["rows belong together"].said == "measures → articles"
    spoil(path, "UPDATE actions SET measure_id = 'x'")
    assert ill(path)["rows belong together"].said == "actions → measures, measures → articles"
    spoil(path, "INSERT INTO duplicates VALUES ('0123456789abcdef', '0123456789abcdef', 0.9)")
    assert "duplicates → articles" in ill(path)["rows belong together"].said
    spoil(path, "UPDATE cases SET article = 99")
    assert "cases → articles" in ill(path)["rows belong together"].said


def test_texts_changed_behind_the_index(path: Path) -> None:
    spoil(path, "UPDATE articles SET body_text = '全然不同的文字'")
    assert ill(path)["search index"].state == "problem"


def test_damage_and_what_is_no_library(path: Path, tmp_path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192 : 8192 * 6] = b"\xa5" * (8192 * 5)
    path.write_bytes(data)
    found = ill(path)
    assert any(check.state == "problem" for check in found.values())
    for name, content in (("a.db", b"no database at all" * 99), ("b.db", b"")):
        (tmp_path / name).write_bytes(content)
        assert ill(tmp_path / name)["library opens"].state == "problem"
    assert "there is no library" in ill(tmp_path / "c.db")["library opens"].said
