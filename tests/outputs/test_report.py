"""The report of a library."""

from __future__ import annotations

import io
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import html

from models.article import Failure
from outputs.library import Library
from outputs.report import SHOWN, comparisons, overview
from outputs.report_page import Language, report, strings
from outputs.reviews import accept, correct
from tests.outputs.samples import county_entry, entries, roundup_entry
from tests.outputs.web.conftest import hostile_entry, many


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        run = opened.start_run("1", {})
        opened.write(run, [*entries(), *many(40)])
        opened.set_duplicates({roundup_entry()[0].id: (county_entry()[0].id, 0.9)})
        opened.store(run, [], [Failure(source="/home/user/dump/x.pdf", stage="read", error="NoText", message="m")])
        found = next(opened.rows("SELECT id FROM quantities WHERE text = '81名'"))[0]
        correct(opened, found, {"value": 18}, reviewer="王编辑", at="2024-05-01T00:00:00+00:00")
        accept(opened, found, reviewer="李编辑", at="2024-05-02T00:00:00+00:00")
        opened.finish_run(run, {"read": 44, "written": 43, "failed": 1})
        yield opened


def page(library: Library, language: Language = "zh") -> str:
    out = io.BytesIO()
    report(library, out, language=language)
    return out.getvalue().decode()


def test_the_facts(library: Library) -> None:
    facts = overview(library)
    assert (facts.counts["articles"], facts.counts["duplicates"], facts.counts["counties"]) == (43, 1, 4)
    assert facts.provinces[0][:2] == ("山东省", 20)
    assert facts.indicators[0][0] == "party_orgs"
    assert facts.matrix.categories[0] == "organisation"
    assert {row[0]: row[2] for row in facts.layers}["honours"] == round(100 / 43, 1)
    assert [row for row in facts.fields if row[1] == "title"] == [("articles", "title", 42, 97.7)]
    assert 0 < len(facts.doubts) <= SHOWN
    assert facts.clusters[0][0] == "灵丘县建强组织促振兴"
    assert facts.failures == (("x.pdf", "read", "NoText"),)
    assert facts.decisions == (("李编辑", "accepted", 1), ("王编辑", "corrected", 1))
    assert facts.agreements[0][:3] == ("李编辑 / 王编辑", 1, 1)
    assert comparisons(library, facts.indicators)[0].code == "party_orgs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_loads_nothing_and_says_everything(library: Library, language: Language) -> None:
    text = page(library, language)
    made = html.fromstring(text)
    assert not made.xpath("//script | //link | //img | //iframe | //@src | //@onclick")
    assert {link.removeprefix("#") for link in made.xpath("//nav/a/@href")} == set(made.xpath("//h2/@id"))
    assert made.xpath("//*[local-name()='svg']")
    assert "/home/user" not in text
    assert text == page(library, language)
    heads = [head.text for head in made.xpath("//h2")]
    assert all(re.search("[\u4e00-\u9fff]", head) for head in heads) == (language == "zh")


def test_an_empty_library_has_a_report(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        text = page(library)
    assert text.count("没有。") >= 6


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        library.write(None, [hostile_entry()])
        made = html.fromstring(page(library))
        assert not made.xpath("//script | //img | //@onerror")


def test_every_string_is_used_and_said_in_both_languages() -> None:
    said = tomllib.loads(files("outputs").joinpath("report.toml").read_text("utf-8"))
    used = files("outputs").joinpath("report.html").read_text("utf-8") + files("outputs").joinpath(
        "report_page.py"
    ).read_text("utf-8")
    assert [key for key, both in said.items() if set(both) != {"zh", "en"}] == []
    assert [key for key in said if f"t.{key}" not in used and f"'{key}'" not in used and f'"{key}"' not in used
            and not key.startswith("of_")] == []  # fmt: skip
    assert strings("en").keys() == strings("zh").keys()
