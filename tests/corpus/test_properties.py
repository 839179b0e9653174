"""Properties that hold for any text and any bytes."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import READERS, Limits, ReadOptions
from corpus.blob import Blob, Reading
from corpus.charset import decode
from corpus.members import clean
from corpus.sources import read_blob
from models.article import Article, Failure
from tests.corpus.make import excel, jsonl, pdf, response, tarred, word, zipped

SEEDS = {
    ".jsonl": jsonl({"text": "村集体", "title": "题"}),
    ".ndjson": jsonl({"text": "村集体"}),
    ".json": b'[{"text": "x", "date": [1, {}]}, {"text": "y"}]',
    ".csv": 'title,text\n题,"村\n集"\n'.encode(),
    ".tsv": "title\ttext\n题\t村\n".encode("gbk"),
    ".xlsx": excel(S=[["text", "date"], ["文", 1]]),
    ".docx": word(),
    ".pdf": pdf("村集体"),
    ".warc": response("<p>村</p>".encode()) * 2,
    ".zip": zipped({"a.txt": b"x", "b.jsonl": jsonl({"text": "y"})}),
    ".tar": tarred({"a.txt": b"x"}),
    ".tgz": tarred({"a.txt": b"x"}, "w:gz"),
}
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")) | st.sampled_from("\r\n\t"), min_size=1)
CHINESE = st.text(st.sampled_from("的一是了村镇党建组织收入亩万元,。“”\r\n 2023年委員會農業選派幹部"), min_size=4)


def items(data: bytes, suffix: str) -> list[Article | Failure]:
    options = ReadOptions(limits=Limits(archive_floor=1 << 20))
    blob = Blob(f"a{suffix}", f"a{suffix}", lambda: io.BytesIO(data), len(data))
    return list(read_blob(blob, Reading(options, read_blob, tuple(READERS))))


@settings(deadline=None)
@given(text=TEXT, charset=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030"]))
def test_any_text_with_its_bom_is_read_identically(text: str, charset: str) -> None:
    assert decode(("\ufeff" + text).encode(charset), "a.txt").text == text


@settings(deadline=None)
@given(text=TEXT)
def test_any_utf_8_is_read_identically(text: str) -> None:
    data = text.encode()
    if not text.startswith("\ufeff") and not text.isascii():
        assert decode(data, "a.txt").text == text


@settings(deadline=None)
@given(text=CHINESE, charset=st.sampled_from(["gb18030", "big5"]))
def test_chinese_with_its_true_declaration_is_read_identically(text: str, charset: str) -> None:
    """Unless the bytes read better in another charset, which no reader could know to be wrong."""
    data = text.encode(charset, "ignore")
    text = data.decode(charset)
    if text.strip() and not data.isascii() and not can_be_utf_8(data):
        assert decode(data, "a.txt", declared=charset).text == text


def can_be_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@settings(deadline=None)
@given(text=TEXT)
def test_nothing_is_changed_by_reading(text: str) -> None:
    for result in items(text.encode("utf-8-sig"), ".txt"):
        if isinstance(result, Article):
            assert result.raw == text
        else:
            assert not text.strip()


def test_there_is_a_seed_of_every_format() -> None:
    """Without one `test_reading_never_raises` tries noise alone. Plain text needs none."""
    assert set(READERS) - set(SEEDS) == {".txt", ".md", ".html", ".htm", ".gz"}, "SEEDS lacks these"


@pytest.mark.parametrize("suffix", READERS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_reading_never_raises(suffix: str, data: st.DataObject) -> None:
    noise = data.draw(st.binary(max_size=300))
    seed = SEEDS.get(suffix, b"")
    at = data.draw(st.integers(0, len(seed)))
    drop = data.draw(st.integers(0, 20))
    for content in (noise, seed[:at] + noise + seed[at + drop :]):
        results = items(content, suffix)
        assert results or not content.strip() or suffix in (".jsonl", ".ndjson", ".json")
        for result in results:
            result.model_dump_json()  # storable: no lone surrogates
            if isinstance(result, Failure):
                assert result.message.startswith(result.source)


@given(name=st.text())
def test_names_lead_nowhere(name: str) -> None:
    cleaned = clean(name)
    assert not cleaned.startswith(("/", "\\"))
    assert ".." not in cleaned.split("/")
    assert cleaned.isprintable()
    assert all(unicodedata.category(char) != "Cs" for char in cleaned)
