from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.quantities import explain
from models.quantity import Quantity


def quantities(text: str) -> dict[str, Quantity]:
    return {quantity.text: quantity for quantity in explain(text).quantities}


def test_share_that_contradicts_its_counts_is_flagged() -> None:
    found = quantities("全镇67个村中，收入10万元以上的村达到21个(32%)。")
    assert found["32%"].flags == ("share_contradicts_counts",)
    assert found["32%"].min == 32, "flagged, not changed"
    assert quantities("全镇66个村中，收入10万元以上的村达到21个(32%)。")["32%"].flags == ()


def test_part_larger_than_the_whole_is_flagged() -> None:
    assert quantities("全县整合资金1.6亿元，其中2.1亿元用于产业。")["2.1亿元"].flags == ("part_exceeds_whole",)
    assert quantities("全县整合资金2.6亿元，其中2.1亿元用于产业。")["2.1亿元"].flags == ()
    assert quantities("选派干部32名，其中科技特派员40名。")["40名"].flags == ("part_exceeds_whole",)
    assert quantities("选派干部32名，服务农户40户。")["40户"].flags == ()


@pytest.mark.parametrize(
    ("text", "span", "old"),
    [
        ("租金由400元/亩提高到800元/亩", "800元/亩", 400),
        ("村集体收入从2018年的3万元增长到2022年的超过50万元", "超过50万元", 30000),
        ("合作社由3家发展到27家", "27家", 3),
        ("贫困发生率由18.6%降至0.4%", "0.4%", Decimal("18.6")),
    ],
)
def test_change(text: str, span: str, old: object) -> None:
    assert quantities(text)[span].from_ == old


def test_two_numbers_in_a_row_are_no_change() -> None:
    assert quantities("从县直单位选派干部30名，培训党员60名")["60名"].from_ is None


@pytest.mark.parametrize(
    ("text", "span", "of", "low", "high"),
    [
        ("集体收入超过10万元的村达到90%", "90%", "集体收入", 100000, None),
        ("培养35岁以下的年轻干部42名", "42名", "年龄", None, 35),
        ("全镇党组织书记中，48.9%为45岁以下", "48.9%", "年龄", None, 45),
        ("67行政村集体收入全部达到3万元以上", "67", "集体收入", 30000, None),
    ],
)
def test_threshold(text: str, span: str, of: str, low: int | None, high: int | None) -> None:
    threshold = quantities(text)[span].threshold
    assert threshold is not None
    assert of in (threshold.of or "")
    assert (threshold.min, threshold.max) == (low, high)


def test_share_of_villages_above_an_income_is_an_indicator_of_its_own() -> None:
    found = quantities("村集体收入50万元以上的村占比达35%")
    assert found["35%"].code == "villages_at_income"
    assert found["50万元以上"].code == "collective_income"


def test_respectively() -> None:
    found = explain("羊肚菌、木耳、香菇面积分别为120亩、80亩和45亩").quantities
    assert [quantity.indicator for quantity in found] == ["羊肚菌", "木耳", "香菇面积"]


def test_rate_of_both_ends_of_a_change() -> None:
    found = quantities("办公经费由每年2万元提高到5万元")
    assert found["2万元"].rate == found["5万元"].rate == ("year",)


def test_canonical_values_can_be_compared() -> None:
    found = quantities("流转土地3000亩，造林200公顷，厂房12000平方米，产茶5吨，收鲜叶8000斤")
    canonical = [(q.canonical.min, q.canonical.unit) for q in found.values() if q.canonical]
    assert canonical == [(3000, "亩"), (3000, "亩"), (18, "亩"), (5000, "公斤"), (4000, "公斤")]


def test_every_value_says_where_it_is_from() -> None:
    text = "去年，全县选派第一书记98名，集体收入近8亿元。其中，三分之一用于分红。"
    quantities = explain(text).quantities
    assert [quantity.text for quantity in quantities] == ["98名", "近8亿元", "三分之一"]
    for quantity in quantities:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.provenance.extractor == "quantities"
        assert quantity.provenance.rule.count("/") == 2
        assert (quantity.provenance.confidence == "high") == (quantity.provenance.reason is None)


def test_explanation_names_rules() -> None:
    lines = explain("土地租金由400元/亩提高到800元/亩").lines()
    assert len(lines) == 2
    assert "from 400" in lines[1]
    assert "[change]" in lines[1]
    assert "per mu" in lines[1]
