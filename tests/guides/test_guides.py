"""Every command and every piece of code in the guides runs as it stands there."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.guides.blocks import GUIDES, Block, blocks, last_review, lay_out

INSTALL = re.compile(r"^python -m pip install \S+ && ")
ELSEWHERE = re.compile(r"python -m (?:pip|pytest|benchmarks|tests)|pip install|bash |ruff|git ")
"""Commands that other checks run: installing and testing are what `.ci/run` does, benchmarks take minutes."""


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if list(blocks(guide))])
def test_the_blocks_of_a_guide_run(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    for block in blocks(guide):
        where = f"{guide}:{block.line}"
        if block.file:
            Path(block.file).parent.mkdir(exist_ok=True)
            Path(block.file).write_text(block.text, "utf-8")
        if block.language == "bash":
            for command in commands(block):
                run(command, where, monkeypatch, capsys)
        elif block.language == "python":
            exec(compile(block.text, where, "exec"), {"__name__": "__main__"})
        elif block.language == "toml":
            tomllib.loads(block.text)
        elif block.language == "json":
            json.loads(block.text)
        else:
            assert block.language in ("text", "sql", "yaml", "tsv"), f"{where}: who runs {block.language}?"


def commands(block: Block) -> list[str]:
    """A line each; a line that ends in a backslash goes on."""
    return [line for line in block.text.replace("\\\n", " ").splitlines() if line.strip() and line[0] != "#"]


def run(line: str, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Run one command line of a guide, in this process where it is ours: a model is loaded once."""
    line = INSTALL.sub("", line)
    if ELSEWHERE.match(line):
        return
    words = shlex.split(line, comments=True)
    if "审核编号" in words:
        words[words.index("审核编号")] = last_review(
            Path(words[words.index("-l") + 1] if "-l" in words else "library.db")
        )
    if words[:2] == ["anliku", "serve"]:
        serve(words, where)
    elif words[0] == "anliku" and not {"|", ">"} & set(words):
        monkeypatch.setattr("sys.argv", words)
        status = anliku()
        said = capsys.readouterr()
        assert status == 0, f"{where}: {line}\n{said.out}{said.err}"
    else:
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{where}: {line}\n{done.stdout}{done.stderr}"


def anliku() -> object:
    """Exit status of the command in `sys.argv`."""
    try:
        main()
    except SystemExit as stop:
        return stop.code or 0
    return 0


def serve(words: list[str], where: str) -> None:
    """A server answers, and is stopped."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    if "--port" in words:
        words[words.index("--port") + 1] = port
    else:
        words += ["--port", port]
    server = subprocess.Popen(
        [sys.executable, "-c", "from pipeline.cli import main; main()", *words[1:]],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=None,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    assert page.status == 200
                    return
            except OSError:
                assert server.poll() is None, f"{where}: {server.stdout.read().decode() if server.stdout else ''}"
                time.sleep(0.2)
        pytest.fail(f"{where}: no answer")
    finally:
        server.kill()
        server.communicate()


def test_there_are_guides() -> None:
    assert {"README.md", "outputs/README.md", "outputs/EDITOR.md", "pipeline/TUTORIAL.md"} <= set(GUIDES)
    assert list(blocks("outputs/EDITOR.md")), "else a change of the pattern would run nothing, and pass"
