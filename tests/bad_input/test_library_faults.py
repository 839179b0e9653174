"""Whatever is wrong with the library or the disk: one clear line, no traceback, nothing of what was there is lost."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.errors import AnlikuError
from outputs.library import Library
from outputs.library.schema import SCHEMA
from pipeline.cli import app

TEXT = "柳湾镇组建8个联村党委，选派36名干部驻村，村集体收入超过10万元。"
COMMANDS = (
    ("search", "党建", "-l"), ("compare", "people", "-l"), ("runs", "-l"), ("duplicates", "-l"), ("review", "queue", "-l"),
    ("export", "out.xlsx", "-l"),
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A library of three articles."""
    folder = tmp_path_factory.mktemp("sound")
    source = dump(folder / "a.jsonl", 3)
    done = CliRunner().invoke(app, ["run", str(source), "-o", str(folder / "l.db"), "--tagger", "jieba", "--quiet"])
    assert done.exit_code == 0
    return (folder / "l.db").read_bytes()


def dump(path: Path, count: int) -> Path:
    path.write_text("".join(json.dumps({"text": f"{TEXT}第{n}篇。"}) + "\n" for n in range(count)), "utf-8")
    return path


def nothing(path: Path, _sound: bytes) -> None:
    assert not path.exists()


def folder(path: Path, _sound: bytes) -> None:
    path.mkdir()


def text(path: Path, _sound: bytes) -> None:
    path.write_text("这不是数据库。" * 500, "utf-8")


def short(path: Path, _sound: bytes) -> None:
    path.write_bytes(b"SQLite")


def other(path: Path, _sound: bytes) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine(x)")
    db.close()


def newer(path: Path, sound: bytes) -> None:
    path.write_bytes(sound)
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()


def half(path: Path, sound: bytes) -> None:
    path.write_bytes(sound[: len(sound) // 2])


def spoilt(path: Path, sound: bytes) -> None:
    data = bytearray(sound)
    data[4096:] = bytes(byte ^ 0x55 for byte in data[4096:])
    path.write_bytes(bytes(data))


def circle(path: Path, _sound: bytes) -> None:
    path.symlink_to(path)


ILL: tuple[Callable[[Path, bytes], None], ...] = (nothing, folder, text, short, other, newer, half, spoilt, circle)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("ill", ILL, ids=lambda ill: ill.__name__)
def test_reading_what_is_no_sound_library(
    ill: Callable[[Path, bytes], None], command: tuple[str, ...], sound: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "l.db"
    ill(path, sound)
    before = path.read_bytes() if path.is_file() else None
    target = [str(tmp_path / "out.xlsx") if part == "out.xlsx" else part for part in command]
    error = CliRunner().invoke(app, [*target, str(path)]).exception
    assert isinstance(error, AnlikuError), repr(error)
    assert str(path) in str(error)
    assert "\n" not in str(error)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("ill", [one for one in ILL if one is not nothing], ids=lambda ill: ill.__name__)
def test_writing_over_what_is_no_sound_library(
    ill: Callable[[Path, bytes], None], sound: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "l.db"
    ill(path, sound)
    source = dump(tmp_path / "a.jsonl", 2)
    done = CliRunner().invoke(app, ["run", str(source), "-o", str(path), "--tagger", "jieba", "--quiet"])
    assert isinstance(done.exception, AnlikuError), repr(done.exception)
    assert str(path) in str(done.exception)


def test_writing_where_there_is_no_folder(tmp_path: Path) -> None:
    source = dump(tmp_path / "a.jsonl", 2)
    done = CliRunner().invoke(app, ["run", str(source), "-o", str(tmp_path / "no" / "l.db"), "--tagger", "jieba"])
    assert isinstance(done.exception, AnlikuError)
    assert "Does its folder exist" in str(done.exception)


@pytest.mark.parametrize("size", [1, 300_000, 900_000])
def test_a_disk_that_is_full(tmp_path: Path, size: int) -> None:
    """A file may grow to so many bytes and no more; what was committed stays, and the next run goes on."""
    path, source = tmp_path / "l.db", dump(tmp_path / "a.jsonl", 300)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "run", str(source), "-o", str(path),
               "--tagger", "jieba", "--quiet"]  # fmt: skip
    full = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited, timeout=120)
    assert full.returncode == 2, full.stderr
    assert "Traceback" not in full.stderr
    assert "run the same command again" in full.stderr
    assert subprocess.run(command, capture_output=True, timeout=120).returncode == 0
    with Library(path, read_only=True) as library:
        assert library.stats()["articles"] == 300
        assert [row[0] for row in library.rows("PRAGMA integrity_check")] == ["ok"]


def test_a_locked_library(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(sound)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with (
        Library(path, busy_seconds=0.2) as library,
        pytest.raises(AnlikuError, match="another program has been writing"),
    ):
        library.start_run("1", {})
    assert "党" in CliRunner().invoke(app, ["search", "联村党委", "-l", str(path)]).stdout  # readers go on
    holder.close()
