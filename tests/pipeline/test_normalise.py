"""What the normaliser changes and why; and, for any text at all, that origins and the change log are true."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models import Article
from pipeline.layout import lay_out
from pipeline.normalise import normalise

CASE_FILES = Path(__file__).parent / "cases" / "normalise"
CASES = json.loads((CASE_FILES / "cases.json").read_text("utf-8"))
MEDIA = ("text/plain", "text/html", "text/markdown")

# Pieces of pages, so that random texts hold what real ones do, whole and broken.
PIECES = st.sampled_from(json.loads((CASE_FILES / "pieces.json").read_text("utf-8")))
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)


def replay(raw, changes):
    """The raw text with the change log carried out."""
    out, at = [], 0
    for change in changes:
        assert at <= change.start < change.end <= len(raw)
        assert raw[change.start : change.end] == change.old
        assert change.old != change.new
        out += (raw[at : change.start], change.new)
        at = change.end
    return "".join([*out, raw[at:]])


@pytest.mark.parametrize("case", CASES, ids=[case["raw"][:24] for case in CASES])
def test_case(case):
    normal = normalise(Article(source="case", raw=case["raw"], media_type=case.get("media", "text/plain")))
    assert normal.text == case["text"]
    assert normal.script == case.get("script", "hans")
    assert sorted({change.reason for change in normal.changes}) == sorted(case.get("reasons", []))


@given(TEXTS, st.sampled_from(MEDIA))
@example("a\r\nb", "text/plain")
@example("<p>堅(jiān)持</p>\n<p>１２％", "text/html")
@example("&#22530;(jiān)", "text/html")
def test_origins_and_changes_are_true(raw, media):
    normal = normalise(Article(source="x", raw=raw, media_type=media))
    assert replay(raw, normal.changes) == normal.text
    changed = {i for change in normal.changes for i in range(change.start, change.end)}
    before = 0
    for index, char in enumerate(normal.text):
        start, end = normal.origin(index)
        assert before <= start < end <= len(raw)
        if start not in changed:
            assert raw[start:end] == char
        before = end
    assert [run.start for run in normal.runs] == [
        sum(run.length for run in normal.runs[:index]) for index in range(len(normal.runs))
    ]
    assert sum(run.length for run in normal.runs) == len(normal.text)


@given(TEXTS)
def test_a_clean_text_stays(raw):
    """What is clean already is left alone, in one run."""
    clean = normalise(Article(source="x", raw=raw)).text
    again = normalise(Article(source="x", raw=clean))
    if again.text == clean:
        assert len(again.runs) <= 1
        assert not again.changes


@given(TEXTS, st.data())
def test_to_raw_keeps_order(raw, data):
    normal = normalise(Article(source="x", raw=raw, media_type="text/html"))
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    a, b = normal.to_raw(start, end)
    assert 0 <= a < b <= len(raw)
    if start:
        assert normal.to_raw(0, start)[1] <= a


def test_plain_text_is_one_run_without_changes():
    raw = "青禾县选派46名干部驻村。\n村均增收8.6万元，占比19%。"
    normal = normalise(Article(source="x", raw=raw))
    assert (normal.text, len(normal.runs), normal.changes) == (raw, 1, ())
    assert normal.to_raw(3, 7) == (3, 7)


PARAGRAPHS = (
    "近年来，青禾县坚持把村集体经济作为强村之基，在12个乡镇选派46名干部驻村，组建联村党委9个，村均增收8.6万元。",
    "该县出台《村级产业扶持办法》，设立专项资金3200万元，对收入不足5万元的31个村逐一会诊，制定增收方案，限期见效。",
    "一是选优头雁，调整村党组织书记12名，选派到村任职的优秀干部46名，储备后备力量210名，村村都有了主心骨和带头人。",
)


def test_a_wrapped_page_is_joined():
    """Twenty characters a line, as a PDF's text layer has them; an indent or a marker begins a paragraph."""
    lines = [text[at : at + 20] for text in PARAGRAPHS for at in range(0, len(text), 20)]
    normal = normalise(Article(source="x", raw="\n".join(lines)))
    assert normal.text == "\n".join(PARAGRAPHS)
    assert {change.reason for change in normal.changes} == {"newline"}


def test_a_page_of_short_paragraphs_keeps_its_breaks():
    raw = "\n".join(f"第{i}村发展山药种植{i}00亩，带动农户{i}0户增收。" for i in range(1, 10))
    assert normalise(Article(source="x", raw=raw)).text == raw


def test_opencc_tables_keep_lengths():
    """Conversion letter for letter rests on it."""
    from pipeline.normalise.script import _read

    for name in ("TSCharacters.txt", "TSPhrases.txt"):
        assert all(len(key) == len(value) for key, value in _read(name).items())


def test_conversion_is_that_of_opencc():
    from opencc import OpenCC

    text = "鄉村振興發展壯大集體經濟，乾隆年間瞭望臺下，後來乾部瞭解藉此夥伴，著名著作，顯著幹部頭髮理髮，皇后裡面"
    assert normalise(Article(source="x", raw=text)).text == OpenCC("t2s").convert(text)


PARTS = (
    "<",
    '<a href="',
    "<script>",
    "<!--",
    "&",
    "(",
    "党(",
    "<p ",
    "[",
    "]( ",
    "*",
    "\r",
    "<p>党",
    "（一）",
    "1.",
    "“",
    "一是",
    "。",
)
HOSTILE = [(part, 30000 // len(part)) for part in PARTS]


@pytest.mark.parametrize(("part", "times"), HOSTILE)
def test_hostile_input_is_linear(part, times):
    """Seconds, where anything quadratic would take minutes; the layout too."""
    for media in MEDIA:
        start = time.process_time()
        lay_out(normalise(Article(source="x", raw=part * times, media_type=media)))
        assert time.process_time() - start < 20
