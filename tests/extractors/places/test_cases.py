"""Sentences of every kind, read without a tagger: what the rules alone find, and which code each name gets."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path
from typing import Any

import pytest

from extractors.places.read import Tools, load_tools, read_places
from extractors.places.villages import Region

CASES = Path(__file__).parent / "cases"


def load(name: str) -> list[Any]:
    cases: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case["text"], case["expect"], id=f"{name}-{at}") for at, case in enumerate(cases)]


def read(text: str, tools: Tools) -> list[list[str | None]]:
    scene = read_places(text, [Region(0, len(text), True)], tools)
    assert all(text[mention.start : mention.end] == mention.text for mention in scene.mentions)
    return [[mention.text, mention.code] for mention in scene.mentions]


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


@pytest.mark.parametrize(("text", "expect"), [*load("wild"), *load("synthetic"), *load("negative")])
def test_sentence(text: str, expect: list[list[str | None]], tools: Tools) -> None:
    assert read(text, tools) == expect


@pytest.mark.xfail(strict=True, reason="known limits; a fix must move the case to another file")
@pytest.mark.parametrize(("text", "expect"), load("known_failures"))
def test_known_failure(text: str, expect: list[list[str | None]], tools: Tools) -> None:
    assert read(text, tools) == expect


def test_mentions_never_overlap(tools: Tools) -> None:
    text = "".join(json.loads((CASES / "wild.json").read_text("utf-8"))[at]["text"] for at in range(60))
    mentions = read_places(text, [Region(0, len(text), True)], tools).mentions
    assert all(one.end <= two.start for one, two in itertools.pairwise(mentions))


def test_title_is_evidence_but_no_finding(tools: Tools) -> None:
    text = "北京市专题报道\n朝阳区推行新办法。"
    scene = read_places(text, [Region(0, 7, False), Region(8, len(text), True)], tools)
    assert [(m.text, m.shown, m.code) for m in scene.mentions] == [
        ("北京市", False, "110000"),
        ("朝阳区", True, "110105"),
    ]


def test_no_national_favourite(tools: Tools) -> None:
    text = "朝阳区推行新办法。"
    (mention,) = read_places(text, [Region(0, len(text), True)], tools).mentions
    assert mention.code is None
    assert {candidate.adcode for candidate in mention.candidates} == {"110105", "220104"}
    assert mention.reason


def test_once_clear_a_village_counts_everywhere(tools: Tools) -> None:
    text = "灵丘县赵北乡甲榆沟村种药材。如今推介甲榆沟村的人不少，外地客商盯上甲榆沟村不放。"
    found = read_places(text, [Region(0, len(text), True)], tools).mentions
    assert [m.text for m in found].count("甲榆沟村") == 3


@pytest.mark.parametrize(
    "unit",
    [
        "村",
        "一二、",
        "北京",
        "寿光、",
        "甲乙村、",
        "朝阳区。",
        "城关镇，",
        "12个村3名",
        "开发区",
        "王庄、李屯、",
        "台头镇黑石头党支部",
    ],
)
def test_time_grows_with_length(unit: str, tools: Tools) -> None:
    """Repetition must not cost more than its length: a page of menus, or an attack."""

    def seconds(count: int) -> float:
        text = unit * count
        begin = time.process_time()
        read_places(text, [Region(0, len(text), True)], tools)
        return time.process_time() - begin

    seconds(50)
    assert seconds(4000) < 16 * max(seconds(1000), 0.02)


@pytest.mark.parametrize(
    "text", ["", "\n", "，。、", "a", "村", "镇村", "0村", "(寿光)", "\u3000寿光市\u3000", "𠮷𠮷村"]
)
def test_odd_text(text: str, tools: Tools) -> None:
    read(text, tools)
