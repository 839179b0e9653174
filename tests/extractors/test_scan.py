"""`scan` finds what `finditer` finds, for every expression that is searched so: its first characters are complete."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.actions.clauses import STOP, STOPS
from extractors.quantities.grammar import load_grammar
from extractors.scan import scan
from extractors.times.grammar import load_times
from pipeline.layout.markers import FIRST, PATTERN

TIMES, QUANTITIES = load_times(), load_grammar()
EXPRESSIONS = [
    (TIMES.first, TIMES.pattern),
    (QUANTITIES.first, QUANTITIES.candidate),
    (FIRST, PATTERN),
    (STOPS, STOP),
]
PIECES = [
    "“十四五”期间", "十三五规划", "上世纪90年代", "二十世纪八十年代初", "世纪", "上个月底", "本月", "上周三", "近三年来", "最近2年", "过去十年",
    "截至2023年底", "自去年以来", "力争到2025年", "预计明年上半年", "计划2024年第三季度", "3月至5月", "二月份", "全年", "年初", "前三季度",
    "二〇二一年", "目前", "当年", "大前年", "五一假期", "81名干部", "近3.5亿元", "两三个", "数十万元", "翻两番", "若干", "半年", "第12期", "前10名",
    "由400元/亩提高到800元/亩", "百分之三", "２０户", "一是", "其二，", "（三）", "4.", "⑤", "第六，", "首先，", "再次", "最后是", "——", "—", "，",
    "。", "党支部", "村", " ", "\n", "的", "到", "年", "月",
]  # fmt: skip


@pytest.mark.parametrize(("first", "pattern"), EXPRESSIONS)
@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25), cut=st.integers(0, 9))
def test_nothing_is_missed(first: re.Pattern[str], pattern: re.Pattern[str], pieces: list[str], cut: int) -> None:
    text = "".join(pieces)
    end = len(text) - cut // 2
    expected = [hit.span() for hit in pattern.finditer(text, cut, end)]
    assert [hit.span() for hit in scan(first, pattern, text, cut, end)] == expected
