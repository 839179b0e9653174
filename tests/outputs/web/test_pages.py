"""Every page answers, loads nothing from elsewhere, lets no text of an article run, and says what is not there."""

from __future__ import annotations

import re

import pytest

from tests.outputs.samples import county_article, roundup_entry
from tests.outputs.web.conftest import Get, hostile_entry, tree, words

CASE = county_article().id
ROUNDUP = roundup_entry()[0].id
ATTACK = hostile_entry()[0].id
PAGES = (
    "/", f"/-/case/small/{CASE}", f"/-/case/small/{ROUNDUP}", f"/-/case/small/{ATTACK}", "/-/county/small/140224",
    "/-/compare/small/party_orgs", "/-/compare/small/collective_income", "/-/map/small", "/-/map/small/party_orgs",
    "/-/beside/small", "/-/beside/small?places=寿光市,安丘市",
    "/-/map/small?province=37", "/-/search/small", "/-/search/small?q=联合党委", "/-/search/small?q=没有的词",
    "/-/failures/small",
)  # fmt: skip
STOCK = ("/small", "/small/quantities", "/small/articles", "/small/cases", "/small/measures", "/small/honours",
         "/small/~E6~8C~87~E6~A0~87")  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_main_element_and_loads_only_from_here(get: Get, address: str) -> None:
    response = get(address)
    assert response.status_code == 200
    page = tree(response)
    assert len(page.xpath("//main[@id='main']")) == 1
    assert len(page.xpath("//h1")) >= 1
    loaded = page.xpath("//@src | //link/@href | //form/@action | //@data | //@srcset | //@poster")
    assert [one for one in loaded if not one.startswith("/") or one.startswith("//")] == []
    assert not page.xpath("//script[not(@src)] | //style | //@style | //iframe | //object | //embed")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]


@pytest.mark.parametrize("address", STOCK)
def test_datasettes_own_pages_answer_too(get: Get, address: str) -> None:
    response = get(address)
    assert response.status_code == 200
    external = [link for link in tree(response).xpath("//@src | //link[@rel != 'alternate']/@href") if "//" in link]
    assert external == []


def test_styles_load_nothing_from_elsewhere(get: Get) -> None:
    for sheet in ("/-/static-plugins/anliku/anliku.css", "/-/static-plugins/anliku/stock.css", "/-/anliku-layers.css"):
        response = get(sheet)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/css")
        assert not re.search(r"url\(|@import|https?:", response.text)
    script = get("/-/static-plugins/anliku/anliku.js").text
    assert not re.search(r"https?:|fetch|innerHTML|eval", script)


@pytest.mark.parametrize(
    "address", [*(page for page in PAGES if "case" not in page), f"/-/case/small/{ATTACK}", *STOCK]
)
def test_the_text_of_an_article_stays_text(get: Get, address: str) -> None:
    response = get(address)
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text
    assert not tree(response).xpath("//@href[starts-with(., 'javascript:')]")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/-/case/small/0000000000000000", 404), ("/-/case/none/1", 404), ("/-/county/small/999999", 404),
     ("/-/compare/small/nonsense", 404), ("/small?sql=selec", 400), ("/-/search/_internal?q=1", 404)],
)  # fmt: skip
def test_what_is_not_there_is_said_on_a_page(get: Get, address: str, status: int,
                                             capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    response = get(address)
    assert response.status_code == status
    assert tree(response).xpath("//main")
    assert capsys.readouterr() == ("", ""), "no variables of ours on the terminal"


def test_errors_are_json_where_json_was_asked_for(get: Get) -> None:
    response = get("/small.json?sql=selec")
    assert (response.status_code, response.json()["ok"]) == (400, False)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_takes_a_post(get: Get, address: str) -> None:
    assert get(address, method="POST").status_code in (403, 404, 405)


def test_long_lists_are_cut_and_say_so(get_large: Get) -> None:
    for address in ("/", "/-/county/large/140224", "/-/compare/large/party_orgs", "/-/search/large?q=联村"):
        assert get_large(address).status_code == 200
    assert "另有 114 处，见 JSON" in words(get_large("/-/compare/large/party_orgs")), "126 of a county, 12 shown"
    second = get_large("/-/search/large?q=建强组织&page=2")
    assert tree(second).xpath("//a[@rel='prev']")
    assert tree(second).xpath("//a[@rel='next']")


def test_what_is_not_compared_says_why_in_the_language_of_the_page(get: Get) -> None:
    for address in ("/-/compare/small/collective_income", "/-/beside/small?places=370783,140224"):
        joined = "&" if "?" in address else "?"
        assert "a number of the level village, not county" in words(get(f"{address}{joined}lang=en"))
        assert "是村级的数，不是县级的" in words(get(f"{address}{joined}lang=zh"))
