"""The schema, whole, and libraries of every schema so far."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from models.review import Review
from outputs.compare import _SQL, OF_CODE
from outputs.health import check_library
from outputs.library import Library, LibraryTooOld, reviewed
from outputs.library.library import DELETES
from outputs.library.rows import COLUMNS, UNNUMBERED
from outputs.library.schema import APPLICATION_ID, BY_ID, OF_ARTICLE, SCHEMA, migrations
from outputs.search import search
from tests.outputs.samples import county_entry, entries, roundup_entry

HERE = Path(__file__).parent
BESIDE = ("reviews", "forgotten", "duplicates")
"""Tables whose rows stay when their article goes, or that name two articles."""
NOT_OURS = ("sqlite_", "_sqlite_", "search_index", "search_characters")


def test_schema_is_as_recorded(tmp_path: Path) -> None:
    """To accept a new schema: `python -m tests.outputs.test_schema`, and read the diff."""
    assert _schema(tmp_path) == (HERE / "schema.sql").read_text("utf-8")


def _schema(folder: Path) -> str:
    with Library(folder / "library.db") as library:
        shadows = (
            "name NOT LIKE 'search\\_index\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_characters\\_%' ESCAPE '\\'"
        )
        sql = f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND {shadows}"
        return "\n".join(row["sql"] + ";" for row in library.query(sql + " ORDER BY type DESC, name")) + "\n"


def test_one_migration_a_schema_number() -> None:
    db = Database(memory=True)
    assert [m.name[:4] for m in migrations.pending(db)] == [f"{n:04}" for n in range(1, SCHEMA + 1)]
    db.close()


def test_writer_and_tables_have_the_same_columns(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        for table, columns in COLUMNS.items():
            own = {*columns} if table in UNNUMBERED else {*columns, "article"}
            assert own == set(library.db.table(table).columns_dict), table


def test_tables_are_strict_and_what_is_of_an_article_is_found_by_it(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        for table in library.db.tables:
            if table.name.startswith(NOT_OURS):
                continue
            assert table.strict, table.name
            if "article_id" in table.columns_dict:
                assert table.name in (*OF_ARTICLE, *BESIDE), table.name
                key = "article" if table.name in OF_ARTICLE else "article_id"
                assert key in {index.columns[0] for index in table.indexes}, table.name


def test_views_can_be_read(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        library.write(None, entries())
        library.set_duplicates({roundup_entry()[0].id: (county_entry()[0].id, 0.8)})
        for view in library.db.views:
            assert list(view.rows), view.name


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM 指标 WHERE 指标代码 = 'x'",
        "SELECT * FROM 指标 WHERE 县代码 = 'x'",
        "SELECT * FROM 时间线 WHERE 县代码 = 'x'",
        "SELECT * FROM 指标对比 WHERE 指标代码 = 'x'",
        "SELECT * FROM 指标对比 WHERE 县代码 = 'x'",
        "SELECT * FROM 达标情况 WHERE 指标代码 = 'x'",
        "SELECT * FROM 未比较 WHERE 县代码 = 'x'",
        "SELECT * FROM 县域档案 WHERE 县代码 = 'x'",
        f"SELECT * FROM quantities WHERE article = {BY_ID} ORDER BY nr".replace("?", "'x'"),
        "SELECT * FROM reviews WHERE article_id = 'x'",
        *(delete.replace(":article", "1").replace(":id", "'x'") for delete in DELETES),
    ],
)
def test_nothing_reads_a_whole_table(tmp_path: Path, sql: str) -> None:
    with Library(tmp_path / "library.db") as library:
        plan = [row["detail"] for row in library.query(f"EXPLAIN QUERY PLAN {sql}")]
        tables = {table.name for table in library.db.tables} | {*"abchmq"}
        assert plan
        assert [step for step in plan if step.startswith("SCAN") and step.split()[1] in tables] == []


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        (_SQL.format(where=OF_CODE).replace("?", "'x'"), "SEARCH o USING INTEGER PRIMARY KEY (rowid=?)"),
        ("SELECT t.id FROM articles a CROSS JOIN quantities t ON t.article = a.article ORDER BY a.id, t.nr",
         "SCAN a USING COVERING INDEX idx_articles_id"),
    ],
)  # fmt: skip
def test_comparison_and_exports_are_read_by_an_index(tmp_path: Path, sql: str, read: str) -> None:
    with Library(tmp_path / "library.db") as library:
        plan = [row["detail"] for row in library.query(f"EXPLAIN QUERY PLAN {sql}")]
        assert plan[0] == read


def test_time_line_has_what_was_so(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        library.write(None, entries())
        found = library.rows("SELECT 时间, 类型, 内容 FROM 时间线 ORDER BY 类型, 内容")
        assert list(found) == [
            ("2023", "数量", "增收 3.5万元"),
            ("2023", "数量", "村 90%"),
            ("2023", "荣誉", "“全省先进基层党组织”"),
        ]


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_a_library_of_an_earlier_schema_opens(tmp_path: Path, number: int) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(gzip.decompress((HERE / f"library_{number}.db.gz").read_bytes()))
    if number < SCHEMA:
        with pytest.raises(LibraryTooOld, match="Open it once for writing"):
            Library(path, read_only=True)
    with Library(path) as library:
        assert library.stats()["articles"] == 3
        assert library.record(county_entry()[0].id) == county_entry()[1]
        assert [hit.title for hit in search(library, "联合党委")] == ["各地动态"]
        library.write(None, [roundup_entry()])
        assert next(library.query("PRAGMA user_version"))["user_version"] == SCHEMA
        assert next(library.query("PRAGMA application_id"))["application_id"] == APPLICATION_ID
        assert list(library.query("PRAGMA foreign_key_check")) == []
    with Library(path, read_only=True) as library:
        assert library.stats()["articles"] == 3


def test_what_an_earlier_library_held_is_kept_whole(tmp_path: Path) -> None:
    """Content, reviews with what they did, duplicates and the numbers that tie rows together."""
    with Library(tmp_path / "today.db") as today:
        today.write(today.start_run("1", {"tagger": "lac"}), entries())
        expected = today.digest()
    path = tmp_path / "library.db"
    path.write_bytes(gzip.decompress((HERE / "library_1.db.gz").read_bytes()))
    id_ = county_entry()[0].id
    old = sqlite3.connect(path)
    review = Review(article_id=id_, layer="quantities", start=80, end=84, text=county_entry()[0].raw[80:84],
                    decision="rejected", reviewer="甲", at="2026-01-01T00:00:00+00:00")  # fmt: skip
    old.execute(reviewed.INSERT, reviewed.dump(review))
    old.execute("UPDATE quantities SET replaced = 1 WHERE start = 80 AND article_id = ?", (id_,))
    old.execute("INSERT INTO duplicates VALUES (?, ?, 0.9)", (roundup_entry()[0].id, id_))
    old.execute("INSERT INTO forgotten VALUES ('0123456789abcdef')")
    # What its owner put into the file
    old.execute("CREATE TABLE my_notes(id INTEGER PRIMARY KEY, note TEXT)")
    old.execute("CREATE INDEX my_index ON my_notes(note)")
    old.execute("CREATE VIEW my_view AS SELECT title FROM articles")
    old.execute("INSERT INTO my_notes VALUES (1, '我的')")
    old.commit()
    old.close()
    with Library(path) as library:
        assert library.digest() == expected
        assert library.reviews() == [review]
        assert len(library.record(id_, reviewed=True).quantities) == len(library.record(id_).quantities) - 1
        assert library.stats()["duplicates"] == 1
        assert library.forgotten() == {"0123456789abcdef"}
        assert [check for check in check_library(path) if check.state == "problem"] == []
        assert not [name for name in library.db.table_names() if name.startswith("was_")]
        assert list(library.rows("SELECT note FROM my_notes INDEXED BY my_index")) == [("我的",)]
        assert len(list(library.rows("SELECT * FROM my_view"))) == 3


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"

    def breaks(db: Database) -> None:
        db.execute("CREATE TABLE half(x)")
        raise RuntimeError("half done")

    with monkeypatch.context() as patched:
        patched.setattr(migrations._migrations[-1], "fn", breaks)
        with pytest.raises(RuntimeError, match="half done"):
            Library(path)
    with Library(path) as library:
        assert not library.db.table("half").exists()
        assert library.stats()["articles"] == 0


def _record() -> None:
    """Write the schema of today, and, once for each schema, a library of it."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (HERE / "schema.sql").write_text(_schema(Path(folder)), "utf-8")
        kept = HERE / f"library_{SCHEMA}.db.gz"
        if not kept.exists():
            with Library(Path(folder) / "kept.db") as library:
                library.write(library.start_run("1", {"tagger": "lac"}), entries())
                library.db.execute("VACUUM")
            kept.write_bytes(gzip.compress((Path(folder) / "kept.db").read_bytes(), mtime=0))


if __name__ == "__main__":
    _record()
