"""The batch driver: order, skipping, failures, and workers that die."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from corpus.watch import File
from models.article import Article, Failure
from pipeline import batch
from pipeline.batch import Report, Settings, pack_all, run, work
from pipeline.engines.errors import OtherVersion
from pipeline.extract import Extracted, Tagged

FAST = Settings(tagger="jieba")


class Memory:
    """A library in memory."""

    def __init__(self) -> None:
        self.rows: list[Extracted] = []
        self.failures: list[Failure] = []
        self.versions: dict[str, tuple[str, int]] = {}
        self.files: list[str] = []
        self.started = 0
        self.finished: dict[str, int] | None = None
        self.leads: dict[str, str] = {}
        self.compared_times = 0

    def forgotten(self) -> frozenset[str]:
        return frozenset()

    @staticmethod
    def pack(extracted: Extracted) -> Extracted:
        return extracted

    def held(self, article_id: str) -> tuple[str, int] | None:
        return self.versions.get(article_id)

    def start_run(self, version: str, settings: dict[str, Any]) -> int:
        assert settings["tagger"]
        self.started += 1
        return self.started

    def store(
        self, run: Any, packed: Sequence[Extracted], failures: Sequence[Failure], files: Sequence[File]
    ) -> list[Failure]:
        stored = [row for row in packed if row.article.source != "unwritable.txt"]
        self.rows.extend(stored)
        self.versions.update({row.article.id: (row.record.version, run) for row in stored})
        self.failures.extend(failures)
        self.files.extend(file.path for file in files)
        return [
            Failure(source=row.article.source, stage="write", error="BadRecord", message="?")
            for row in packed
            if row not in stored
        ]

    def compared(self) -> bool:
        return set(self.leads) == {row.article.id for row in self.rows}

    def bodies(self) -> Iterator[tuple[str, str]]:
        return ((row.article.id, row.body) for row in self.rows)

    def body(self, article_id: str) -> str:
        return dict(self.bodies())[article_id]

    def set_duplicates(self, copies: dict[str, tuple[str, float]]) -> None:
        self.compared_times += 1
        self.leads = {row.article.id: row.article.id for row in self.rows}
        self.leads.update({copy: lead for copy, (lead, _) in copies.items()})

    def finish_run(self, run: Any, counts: dict[str, int]) -> None:
        self.finished = counts


def articles(count: int) -> list[Article]:
    return [Article(source=f"{i}.txt", raw=f"全县组建{i + 2}个联村党组织，选派{i + 3}名干部。") for i in range(count)]


def test_writes_in_order_and_skips_what_is_there() -> None:
    library = Memory()
    report = run(articles(5), library, FAST)
    assert [row.article.source for row in library.rows] == [f"{i}.txt" for i in range(5)]
    assert (report.read, report.written, report.skipped) == (5, 5, 0)
    again = run(articles(6), library, FAST)
    assert (again.read, again.written, again.skipped) == (6, 1, 5)
    assert run(articles(6), library, FAST, redo=True).written == 6


def test_the_same_text_under_another_name_is_one_article() -> None:
    library = Memory()
    copy = articles(1)[0].model_copy(update={"source": "copy.txt"})
    report = run([*articles(1), copy], library, FAST)
    assert (report.written, report.repeated, len(library.rows)) == (1, 1, 1)


def test_a_failure_of_the_reader_is_kept_and_the_run_goes_on() -> None:
    library = Memory()
    broken = Failure(source="x.pdf", stage="read", error="NoText", message="x.pdf: no text")
    report = run([broken, *articles(1)], library, FAST)
    assert library.failures == report.failures == [broken]
    assert report.written == 1
    assert library.finished == {"read": 1, "written": 1, "skipped": 0, "repeated": 0, "forgotten": 0, "failed": 1}


def test_an_article_that_breaks_an_extractor_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loaded:
        version = "1"

        def tagged(self, articles: list[Article]) -> list[None]:
            return [None] * len(articles)

        def extracted(self, article: Article, tagged: Tagged | None) -> Extracted:
            raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(batch, "extractor", lambda *_: Loaded())
    library = Memory()
    run(articles(1), library, FAST)
    assert [(f.source, f.stage, f.error) for f in library.failures] == [("0.txt", "extract", "ZeroDivisionError")]
    assert library.failures[0].message.startswith("0.txt: by zero.")


def test_an_article_that_cannot_be_written_counts_as_failed() -> None:
    library = Memory()
    report = run([*articles(2), Article(source="unwritable.txt", raw="丙县选派5名干部。")], library, FAST)
    assert (report.written, [f.stage for f in report.failures]) == (2, ["write"])
    assert library.finished is not None
    assert library.finished["failed"] == 1


def test_limit_counts_articles_read() -> None:
    library = Memory()
    seen: list[int] = []

    def source() -> Iterator[Article]:
        for article in articles(10):
            seen.append(1)
            yield article

    assert run(source(), library, FAST, limit=3).written == 3
    assert len(seen) == 3


def test_what_was_done_before_an_interruption_is_written() -> None:
    def source() -> Iterator[Article]:
        yield from articles(2)
        raise KeyboardInterrupt

    library = Memory()
    with pytest.raises(KeyboardInterrupt):
        run(source(), library, FAST)
    assert len(library.rows) == 2
    assert library.finished is not None


def test_workers_give_the_same_records_in_the_same_order() -> None:
    one, two = Memory(), Memory()
    run(articles(20), one, FAST)
    run(articles(20), two, FAST, workers=2)
    assert [row.record for row in one.rows] == [row.record for row in two.rows]


def fatal(settings: Settings, chunk: Sequence[Article]) -> list[batch.Result]:
    """Stands in for `work`: the article named 3.txt kills its process."""
    if any(article.source == "3.txt" for article in chunk):
        os._exit(9)
    return [Failure(source=a.source, stage="extract", error="Seen", message=a.source) for a in chunk]


def test_an_article_that_kills_its_worker_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "work", fatal)
    monkeypatch.setattr(batch, "CHUNK", 2)
    library = Memory()
    run(articles(8), library, FAST, workers=2)
    assert [(f.source, f.error) for f in library.failures] == [
        (f"{i}.txt", "WorkerDied" if i == 3 else "Seen") for i in range(8)
    ]


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [("BATCH", 2, [2, 2, 1]), ("BATCH_CHARACTERS", 38, [2, 2, 1]), ("BATCH_CHARACTERS", 1, [1, 1, 1, 1, 1])],
)
def test_a_batch_is_stored_when_it_has_so_many_articles_or_characters(
    monkeypatch: pytest.MonkeyPatch, name: str, value: int, stored: list[int]
) -> None:
    monkeypatch.setattr(batch, name, value)
    seen: list[int] = []

    class Counted(Memory):
        def store(self, run: Any, packed: Sequence[Extracted], *rest: Any) -> list[Failure]:
            seen.append(len(packed))
            return super().store(run, packed, *rest)

    assert {len(article.raw) for article in articles(5)} == {19}
    run(articles(5), Counted(), FAST)
    assert seen == stored


def test_copies_are_marked_at_the_end_unless_nothing_was_written() -> None:
    library = Memory()
    text = "全县组建12个联村党组织，选派30名干部驻村，整合资金200万元，发展茶叶、黄桃等产业，带动群众增收致富。" * 2
    original = Article(source="a.txt", raw=text)
    copy = Article(source="b.txt", raw=text.replace("，", ",") + "记者报道。")
    other = articles(1)
    run([original, copy, *other], library, FAST)
    assert library.leads == {original.id: original.id, copy.id: original.id, other[0].id: other[0].id}
    run([original, copy, *other], library, FAST)
    assert library.compared_times == 1


def test_the_first_of_the_whole_printings_leads() -> None:
    library = Memory()
    text = "全县组建12个联村党组织，选派30名干部驻村，整合资金200万元，发展茶叶、黄桃等产业，带动群众增收致富。" * 2
    teaser, whole, later = (
        Article(source=s, raw=t) for s, t in (("a", text[:70]), ("b", text), ("c", text + "记者报道。"))
    )
    run([teaser, whole, later], library, FAST)
    assert library.leads == dict.fromkeys((teaser.id, whole.id, later.id), whole.id)


def test_progress_is_told() -> None:
    reports: list[int] = []

    def watch(report: Report) -> None:
        reports.append(report.read)

    run(articles(3), Memory(), FAST, on_progress=watch)
    assert reports == [1, 2, 3, 3, 3]


def test_a_worker_of_another_version_is_refused() -> None:
    article = Article(source="1.txt", raw="柳湾镇选派干部36名。")
    with pytest.raises(OtherVersion, match="the driver anliku 99"):
        pack_all(work, FAST, "anliku 99", Memory.pack, [article])
