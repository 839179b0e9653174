"""Rows packed by a worker are those that the library would make by itself."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from outputs.library import Library, observations, search_index
from outputs.library.packed import Packed, Sealed, pack, seal, texts
from tests.outputs.samples import county_entry, entries


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "l.db")


def test_observations_and_index_are_those_made_from_the_stored_rows(library: Library) -> None:
    library.write(None, entries())
    packed = [one for entry in entries() if isinstance(one := pack(entry), Packed)]
    stored = list(library.rows("SELECT * FROM observations ORDER BY rowid"))
    assert stored
    for one in packed:
        number = library.number(one.article_id)
        observations.renew(library.db.conn, number)
        assert search_index._texts(library.db.conn, number) == texts(one.rows)
    assert sorted(library.rows("SELECT * FROM observations")) == sorted(stored)


def test_packed_rows_survive_the_way_between_processes() -> None:
    one = pack(county_entry())
    assert isinstance(one, Packed)
    assert pickle.loads(pickle.dumps(seal(one))).open() == one


def test_storing_what_was_packed_is_writing(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db") as written, Library(tmp_path / "b.db") as stored:
        written.write(None, entries())
        stored.store(None, [one for entry in entries() if isinstance(one := Library.pack(entry), Sealed)])
        assert stored.digest() == written.digest()
        assert list(stored.rows("SELECT * FROM observations")) == list(written.rows("SELECT * FROM observations"))
