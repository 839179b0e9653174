"""Nothing of a forgotten article is left: no row, no word of the index, no byte of the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.article import Article, Failure
from models.case import LAYERS, CaseRecord
from models.review import Review
from outputs.forget import NothingToForget, plan
from outputs.library import Library
from outputs.search import search
from outputs.shards.fold import fold
from outputs.shards.folder import ShardFolder, write
from pipeline.batch import Settings
from pipeline.batch import run as run_batch
from pipeline.cli import app
from tests.outputs.samples import COUNTY, county_article, county_entry, county_record, entries, take_out

SECRETS = ("柳泉村任职", "张三", "头雁领航", "某某网", "lingqiu.txt", "建强组织促振兴", "灵丘", "张编辑的理由")
COUNTY_ID = county_entry()[0].id


def review() -> Review:
    at = COUNTY.index("81名")
    return Review(
        article_id=COUNTY_ID, layer="quantities", start=at, end=at + 3, text="81名", decision="rejected",
        reviewer="王编辑", at="2024-05-01T00:00:00+00:00", why="张编辑的理由",
    )  # fmt: skip


def padding(count: int) -> list[tuple[Article, CaseRecord, str]]:
    """Articles without a word of the county's, so that pages are freed amidst others."""
    out = []
    for nr in range(count):
        article = Article(source=f"pad/{nr}.txt", raw=f"乌有乡第{nr}号公告，停水通知。" * 30)
        record = county_record().model_copy(
            update=dict.fromkeys((*LAYERS, "roles", "summary", "jurisdictions", "body"), ())
            | {"article_id": article.id, "file": article.file, "source": article.source,
               "meta": county_record().meta.model_copy(update={"title": f"公告{nr}", "authors": None, "outlet": None})}
        )  # fmt: skip
        out.append((article, record, article.raw))
    return out


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Library(tmp_path / "library.db") as library:
        run = library.start_run("1", {})
        library.write(run, [*padding(40), *entries()])
        library.write(run, [(a, r.model_copy(update={"version": "2"}), b) for a, r, b in entries()])
        library.add_reviews([review()])
        library.store(run, [], [Failure(source="reports/lingqiu.txt", stage="extract", error="E", message="灵丘")])
        library.db.execute("INSERT INTO files VALUES ('reports/lingqiu.txt', 4, 1, 'd1', 1), ('pad', 4, 1, 'd2', 1)")
        library.finish_run(run, {"read": 43, "written": 43})
    return tmp_path / "library.db"


def held(path: Path) -> dict[str, int]:
    """How often each secret stands in the bytes of the library and of what SQLite keeps beside it."""
    data = b"".join(part.read_bytes() for part in sorted(path.parent.glob(path.name + "*")))
    return {secret: data.count(secret.encode()) for secret in SECRETS}


def words(library: Library) -> set[str]:
    """All tokens of all search indexes."""
    found: set[str] = set()
    for (name,) in list(library.rows("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%fts5%'")):
        library.db.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {name}, row)")
        found |= {row[0] for row in library.rows("SELECT term FROM temp.words")}
        library.db.execute("DROP TABLE temp.words")
    return found


def test_no_byte_and_no_word_of_it_stays(path: Path) -> None:
    assert min(held(path).values()) > 0, "the control: all of it is there before"
    with Library(path) as library:
        assert {"灵丘", "头雁"} <= words(library)
        assert library.forget([COUNTY_ID])
        assert held(path) == dict.fromkeys(SECRETS, 0), "also while the library is open, in -wal and -shm"
        assert not {"灵丘", "头雁", "丘县"} & words(library)
        assert search(library, "头雁领航") == []
        assert (library.stats()["articles"], library.stats()["reviews"], library.failures()) == (42, 0, [])
        assert [row[0] for row in library.rows("SELECT path FROM files")] == ["pad"]
        assert library.runs()[0].counts == {"read": 43, "written": 43}, "the runs stay"
        assert list(library.query("PRAGMA foreign_key_check")) == []
        assert library.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert [hit.title for hit in search(library, "联合党委")] == ["各地动态"], "the rest is still found"
    assert held(path) == dict.fromkeys(SECRETS, 0)


def test_a_plain_delete_would_leave_traces(path: Path) -> None:
    """Why forgetting does more: the test above can fail."""
    with Library(path) as library:
        take_out(library, [COUNTY_ID])
    assert any(held(path).values())


def test_the_library_is_as_if_it_had_never_been_read(path: Path, tmp_path: Path) -> None:
    with Library(path) as library, Library(tmp_path / "never.db") as never:
        library.forget([COUNTY_ID])
        never.write(None, padding(40))
        never.write(None, [(a, r.model_copy(update={"version": "2"}), b) for a, r, b in entries()[1:]])
        assert library.digest() == never.digest()


def test_a_reader_that_goes_on_is_said(path: Path) -> None:
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    with Library(path, busy_seconds=0.1) as library:
        assert not library.forget([COUNTY_ID])
        reader.close()
        assert library.forget([COUNTY_ID]), "once more, when nobody reads"
        assert held(path) == dict.fromkeys(SECRETS, 0)


def test_the_next_run_leaves_it_out_unless_asked(tmp_path: Path) -> None:
    articles = [county_article(), Article(source="b.txt", raw="安丘市组建5个联合党委。")]
    with Library(tmp_path / "library.db") as library:
        assert run_batch(articles, library, Settings(tagger="jieba")).written == 2
        library.forget([COUNTY_ID])
        for redo in (False, True):
            report = run_batch(articles, library, Settings(tagger="jieba"), redo=redo)
            assert (report.forgotten, library.stats()["articles"]) == (1, 1)
        assert run_batch(articles, library, Settings(tagger="jieba"), again=True).written == 1
        assert library.forgotten() == frozenset()
        assert library.stats()["articles"] == 2


def test_reviews_of_it_do_not_come_back(path: Path) -> None:
    with Library(path) as library:
        library.forget([COUNTY_ID])
        assert library.add_reviews([review()]) == 0
        assert library.reviews() == []


def test_a_plan_says_what_goes_and_what_stays(path: Path) -> None:
    with Library(path) as library:
        copy = entries()[1][0].id
        library.set_duplicates({copy: (COUNTY_ID, 0.9)})
        wanted = plan(library, [COUNTY_ID])
        assert ([one.id for one in wanted.articles], wanted.reviews, [one.id for one in wanted.copies]) == (
            [COUNTY_ID], 1, [copy])  # fmt: skip
        assert wanted.findings == sum(len(county_record().layer(name)) for name in LAYERS)
        assert {one.id for one in plan(library, [COUNTY_ID], copies=True).articles} == {COUNTY_ID, copy}
        assert next(one.id for one in plan(library, urls=["https://example.org/1"]).articles) in {COUNTY_ID, copy}
        assert [one.id for one in plan(library, sources=["reports/lingqiu.txt"]).articles] == [COUNTY_ID]
        assert len(plan(library, sources=["pad"]).articles) == 40
        assert [one.source for one in plan(library, sources=["dump.jsonl"]).articles] == ["dump.jsonl#2"]
        for asked in ({"article_ids": ["0" * 16]}, {"urls": ["https://example.org/none"]}, {"sources": ["pa"]}):
            with pytest.raises(NothingToForget):
                plan(library, **asked)  # type: ignore[arg-type]


def test_the_command_counts_first_and_acts_on_yes(path: Path) -> None:
    def anliku(*args: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["forget", *args, "-l", str(path)], catch_exceptions=False)
        return result.exit_code, result.output

    status, out = anliku(COUNTY_ID)
    assert (status, "1 reviews would be lost" in out, "Nothing was done" in out) == (1, True, True)
    assert held(path)["张三"] > 0
    status, out = anliku(COUNTY_ID, "--yes")
    assert (status, "and 1 reviews" in out) == (0, True)
    assert not any(held(path).values())
    status, out = anliku(COUNTY_ID, "--yes")
    assert (status, "forgotten before" in out) == (0, True)
    assert CliRunner().invoke(app, ["forget", "-l", str(path)]).exit_code == 2


def test_shards_do_not_bring_it_back(path: Path, tmp_path: Path) -> None:
    (tmp_path / "shards").mkdir()
    shard = write(tmp_path / "shards", 1, "2", [ShardFolder.pack(one) for one in entries()], [])  # type: ignore[misc]
    with Library(path) as library:
        library.forget([COUNTY_ID])
        folded = fold([shard], library)
        assert (folded.read, folded.skipped, COUNTY_ID in set(library.articles())) == (3, 3, False)
