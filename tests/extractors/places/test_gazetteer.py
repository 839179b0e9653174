from __future__ import annotations

import pytest

from extractors.places import where
from extractors.places.gazetteer import Gazetteer, load_gazetteer, locate
from extractors.places.names import middle_form, stem, town_forms
from extractors.rules import read_tsv
from models.document import Meta

PACKAGE = "extractors.places"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "short"),
    [("寿光市", "寿光"), ("恩施土家族苗族自治州", "恩施"), ("内蒙古自治区", "内蒙古"), ("龙胜各族自治县", "龙胜"),
     ("鄂伦春自治旗", "鄂伦春"), ("博尔塔拉蒙古自治州", "博尔塔拉"), ("忠县", None), ("浦东新区", "浦东"),
     ("神农架林区", "神农架"), ("管城回族区", "管城"), ("沙县区", "沙县"), ("井陉矿区", None)],
)  # fmt: skip
def test_stem(name: str, short: str | None) -> None:
    assert stem(name) == short


def test_other_forms() -> None:
    assert middle_form("峨边彝族自治县") == "峨边县"
    assert middle_form("寿光市") is None
    assert "古城街" in town_forms("古城街道")
    assert "黎明乡" in town_forms("黎明彝族乡")


def test_curated_rows_name_divisions_of_today(gazetteer: Gazetteer) -> None:
    for row in read_tsv(PACKAGE, "succession.tsv"):
        assert row["now"] in gazetteer.divisions, row
        assert row["source"], row
    for row in read_tsv(PACKAGE, "aliases.tsv"):
        assert row["code"] in gazetteer.divisions, row


@pytest.mark.parametrize(
    ("former", "now"),
    [("章丘市", "章丘区"), ("莱芜市", "莱芜区"), ("襄樊市", "襄阳市"), ("南汇区", "浦东新区"), ("遵义县", "播州区"),
     ("米泉市", "米东区"), ("毕节地区", "毕节市"), ("大同县", "云州区"), ("闸北区", "静安区")],
)  # fmt: skip
def test_former_names_lead_to_today(former: str, now: str) -> None:
    (candidate,) = where(former)
    assert candidate.path[-1] == now
    assert any(evidence.startswith("in force") for evidence in candidate.evidence)


def test_coordinates(gazetteer: Gazetteer) -> None:
    counties = [code for code, division in gazetteer.divisions.items() if division.level == "county"]
    located = [locate(gazetteer, code) for code in counties]
    assert all(location is not None for location in located)
    assert sum(location.own for location in located if location) >= 2705
    own = locate(gazetteer, "370783")
    assert own is not None
    assert round(own.longitude) == 119


def test_where_shows_all_and_decides_a_chain() -> None:
    assert [candidate.adcode for candidate in where("朝阳区")] == ["110105", "220104"]
    assert where("寿光市台头镇")[0].adcode == "370783104"
    assert where("合作共赢") == []


def test_date_decides_between_then_and_now() -> None:
    from extractors.places.read import load_tools, read_places
    from extractors.places.villages import Region

    text = "三明市沙县推进改革。"
    for published in ("2015-06-01", "2024-06-01", None):
        scene = read_places(text, [Region(0, len(text), True)], load_tools(), Meta(published=published))
        assert scene.mentions[-1].code == "350405"
