"""A growing dump: which files a run reads again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import corpus
from outputs.library import Library
from pipeline.batch import Report, Settings, run
from pipeline.extract import extractor
from tests.pipeline.cli.test_commands import anliku

FAST = Settings(tagger="jieba")
VERSION = extractor("jieba").version


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("a", "b", "c"):
        (articles / f"{name}.txt").write_text(f"全县组建{ord(name)}个联村党组织。", "utf-8")
    return articles


def changed(folder: Path, library: Library, **options: int) -> Report:
    watch = corpus.Watch(lambda file: not library.unchanged(file, VERSION))
    items = corpus.read([str(folder)], watch=watch)
    return run(items, library, FAST, watch=watch, **options)  # type: ignore[arg-type]


def test_only_new_and_changed_files_are_read_again(folder: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        assert changed(folder, library).read == 3
        again = changed(folder, library)
        assert (again.read, again.left_out) == (0, 3)
        (folder / "b.txt").write_text("全县组建7个联村党组织，选派9名干部。", "utf-8")
        (folder / "d.txt").write_text("全县选派11名干部。", "utf-8")
        after = changed(folder, library)
        assert (after.read, after.written, after.left_out) == (2, 2, 2)


def test_a_file_that_was_only_touched_is_known_by_its_content(folder: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        changed(folder, library)
        os.utime(folder / "a.txt", ns=(1, 1))
        same_size = (folder / "b.txt").read_text("utf-8").replace("98", "89")
        (folder / "b.txt").write_text(same_size, "utf-8")
        assert (changed(folder, library).read, library.stats()["articles"]) == (1, 4)


def test_a_file_with_a_failure_is_read_again(folder: Path, tmp_path: Path) -> None:
    (folder / "e.jsonl").write_text('{"text": "全县选派5名干部。"}\nno json\n', "utf-8")
    with Library(tmp_path / "l.db") as library:
        assert changed(folder, library).failed == 1
        again = changed(folder, library)
        assert (again.read, again.skipped, again.failed, again.left_out) == (1, 1, 1, 3)


def test_a_file_that_was_not_read_to_its_end_is_read_again(folder: Path, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "全县选派{n}名干部。"}}\n' for n in range(20))
    (folder / "a.jsonl").write_text(lines, "utf-8")
    with Library(tmp_path / "l.db") as library:
        changed(folder, library, limit=5)
        assert changed(folder, library).written == 18


def test_another_version_reads_everything_again(folder: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        changed(folder, library)
        file = corpus.File(str(folder / "a.txt"), 0, 0)
        stamp = (folder / "a.txt").stat()
        file = file._replace(size=stamp.st_size, modified=stamp.st_mtime_ns)
        assert library.unchanged(file, VERSION)
        assert not library.unchanged(file, "anliku 99; jieba")


def test_what_workers_had_not_given_back_is_not_done_with(folder: Path, tmp_path: Path) -> None:
    """Files are done with when their articles are stored, not when they are read."""
    with Library(tmp_path / "l.db") as library:
        changed(folder, library, workers=2)
        assert changed(folder, library).left_out == 3


def test_the_command_says_that_nothing_changed(folder: Path, tmp_path: Path) -> None:
    common = ["run", str(folder), "-o", str(tmp_path / "l.db"), "--tagger", "jieba", "--changed"]
    assert anliku(*common)[0] == 0
    status, out, _ = anliku(*common)
    assert status == 0
    assert "Nothing to do: none of 3 files is new or changed" in out
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 cut short")
    assert anliku(*common)[0] == 1
    status, out, err = anliku(*common)
    assert status == 1
    assert "Nothing new: none of the 3 files read before has changed; what failed was tried again" in " ".join(
        out.split()
    )
    assert "bad.pdf" in err


def test_since_goes_by_the_time_of_the_file(folder: Path, tmp_path: Path) -> None:
    os.utime(folder / "a.txt", (0, 0))
    common = ["run", str(folder), "-o", str(tmp_path / "l.db"), "--tagger", "jieba", "--since"]
    assert anliku(*common, "2001-01-01")[0] == 0
    with Library(tmp_path / "l.db") as library:
        assert library.stats()["articles"] == 2
    assert anliku(*common, "2999-01-01")[0] == 0
    assert anliku(*common, "yesterday")[0] == 2
