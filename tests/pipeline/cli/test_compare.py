"""`anliku compare` in the words of its options."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from outputs.library import Library
from pipeline.cli import app
from tests.outputs.samples import entries


@pytest.fixture
def compare(tmp_path: Path):
    path = tmp_path / "library.db"
    with Library(path) as library:
        library.write(None, entries())

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["compare", *words, "-l", str(path)], env={"COLUMNS": "160"})

    return run


def test_counties_side_by_side(compare) -> None:
    done = compare("--counties", "寿光市，370784")
    assert done.exit_code == 0, done.output
    assert "联合党委" in done.output
    assert "7 个" in done.output
    assert "5 个" in done.output
    found = json.loads(compare("--counties", "寿光,安丘", "--json").output)
    assert [place["adcode"] for place in found["places"]] == ["370783", "370784"]


def test_who_reaches_a_threshold(compare) -> None:
    done = compare("villages_at_income", "--threshold", "100000")
    assert "90 %" in done.output
    assert "≥ 100,000 元" in done.output
    assert "没有说到这样的门槛" in compare("villages_at_income", "--threshold", "5").output


def test_a_file_holds_what_is_not_comparable(compare, tmp_path: Path) -> None:
    target = tmp_path / "income.csv"
    assert compare("collective_income", "--csv", str(target)).exit_code == 0
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    assert [(row["可比"], row["理由"]) for row in rows] == [("否", "是村级的数，不是县级的")]


def test_per_village_without_a_base_says_so(compare) -> None:
    assert "没有一篇说寿光市共有多少村" in compare("party_orgs", "--per", "village").output


@pytest.mark.parametrize(
    "words",
    [(), ("party_orgs", "--counties", "寿光市"), ("party_orgs", "--per", "village", "--chart", "a.svg"),
     ("--counties", "寿光市", "--per", "village")],
)  # fmt: skip
def test_what_cannot_be_asked_together(compare, words: tuple[str, ...]) -> None:
    assert compare(*words).exit_code == 2
