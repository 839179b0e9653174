"""The page of a case: each value leads to its passage and back, the article is whole, and what was reviewed stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outputs.labels import labels
from outputs.library import Library
from outputs.reviews import correct
from tests.outputs.samples import county_article, entries, roundup_entry
from tests.outputs.web.conftest import HOSTILE, Get, hostile_entry, opened, tree, words

CASE = county_article().id
ROUNDUP = roundup_entry()[0].id
ATTACK = hostile_entry()[0].id


def test_the_attack_is_shown_as_it_is_written(get: Get) -> None:
    assert HOSTILE in words(get(f"/-/case/small/{ATTACK}"))


@pytest.mark.parametrize("article", [CASE, ROUNDUP, ATTACK])
def test_every_value_leads_to_its_passage_and_back(get: Get, small: Path, article: str) -> None:
    page = tree(get(f"/-/case/small/{article}"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "each anchor once"
    links = [link[1:] for link in page.xpath("//main//a/@href") if link.startswith("#")]
    assert set(links) <= set(ids)
    with Library(small, read_only=True) as library:
        layers = [layer for layer in labels()["layers"] if layer != "roles"]
        found = {
            row[0][len(article) + 1 :]
            for layer in layers
            for row in library.rows(f"SELECT id FROM {layer} WHERE article_id = ? AND replaced = 0", (article,))
        }
    assert found, "the article has findings"
    assert found <= set(ids), "each has its value in the case"
    assert {f"p-{key}" for key in found} <= set(ids), "and its passage in the article"
    assert {f"p-{key}" for key in found} <= set(links)


def test_a_passage_holds_the_words_of_the_value(get: Get) -> None:
    page = tree(get(f"/-/case/small/{CASE}"))
    key = page.xpath("//a[contains(@class, 'number')][b[contains(., '81')]]/@href")[0].removeprefix("#p-")
    pieces = [piece for piece in page.xpath("//*[@data-keys]") if key in piece.get("data-keys").split()]
    assert "".join(piece.text_content() for piece in pieces) == "81名"


def test_the_article_is_shown_whole(get: Get) -> None:
    text = tree(get(f"/-/case/small/{CASE}")).xpath("//div[@class='text']")[0]
    for badge in text.xpath(".//span[@class='badge']"):
        badge.drop_tree()
    assert re.sub(r"\s", "", text.text_content()) == re.sub(r"\s", "", county_article().raw)


def test_a_case_has_its_parts_measures_and_names(get: Get) -> None:
    said = words(get(f"/-/case/small/{CASE}"))
    for part in ("背景", "做法", "成效", "启示", "建强组织", "组织设置与规范", "≥ 100,000 元", "2025，目标", "张三", "县委书记",
                 "山西省 › 大同市", "某某网", "李四", "存疑"):  # fmt: skip
        assert part in said, part


def test_the_link_of_a_page_of_the_web_is_kept(get: Get) -> None:
    assert tree(get(f"/-/case/small/{CASE}")).xpath("//a[@href='https://example.org/1']/@rel") == [
        "noreferrer nofollow"
    ]


@pytest.mark.parametrize(("id_", "anchor"), [("-c0", ""), ("-q62-64", "#q62-64")])
def test_an_id_of_the_library_leads_to_its_place(get: Get, id_: str, anchor: str) -> None:
    response = get(f"/-/case/small/{CASE}{id_}")
    assert (response.status_code, response.headers["location"]) == (302, f"/-/case/small/{CASE}{anchor}")


def test_a_page_shows_what_stands_after_review(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.db"
    with Library(path) as library:
        library.write(None, entries())
        numbers = library.record(CASE).quantities
        key = next(f"q{q.start}-{q.end}" for q in numbers if q.text == "81名")
        correct(
            library, f"{CASE}-{key}", {"value": "85"}, reviewer="王编辑", at="2024-05-01T09:00:00+00:00", why="看错"
        )
    with opened(path) as get:
        page = tree(get(f"/-/case/reviewed/{CASE}"))
        (row,) = page.xpath(f"//tr[@id='{key}-r']")
        assert "85 名" in row.text_content()
        assert page.xpath(f"//*[@id='p-{key}-r']")
        assert not page.xpath(f"//*[@id='{key}']")
        assert "81 名" not in page.text_content()
        assert "85" in get("/-/compare/reviewed/dispatched.csv").text
