"""Times of single paragraphs, with the date of the article known and unknown, and the component on a `Doc`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from extractors.doc import attach, findings
from extractors.times import create_times
from extractors.times.grammar import load_times
from models.article import Article
from models.document import Block, Document, Layout, Meta
from models.text import NormalText, Run

CASES = Path(__file__).parent / "cases"
DAY = date(2023, 10, 26)
GRAMMAR = load_times()


def load(name: str) -> list[dict[str, Any]]:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def read(text: str) -> list[dict[str, Any]]:
    dated, undated = (list(GRAMMAR.read(text, 0, len(text), day)) for day in (DAY, None))
    return [
        {"text": text[a.start : a.end], "value": a.value, "relative": a.relative, "undated": b.value}
        for a, b in zip(dated, undated, strict=True)
    ]


@pytest.mark.parametrize(
    "case", load("wild") + load("synthetic") + load("negative"), ids=lambda case: case["text"][:20]
)
def test_case(case: dict[str, Any]) -> None:
    assert read(case["text"]) == case["expect"]


@pytest.mark.parametrize("case", load("known_failures"), ids=lambda case: case["text"][:20])
@pytest.mark.xfail(strict=True)
def test_known_failure(case: dict[str, Any]) -> None:
    assert read(case["text"]) == case["expect"]


def document(text: str, published: str | None) -> Document:
    return Document(
        article=Article(source="test", raw=text),
        normal=NormalText(
            text=text, raw_length=len(text), runs=(Run(start=0, length=len(text), raw=0, raw_end=len(text)),)
        ),
        layout=Layout(blocks=(Block(start=0, end=len(text), kind="paragraph"),), sentences=((0, len(text)),)),
        meta=Meta(published=published),
    )


@pytest.mark.parametrize(("published", "value"), [("2021-05-03", "2020/.."), (None, None)])
def test_component(published: str | None, value: str | None) -> None:
    nlp = spacy.blank("zh")
    text = "去年以来，全镇新建大棚30座。"
    doc = attach(Doc(nlp.vocab, words=list(text), spaces=[False] * len(text)), document(text, published))
    (time,) = findings(create_times(nlp, "anliku_times", None)(doc)).times
    assert (time.text, time.value, time.relative) == ("去年以来", value, True)
    assert time.provenance.confidence == "medium"
    assert time.provenance.reason


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("全年整合资金。", date(2018, 3, 12), "2017"),
        ("全年整合资金。", date(2018, 11, 2), "2018"),
        ("全年计划整合资金。", date(2018, 3, 12), "2018"),
        ("目标明确，全年整合资金。", date(2018, 3, 12), "2018"),
    ],
)
def test_a_bare_year_early_in_the_next(text: str, day: date, value: str) -> None:
    """In the first quarter 全年 is the year that is reported on, unless the words beside it look ahead."""
    assert [reading.value for reading in GRAMMAR.read(text, 0, len(text), day)] == [value]


def test_years_of_two_digits_belong_to_the_first() -> None:
    assert [r.value for r in GRAMMAR.read("2018—20年投入资金", 0, 11, None)] == ["2018/2020"]


@pytest.mark.parametrize("piece", ["1", "一", ",", "2", "月", "年", "前", "1月", "近", "2019"])
def test_any_run_of_a_million_is_read(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    list(GRAMMAR.read(text, 0, len(text), None))
