"""The page of what could not be read: the file by its name, what is wrong in the reader's language, and no folder."""

from __future__ import annotations

import inspect
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from corpus import errors
from models.article import Failure
from models.errors import SpanMismatch
from outputs.datasette_anliku.failed import SHOWN, file_name, without_folders
from outputs.library import Library
from pipeline.errors import WorkerDied
from tests.outputs.samples import entries
from tests.outputs.web.conftest import Get, opened, tree, words

WORDS = tomllib.loads(files("outputs.datasette_anliku").joinpath("failed.toml").read_text("utf-8"))


def test_the_start_page_leads_to_what_failed_with_the_way_out(get: Get) -> None:
    (link,) = tree(get("/")).xpath("//a[contains(., '篇没有读成')]/@href")
    said = words(get(link))
    for part in ("news.zip!page 0.pdf", "读取", "文件损坏或不完整", "重新获取这个文件", "damaged or cut short as PDF"):
        assert part in said, part
    for folder in ("editor", "reports", "2024/", "spare", "/home", "log/"):
        assert folder not in said, folder
    english = words(get(f"{link}?lang=en"))
    assert "reading" in english
    assert "damaged or cut short as PDF" in english
    assert "文件损坏" not in english


def test_an_error_without_words_is_said_by_its_step(get: Get) -> None:
    assert "这是程序的缺陷" in words(get("/-/failures/small"))


def test_the_newest_stand_first_and_the_rest_are_counted(get_large: Get, tmp_path: Path) -> None:
    page = get_large("/-/failures/large")
    rows = tree(page).xpath("//tbody/tr")
    assert len(rows) == SHOWN
    assert "page 249.pdf" in rows[0].text_content()
    assert f"另有 {250 - SHOWN} 条" in words(page)
    path = tmp_path / "again.db"
    with Library(path) as library:
        for name in "aba":
            failure = Failure(source=f"x/{name}.pdf", stage="read", error="Damaged", message=f"x/{name}.pdf: cut.")
            library.store(library.start_run("1", {}), [], [failure])
    with opened(path) as get:
        cells = tree(get("/-/failures/again")).xpath("//td[@class='file']/text()")
        assert cells == ["a.pdf", "b.pdf"], "what failed again is the newest"


def test_nothing_failed(tmp_path: Path) -> None:
    with Library(tmp_path / "whole.db") as library:
        library.write(None, entries())
    with opened(tmp_path / "whole.db") as get:
        assert "没有读不成的" in words(get("/-/failures/whole"))
        assert "没有读成" not in words(get("/"))


def test_every_error_of_reading_has_words() -> None:
    reading = {name for name, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.SourceError)}
    assert len(reading) > 30
    stages = {f"stage_{stage}" for stage in get_args(Failure.model_fields["stage"].annotation)}
    assert WORDS.keys() == reading | stages | {SpanMismatch.__name__, WorkerDied.__name__}
    assert all(words.keys() == {"what", "do"} for words in WORDS.values())


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/data/a.pdf", "a.pdf"), ("a.pdf", "a.pdf"), ("-", "-"), ("/", "–"), ("C:\\文件\\甲.docx", "甲.docx"),
        ("/data/news.zip!2024/a.txt", "news.zip!a.txt"), ("/wow!/a.txt", "a.txt"), ("/n.zip!/a.txt", "a.txt"),
        ("/d/news.tar.gz!x/in.ZIP!b/c.csv#4", "news.tar.gz!in.ZIP!c.csv#4"), ("/d/dump.jsonl#2", "dump.jsonl#2"),
        ("/a b/c d.txt", "c d.txt"),
    ],
)  # fmt: skip
def test_a_file_goes_by_its_name(source: str, name: str) -> None:
    assert file_name(source) == name


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("/a b/x.zip!c/d.txt: no text in it. Leave it out.", "no text in it. Leave it out."),
        ("/a b/x.zip!c/d.txt: damaged (/a b/x.zip ends too early)", "damaged (x.zip ends too early)"),
        ("cannot open '/a b/e f/g.txt' (2)", "cannot open '…' (2)"),
        ("see C:\\Users\\me\\t.txt now", "see … now"),
        ("half of a pair (\\ud800) at character 5", "half of a pair (…) at character 5"),
        ("not valid JSON (line 3 column 5)", "not valid JSON (line 3 column 5)"),
    ],
)
def test_a_message_loses_its_folders_and_nothing_else(message: str, said: str) -> None:
    assert without_folders(message, "/a b/x.zip!c/d.txt") == said
