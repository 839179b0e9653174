"""`anliku compare` in the words of its options."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from outputs.compare import UnknownIndicator
from outputs.library import Library
from pipeline.cli import app
from tests.outputs.samples import entries


@pytest.fixture
def compare(tmp_path: Path):
    path = tmp_path / "library.db"
    with Library(path) as library:
        library.write(None, entries())

    def run(*words: str, columns: int = 160) -> Result:
        return CliRunner().invoke(app, ["compare", *words, "-l", str(path)], env={"COLUMNS": str(columns)})

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
    hint = "另是一个指标：anliku compare villages_at_income --threshold 100000"
    assert hint in compare("collective_income", "--threshold", "10万").output
    assert hint in compare("村集体收入", "--threshold", "10万").output
    assert "另是一个指标" not in done.output
    assert "另是一个指标" not in compare("collective_income", "--threshold", "10万", "--json").output


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


def test_without_a_code_the_codes_of_the_library_are_listed(compare) -> None:
    done = compare()
    assert done.exit_code == 2
    assert done.stdout.split("\n")[0].split() == ["3", "party_orgs", "党组织数"]
    assert "collective_income 村集体收入" in done.stdout
    assert "visitors" not in done.stdout


def test_an_indicator_is_named_in_chinese(compare) -> None:
    for code, name in (("collective_income", "村集体收入"), ("villages_at_income", "收入达标村数(占比)")):
        assert compare(name, "--json").output == compare(code, "--json").output
    assert (
        compare("收入达标村数", "--threshold", "0").output == compare("villages_at_income", "--threshold", "0").output
    )
    error = compare("集体经济收入").exception
    assert isinstance(error, UnknownIndicator)
    assert "choose one of collective_income 村集体收入, " in str(error)
    assert "visitors" not in str(error)


def test_a_quote_is_read_and_an_id_copied_at_80_columns(compare) -> None:
    lines = [line.strip() for line in compare("villages_at_income", "--threshold", "0", columns=80).output.split("\n")]
    (found,) = json.loads(compare("villages_at_income", "--threshold", "0", "--json").output)
    assert found["id"] in lines
    assert found["quote"] in lines


def test_what_is_left_out_is_read_to_its_end_at_80_columns(compare) -> None:
    out = compare("collective_income", columns=80).output
    (left,) = json.loads(compare("collective_income", "--json").output)["left_out"]
    assert left["quote"] in "".join(line.strip() for line in out.split("\n"))
    assert out.rstrip().split("\n")[-1] == "全部写入表格：--csv 表.csv；按所属级别比较：--by village"
    assert "--by" not in compare("collective_income", "--by", "village", columns=80).output


def test_limits_levels_and_periods_as_they_are_typed(compare) -> None:
    at = ("villages_at_income", "--json", "--threshold")
    assert json.loads(compare(*at, "100000").output)
    for typed in ("10万", "10万元", "100,000", "１０万"):
        assert compare(*at, typed).output == compare(*at, "100000").output
    assert compare(*at, "很多").exit_code == 2
    assert json.loads(compare("party_orgs", "--json").output)["by"] == "county"
    levels = {"省": "province", "市": "prefecture", "县级": "county", "乡镇": "township", "村": "village"}
    for typed, level in levels.items():
        assert json.loads(compare("party_orgs", "--by", typed, "--json").output)["by"] == level
    assert "乡镇" in compare("party_orgs", "--by", "组", columns=200).output
    within = ("collective_income", "--by", "village", "--json", "--period")
    for typed in ("2020-2025", "2020年至2025年", "2020～2025", "2025-01-2025-12"):
        assert json.loads(compare(*within, typed).output)["rows"]
    assert not json.loads(compare(*within, "2020-2024").output)["rows"]
