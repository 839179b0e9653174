"""Only what is comparable is compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from models.article import Article
from models.case import CaseRecord
from models.document import Meta
from models.place import Jurisdiction
from models.quantity import Canonical, Quantity
from outputs.compare import BadPeriod, UnknownIndicator, compare, interval
from outputs.compare_files import as_sheet
from outputs.compare_table import as_table
from outputs.library import Library
from tests.outputs.samples import Marker

COUNTIES = {"灵丘县": "140224", "寿光市": "370783"}


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        yield opened


def say(library: Library, place: str | None, text: str, number: str, *, level: str = "county", **fields: Any) -> None:
    """An article about a place that gives one number, in 元 unless said."""
    article = Article(source=f"{place}-{text}.txt", raw=text)
    low = fields.pop("min", 0)
    high = fields.pop("max", low)
    unit = fields.pop("canonical_unit", "元")
    canonical = Canonical(min=low, max=high, unit=unit, dimension="money") if unit else None
    quantity = Quantity(**Marker(text).find(number), min=low, max=high, unit=unit or "贯", bound=fields.pop("bound", "eq"),
                        code="collective_income", canonical=canonical, **fields)  # fmt: skip
    where = () if place is None else (Jurisdiction(name=place, level=level, adcode=COUNTIES.get(place)),)
    record = CaseRecord(file="x", source=article.source, article_id=article.id, version="1", kind="case",
                        meta=Meta(title=text[:4]), jurisdictions=where, body=((0, len(text)),),
                        quantities=(quantity,))  # fmt: skip
    library.write(None, [(article, record, text)])


def reasons(library: Library, **options: Any) -> list[str]:
    return [left.reason for left in compare(library, "collective_income", **options).left_out]


def test_a_row_a_county_with_number_median_and_span(library: Library) -> None:
    for amount in (10, 20, 60):
        say(library, "灵丘县", f"全县集体收入{amount}元。又说。", f"{amount}元", min=amount)
    say(library, "寿光市", "收入30至40元", "30至40元", min=30, max=40, bound="range")
    found = compare(library, "collective_income")
    assert [(r.place, r.observations, r.articles, r.median, r.low, r.high) for r in found.rows] == [
        ("灵丘县", 3, 3, 20, 10, 60),
        ("寿光市", 1, 1, 35, 30, 40),
    ]
    assert sorted(q.quote for q in found.rows[0].quotes) == [f"全县集体收入{n}元。" for n in (10, 20, 60)]
    assert found.left_out == []


def test_another_unit_rate_status_or_threshold_is_another_row(library: Library) -> None:
    say(library, "灵丘县", "一百元甲", "一百元", min=100)
    say(library, "灵丘县", "一百元乙", "一百元", min=100, status="target")
    say(library, "灵丘县", "一百元丙", "一百元", min=100, rate=("village",))
    say(library, "灵丘县", "一百元丁", "一百元", min=100, canonical_unit="元/亩")
    say(library, "灵丘县", "一百元戊", "一百元", min=100, threshold={"of": "收入", "min": 5})
    assert [row.observations for row in compare(library, "collective_income").rows] == [1] * 5


def test_the_order_of_rates_is_no_difference(library: Library) -> None:
    say(library, "灵丘县", "一百元甲", "一百元", min=100, rate=("village", "year"))
    say(library, "灵丘县", "一百元乙", "一百元", min=100, rate=("year", "village"))
    assert [row.observations for row in compare(library, "collective_income").rows] == [2]


@pytest.mark.parametrize(
    ("place", "fields", "reason"),
    [
        ("柳泉村", {"level": "village"}, "是村级的数，不是县级的"),
        ("灵丘县", {"owner": "柳泉村"}, "属于柳泉村，不是灵丘县的"),
        ("灵丘县", {"canonical_unit": None}, "没有换算成可比单位"),
        ("灵丘县", {"max": None, "bound": "ge"}, "只给出上限或下限"),
        ("灵丘县", {"flags": ("part_exceeds_whole",)}, "部分大于整体"),
        (None, {}, "没有识别出地方"),
    ],
)
def test_what_is_not_comparable_is_listed_with_the_reason(
    library: Library, place: str | None, fields: dict[str, Any], reason: str
) -> None:
    say(library, place, "收入100元", "100元", **{"min": 100, **fields})
    assert reasons(library) == [reason]
    assert compare(library, "collective_income").rows == []


def test_a_threshold_is_no_observation_of_its_own(library: Library) -> None:
    text = "收入10万元的村达到90%"
    article = Article(source="x", raw=text)
    m = Marker(text)
    limit = Quantity(**m.find("10万元"), min=100000, max=100000, unit="元", bound="eq", code="collective_income",
                     canonical=Canonical(min=100000, max=100000, unit="元", dimension="money"))  # fmt: skip
    share = Quantity(**m.find("90%"), min=90, max=90, unit="%", bound="eq", code="villages_at_income",
                     canonical=Canonical(min=90, max=90, unit="%", dimension="share"),
                     threshold={"of": "收入", "min": 100000, "unit": "元"})  # fmt: skip
    record = CaseRecord(file="x", source="x", article_id=article.id, version="1", kind="case", meta=Meta(),
                        jurisdictions=(Jurisdiction(name="灵丘县", level="county"),), body=((0, len(text)),),
                        quantities=(limit, share))  # fmt: skip
    library.write(None, [(article, record, text)])
    assert reasons(library) == ["是门槛，不是达到的数"]
    assert [(row.median, row.threshold) for row in compare(library, "villages_at_income").rows] == [
        (90, "村集体收入 ≥ 100,000 元")
    ]


@pytest.mark.parametrize("owner", ["全县", "我县", "灵丘", "灵丘县"])
def test_the_place_itself_may_be_named_as_owner(library: Library, owner: str) -> None:
    say(library, "灵丘县", "收入100元", "100元", min=100, owner=owner)
    assert reasons(library) == []


def test_borderline_findings_are_never_compared(library: Library) -> None:
    say(library, "灵丘县", "收入100元", "100元", min=100, optional=True)
    found = compare(library, "collective_income")
    assert (found.rows, found.left_out) == ([], [])


def test_a_period_keeps_what_is_of_its_time(library: Library) -> None:
    for time in ("2019", "2020-12-31", "2018/..", "2021/2023", None, "not a time"):
        say(library, "灵丘县", f"{time}收入100元", "100元", min=100, time=time)
    found = compare(library, "collective_income", period="2020/2022")
    assert sorted(q.time or "" for row in found.rows for q in row.quotes) == ["2018/..", "2020-12-31", "2021/2023"]
    assert [left.reason for left in found.left_out] == ["没有说明时间"]


def test_places_may_be_chosen_by_name_or_code(library: Library) -> None:
    say(library, "灵丘县", "收入100元", "100元", min=100)
    say(library, "寿光市", "收入200元", "200元", min=200)
    for chosen in ("寿光市", "370783"):
        assert [row.place for row in compare(library, "collective_income", places=[chosen]).rows] == ["寿光市"]


@pytest.mark.parametrize(
    ("time", "days"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-05", ("2020-05-01", "2020-05-31")),
        ("2020-05-06", ("2020-05-06", "2020-05-06")),
        ("2015/..", ("2015-01-01", "9999-12-31")),
        ("2019/2020", ("2019-01-01", "2020-12-31")),
        ("2021/2020", None),
        ("..", None),
        ("去年", None),
        ("2020/2021/2022", None),
        (None, None),
    ],
)
def testintervals(time: str | None, days: tuple[str, str] | None) -> None:
    assert interval(time) == days


def test_what_cannot_be_asked(library: Library) -> None:
    with pytest.raises(UnknownIndicator, match="choose one of"):
        compare(library, "income")
    with pytest.raises(BadPeriod, match="2020/2024"):
        compare(library, "collective_income", period="lately")


def test_shown_as_table_and_sheet(library: Library) -> None:
    say(library, "灵丘县", "收入100元\x1b[2J", "100元", min=100, rate=("village",), time="2023")
    say(library, "寿光市", "收入5元以上", "5元以上", min=5, max=None, bound="ge")
    found = compare(library, "collective_income")
    console = Console(width=120, record=True, color_system=None)
    with console.capture() as captured:
        console.print(as_table(found))
    assert "村集体收入（平均，元，每村、每年，实际）" in captured.get()
    assert "只给出上限或下限：寿光市 5元以上｜收入5元以上" in captured.get().splitlines()[-2]
    assert "\x1b" not in captured.get()
    rows = [row[:-1] for row in as_sheet(found).rows]
    assert rows == [
        ("是", "", "村集体收入", "村集体收入", "平均", "灵丘县", "140224", "元", "每村、每年", "实际", "", 1, 1, 100, 100, 100,
         "2023", "收入100元[2J"),
        ("否", "只给出上限或下限", "村集体收入", "村集体收入", "总量", "寿光市", "370783", "元", "", "实际", "", 1, 1, None, 5,
         None, "", "收入5元以上"),
    ]  # fmt: skip


def test_a_sentence_is_quoted_whole_once_for_all_its_numbers(library: Library) -> None:
    text = "甲村收入5元以上，乙村收入6元以上，丙村为目标所定不止一年的收入，丁村的收入则是30贯，此外各村还有别的进项，今年都要一一公开。"
    article = Article(source="x", raw=text)
    m = Marker(text)
    money = Canonical(min=5, max=None, unit="元", dimension="money")
    numbers = [Quantity(**m.find(one), min=5, max=None, unit="元", bound="ge", code="collective_income", canonical=money)
               for one in ("5元以上", "6元以上")]  # fmt: skip
    numbers.append(Quantity(**m.find("30贯"), min=30, max=30, unit="贯", bound="eq", code="collective_income"))
    record = CaseRecord(file="x", source="x", article_id=article.id, version="1", kind="case", meta=Meta(),
                        jurisdictions=(Jurisdiction(name="灵丘县", level="county"),), body=((0, len(text)),),
                        quantities=tuple(numbers))  # fmt: skip
    library.write(None, [(article, record, text)])
    found = compare(library, "collective_income")
    assert [left.observation.quote for left in found.left_out] == [text] * 3
    console = Console(width=200, record=True, color_system=None)
    with console.capture() as captured:
        console.print(as_table(found))
    said = [line.strip() for line in captured.get().splitlines()]
    assert said.count(f"只给出上限或下限：灵丘县 5元以上、6元以上｜{text}") == 1
    assert "没有换算成可比单位：灵丘县 30贯｜…年的收入，丁村的收入则是30贯，此外各村还有别的进项，…" in said


def test_a_report_that_went_round_counts_once_in_every_view(library: Library) -> None:
    say(library, "灵丘县", "全县集体收入10元。甲。", "10元", min=10)
    say(library, "灵丘县", "全县集体收入10元。乙。", "10元", min=10)
    say(library, "灵丘县", "全县集体收入90元以上。", "90元以上", min=90, max=None, bound="ge")
    say(library, "灵丘县", "全县集体收入90元以上！", "90元以上", min=90, max=None, bound="ge")
    first, copy, left, left_copy = (
        Article(source="", raw=text).id
        for text in (
            "全县集体收入10元。甲。",
            "全县集体收入10元。乙。",
            "全县集体收入90元以上。",
            "全县集体收入90元以上！",
        )
    )
    library.set_duplicates({copy: (first, 0.9), left_copy: (left, 0.9)})
    assert list(library.rows("SELECT 地方, 次数, 中位, 最低, 最高, 编号 FROM 指标对比")) == [
        ("灵丘县", 1, 10.0, 10, 10, f"{first}-q6-9")
    ]
    assert list(library.rows("SELECT 报道编号, 理由 FROM 未比较")) == [(left, "只给出上限或下限")]
    found = compare(library, "collective_income")
    assert [row.observations for row in found.rows] == [1]
    assert sorted(left.reason.startswith("与《") for left in found.left_out) == [False, True, True]


def test_the_view_has_the_median_and_span_of_the_comparison(library: Library) -> None:
    for amount in (10, 20, 60, 70):
        say(library, "灵丘县", f"全县集体收入{amount}元。又说。", f"{amount}元", min=amount)
    (row,) = compare(library, "collective_income").rows
    assert list(library.rows("SELECT 次数, 报道数, 中位, 最低, 最高 FROM 指标对比")) == [
        (row.observations, row.articles, row.median, row.low, row.high)
    ]
