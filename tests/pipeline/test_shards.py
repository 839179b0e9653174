"""Shards: the same library by another way, resumed runs, questions in SQL."""

from __future__ import annotations

import csv
import io
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import corpus
from corpus.generate import Generator, Rates, write
from models.article import Article, Failure
from outputs.library import Library
from outputs.library.schema import VIEWS
from outputs.shards import (
    BadSQL,
    CannotFill,
    NoDuckDB,
    NoShards,
    NotAShard,
    ShardFolder,
    ShardsOfAnotherVersion,
    TooLong,
    fold,
)
from outputs.shards import query as ask
from outputs.shards.folder import shards
from outputs.shards.folder import write as write_shard
from pipeline.batch import Report, Settings, run
from pipeline.duplicates import mark_duplicates
from pipeline.engines import Engine, Here, Local
from pipeline.shards import run_shards
from tests.pipeline.cli.test_commands import anliku

FAST = Settings(tagger="jieba")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated articles, some of them copies, among them a page that no reader reads."""
    folder = tmp_path_factory.mktemp("source")
    write(Generator(9, repeats=0.15), 45, folder, Rates(gbk=0.2))
    (folder / "0000" / "broken.html").write_bytes(b"")
    return folder


def shard_run(source: Path, folder: Path, engine: Engine | None = None, **options: Any) -> Report:
    shelf = ShardFolder(folder)
    items = options.pop("items", None) or corpus.read([str(source)])
    return run_shards(items, shelf, partial(write_shard, shelf.path), FAST, engine or Here(), **{"size": 10, **options})


@pytest.fixture(scope="module")
def sharded(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards")
    report = shard_run(source, folder)
    assert (report.read, report.written, report.failed) == (45, 45, 1)
    return folder


@pytest.fixture(scope="module")
def direct(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("direct") / "l.db"
    with Library(path) as library:
        run(corpus.read([str(source)]), library, FAST)
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(folder: Path, sql: str, **options: Any) -> list[tuple[Any, ...]]:
    with ask([folder], sql, **options) as answer:
        return list(answer.rows)


def test_the_library_of_shards_is_that_of_a_run(sharded: Path, direct: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library, Library(direct) as wanted:
        folded = fold([sharded], library)
        mark_duplicates(library)
        assert (folded.read, folded.written, folded.failed) == (45, 45, 1)
        assert library.digest() == wanted.digest()
        for table in ("observations", "duplicates"):
            same = [sorted(one.rows(f"SELECT * FROM {table}")) for one in (library, wanted)]
            assert same[0] == same[1]
        again = fold([sharded], library)
        assert (again.written, again.skipped) == (0, 45)
        assert library.digest() == wanted.digest()


def test_a_shard_has_one_schema_that_says_its_version(sharded: Path) -> None:
    found = {pq.read_schema(shard.path).remove_metadata().to_string() for shard in shards([sharded])}
    assert len(found) == 1
    said = pq.read_schema(shards([sharded])[0].path).metadata
    assert said[b"anliku.shards"] == b"1"
    assert said[b"anliku.version"].startswith(b"anliku ")
    manifest = json.loads((sharded / "manifest.json").read_text("utf-8"))
    assert (manifest["articles"], manifest["failures"], len(manifest["files"])) == (45, 1, 5)


def test_a_stopped_run_goes_on_with_the_batches_that_are_missing(source: Path, sharded: Path, tmp_path: Path) -> None:
    stopped = tmp_path / "stopped"

    def until(count: int) -> Any:
        for number, item in enumerate(corpus.read([str(source)])):
            if number == count:
                raise KeyboardInterrupt
            yield item

    with pytest.raises(KeyboardInterrupt):
        shard_run(source, stopped, items=until(23))
    (stopped / ".000007-half.parquet.0.part").write_bytes(b"PAR1")
    next(stopped.glob("000000-*")).unlink()  # a batch in the middle that a killed worker had
    assert 0 < len(shards([stopped])) < 5
    report = shard_run(source, stopped)
    assert report.skipped == 10
    assert content(stopped) == content(sharded)
    again = shard_run(source, stopped)
    assert (again.written, again.skipped, again.failed) == (0, 45, 0)
    assert content(stopped) == content(sharded)


def test_workers_make_the_same_shards(source: Path, sharded: Path, tmp_path: Path) -> None:
    shard_run(source, tmp_path, Local(2))
    assert content(tmp_path) == content(sharded)


def test_new_articles_come_into_new_shards(source: Path, tmp_path: Path) -> None:
    shard_run(source, tmp_path, limit=20)
    before = content(tmp_path)
    shard_run(source, tmp_path)
    after = content(tmp_path)
    assert {name: after[name] for name in before if name != "manifest.json"} == {
        name: data for name, data in before.items() if name != "manifest.json"
    }


def test_a_folder_holds_one_version(sharded: Path) -> None:
    with pytest.raises(ShardsOfAnotherVersion, match="another folder"):
        ShardFolder(sharded).begin("anliku 99; jieba")


def test_what_is_no_shard_is_said(tmp_path: Path, sharded: Path) -> None:
    with pytest.raises(NoShards):
        shards([tmp_path])
    (tmp_path / "x.parquet").write_bytes(b"no")
    with pytest.raises(NotAShard, match="no Parquet file"):
        shards([tmp_path])
    table = pq.read_table(shards([sharded])[0].path)
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, b"anliku.shards": b"99"}),
                   tmp_path / "x.parquet")  # fmt: skip
    with pytest.raises(NotAShard, match=r"anliku.shards 99, not 1"):
        shards([tmp_path])


def test_a_folder_that_cannot_be_filled_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CannotFill, match="cannot be written there"):
        ShardFolder(tmp_path / "file").begin("1")
    with pytest.raises(CannotFill):
        write_shard(tmp_path / "missing", 0, "1", [], [])


@pytest.mark.parametrize("view", VIEWS)
def test_views_answer_as_those_of_the_library_do(view: str, sharded: Path, tmp_path: Path) -> None:
    """Before duplicates are marked; whole numbers in a text may read 35.0 here."""
    with Library(tmp_path / "l.db") as library:
        fold([sharded], library)
        wanted = list(library.rows(f'SELECT * FROM "{view}"'))
    assert comparable(rows(sharded, f'SELECT * FROM "{view}"')) == comparable(wanted)


def comparable(found: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    """Rows in one order; lists that were put together in any order, sorted."""

    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f"{float(value):.6g}"
        text = str(value).replace(".0 ", " ")
        for between in (" / ", ",", " "):
            text = between.join(sorted(text.split(between)))
        return text

    return sorted(tuple(map(cell, row)) for row in found)


def test_tables_and_failures_can_be_asked(sharded: Path) -> None:
    assert rows(sharded, "SELECT count(*) FROM articles") == [(45,)]
    [(source, error)] = rows(sharded, "SELECT source, error FROM failures")
    assert (source.rpartition("/")[2], error) == ("broken.html", "EmptySource")


def test_rows_are_limited(sharded: Path) -> None:
    assert len(rows(sharded, "SELECT * FROM quantities", limit=7)) == 7


@pytest.mark.parametrize("sql", [
    "COPY (SELECT 1) TO 'x.csv'", "SELECT 1; SELECT 2", "DROP VIEW articles", "SELEC", "SELECT * FROM nowhere",
    "SELECT * FROM read_text('/etc/hostname')", "ATTACH 'x.db'", "SET enable_external_access = true", "",
    "INSTALL httpfs", "SELECT * FROM read_csv('manifest.json')",
])  # fmt: skip
def test_nothing_but_a_select_over_the_shards_is_done(sql: str, sharded: Path) -> None:
    with pytest.raises(BadSQL):
        rows(sharded, sql)


def test_an_endless_query_is_stopped(sharded: Path) -> None:
    with pytest.raises(TooLong):
        rows(sharded, "SELECT sum(a.range * b.range) FROM range(100000000) a, range(1000000) b", seconds=0.5)


def test_duckdb_is_optional(sharded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(NoDuckDB, match=r"pip install 'anliku\[query\]'"):
        rows(sharded, "SELECT 1")


def test_the_commands(source: Path, direct: Path, tmp_path: Path) -> None:
    folder, library = str(tmp_path / "shards"), str(tmp_path / "l.db")
    assert anliku("run", str(source), "--shards", folder, "--tagger", "jieba")[0] == 1, "one page is broken"
    assert anliku("library", "build", folder, "-o", library)[0] == 1
    with Library(library) as built, Library(direct) as wanted:
        assert built.digest() == wanted.digest()
    status, out, _ = anliku("query", folder, "SELECT '=1' AS a, count(*) AS b FROM articles", "--csv", "-")
    assert status == 0
    assert list(csv.reader(io.StringIO(out))) == [["a", "b"], ["'=1", "45"]]
    status, out, _ = anliku("query", folder, "SELECT id FROM articles ORDER BY id LIMIT 1", "--json", "-")
    assert list(json.loads(out)) == ["id"]
    assert "…" in anliku("query", folder, "SELECT id FROM actions")[1]
    assert anliku("query", folder)[0] == 2
    assert anliku("run", str(source), "--shards", folder, "--changed")[0] == 2
    assert anliku("run", str(source), "--scheduler", "tcp://x:1")[0] == 2


def test_an_article_that_kills_its_worker_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import shards as module
    from tests.pipeline.deadly import deadly

    monkeypatch.setattr(module, "work", deadly)
    articles = [Article(source=f"{n}.txt", raw=f"全县选派{n + 3}名干部。") for n in range(6)]
    report = shard_run(tmp_path, tmp_path / "s", Local(1), items=articles, size=3)
    assert [(failure.source, failure.error) for failure in report.failures] == [("4.txt", "WorkerDied")]
    assert report.written == 5
    assert [failure.source for shard in shards([tmp_path / "s"]) for failure in shard.failures] == ["4.txt"]
    assert isinstance(report.failures[0], Failure)
