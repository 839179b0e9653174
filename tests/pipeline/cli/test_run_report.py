"""The report and the log of a run, the doctor, and a run of nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from outputs.library import Library
from pipeline.cli import app

TEXT = "柳湾镇组建8个联村党委，选派36名干部驻村。"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def dump(path: Path, count: int, text: str, first: int = 0) -> Path:
    lines = (json.dumps({"text": f"{text}第{first + nr}篇。"}, ensure_ascii=False) for nr in range(count))
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_report_log_and_drift(tmp_path: Path) -> None:
    library, report, log = (tmp_path / name for name in ("library.db", "report.json", "log.jsonl"))
    (tmp_path / "bad.txt").write_bytes(b"\0" * 99)
    rich = dump(tmp_path / "rich.jsonl", 20, TEXT)
    tell = ("-o", library, "--tagger", "jieba", "--report", report, "--log", log)
    done = call("run", rich, tmp_path / "bad.txt", "--quiet", *tell)
    assert done.exit_code == 1
    said = json.loads(report.read_text("utf-8"))
    assert said["counts"]["written"] == 20
    assert said["failures"] == {"NotText": 1}
    assert said["versions"]["anliku"]
    assert said["settings"]["tagger"] == "jieba"
    assert said["fill_rates"]["layers"]["quantities"]["per_article"] >= 2
    assert said["drift"] == []
    poor = dump(tmp_path / "poor.jsonl", 20, "今天天气晴好，村里人都说好。", first=100)
    done = call("run", poor, *tell)
    assert "warning: quantities per article fell by" in done.stderr
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines if line["event"] != "drift"] == [
        "run_started", "failure", "run_finished", "run_started", "run_finished"]  # fmt: skip
    assert lines[1]["error"] == "NotText"
    assert "quantities" in {line["layer"] for line in lines if line["event"] == "drift"}
    listed = json.loads(call("runs", "--json", "-l", library).stdout)
    assert [run["counts"]["written"] for run in listed] == [20, 20]
    assert listed[0]["drift"]
    assert "quantities per article fell" in call("doctor", "--tagger", "jieba", "-l", library).stdout
    with Library(library, read_only=True) as opened:
        assert [failure.error for failure in opened.failures()] == ["NotText"]


def test_a_run_of_nothing_leaves_nothing(tmp_path: Path) -> None:
    made = tmp_path / "library.db"
    assert call("run", tmp_path / "nowhere", "-o", made, "--tagger", "jieba").exit_code == 2
    assert list(tmp_path.iterdir()) == []
    dump(tmp_path / "a.jsonl", 1, TEXT)
    call("run", tmp_path / "a.jsonl", "-o", made, "--tagger", "jieba", "--quiet")
    call("run", tmp_path / "nowhere", "-o", made, "--tagger", "jieba", "--quiet")
    with Library(made, read_only=True) as library:
        assert library.stats()["articles"] == 1


@pytest.mark.parametrize("option", ["--log", "--report"])
def test_where_it_cannot_be_written(tmp_path: Path, option: str) -> None:
    source = dump(tmp_path / "a.jsonl", 1, TEXT)
    done = call(
        "run", source, "-o", tmp_path / "l.db", "--tagger", "jieba", option, tmp_path / "no" / "file", "--quiet"
    )
    assert "cannot be written" in str(done.exception)


def test_doctor(tmp_path: Path) -> None:
    assert call("doctor", "--tagger", "jieba").exit_code == 0
    done = call("doctor", "--tagger", "jieba", "-l", tmp_path / "none.db", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)[-1]["name"] == "library opens"
    assert call("doctor", "--rebuild-search").exit_code == 2


def test_nothing_to_search_for(tmp_path: Path) -> None:
    done = call("search", " ", "-l", tmp_path / "none.db")
    assert done.exit_code == 2
    assert "no word to look for" in done.stderr


def test_other_settings_than_last_time_are_told_and_the_doctor_knows_them(tmp_path: Path) -> None:
    library, rules = tmp_path / "library.db", tmp_path / "own"
    source = dump(tmp_path / "a.jsonl", 2, TEXT)
    rules.mkdir()
    (rules / "units.toml").write_text('[count.units]\n"篓" = 1\n', "utf-8")
    first = call("run", source, "-o", library, "--tagger", "jieba", "--rules", rules)
    assert first.exit_code == 0, first.output
    assert "note:" not in first.stderr
    said = {one["name"]: one for one in json.loads(call("doctor", "-l", library, "--json").stdout)}
    assert said["records are of today's version"]["state"] == "ok"
    assert f"tagger jieba with rules {rules}" in said
    again = call("run", source, "-o", library, "--tagger", "jieba")
    assert f"had --tagger jieba --rules {rules}, this one has --tagger jieba" in again.stderr
    asked = {one["name"]: one for one in json.loads(call("doctor", "-l", library, "--rules", rules, "--json").stdout)}
    assert f"with --tagger jieba --rules {rules}" in asked["records are of today's version"]["do"]
    (rules / "units.toml").unlink()
    rules.rmdir()
    gone = call("doctor", "-l", library, "--rules", rules)
    assert gone.exit_code == 1
    assert str(rules) in gone.stdout


def test_a_source_with_another_text_than_before_is_told(tmp_path: Path) -> None:
    library, source = tmp_path / "library.db", tmp_path / "a.txt"
    source.write_text(TEXT, "utf-8")
    assert "another text before" not in call("run", source, "-o", library, "--tagger", "jieba").stderr
    source.write_text(TEXT + "又记。", "utf-8")
    assert "1 of the sources had another text before" in call("run", source, "-o", library, "--tagger", "jieba").stderr
