"""Which counties say how many villages have an income of 100,000 and more: four reports that say it four ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.article import Article, Columns
from outputs.compare_files import reached_json, reached_sheet
from outputs.library import Library
from outputs.thresholds import amount, reached
from pipeline.extract import Extractor

REPORTS = {
    # So many and such a share, as a fact, at several limits; none below another one.
    "安丘市": "安丘市盘清集体家底。\n2021年,安丘市集体收入超过500万元的村有9个,超过50万元的村有131个,"
    "超过10万元的村占85%,收入在3万元以下的村已经清零。\n",
    # All of them, of no time.
    "寿光市": "寿光市一村一策上项目。\n寿光市全部行政村的集体收入达到10万元以上。\n",
    # An aim, of a year.
    "灵丘县": "灵丘县排定增收任务。\n灵丘县计划2025年120个村的集体收入全部达到5万元以上,10万元以上的村达到48个(40%)。\n",
    # Nearly none below, at a day; a share above another limit; another kind of income.
    "陵川县": "陵川县给薄弱村开方子。\n截至2022年底,陵川县基本消除集体经营性收入在10万元以下的村,"
    "收入超过30万元的村占22.5%。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory):
    path: Path = tmp_path_factory.mktemp("thresholds") / "library.db"
    extractor = Extractor()
    with Library(path) as opened:
        for name, raw in REPORTS.items():
            article = Article(source=f"{name}.txt", raw=raw, columns=Columns(title=raw.split("。")[0]))
            opened.write(None, [(article, extractor(article), raw)])
        yield opened


def test_each_county_says_it_in_its_own_way(library: Library) -> None:
    found = [(seen.place, amount(seen), seen.threshold, seen.status, seen.time) for seen in reached(library, at=100000)]
    assert found == [
        ("陵川县", "基本没有", "村集体经营性收入 < 100,000 元", "actual", "2022-12-31"),
        ("寿光市", "每一个都达到", "村集体收入 ≥ 100,000 元", "actual", None),
        ("安丘市", "85 %", "村集体收入 > 100,000 元", "actual", "2021"),
        ("灵丘县", "48 个", "村集体收入 ≥ 100,000 元", "target", "2025"),
        ("灵丘县", "40 %", "村集体收入 ≥ 100,000 元", "target", "2025"),
    ]


def test_every_word_is_where_it_says(library: Library) -> None:
    for seen in reached(library):
        raw = library.article(seen.article_id).raw
        assert raw[seen.start : seen.end] == seen.text
        assert seen.text in seen.quote


def test_other_limits_are_other_answers(library: Library) -> None:
    assert [(seen.place, amount(seen)) for seen in reached(library, at=30000)] == [("安丘市", "一个也没有")]
    assert {seen.threshold for seen in reached(library, places=["安丘"])} == {
        "村集体收入 > 100,000 元", "村集体收入 > 500,000 元", "村集体收入 > 5,000,000 元", "村集体收入 < 30,000 元"
    }  # fmt: skip
    assert [seen.place for seen in reached(library, at=100000, period="2025")] == ["寿光市", "灵丘县", "灵丘县"]


def test_the_limit_is_a_column_of_its_own(library: Library) -> None:
    sql = """SELECT 县, 程度, 下限, 单位, 门槛界限, 门槛下限, 门槛上限, 状态 FROM 达标情况
             WHERE 门槛下限 = 100000 OR 门槛上限 = 100000 ORDER BY 县代码, 单位"""
    assert list(library.rows(sql)) == [
        ("灵丘县", None, 40, "%", "ge", 100000, None, "target"),
        ("灵丘县", None, 48, "个", "ge", 100000, None, "target"),
        ("陵川县", "nearly_none", None, None, "lt", None, 100000, "actual"),
        ("寿光市", "every", None, None, "ge", 100000, None, "actual"),
        ("安丘市", None, 85, "%", "gt", 100000, None, "actual"),
    ]


def test_leaves_as_file_and_json(library: Library) -> None:
    found = reached(library, at=100000)
    rows = list(reached_sheet(found).rows)
    assert [row[0] for row in rows] == [seen.place for seen in found]
    assert '"amount": "每一个都达到"' in reached_json(found)
