"""What a number may be set beside: the thing measured, whose it is, of what kind; and why it may not."""

from __future__ import annotations

from typing import Any

import pytest

from outputs.library.observations import Observed, observe
from outputs.library.things import bare_name, rates, thing_of

PLACES = {
    "灵丘县": ("county", "140224", ["山西省", "大同市", "灵丘县"]),
    "赵北乡": ("township", "140224201", ["山西省", "大同市", "灵丘县", "赵北乡"]),
    "柳泉村": ("village", None, ["山西省", "大同市", "灵丘县", "赵北乡", "柳泉村"]),
}


def number(quote: str, text: str, low: float | None = None, **fields: Any) -> dict[str, Any]:
    """A row of quantities as `renew` reads it: of 灵丘县, in an article that is the quote alone."""
    start = quote.index(text)
    return {
        "id": f"q{start}", "article_id": "a", "start": start, "end": start + len(text), "text": text, "min": low,
        "max": low, "unit": "元", "bound": "eq", "indicator": None, "code": "collective_income", "rate": None,
        "time": None, "status": "actual", "threshold_of": None, "threshold_min": None, "threshold_max": None,
        "threshold_unit": None, "from_value": None, "canonical_min": low, "canonical_max": low,
        "canonical_unit": fields.get("unit", "元"), "owner": None, "extent": None, "flags": None, "quote_start": 0,
        "confidence": "high", "verb": None, "name": "灵丘县", "case_level": "county", "case_adcode": "140224",
        "case_path": '["山西省","大同市","灵丘县"]', "case_county": "140224", "quote": quote, **fields,
    }  # fmt: skip


def look(
    quote: str, *numbers: dict[str, Any], persons: tuple[str, ...] = (), role: str | None = None
) -> list[Observed]:
    import json

    names = [
        {"start": quote.index(name), "end": quote.index(name) + len(name), "text": name, "norm": None, "level": level,
         "adcode": code, "path": json.dumps(path)}
        for name, (level, code, path) in PLACES.items() if name in quote
    ]  # fmt: skip
    people = [{"start": quote.index(p), "end": quote.index(p) + len(p), "text": p, "norm": None, "role": role}
              for p in persons]  # fmt: skip
    return observe(numbers, sorted(names, key=lambda n: n["start"]), people)


@pytest.mark.parametrize(
    ("code", "indicator", "thing"),
    [
        ("collective_income", "村级集体经济收入", "村集体收入"),
        ("collective_income", "集体年收入", "村集体收入"),
        ("collective_income", "年收入", "村集体收入"),
        ("collective_income", "集体经济年度经营性收入", "村集体经营性收入"),
        ("collective_income", None, "村集体收入"),
        ("collective_increase", "村均集体增收", "村集体增收"),
        ("personal_income", "农民人均可支配收入", "可支配收入"),
        ("personal_income", "村民人均增收", "增收"),
        ("personal_income", "务工收入", "务工收入"),
        ("land_area", "茶园面积", "茶园"),
        ("land_area", "水稻种植面积", "水稻"),
        ("sites", "现场教学点", "现场教学点"),
        ("talent", "新型职业农民", "新型职业农民"),
    ],
)
def test_one_name_for_all_that_say_the_same(code: str, indicator: str | None, thing: str) -> None:
    row = number("x", "x", code=code, indicator=indicator)
    assert thing_of(code, row) == (thing, None)


def test_a_name_that_says_nothing_needs_its_verb() -> None:
    row = number("x", "x", code="land_area", indicator="土地")
    assert thing_of("land_area", row) == ("土地", "只说“土地”，没有说清是哪些")
    assert thing_of("land_area", {**row, "verb": "流转"}) == ("流转土地", None)
    villages = number("x", "x", code="villages", indicator="行政村")
    assert thing_of("villages", villages)[1] is not None
    assert thing_of("villages", {**villages, "extent": "whole"}) == ("村", None)


def test_names_lose_what_is_no_part_of_them() -> None:
    assert bare_name("灵丘县“黄花”种植面积", "灵丘县") == "黄花"
    assert bare_name("面积", None) == "面积"


def test_rates_that_only_the_name_or_the_year_says() -> None:
    assert rates("personal_income", number("x", "x", indicator="人均收入", time="2023")) == ("person", "year")
    assert rates("collective_income", number("x", "x", rate="village", time="2023")) == ("village", "year")
    assert rates("collective_income", number("x", "x", time="2023-06-30")) == ()
    assert rates("villages", number("x", "x", time="2023")) == ()


def test_a_value_belongs_to_the_place_that_is_its_subject() -> None:
    quote = "赵北乡收入80元"
    (seen,) = look(quote, number(quote, "80元", 80, owner="赵北乡"))
    assert (seen.place, seen.level, seen.county, seen.county_code, seen.reason) == (
        "赵北乡", "township", "灵丘县", "140224", None
    )  # fmt: skip
    quote = "柳泉村收入80元"
    (seen,) = look(quote, number(quote, "80元", 80, owner="柳泉村"))
    assert (seen.place, seen.level, seen.county, seen.county_code) == ("柳泉村", "village", "灵丘县", "140224")


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("柳泉村和邻村合作，收入80元", "同一句先说到柳泉村，未必是灵丘县的"),
        ("到柳泉村办厂；收入80元", None),
        ("收入80元，柳泉村最多", None),
    ],
)
def test_a_smaller_place_before_the_number(quote: str, reason: str | None) -> None:
    assert look(quote, number(quote, "80元", 80))[0].reason == reason


def test_bodies_and_the_nation_are_no_place() -> None:
    quote = "我国收入80元"
    assert look(quote, number(quote, "80元", 80, owner="我国"))[0].reason == "属于我国，不是灵丘县的"


def test_an_average_of_some_is_not_that_of_the_place() -> None:
    quote = "带动70户人均增收200元"
    some = number(quote, "70户", 70, code="households", unit="户", indicator="农户")
    gain = number(quote, "200元", 200, code="personal_income", indicator="人均增收", rate="person")
    assert look(quote, some, gain)[1].reason == "是70户农户的，不是灵丘县全部的"
    assert look(quote, {**some, "extent": "whole"}, gain)[1].reason is None


def test_what_one_person_has() -> None:
    quote = "王大山种了130亩苗木"
    row = number(quote, "130亩", 130, code="land_area", unit="亩", indicator="苗木")
    assert look(quote, row, persons=("王大山",))[0].reason == "同一句先说到王大山，未必是灵丘县的"
    assert look(quote, row, persons=("王大山",), role="县委书记")[0].reason is None
    earned = number("挣了80元", "80元", 80, code="personal_income", indicator="挣")
    assert look("挣了80元", earned)[0].reason == "没有说是人均或户均，可能是一人一户的"


def test_several_numbers_of_one_thing_in_one_article() -> None:
    quote = "薄弱村50个、19个、50个"
    rows = [number(quote, "50个", 50, code="villages", unit="个", indicator="薄弱村"),
            number(quote, "19个", 19, code="villages", unit="个", indicator="薄弱村")]  # fmt: skip
    assert [seen.reason for seen in look(quote, *rows)] == [
        "同一篇里有几个不同的数（50个、19个），看不出哪个是全部"
    ] * 2
    whole = [{**rows[0], "extent": "whole"}, rows[1]]
    assert [seen.reason for seen in look(quote, *whole)] == [None, "是全部中的一部分"]
    again = [rows[0], {**rows[0], "id": "again"}]
    assert [seen.reason for seen in look(quote, *again)] == [None, "同一篇里又说一遍，只计一次"]


def test_units_left_out_are_those_of_the_code() -> None:
    quote = "67行政村，670万"
    village = number(quote, "67", 67, code="villages", unit=None, indicator="薄弱村")
    money = number(quote, "670万", 6700000, code="loans", unit=None, indicator="低息贷款")
    assert [(seen.low, seen.unit, seen.reason) for seen in look(quote, village, money)] == [
        (67, "个", None), (6700000, "元", None)
    ]  # fmt: skip


def test_the_value_before_a_change_is_of_no_time() -> None:
    quote = "由40元增加到90元"
    rows = [number(quote, "40元", 40), number(quote, "90元", 90, from_value=40)]
    assert [seen.reason for seen in look(quote, *rows)] == ["是变化之前的数，没有说是何时的", None]
    dated = [{**rows[0], "time": "2019"}, rows[1]]
    assert look(quote, *dated)[0].reason is None


def test_of_a_dated_and_an_undated_value_the_undated_is_of_another_time() -> None:
    quote = "收入只有16元，到2024年收入达280元"
    rows = [number(quote, "16元", 16, rate="year"), number(quote, "280元", 280, rate="year", time="2024")]
    assert [seen.reason for seen in look(quote, *rows)] == ["没有说是何时的，同一篇里另有2024的数", None]
