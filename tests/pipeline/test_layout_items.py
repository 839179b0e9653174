"""Numbered items and sentences, and what holds for the layout of any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Article
from pipeline.layout import lay_out
from pipeline.normalise import normalise

CASES = Path(__file__).parent / "cases" / "layout"
PIECES = st.sampled_from(json.loads((CASES / "pieces.json").read_text("utf-8")))


def load(name):
    return [pytest.param(case, id=case["why"]) for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]


def layout(raw, media="text/plain"):
    normal = normalise(Article(source="x", raw=raw, media_type=media))
    return normal.text, lay_out(normal)


@pytest.mark.parametrize("case", load("items"))
def test_items(case):
    text, found = layout(case["text"])
    assert [[i.form, i.ordinal, i.level, _body(text, found, i.start, i.end)] for i in found.items] == case["items"]


def _body(text, found, start, end):
    """The body's share of a run: captions inside an item are not in it."""
    inside = [block for block in found.body() if block.start < end and block.end > start]
    return "\n".join(text[max(start, block.start) : min(end, block.end)] for block in inside)


@pytest.mark.parametrize("case", load("sentences"))
def test_sentences(case):
    text, found = layout(case["text"])
    assert [text[start:end] for start, end in found.sentences] == case["sentences"]


def test_an_item_knows_its_heading():
    text, found = layout(
        "青禾县多措并举，成效明显。\n强组织\n一是选好人。调整书记12名。\n二是管好人。\n兴产业\n一是建冷库。建成4座。"
    )
    named = [
        (item.ordinal, text[found.blocks[item.heading].start : found.blocks[item.heading].end]) for item in found.items
    ]
    assert named == [(1, "强组织"), (2, "强组织"), (1, "兴产业")]


@given(st.lists(PIECES, max_size=60).map("".join))
def test_a_layout_is_in_order_and_inside(raw):
    text, found = layout(raw)
    at = 0
    for block in found.blocks:
        assert at <= block.start < block.end <= len(text)
        assert text[at : block.start].strip() == ""
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert "\n" not in text[block.start : block.end]
        assert block.rule
        assert (block.level is not None) == (block.kind == "heading")
        at = block.end
    assert text[at:].strip() == ""
    body = found.body()
    told = "".join("".join(text[start:end].split()) for start, end in found.sentences)
    assert told == "".join("".join(text[block.start : block.end].split()) for block in body)
    for start, end in found.sentences:
        assert any(block.start <= start < end <= block.end for block in body)
    open_ends: list[int] = []
    for item in found.items:
        assert item.start == item.marker[0] < item.marker[1] <= item.end <= len(text)
        assert any(block.start <= item.start and item.marker[1] <= block.end for block in body)
        while open_ends and open_ends[-1] <= item.start:
            open_ends.pop()
        assert item.level == len(open_ends) + 1
        assert not open_ends or item.end <= open_ends[-1]
        assert item.heading is None or found.blocks[item.heading].kind == "heading"
        open_ends.append(item.end)
