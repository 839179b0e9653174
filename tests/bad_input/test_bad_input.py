"""Every bad input: the failure or the reading that the table says, soon, in bounded memory, and nothing lost beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus import errors
from models.errors import AnlikuError
from tests.bad_input.cases import Case, cases

CASES = cases()


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of each, from one process under a limit of memory."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "files").mkdir()
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.bad_input", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    return dict(json.loads((folder / "outcomes.json").read_text("ascii")))


def test_there_are_over_three_hundred() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 300
    assert sum(len(case.data) for case in CASES) < 8_000_000


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input(case: Case, outcomes: dict[str, Any]) -> None:
    became = outcomes[case.name]
    assert not became["raised"]
    assert became["beside"], "the sound article beside it was lost"
    found = became["found"]
    shown = [one.get("error") or one["raw"][:60] for one in found]
    assert fits(case.expect, found), f"{case.expect} expected, {shown} found"
    for one in found:
        if "error" in one:
            is_clear(one)


def is_clear(failure: dict[str, str]) -> None:
    """One line that names the file and a way out, of a class that says so; never one that nobody foresaw."""
    assert failure["error"] != "Unexpected", failure["message"]
    assert issubclass(getattr(errors, failure["error"]), AnlikuError)
    assert failure["message"].startswith(failure["source"])
    assert failure["message"].isprintable() or "\u202e" in failure["source"]
    assert len(failure["message"]) < 2000
    assert "Traceback" not in failure["message"]
    assert (
        "{" not in failure["message"].replace(failure["source"], "").replace("{bad", "") or "JSON" in failure["message"]
    )


def fits(expect: tuple[str, ...], found: list[dict[str, str]]) -> bool:
    for nr, wanted in enumerate(expect):
        if "..." in wanted.split("|"):
            return True
        if nr >= len(found) or not any(fits_one(one, found[nr]) for one in wanted.split("|")):
            return False
    return len(found) == len(expect)


def fits_one(wanted: str, item: dict[str, str]) -> bool:
    if wanted.startswith("="):
        return item.get("raw") == wanted[1:]
    if wanted.startswith("!"):
        return "raw" in item and item["source"].endswith(wanted)
    return "raw" in item if wanted == "*" else item.get("error") == wanted


def test_what_was_read_is_extracted_and_stored_whole(outcomes: dict[str, Any]) -> None:
    together = outcomes["__all__"]
    assert together["failures"] == []
    assert together["stored"] == together["articles"] > 100
    assert together["check"] == ["ok"]
    assert together["whole"]


def test_what_was_stored_leaves_the_house_in_every_form(outcomes: dict[str, Any]) -> None:
    became = outcomes["__exports__"]
    assert len(became) == 8
    assert {form: raised for form, raised in became.items() if raised} == {}


def test_it_takes_no_long_time_and_little_memory(outcomes: dict[str, Any]) -> None:
    slow = {
        name: became["seconds"]
        for name, became in outcomes.items()
        if not name.startswith("__") and became["seconds"] > 5
    }
    assert slow == {}
    assert outcomes["__all__"]["peak"] < 600_000  # kB; 300 MB measured, most of it libraries
