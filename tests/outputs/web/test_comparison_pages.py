"""Comparisons, counties and search: what is beside what, what is left out, and the same as files."""

from __future__ import annotations

import re

from tests.outputs.web.conftest import Get, tree, words


def test_a_comparison_shows_rows_quotes_chart_and_what_is_left_out(get: Get) -> None:
    page = get("/-/compare/small/collective_income")
    said = words(page)
    assert "没有混入上面的比较" in said
    assert "是村级的数，不是县级的" in said
    found = get("/-/compare/small/party_orgs")
    assert {"安丘市", "寿光市", "灵丘县"} <= set(re.findall(r"安丘市|寿光市|灵丘县", words(found)))
    assert len(tree(found).xpath("//figure//svg")) == 2, "one for a screen, one for a phone"
    dots = tree(found).xpath("//figure//svg//a/@href")
    assert dots
    assert all(re.match(r"/-/case/small/[0-9a-f]{16}#p-q\d+-\d+", dot) for dot in dots)


def test_the_start_page_counts_what_can_be_compared(get: Get) -> None:
    """Three counties say how many Party organisations are theirs; the income that one speaks of is not its own."""
    shown = {
        link.text: link.getparent().xpath("string(small)") for link in tree(get("/")).xpath("//ul[@class='chips']//a")
    }
    for code, name in (("party_orgs", "党组织数"), ("collective_income", "村集体收入")):
        rows = get(f"/-/compare/small/{code}.json").json()["rows"]
        assert shown[name].endswith(f"，{len({row['place'] for row in rows})} 可比")
    assert shown["党组织数"] == "3 县，3 可比"
    assert shown["村集体收入"] == "1 县，0 可比"
    (chip,) = tree(get("/-/compare/small/party_orgs")).xpath("//ul[contains(@class, 'switch')]//a[@aria-current]/..")
    assert " ".join(chip.text_content().split()) == "党组织数 3"


def test_a_comparison_as_files(get: Get) -> None:
    csv, json, svg, png = (get(f"/-/compare/small/party_orgs.{kind}") for kind in ("csv", "json", "svg", "png"))
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "寿光市" in csv.text
    assert {row["place"] for row in json.json()["rows"]} == {"安丘市", "寿光市", "灵丘县"}
    assert svg.text.startswith("<svg")
    assert svg.headers["content-security-policy"].startswith("default-src 'none'")
    assert png.content.startswith(b"\x89PNG")
    assert get("/-/map/small/reports.svg").text.startswith("<svg")


def test_a_bad_period_is_said_and_not_applied(get: Get) -> None:
    response = get("/-/compare/small/party_orgs?period=gestern")
    assert response.status_code == 200
    assert "gestern" in words(response)
    assert "安丘市" in words(response)


def test_places_narrow_a_comparison(get: Get) -> None:
    json = get("/-/compare/small/party_orgs.json?places=寿光市，370784").json()
    assert {row["place"] for row in json["rows"]} == {"安丘市", "寿光市"}


def test_places_stand_side_by_side(get: Get) -> None:
    said = words(get("/-/beside/small?places=寿光市，370784"))
    assert "几地对照：寿光市、安丘市" in said
    assert "党组织数 · 联合党委（总量，个，实际）75" in said
    assert "没有这个县" in words(get("/-/beside/small?places=没有这个县"))
    assert get("/-/beside/small/places.json?places=寿光市").json()["places"][0]["adcode"] == "370783"
    assert "联合党委" in get("/-/beside/small/places.csv?places=寿光市").text
    assert get("/-/beside/small/places.csv").status_code == 404


def test_who_reaches_a_limit_is_said_with_the_limit(get: Get) -> None:
    said = words(get("/-/compare/small/villages_at_income"))
    assert "谁说多少达到" in said
    assert "灵丘县90 %村集体收入 ≥ 100,000 元2023" in said
    assert "谁说多少达到" not in words(get("/-/compare/small/villages_at_income?at=5"))


def test_a_county_shows_what_is_known(get: Get) -> None:
    said = words(get("/-/county/small/140224"))
    for part in ("灵丘县", "大同市", "2023-10-26", "建强组织", "选派干部数", "81名", "“头雁领航”行动"):
        assert part in said, part


def test_a_county_without_code_is_found_by_name_and_flagged(get_large: Get) -> None:
    said = words(get_large("/-/county/large/乌有县"))
    assert "坐标不详" in said
    assert "乌有县" in words(get_large("/-/map/large")).split("坐标不详，未上图")[1]


def test_search_marks_the_words_in_either_script(get: Get) -> None:
    for query in ("联合党委", "聯合黨委"):
        marks = tree(get(f"/-/search/small?q={query}")).xpath("//mark/text()")
        assert set(marks) == {"联合党委"}
    assert "没有报道" in words(get("/-/search/small?q=没有的词"))
