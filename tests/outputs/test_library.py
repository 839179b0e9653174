"""The library keeps what it is given, whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from models.article import Article, Failure
from models.span import Range
from outputs.library import (
    DiskFull,
    Library,
    LibraryLocked,
    LibraryReadOnly,
    LibraryTooNew,
    NoFolder,
    NoLibrary,
    NoSuchArticle,
    NotADatabase,
    NotALibrary,
)
from tests.outputs.samples import (
    county_article,
    county_entry,
    county_record,
    entries,
    other_entry,
    roundup_entry,
    take_out,
)


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        yield opened


def rows(library: Library, sql: str) -> list[dict[str, object]]:
    return list(library.query(sql))


@pytest.mark.parametrize("entry", entries(), ids=["case", "roundup", "other"])
def test_what_was_written_comes_back_equal(library: Library, entry) -> None:
    article, record, body = entry
    library.write(None, [entry])
    assert library.article(article.id) == article
    assert library.record(article.id) == record
    assert rows(library, "SELECT body_text FROM articles") == [{"body_text": body}]


def test_a_version_replaces_the_rows_of_an_earlier_one(library: Library) -> None:
    article, record, body = county_entry()
    library.write(None, [county_entry()])
    thinner = record.model_copy(update={"version": "2", "places": (), "roles": ()})
    library.write(None, [(article, thinner, body)])
    assert library.record(article.id) == thinner
    assert library.stats()["places"] == 0
    assert library.held(article.id) == ("2", None)
    assert library.done(article.id, "2")
    assert not library.done(article.id, "1")


def test_ids_say_article_layer_and_span(library: Library) -> None:
    article, record, _ = county_entry()
    library.write(None, [county_entry()])
    first = record.quantities[0]
    found = rows(library, "SELECT id, case_id, action_id, measure_id FROM quantities WHERE nr = 0")
    action = record.actions[0]
    assert found == [{
        "id": f"{article.id}-q{first.start}-{first.end}",
        "case_id": f"{article.id}-c0",
        "action_id": f"{article.id}-a{action.start}-{action.end}",
        "measure_id": None,
    }]  # fmt: skip


def test_a_span_twice_in_a_layer_has_two_ids(library: Library) -> None:
    article, record, body = county_entry()
    twice = record.model_copy(update={"times": (record.times[0], record.times[0])})
    library.write(None, [(article, twice, body)])
    assert library.record(article.id) == twice
    assert len({row["id"] for row in rows(library, "SELECT id FROM times")}) == 2


def test_roundup_findings_belong_to_the_part_they_stand_in(library: Library) -> None:
    library.write(None, [roundup_entry()])
    found = rows(library, "SELECT c.name, q.min FROM quantities q LEFT JOIN cases c ON c.id = q.case_id ORDER BY q.nr")
    assert found == [{"name": "安丘市", "min": 5}, {"name": "寿光市", "min": 7}]
    assert rows(library, "SELECT case_id FROM programmes") == [{"case_id": None}]


def test_an_article_that_is_no_case_gives_none(library: Library) -> None:
    library.write(None, [other_entry()])
    assert library.stats()["cases"] == 0


def test_case_has_its_county(library: Library) -> None:
    library.write(None, [county_entry()])
    assert rows(library, "SELECT province, prefecture, county, township, county_code FROM cases") == [
        {"province": "山西省", "prefecture": "大同市", "county": "灵丘县", "township": None, "county_code": "140224"}
    ]


def test_divisions_have_their_parents(library: Library) -> None:
    library.write(None, [county_entry()])
    found = rows(library, "SELECT adcode, name, level, parent FROM divisions ORDER BY adcode")
    assert [tuple(row.values()) for row in found] == [
        ("140000", "山西省", "province", None),
        ("140200", "大同市", "prefecture", "140000"),
        ("140224", "灵丘县", "county", "140200"),
    ]


def test_indicator_view_leaves_out_the_optional_and_quotes_the_sentence(library: Library) -> None:
    library.write(None, [county_entry()])
    found = rows(library, "SELECT 县, 指标代码, 下限, 单位, 口径, 状态, 归属, 引文 FROM 指标 ORDER BY 编号")
    assert {row["指标代码"] for row in found} == {
        "dispatched", "party_orgs", "villages_at_income", "collective_increase", "collective_income",
    }  # fmt: skip
    income = [row for row in found if row["指标代码"] == "collective_income"]
    assert [(row["状态"], row["归属"], row["下限"]) for row in income] == [("target", "柳泉村", 200000)]
    dispatched = next(row for row in found if row["指标代码"] == "dispatched")
    assert dispatched["引文"] == "灵丘县选派81名优秀干部到柳泉村任职。"
    # Without a sentence of the record around it, the quote ends at the stops of the text.
    assert income[0]["引文"] == "柳泉村党支部获评“全省先进基层党组织”,力争到2025年收入达到20万元。"


def test_county_view_counts_by_county(library: Library) -> None:
    library.write(None, entries())
    found = rows(library, "SELECT 县, 报道数, 数量数, 举措数 FROM 县域档案 ORDER BY 县代码")
    assert [tuple(row.values()) for row in found] == [("灵丘县", 1, 5, 1), ("寿光市", 1, 1, 0), ("安丘市", 1, 1, 0)]


def test_numbers_stay_numbers(library: Library) -> None:
    library.write(None, [county_entry()])
    found = rows(library, "SELECT DISTINCT typeof(min) AS t FROM quantities UNION SELECT typeof(from_value)"
                          " FROM quantities WHERE from_value IS NOT NULL ORDER BY t")  # fmt: skip
    assert [row["t"] for row in found] == ["integer", "real"]


def test_a_number_beyond_53_bits_is_kept_as_a_float(library: Library) -> None:
    article, record, body = county_entry()
    huge = record.quantities[0].model_copy(update={"min": Decimal(10**20), "max": Decimal(10**20)})
    library.write(None, [(article, record.model_copy(update={"quantities": (huge,)}), body)])
    assert rows(library, "SELECT min FROM quantities") == [{"min": 1e20}]


def test_a_bad_record_becomes_a_failure_and_the_others_are_stored(library: Library) -> None:
    article, record, body = county_entry()
    broken = record.model_copy(update={"actions": (record.actions[1].model_copy(update={"measure": 7}),)})
    surrogate = Article(source="dump.jsonl#9", raw="灵丘\ud800县")
    lone = record.model_copy(update={"article_id": surrogate.id, **dict.fromkeys(
        ("places", "quantities", "times", "measures", "actions", "outcomes", "programmes", "documents", "persons",
         "organisations", "honours"), ())})  # fmt: skip
    library.write(None, [(article, broken, body), (surrogate, lone, "灵丘县"), roundup_entry()])
    assert list(library.articles()) == [roundup_entry()[0].id]
    assert [(f.source, f.stage, f.error) for f in library.failures()] == [
        ("dump.jsonl#9", "write", "UnicodeEncodeError"),
        ("reports/lingqiu.txt", "write", "IndexError"),
    ]


def test_a_record_of_another_article_is_refused(library: Library) -> None:
    library.write(None, [(Article(source="x", raw="别的"), county_record(), "")])
    assert library.stats()["articles"] == 0
    assert "the record is that of article" in library.failures()[0].message


def test_failures_are_one_a_source_and_stage_and_go_when_mended(library: Library) -> None:
    run = library.start_run("1", {"tagger": "lac"})
    for message in ("first", "second"):
        failure = Failure(source="reports/lingqiu.txt", stage="extract", error="ValueError", message=message)
        library.store(run, [], [failure])
    library.store(run, [], [Failure(source="b.zip", stage="read", error="BadZip", message="cut")])
    assert [f.message for f in library.failures()] == ["cut", "second"]
    library.write(run, [county_entry()])
    assert [f.source for f in library.failures()] == ["b.zip"]


def test_a_source_whose_name_is_no_text_can_fail_too(library: Library) -> None:
    library.store(None, [], [Failure(source="报\udcff.txt", stage="read", error="E", message="报\udcff.txt: no")])
    assert library.failures()[0].source == "报\\udcff.txt"


def test_runs_are_kept_with_settings_and_counts(library: Library) -> None:
    first = library.start_run("1", {"tagger": "lac"})
    library.finish_run(first, {"written": 3})
    second = library.start_run("2", {})
    assert [(r.id, r.version, r.settings, r.counts, r.finished is None) for r in library.runs()] == [
        (second, "2", {}, {}, True),
        (first, "1", {"tagger": "lac"}, {"written": 3}, False),
    ]


def test_order_and_time_of_writing_do_not_show_in_the_content(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db") as a, Library(tmp_path / "b.db") as b:
        a.write(a.start_run("1", {}), entries())
        b.start_run("0", {})
        run = b.start_run("1", {})
        for entry in reversed(entries()):
            b.write(run, [entry])
        b.write(run, [county_entry()])
        assert a.digest() == b.digest()
        take_out(b, [county_article().id])
        assert a.digest() != b.digest()


def test_deleting_an_article_takes_all_of_it(library: Library) -> None:
    library.write(None, entries())
    library.set_duplicates({roundup_entry()[0].id: (county_article().id, 0.9)})
    take_out(library, [article.id for article, _, _ in entries()])
    left = library.stats()
    assert {table for table, count in left.items() if count} == {"divisions"}
    for table in ("search_index_docsize", "observations", "duplicates"):
        assert rows(library, f"SELECT count(*) AS n FROM {table}") == [{"n": 0}], table
    with pytest.raises(NoSuchArticle, match="no article"):
        library.record(county_article().id)


def test_foreign_keys_hold(library: Library) -> None:
    library.write(None, entries())
    assert rows(library, "PRAGMA foreign_key_check") == []
    take_out(library, [county_article().id])
    assert rows(library, "PRAGMA foreign_key_check") == []
    library.db.execute("UPDATE cases SET article = 99")
    assert rows(library, "PRAGMA foreign_key_check") != []


def test_an_empty_batch_is_nothing(library: Library) -> None:
    library.write(None, [])
    assert set(library.stats().values()) == {0}


# What a user may point it at


def test_a_text_file_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database, but long enough to be looked at " * 50)
    with pytest.raises(NotADatabase, match="not a SQLite database"):
        Library(path)


def test_someone_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE notes(text)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NotALibrary, match="not a case library"):
        Library(path)
    assert path.read_bytes() == before


def test_a_newer_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        library.db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryTooNew, match="schema 99"):
        Library(path)


def test_a_missing_library_is_not_made_for_reading(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary, match="anliku run"):
        Library(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("where", ["missing/library.db", "."])
def test_a_place_where_no_file_can_be_made(tmp_path: Path, where: str) -> None:
    with pytest.raises(NoFolder):
        Library(tmp_path / where)


def test_reading_only_never_writes(tmp_path: Path) -> None:
    path = tmp_path / "library with space#1?.db"
    with Library(path) as library:
        library.write(None, [county_entry()])
    with Library(path, read_only=True) as library:
        assert library.record(county_article().id) == county_record()
        with pytest.raises(LibraryReadOnly, match="nothing was written"):
            library.write(None, [roundup_entry()])


def test_a_library_in_a_folder_that_is_read_only_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        library.write(None, [county_entry()])
    monkeypatch.setattr("os.access", lambda *_: False)
    with Library(path, read_only=True) as library:
        assert library.stats()["articles"] == 1
        assert {file.name for file in tmp_path.iterdir()} == {"library.db"}  # nothing was made beside it


def test_a_library_that_is_written_to_is_read_with_its_last_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with Library(tmp_path / "library.db") as writer:
        writer.write(None, [county_entry()])
        with Library(tmp_path / "library.db", read_only=True) as reader:
            assert reader.stats()["articles"] == 1


def test_two_writers_wait_for_each_other_and_then_say_so(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as first, Library(path, busy_seconds=0.05) as second:
        with first.transaction(), pytest.raises(LibraryLocked, match="another program"):
            second.write(None, [county_entry()])
        second.write(None, [county_entry()])
        assert first.stats()["articles"] == 1


def test_a_full_disk_leaves_no_partial_article(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        library.write(None, [roundup_entry()])
        pages = next(library.query("PRAGMA page_count"))["page_count"]
        library.db.execute(f"PRAGMA max_page_count = {pages}")
        big = county_article(raw=county_article().raw + "。" * 200_000)
        with pytest.raises(DiskFull, match="disk is full"):
            library.write(None, [(big, county_record(big), "")])
        assert list(library.articles()) == [roundup_entry()[0].id]
        assert rows(library, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


KILLED = """
import sys
from outputs.library import Library
from tests.outputs.samples import county_article, county_record
library = Library(sys.argv[1])
run = library.start_run("1", {})
for at in range(100000):
    article = county_article(source=f"{at}.txt", raw=county_article().raw + str(at))
    batch = [(article, county_record(article), article.raw)]
    for more in range(9):
        other = county_article(source=f"{at}-{more}.txt", raw=county_article().raw + f"{at}-{more}")
        batch.append((other, county_record(other), other.raw))
    library.write(run, batch)
    print(at, flush=True)
"""


def test_kill_9_leaves_whole_articles_only(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(3):
        assert process.stdout.readline()
    time.sleep(0.013)  # into the middle of a batch
    process.kill()
    said = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    with Library(path) as library:
        assert rows(library, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert rows(library, "PRAGMA foreign_key_check") == []
        kept = library.stats()["articles"]
        assert kept % 10 == 0
        assert kept >= 30 + 10 * len(said)
        sample = county_record()
        for article_id in list(library.articles())[:20]:
            assert library.record(article_id) == county_record(library.article(article_id))
        assert library.stats()["quantities"] == kept * len(sample.quantities)


def test_ranges_are_what_the_record_says() -> None:
    article, record, _ = county_entry()
    record.check(article)
    spans: list[Range] = list(record.body)
    assert all(start < end for start, end in spans)
