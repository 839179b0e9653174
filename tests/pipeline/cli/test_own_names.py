"""A category of a user's own rules goes by the name that he gave it, wherever it is shown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from outputs.library import Library
from outputs.own_names import own_names
from pipeline.cli import app
from tests.outputs.web.conftest import opened, words

TEXT = """灵丘县：党建引领强村路

近年来，灵丘县坚持以党建引领乡村产业发展。

一是云上赶集促增收。组织农户在云上集市销售莜面300余篓。
二是干部下沉解民忧。选派81名干部到村任职，建成连心书屋12个。
"""
OWN = """[cloud_fairs]
label = "云上集市"
definition = "网上的集市"
why = "网上赶集"
[cloud_fairs.cues]
"云上赶集" = 3
"云上集市" = 3
"""


def call(*arguments: object) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "categories.toml").write_text(OWN, "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def library(folder: Path) -> Path:
    path = folder / "own.db"
    call("run", folder / "a.txt", "-o", path, "--tagger", "jieba", "--rules", folder / "rules", "--quiet")
    (folder / "rules" / "categories.toml").unlink()  # the name is in the library
    return path


def test_pages(library: Path) -> None:
    with opened(library) as get:
        with Library(library, read_only=True) as read:
            (article,) = read.articles()
        for address in ("/", f"/-/case/own/{article}"):
            assert "云上集市" in words(get(f"{address}?lang=zh"))
            assert "cloud_fairs" not in words(get(f"{address}?lang=zh"))
            assert "cloud fairs" in words(get(f"{address}?lang=en"))
        assert '云上集市 <span title="category">cloud_fairs</span>' in get("/own/measures").text
        assert get("/-/case/own/0000000000000000").status_code == 404


def test_tables_documents_and_the_overview(library: Path, folder: Path) -> None:
    table = folder / "measures.csv"
    call("export", table, "--table", "measures", "--excel", "-l", library)
    rows = list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))
    assert [row["类别"] for row in rows][:1] == ["云上集市"]
    call("export", folder / "m.csv", "--table", "举措矩阵", "-l", library)
    rows = list(csv.DictReader((folder / "m.csv").read_text("utf-8").splitlines()))
    assert ("云上集市", "cloud_fairs") in {(row["举措类别"], row["举措类别代码"]) for row in rows}
    for said in ("云上集市", "cloud_fairs"):
        call("export", folder / "cases.md", "--category", said, "-l", library)
        assert "〔云上集市〕" in (folder / "cases.md").read_text("utf-8")
    call("report", folder / "overview.html", "-l", library)
    assert "cloud_fairs" not in (folder / "overview.html").read_text("utf-8")


def test_the_card_and_the_page_of_one_article(folder: Path) -> None:
    asked = ("extract", folder / "a.txt", "--tagger", "jieba", "--rules", folder / "rules")
    assert "〔云上集市〕" in call(*asked).output
    page = call(*asked, "--html").output
    assert "举措 1 · 云上集市" in page
    assert "cloud_fairs" not in page


def test_the_later_name_counts_and_a_run_without_rules_takes_none_away(library: Path, folder: Path) -> None:
    call("run", folder / "a.txt", "-o", library, "--tagger", "jieba", "--quiet")
    with Library(library, read_only=True) as read:
        assert own_names(read) == {"measure": {"cloud_fairs": "云上集市"}}
    with Library(library) as read:
        read.keep_report(read.start_run("2", {}), {"names": {"measure": {"cloud_fairs": "网上赶集", "market": "网店"}}})
        assert own_names(read) == {"measure": {"cloud_fairs": "网上赶集", "market": "网店"}}


def test_our_own_names_are_not_kept(folder: Path) -> None:
    (folder / "rules" / "categories.toml").write_text('[market.cues]\n"云上赶集" = 3\n', "utf-8")
    call("run", folder / "a.txt", "-o", folder / "l.db", "--tagger", "jieba", "--rules", folder / "rules", "--quiet")
    with Library(folder / "l.db", read_only=True) as read:
        assert own_names(read) == {}
        assert "names" not in json.dumps(read.runs()[0].report)
