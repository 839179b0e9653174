"""How much of what there is a number stands for: said in words, never counted."""

from __future__ import annotations

import pytest

from extractors.quantities import explain

CASES = [
    ("全县120个行政村都建了茶厂。", {"120个": "whole"}),
    ("该镇下辖8个村,人口2万。", {"8个": "whole", "2万": None}),
    ("辖区内共有8个村。", {"8个": "whole"}),
    ("全县共有320个行政村,其中30个村办了合作社。", {"320个": "whole", "30个": None}),
    ("全部行政村的集体进账达15万元以上。", {"15万元以上": "every"}),
    ("各村收入都超过5万元。", {"超过5万元": "every"}),
    ("大部分村集体收入超过20万元。", {"超过20万元": "most"}),
    ("进账8万元以下的村全部清零。", {"8万元以下": "none"}),
    ("全面消除收入不足5万元的薄弱村。", {"不足5万元": "none"}),
    (
        "基本消除集体收入8万元以下的薄弱村,收入15万元以上的村占30%。",
        {"8万元以下": "nearly_none", "15万元以上": None, "30%": None},
    ),
    ("全县有12个村建成冷库。", {"12个": None}),
    ("入股电站后每村每年分红3万元。", {"3万元": None}),
    ("公司向各村分红4.5万元。", {"4.5万元": None}),
    ("村均集体收入达到12万元。", {"12万元": None}),
    ("收入在5万元以下的村有7个。", {"5万元以下": None, "7个": None}),
    ("12个村民小组的村民人均增收2000元以上。", {"12个": None, "2000元以上": None}),
    ("全县选派40名干部到村。", {"40名": None}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_extent(text: str, expected: dict[str, str | None]) -> None:
    assert {quantity.text: quantity.extent for quantity in explain(text).quantities} == expected
