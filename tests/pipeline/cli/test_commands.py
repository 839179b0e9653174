"""The command line: every command documented, clear errors, exit status, the same bytes again."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from pipeline.cli import app, main
from pipeline.errors import CannotFill

ARTICLE = "灵丘县组建12个联村党组织，选派81名干部到村任职。2021年，全县村集体收入超过10万元的村达到90%。"


def commands(group: Any, path: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    if hasattr(group, "commands"):
        return [found for name, one in sorted(group.commands.items()) for found in commands(one, (*path, name))]
    return [(" ".join(path), group)]


COMMANDS = commands(get_command(app))


def anliku(*args: str, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(args), input=stdin, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(ARTICLE, "utf-8")
    (articles / "b.txt").write_text(ARTICLE.replace("81", "82"), "gb18030")
    return articles


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_is_documented_with_an_example(name: str, command: Any) -> None:
    assert command.help
    assert f"Example: anliku {name}" in " ".join(command.help.split())
    for parameter in command.params:
        if parameter.name != "help":
            assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_answers_help(name: str) -> None:
    status, out, _ = anliku(*name.split(), "--help")
    assert status == 0
    assert "Example" in out


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    missing = [name for name, _ in COMMANDS if f"anliku {name}" not in readme]
    assert missing == []


def test_run_then_run_again(folder: Path, tmp_path: Path) -> None:
    library = str(tmp_path / "l.db")
    status, out, _ = anliku("run", str(folder), "-o", library, "--tagger", "jieba")
    assert status == 0
    assert "written" in out
    with sqlite3.connect(library) as db:
        rows = db.execute("select count(*) from articles").fetchone()
    assert rows == (2,)
    status, out, _ = anliku("run", str(folder), "-o", library, "--tagger", "jieba")
    assert status == 0
    assert "Nothing to do" in out


def test_some_failed_is_status_1_and_nothing_is_status_2(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    library = str(tmp_path / "l.db")
    status, _, err = anliku("run", str(folder), "-o", library, "--tagger", "jieba")
    assert status == 1
    assert "empty.txt" in err
    with sqlite3.connect(library) as db:
        assert db.execute("select count(*) from failures").fetchone() == (1,)
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    monkey = pytest.MonkeyPatch()
    monkey.setattr("sys.argv", ["anliku", "run", str(nothing), "-o", str(tmp_path / "m.db"), "--tagger", "jieba"])
    with monkey.context(), pytest.raises(SystemExit) as stop:
        main()
    monkey.undo()
    assert stop.value.code == 2


def test_quiet_prints_nothing(folder: Path, tmp_path: Path) -> None:
    assert anliku("run", str(folder), "-o", str(tmp_path / "l.db"), "--tagger", "jieba", "--quiet") == (0, "", "")


def test_extract_json_is_one_record_a_line_in_the_order_given(folder: Path) -> None:
    sources = [str(folder / "b.txt"), str(folder / "a.txt")]
    first = anliku("extract", *sources, "--json", "--tagger", "jieba")
    assert first == anliku("extract", *sources, "--json", "--tagger", "jieba")
    records = [json.loads(line) for line in first[1].splitlines()]
    assert [record["file"] for record in records] == ["b.txt", "a.txt"]
    assert [q["text"] for q in records[1]["quantities"]][:2] == ["12个", "81名"]


def test_extract_shows_a_card_a_page_and_explanations(folder: Path) -> None:
    source = str(folder / "a.txt")
    assert "灵丘县" in anliku("extract", source, "--tagger", "jieba")[1]
    page = anliku("extract", source, "--html", "--tagger", "jieba")[1]
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "<script" not in page
    assert "quantities" in anliku("extract", source, "--explain", "--tagger", "jieba")[1]


def test_extract_reads_standard_input() -> None:
    status, out, _ = anliku("extract", "-", "--json", "--tagger", "jieba", stdin=ARTICLE)
    assert status == 0
    assert json.loads(out)["quantities"]


def test_extract_without_an_article_is_status_2(tmp_path: Path) -> None:
    status, out, err = anliku("extract", str(tmp_path / "absent.txt"))
    assert (status, out) == (2, "")
    assert "absent.txt" in err


def test_two_forms_of_output_are_refused() -> None:
    assert anliku("extract", "x.txt", "--json", "--html")[0] == 2


def test_schema_is_a_json_schema(tmp_path: Path) -> None:
    status, out, _ = anliku("schema")
    assert status == 0
    assert "quantities" in json.loads(out)["properties"]
    assert anliku("schema", "-o", str(tmp_path / "s.json"))[0] == 0
    assert json.loads((tmp_path / "s.json").read_text("utf-8")) == json.loads(out)


def test_an_unknown_tagger_names_the_choices(folder: Path, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.setattr("sys.argv", ["anliku", "extract", str(folder / "a.txt"), "--tagger", "nosuch"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "lac, jieba" in capsys.readouterr().err


@pytest.mark.parametrize("args", [("bench", "corpus", "--articles", "1", "-o"), ("gazetteer", "villages")])
def test_a_folder_that_cannot_be_made_is_said(args: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CannotFill, match="file"):
        anliku(*args, str(tmp_path / "file" / "inside"))


HEAVY = ("datasette", "distributed", "docx", "duckdb", "openpyxl", "pypdf", "torch")


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """`anliku --help`, and each worker of a run, would wait for it."""
    code = f"import sys, pipeline.cli; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
