"""The card says where, what, how much, and what is uncertain."""

from __future__ import annotations

import re

import pytest

from models.case import CaseRecord
from models.document import Meta
from outputs.card import card_text
from tests.outputs.samples import COUNTY, county_article, county_entry, county_record, other_entry, roundup_entry


def test_card_tells_the_case() -> None:
    article, record, _ = county_entry()
    lines = card_text(record, article).splitlines()
    text = re.sub(r" +", " ", "\n".join(lines))
    for expected in (
        "灵丘县建强组织促振兴",
        "地方 灵丘县 山西省 › 大同市 › 灵丘县 (140224)",
        "日期 2023-10-26",
        " 1 建强组织 〔组织设置与规范〕 夯实基础",
        "· 组建12个联村党组织 联村党组织 12 个",
        "不属于任何举措的行动",
        "35,000 元 增收 [村集体增收额] 每村、每年 2023",
        "门槛: 集体收入 ≥ 100,000 元",
        "200,000 元 收入 [村集体收入] · 属 柳泉村 2025 目标",
        "人物 张三（县委书记）",
        "柳泉村”：也可能是 山西省 › 柳泉村；把握低（two readings）",
        "“3.5万元”：部分大于整体",
    ):
        assert expected in text, expected
    assert "【3.5万元】" in text


def test_findings_of_medium_confidence_are_only_counted() -> None:
    article, record, _ = county_entry()
    fair = record.programmes[0].provenance.model_copy(update={"confidence": "medium"})
    unsure = record.programmes[0].model_copy(update={"provenance": fair})
    text = card_text(record.model_copy(update={"programmes": (unsure,) * 3}), article)
    assert "另有 3 处把握中" in text


def test_a_case_without_place_says_so() -> None:
    article, record, _ = county_entry()
    text = card_text(record.model_copy(update={"jurisdictions": ()}), article)
    assert "未识别出地方" in text
    assert "不进入县域比较" in text


@pytest.mark.parametrize("entry", [roundup_entry(), other_entry()], ids=["roundup", "other"])
def test_every_kind_of_record_has_a_card(entry) -> None:
    article, record, _ = entry
    assert article.id in card_text(record, article)


def test_quotes_are_the_words_of_the_article_and_readings_are_simplified() -> None:
    article, record, _ = roundup_entry()
    assert "寿光市組建【7個】聯合黨委" in card_text(record, article)


def test_the_text_of_an_article_cannot_drive_the_terminal() -> None:
    article = county_article(raw=COUNTY.replace("优秀干部", "\x1b[31m\x07[bold]"))
    record = CaseRecord(file="a", source="a\x1b[2J", article_id=article.id, version="1", kind="case",
                        meta=Meta(title="标题\x1b]0;x\x07[red]"))  # fmt: skip
    text = card_text(record, article)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[red]" in text


def test_width_is_kept() -> None:
    from rich.cells import cell_len

    text = card_text(county_record(), county_article(), width=90)
    assert max(map(cell_len, text.splitlines())) <= 90
