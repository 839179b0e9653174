"""What pages say of themselves in bylines, datelines and credits; the dump's columns; who is believed."""

import json
from pathlib import Path

import pytest

from extractors.metadata.dates import read_date
from models import Article, Columns
from pipeline.nlp import prepare

CASES = Path(__file__).parent / "cases"
BODY = "近年来，青禾县选派46名干部驻村，组建联村党委9个，村均增收8.6万元。"


def meta(raw, **more):
    return json.loads(prepare(Article(source="x", raw=raw, **more)).meta.model_dump_json())


def load(name, **options):
    cases = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=f"{name}: {case['why']}", **options) for case in cases]


@pytest.mark.parametrize(
    "case",
    [
        *load("wild"),
        *load("synthetic"),
        *load("negative"),
        *load("known_failures", marks=pytest.mark.xfail(strict=True)),
    ],
)
def test_case(case):
    found = meta(case["text"])
    assert {key: found[key] for key in case["expect"]} == case["expect"]
    assert found["title"] == "联村共建富了一方水土"


def test_columns_fill_what_the_page_leaves_open():
    columns = Columns(title="聯村共建", date="2023/5/6 8:30", outlet="青禾日報", author="孙守田；何苗")
    found = meta(BODY, columns=columns)
    assert found == {"title": "联村共建", "published": "2023-05-06T08:30", "outlet": "青禾日报",
                     "authors": ["孙守田", "何苗"], "contributor": None, "script": "hans"}  # fmt: skip


def test_the_page_goes_before_the_columns():
    page = f"山药铺就致富路\n2021-02-03 来源：青禾网 作者：周小满\n{BODY}"
    columns = Columns(title="别的题目", date="2022-01-01", outlet="别的网", author="孙守田")
    found = meta(page, columns=columns)
    assert [found[key] for key in ("title", "published", "outlet", "authors")] == [
        "山药铺就致富路", "2021-02-03", "青禾网", ["周小满"],
    ]  # fmt: skip


def test_a_finer_time_of_the_same_day_is_taken():
    page = f"山药铺就致富路\n2021-02-03 来源：青禾网\n{BODY}"
    assert meta(page, columns=Columns(date="2021-02-03 09:15:00"))["published"] == "2021-02-03T09:15:00"
    assert meta(page, columns=Columns(date="2021-02-04 09:15:00"))["published"] == "2021-02-03"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023年10月", "2023-10"),
        ("20231026", "2023-10-26"),
        ("20231026093000", "2023-10-26T09:30:00"),
        ("2023-10-26T01:00:00.000Z", "2023-10-26T09:00:00"),
        ("2023-10-26T01:00:00-05:00", "2023-10-26T14:00:00"),
        ("2023-10-26 25:00", "2023-10-26"),
        ("2023年10月26日 星期四 9时5分", "2023-10-26"),
        ("2023年10月26日 09时05分", "2023-10-26T09:05"),
        ("2023-13-45", None),
        ("12345678", None),
        ("", None),
    ],
)
def test_dates(written, iso):
    assert read_date(written) == iso
