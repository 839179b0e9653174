"""Numbers, units and times as Chinese editors type them, and as they are kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from outputs.compare import compare
from outputs.library import Library
from outputs.review_typing import BadNumber, as_numbers, plain_unit, read_number, read_time
from outputs.reviews import BadValue, correct
from tests.outputs.test_reviews import ARTICLE, id_of, who

HELD: dict[str, Any] = {"min": 41, "max": 41, "unit": "元", "bound": "eq", "from": 7}


@pytest.mark.parametrize(
    ("text", "value", "scaled", "unit"),
    [
        ("4300万元", 43_000_000, True, "元"),
        ("4,300 万元", 43_000_000, True, "元"),
        ("3.5亿", 350_000_000, True, None),
        ("１２百万", 12_000_000, True, None),
        ("85名", 85, False, "名"),
        ("3千瓦", 3, False, "千瓦"),
        ("3万千瓦时", 30_000, True, "千瓦时"),
        ("5个百分点", 5, False, "个百分点"),
        ("-0.5", Decimal("-0.5"), False, None),
        ("1e3", 1000, False, None),
    ],
)
def test_a_number(text: str, value: Any, scaled: bool, unit: str | None) -> None:
    assert read_number(text) == (value, scaled, unit)


@pytest.mark.parametrize(
    "text", ["", "八十一", "many", "85-90", "1万2千", "1e999999999", "nan", "9" * 32, "1万" + "亿" * 15]
)
def test_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("unit", "plain"),
    [("万元", (4, "元")), ("亿元", (8, "元")), ("千元", (3, "元")), ("万亩", (4, "亩")), ("百万人次", (6, "人次")),
     ("万元/亩", (4, "元/亩")), ("万", (4, "")), ("元", (0, "元")), ("千克", (0, "千克")), ("百分点", (0, "百分点")),
     ("", (0, ""))],
)  # fmt: skip
def test_the_scale_of_a_unit(unit: str, plain: tuple[int, str]) -> None:
    assert plain_unit(unit) == plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"min": "4300", "max": "4300", "unit": "万元"}, {"min": 43_000_000, "max": 43_000_000, "unit": "元"}),
        ({"min": "4300", "unit": "万元"}, {"min": 43_000_000, "max": 43_000_000, "unit": "元"}),
        ({"min": "4300", "unit": "万"}, {"min": 43_000_000, "max": 43_000_000, "unit": "元"}),
        ({"min": "4300万元", "unit": "万元"}, {"min": 43_000_000, "max": 43_000_000, "unit": "元"}),
        ({"unit": "万元"}, {"min": 410_000, "max": 410_000, "from": 70_000, "unit": "元"}),
        ({"min": "85名"}, {"min": 85, "max": 85, "unit": "名"}),
        ({"max": "45"}, {"min": 45, "max": 45}),
        ({"max": "45", "bound": "range"}, {"max": 45, "bound": "range"}),
        ({"min": ""}, {"min": None}),
        ({"min": "40", "max": "45"}, {"min": 40, "max": 45}),
        ({"unit": "千瓦"}, {"unit": "千瓦"}),
        ({"from": "3万"}, {"from": 30_000}),
    ],
)
def test_the_numbers_of_a_value(typed: dict[str, Any], kept: dict[str, Any]) -> None:
    out = as_numbers(typed, HELD, {"名"})
    assert out == kept
    assert as_numbers(out, HELD, {"名"}) == kept, "what is kept is read back as it is"


@pytest.mark.parametrize(
    ("typed", "problem", "field"),
    [
        ({"min": "多"}, "no number", "min"),
        ({"max": "85上下"}, "no number", "max"),
        ({"min": "4300万", "unit": "万元"}, "two scales", "unit"),
        ({"min": "4300元", "unit": "名"}, "two units", "unit"),
        ({"min": "1元", "max": "2名"}, "two units", "unit"),
    ],
)
def test_numbers_that_contradict_themselves(typed: dict[str, Any], problem: str, field: str) -> None:
    with pytest.raises(BadNumber) as raised:
        as_numbers(typed, HELD, {"名"})
    assert (raised.value.problem, raised.value.field) == (problem, field)


def test_a_range_is_changed_at_one_end_alone() -> None:
    held = {**HELD, "max": 50, "bound": "range"}
    assert as_numbers({"min": "45"}, held, ()) == {"min": 45}
    assert as_numbers({"min": "45"}, {**held, "bound": "eq"}, ()) == {"min": 45}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2023年", "2023"), ("2023年5月", "2023-05"), ("2023年5月份", "2023-05"), ("2023年5月1日", "2023-05-01"),
        ("２０２３年12月31号", "2023-12-31"), ("2023-5-1", "2023-05-01"), ("2023.5", "2023-05"), ("2023", "2023"),
        ("2019年至2021年", "2019/2021"), ("2019-2021年", "2019/2021"), ("2022年3月—2023年5月", "2022-03/2023-05"),
        ("2020年以来", "2020/.."), ("2023年5月至今", "2023-05/.."), ("2015/..", "2015/.."), ("../2007", "../2007"),
        ("2019/2021", "2019/2021"), ("2024-05-01T08:30", "2024-05-01T08:30"),
    ],
)  # fmt: skip
def test_a_time(text: str, kept: str) -> None:
    assert read_time(text) == kept
    assert read_time(kept) == kept


@pytest.mark.parametrize(
    "text", ["去年", "2023年13月", "2024年2月30日", "2023-13", "23年", "2023年5", "20235", "2021年至2019年", "/", ""]
)
def test_no_time(text: str) -> None:
    assert read_time(text) is None


def test_a_unit_with_a_scale_stays_in_the_comparison(library: Library) -> None:
    kept = correct(library, id_of("3.5万元"), {"单位": "万元", "数值": "4.2"}, **who()).value or {}
    assert (kept["min"], kept["max"], kept["unit"], kept["from"]) == (42_000, 42_000, "元", 12000.5)
    assert [row.median for row in compare(library, "collective_increase").rows] == [42_000]


def test_a_threshold_is_typed_by_its_parts(library: Library) -> None:
    values = {"门槛下限": "20", "门槛单位": "万元"}
    kept = correct(library, id_of("90%"), values, **who()).value or {}
    assert kept["threshold"] == {"of": "集体收入", "min": 200_000, "max": None, "unit": "元"}
    kept = correct(library, id_of("81名"), {"threshold": {"min": "5万元"}}, **who()).value or {}
    assert kept["threshold"] == {"of": None, "min": 50_000, "max": None, "unit": "元"}


def test_fields_of_every_layer_go_by_the_names_of_the_forms(library: Library) -> None:
    kept = correct(library, id_of("2023年", "t"), {"时间": "2023年5月", "相对时间": "否"}, **who()).value or {}
    assert (kept["value"], kept["relative"]) == ("2023-05", False)
    kept = correct(library, id_of("张三", "n"), {"身份": "书记", "单位": "县委", "两可": "是"}, **who()).value or {}
    assert (kept["role"], kept["organisation"], kept["optional"]) == ("书记", "县委", True)
    with pytest.raises(BadValue, match="have no field '颜色'; they have bound 界限"):
        correct(library, id_of("81名"), {"颜色": "红"}, **who())
    with pytest.raises(BadValue, match="is no time"):
        correct(library, id_of("81名"), {"时间": "去年"}, **who())
    assert not [r for r in library.reviews(ARTICLE.id) if r.layer == "quantities"]
