"""What takes a look at the whole library is read again once somebody has written there, and only then."""

from __future__ import annotations

from pathlib import Path

from outputs.datasette_anliku.kept import kept
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


def test_indicators_count_each_county_of_a_code_once(tmp_path: Path) -> None:
    """As distinct counties over all rows, told by the plain way of counting."""
    with Library(tmp_path / "a.db") as library:
        library.write(None, entries())
        library.db.execute(
            "INSERT INTO observations SELECT article, id || '-again', article_id, code, thing, kind, place, 'village',"
            " adcode, province, prefecture, county, county_code, path, low, high, unit, rate, status, time, extent,"
            " limit_of, limit_low, limit_high, limit_bound, limit_unit, reason FROM observations"
        )
        plain = library.query("""
            SELECT code, count(*) AS observations, count(DISTINCT coalesce(county_code, county)) AS counties,
                   count(DISTINCT CASE WHEN reason IS NULL AND level = 'county' THEN coalesce(county_code, county) END)
                   AS comparable
            FROM observations GROUP BY code ORDER BY comparable DESC, counties DESC, observations DESC, code""")
        assert list(plain) == indicators(library) != []
