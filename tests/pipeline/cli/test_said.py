"""What a run, a server and an export say: before they start, when they are stopped, when all goes wrong."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen

import pytest
from typer.testing import CliRunner, Result

import corpus
from outputs.library import Library
from outputs.review_queue import queue
from outputs.search import search
from pipeline.batch import Settings
from pipeline.batch import run as run_batch
from pipeline.cli import app
from pipeline.extract import extractor

TEXT = "柳湾镇组建8个联村党委，选派36名干部驻村。"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with Library(tmp_path / "l.db") as made:
        run_batch(corpus.read([str(tmp_path / "a.txt")]), made, Settings(tagger="jieba"))
    return tmp_path / "l.db"


def test_a_port_in_use_is_said_before_any_address(library: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = call("serve", library, "--port", taken.getsockname()[1])
    assert "--port N" in str(done.exception)
    assert "http" not in done.output


def test_port_0_prints_the_port_that_it_took(library: Path) -> None:
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "serve", str(library), "--port", "0"]
    with Popen(command, stdout=PIPE, stderr=STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            port = int(line.split("127.0.0.1:")[1].split("/")[0])
            socket.create_connection(("127.0.0.1", port), timeout=10).close()
        finally:
            server.kill()


def test_nothing_there_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.extractor", lambda *_: pytest.fail("a model was loaded for nothing"))
    done = call("run", tmp_path / "nofile", "-o", tmp_path / "n.db")
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert "there is no such file" in done.output
    assert list(tmp_path.iterdir()) == []


def test_files_of_other_types_are_counted_and_are_no_failures(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a.txt", "1.png", "2.png", "3.png", "s.css"):
        (pages / name).write_text(TEXT, "utf-8")
    line = f"passed over: 4 files of other types (.png 3, .css 1): {pages}/1.png, {pages}/2.png, {pages}/3.png …\n"
    report = tmp_path / "report.json"
    done = call("run", pages, "-o", tmp_path / "l.db", "--tagger", "jieba", "--report", report)
    assert (done.exit_code, done.stderr.strip()) == (0, "")
    assert line in done.stdout
    assert json.loads(report.read_text("utf-8"))["passed_over"] == {".css": 1, ".png": 3}
    assert line in call("run", pages, "--shards", tmp_path / "shards", "--tagger", "jieba").stdout
    assert call("run", pages, "-o", tmp_path / "l.db", "--tagger", "jieba", "--quiet").output == ""


@pytest.mark.parametrize("output", ["whole.db", "library.db"])
def test_shards_and_a_library_are_not_written_at_once(tmp_path: Path, output: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = call("run", tmp_path / "a.txt", "--shards", tmp_path / "s", "-o", output, "--tagger", "jieba")
    assert done.exit_code == 2
    assert "anliku library build" in " ".join(done.output.replace("│", " ").split())
    assert not (tmp_path / "s").exists()


def test_all_records_fail_alike(tmp_path: Path) -> None:
    records = "\n".join(json.dumps({"text": TEXT, "note": ""}, ensure_ascii=False) for _ in range(50))
    (tmp_path / "dump.jsonl").write_text(records, "utf-8")
    done = call("run", tmp_path / "dump.jsonl", "-o", tmp_path / "n.db", "--text-column", "note", "--tagger", "jieba")
    assert done.exit_code == 2
    assert done.output.count("no text in it (column note)") == 3
    assert "with --text-column" in done.output
    assert f"… and 47 more (anliku export failures.csv --table failures -l {tmp_path / 'n.db'})" in done.output
    assert "articles" not in done.output.replace("n.db", "")


def test_a_run_that_is_stopped(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.cli.run.run_batch", stopped)
    done = call("run", library.parent / "a.txt", "-o", library, "--tagger", "jieba")
    assert done.exit_code == 130
    assert f"{library} keeps what was done; the same command goes on from there" in done.output


def test_other_rules_are_another_version(library: Path, tmp_path: Path) -> None:
    plain = extractor("jieba").version
    assert "rules" not in plain
    versions = []
    for name, cue in (("one", "联建"), ("two", "联建"), ("three", "共建")):
        (tmp_path / name).mkdir()
        assert extractor("jieba", str(tmp_path / name)).version == plain
        (tmp_path / name / "categories.toml").write_text(f'[joint_building.cues]\n"{cue}" = 3\n', "utf-8")
        versions.append(extractor("jieba", str(tmp_path / name)).version)
    assert versions[0] == versions[1] != versions[2]
    assert versions[0].startswith(f"{plain}; rules ")
    again = ("run", tmp_path / "a.txt", "-o", library, "--tagger", "jieba")
    assert "Nothing to do" in call(*again).output
    assert "Nothing to do" not in call(*again, "--rules", tmp_path / "one").output
    assert "Nothing to do" in call(*again, "--rules", tmp_path / "two").output
    assert "Nothing to do" not in call(*again, "--rules", tmp_path / "three").output


def test_gold_says_how_to_measure_with_it(library: Path, tmp_path: Path) -> None:
    with Library(library, read_only=True) as opened:
        first = queue(opened, 1)[0]
    assert call("review", "accept", first.id, "-l", library).exit_code == 0
    done = call("review", "gold", tmp_path / "my gold", "-l", library)
    assert f"anliku evaluate '{tmp_path}/my gold/gold' '{tmp_path}/my gold/articles'" in done.output


def test_an_article_without_a_title_goes_by_its_first_words(library: Path) -> None:
    with Library(library, read_only=True) as opened:
        names = {search(opened, "联村")[0].title, queue(opened, 1)[0].title}
    assert names == {"（柳湾镇组建8个联村党委，选派36名干部驻村。）"}
    assert "（柳湾镇组建" in call("extract", library.parent / "a.txt", "--tagger", "jieba").output
