from __future__ import annotations

import contextlib
import random
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numerals import NotANumeral, numeral, vague

NUMBERS = st.one_of(st.integers(0, 10_000), st.integers(0, 10**16 - 1))


def samples() -> list[int]:
    """Every number to 10,000, and some of every length to 10**16, the same in each run."""
    chance = random.Random(17)
    return [*range(10_001), *(chance.randrange(10**length) for length in range(4, 17) for _ in range(400))]


@pytest.mark.parametrize("mode", ["low", "up"])
def test_round_trip_against_cn2an(mode: str) -> None:
    wrong = [(n, text) for n in samples() if numeral(text := cn2an.an2cn(n, mode)) != n]
    assert wrong == []


@given(NUMBERS)
def test_round_trip(number: int) -> None:
    assert numeral(cn2an.an2cn(number, "low")) == number


@given(st.integers(0, 10**12), st.integers(0, 10**6))
def test_arabic_is_exact(whole: int, part: int) -> None:
    text = f"{whole}.{part:06d}"
    assert numeral(text) == Decimal(text)
    assert numeral(f"{whole:,}") == whole


@given(st.text(alphabet="零〇一二两三九十百千万亿点半几数0123456789.,分之廿", max_size=12))
def test_anything_is_a_value_or_not_a_numeral(text: str) -> None:
    with contextlib.suppress(NotANumeral):
        assert numeral(text) >= 0
    ends = vague(text)
    if ends and ends[0] is not None and ends[1] is not None:
        assert ends[0] < ends[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", "2"), ("半", "0.5"), ("廿五", "25"), ("卅", "30"), ("〇", "0"), ("二〇二一", "2021"), ("十", "10"), ("百", "100"),
        ("壹拾贰万叁仟", "123000"), ("三万五", "35000"), ("一百五", "150"), ("一百零五", "105"), ("两千三", "2300"),
        ("两千三百亿", "230000000000"), ("一亿零五", "100000005"), ("三点五", "3.5"), ("三点五万", "35000"),
        ("四点七八万亿", "4780000000000"), ("3.4亿", "340000000"), ("16.4亿", "1640000000"), ("1万2千", "12000"),
        ("1亿2000万", "120000000"), ("4,565", "4565"), ("１２３", "123"), ("百分之三点五", "3.5"), ("千分之三", "3"),
        ("4.78万亿", "4780000000000"), ("四分之一", "0.25"),
    ],
)  # fmt: skip
def test_value(text: str, value: str) -> None:
    assert numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两三", 2, 3), ("七八", 7, 8), ("三五百", 300, 500), ("十几", 11, 19), ("十几万", 110000, 190000), ("二三十", 20, 30),
        ("一百二三十", 120, 130), ("十二三", 12, 13), ("四十五六", 45, 46), ("数十万", 100000, 1000000), ("几千", 1000, 10000),
    ],
)  # fmt: skip
def test_vague(text: str, low: int, high: int) -> None:
    assert vague(text) == (low, high)
    with pytest.raises(NotANumeral):
        numeral(text)


@pytest.mark.parametrize("text", ["几", "若干", "数"])
def test_no_number_at_all(text: str) -> None:
    assert vague(text) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["", "十十", "千百", "一二三四五六七八九十百", "abc", "1万2亿", "两三", "零分之三", "分之", "三分之", "1" * 41],
)
def test_not_a_numeral(text: str) -> None:
    with pytest.raises(NotANumeral):
        numeral(text)
