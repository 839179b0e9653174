"""What takes a look at the whole library is read again once somebody has written there, and only then."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from outputs.datasette_anliku.kept import LONGEST, REST, kept
from outputs.datasette_anliku.libraries import SECONDS
from outputs.datasette_anliku.start import indicators, overview
from outputs.library import Library
from outputs.reviews import reject
from tests.outputs.samples import county_entry, entries


def test_it_is_read_again_after_every_kind_of_writing(tmp_path: Path) -> None:
    path, other = tmp_path / "a.db", tmp_path / "b.db"
    read: list[str] = []

    @kept
    def count(library: Library) -> int:
        read.append(library.path.name)
        return library.stats()["articles"]

    def ask(path: Path) -> int:
        with Library(path, read_only=True) as library:
            return count(library)

    for one in (path, other):
        with Library(one) as library:
            library.write(None, [county_entry()])
    assert [ask(path), ask(path), ask(other), ask(path)] == [1, 1, 1, 1]
    assert read == ["a.db", "b.db"]
    with Library(path) as library:  # beside an open writer, whose rows are in the log
        library.write(None, entries())
        assert ask(path) == 3
        reject(library, f"{county_entry()[0].id}-q40-43", reviewer="甲", at="2026-01-01T00:00:00+00:00")
        assert ask(path) == 3
        library.start_run("1", {})
        assert ask(path) == 3
    assert ask(other) == 1
    assert read == ["a.db", "b.db", "a.db", "a.db", "a.db"]


def test_the_start_page_shows_a_review_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Library(path) as library:
        library.write(None, entries())
        before = overview(library)["counts"]["quantities"], sum(one["observations"] for one in indicators(library))
        reject(library, f"{county_entry()[0].id}-q40-43", reviewer="甲", at="2026-01-01T00:00:00+00:00")
        after = overview(library)["counts"]["quantities"], sum(one["observations"] for one in indicators(library))
    assert after == (before[0] - 1, before[1] - 1)


def test_what_takes_long_is_kept_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, readings = [100.0], 0
    monkeypatch.setattr("outputs.datasette_anliku.kept.time.monotonic", lambda: clock[0])

    @kept
    def slowly(library: Library) -> int:
        nonlocal readings
        readings += 1
        clock[0] += 2 * SECONDS
        return next(library.rows("SELECT count(*) FROM articles"))[0]

    path = tmp_path / "a.db"
    with Library(path) as library:
        library.write(None, [county_entry()])
        assert slowly(library) == 1
        library.write(None, entries())
        assert slowly(library) == 1, "a run goes on writing"
        clock[0] += REST * 2 * SECONDS + 1
        assert slowly(library) == 3
        assert readings == 2
        library.start_run("1", {})
        assert slowly(library) == 3
        assert readings == 3, "a new run shows at once"
        library.forget([county_entry()[0].id])
        assert slowly(library) == 2


def test_one_visitor_reads_and_others_get_what_was_found_before(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    reading, go_on = threading.Event(), threading.Event()
    readings = 0

    @kept
    def waiting(library: Library) -> int:
        nonlocal readings
        readings += 1
        if readings > 1:
            reading.set()
            assert go_on.wait(10)
        return next(library.rows("SELECT count(*) FROM articles"))[0]

    def ask() -> int:
        with Library(path, read_only=True) as library:
            return waiting(library)

    with Library(path) as library:
        library.write(None, [county_entry()])
    assert ask() == 1
    with Library(path) as library:
        library.write(None, entries())
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ask)
        assert reading.wait(10)
        assert ask() == 1, "not kept waiting"
        go_on.set()
        assert first.result(10) == 3
    assert ask() == 3
    assert readings == 2


def test_who_waits_does_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    begun, go_on, readings = threading.Event(), threading.Event(), []

    @kept
    def waiting(library: Library) -> int:
        readings.append(1)
        begun.set()
        assert go_on.wait(10)
        return next(library.rows("SELECT count(*) FROM articles"))[0]

    def ask() -> int:
        with Library(path, read_only=True) as library:
            return waiting(library)

    with Library(path) as library, ThreadPoolExecutor(4) as pool:
        library.write(None, [county_entry()])
        asked = [pool.submit(ask)]
        assert begun.wait(10)
        for _ in range(3):
            library.write(None, entries())  # what each of them finds is another library
            asked.append(pool.submit(ask))
        time.sleep(0.2)
        go_on.set()
        assert {one.result(10) for one in asked} <= {1, 3}
    assert len(readings) == 1


def test_a_file_put_in_its_place_is_another_library(tmp_path: Path) -> None:
    path, other = tmp_path / "a.db", tmp_path / "b.db"
    for one, held in ((path, entries()), (other, [county_entry()])):
        with Library(one) as library:
            library.write(None, held)
    with Library(path, read_only=True) as library:
        assert overview(library)["counts"]["articles"] == 3
    for end in ("", "-wal", "-shm"):
        path.with_name(f"a.db{end}").unlink(missing_ok=True)
    other.rename(path)
    with Library(path, read_only=True) as library:
        assert overview(library)["counts"]["articles"] == 1


def test_a_dear_reading_has_its_own_time_and_the_page_its_own_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[float] = []
    monkeypatch.setattr("outputs.datasette_anliku.kept.limit", lambda library, seconds: limits.append(seconds))
    with Library(tmp_path / "a.db") as library:
        library.write(None, entries())
        kept(lambda _: 1)(library)
    assert limits == [LONGEST, SECONDS]
