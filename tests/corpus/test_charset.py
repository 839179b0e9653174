"""Bytes to text, on texts of ten characters and on articles."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from corpus import ReadOptions
from corpus.charset import declared_in, decode, sniff
from corpus.errors import NotText, Undecodable, UnknownEncoding
from tests.corpus.make import articles, jsonl, shape

SHORT_HANS = [
    "村集体收入达到十万元",
    "选派81名干部驻村",
    "组建联村党委8个。",
    "户均增收2000元",
    "“头雁领航”行动",
    "各村都有合作社",
]
SHORT_HANT = [
    "村集體收入達到十萬元",
    "選派81名幹部駐村",
    "組建聯村黨委8個。",
    "戶均增收2000元",
    "鄉村振興現場會",
    "黨建引領,合作共富",
]
HANS = "今年以来,柳湾镇坚持党建引领,组建8个联村党委,选派36名干部驻村,村集体收入平均增加12.5万元。\r\n" * 20
HANT = "今年以來,柳灣鎮堅持黨建引領,組建8個聯村黨委,選派36名幹部駐村,村集體收入平均增加12.5萬元。\r\n" * 20


@pytest.mark.parametrize(
    ("text", "charset"),
    [(text, charset) for text in (*SHORT_HANS, HANS) for charset in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")]
    + [(text, charset) for text in (*SHORT_HANT, HANT)
       for charset in ("utf-8", "big5", "gb18030", "utf-16-le", "utf-16-be")],
)  # fmt: skip
def test_found_without_any_hint(text: str, charset: str) -> None:
    decoded = decode(text.encode(charset), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, charset)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"])
def test_bom_decides_and_is_no_part_of_the_text(charset: str) -> None:
    decoded = decode(("\ufeff" + "村a\r\n").encode(charset), "a.txt", declared="big5")
    assert (decoded.text, decoded.encoding) == ("村a\r\n", charset)


def test_only_the_first_bom_goes() -> None:
    assert decode("\ufeff村\ufeff".encode(), "a").text == "村\ufeff"


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        (HANS, "gbk", "utf-8"),
        (HANS, "utf-8", "gb2312"),
        (HANT, "big5", "utf-8"),
        (HANT, "utf-8", "big5"),
        (HANT, "big5", "gb2312"),
        (HANS, "gbk", "big5"),
        (HANS, "gbk", "iso-8859-1"),
        (HANS, "utf-16-le", "utf-8"),
        (SHORT_HANS[0], "gbk", "utf-8"),
        (SHORT_HANS[0], "utf-8", "gbk"),
        (SHORT_HANS[0], "gbk", "no-such-charset"),
    ],
)
def test_a_wrong_declaration_is_not_believed(text: str, charset: str, declared: str) -> None:
    assert decode(text.encode(charset), "a.html", declared=declared).text == text


def test_a_declaration_decides_what_the_bytes_leave_open() -> None:
    data = "村".encode("big5")
    assert decode(data, "a", declared="big5").text == "村"
    assert decode("café".encode("latin-1"), "a", declared="iso-8859-1").text == "café"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="gb2312">', "gb18030"),
        (b"<META http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
        (b'<?xml version="1.0" encoding="big5"?>', "big5"),
        (b'<meta name="a" content="b">' + b" " * 3000 + b"<meta charset=utf-8 />", "utf-8"),
        (b'<meta charset="utf-16">', None),
        (b'<meta charset="unicode_escape">', None),
        (b"<p>charset=gbk</p>", None),
    ],
)
def test_declared_in_the_page(head: bytes, expected: str | None) -> None:
    assert declared_in(head) == expected


def test_declared_page_end_to_end(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = '<html><meta charset="gb2312"><p>㙍村、镕镇\r\n</p>'  # characters that GB2312 itself does not have
    path.write_bytes(page.encode("gb18030"))
    (article,) = articles(path)
    assert (article.raw, article.encoding) == (page, "gb18030")


def test_big5_with_its_extensions() -> None:
    text = "裏面的碁盤,恒春鎮組建八個聯村黨委,選派幹部。"
    assert decode(text.encode("cp950"), "a").text == text
    hong_kong = "啲村民話佢哋收入達到十萬元,合作社增加到八個。"
    assert decode(hong_kong.encode("big5hkscs"), "a").text == hong_kong


def test_forced() -> None:
    data = "村集体".encode("gbk")
    assert decode(data, "a", forced="gb2312").encoding == "gb18030"
    assert decode("\ufeff村".encode("utf-16"), "a", forced="utf-16").text == "村"[:0] + "\ufeff村"
    with pytest.raises(Undecodable, match=r"a: not readable as utf-8 .*--encoding"):
        decode(data, "a", forced="utf-8")
    with pytest.raises(UnknownEncoding, match="Python knows no text encoding"):
        ReadOptions(encoding="gbk2000")


def test_misread_bytes_are_refused_not_guessed() -> None:
    cut = "柳湾镇组建8个联村党委,选派36名干部".encode()[:-1]
    with pytest.raises(Undecodable, match="UTF-8, UTF-16, GB18030 or Big5"):
        decode(cut, "a")
    with pytest.raises(Undecodable):
        decode("Größe, naïve façade".encode("latin-1"), "a")
    with pytest.raises(NotText):
        decode(bytes(range(256)), "a")


def test_head_of_a_long_file_cut_anywhere() -> None:
    for charset in ("utf-8", "gb18030", "big5"):
        data = HANT.encode(charset)
        assert {sniff(data[:cut], "a", complete=False) for cut in range(60, 90)} == {charset}
    assert sniff(codecs.BOM_UTF16_LE + b"{\0", "a", complete=False) == "utf-16-le"
    assert sniff('{"text": "村"}\n{"a'.encode("utf-16-be"), "a", complete=False) == "utf-16-be"
    assert sniff(b'{"text": "\\u6751"}', "a", complete=True) is None
    assert sniff(b"\xff\xff\n" + HANS.encode("gbk"), "a", complete=True) == "gb18030"


@pytest.mark.parametrize("charset", ["gbk", "big5", "utf-16", "utf-16-be", "utf-8-sig", "utf-32"])
def test_json_lines_in_any_charset(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": SHORT_HANT[0]}, {"text": SHORT_HANT[1]}).decode().encode(charset))
    assert shape(articles(path)) == [("a.jsonl#1", SHORT_HANT[0]), ("a.jsonl#2", SHORT_HANT[1])]  # type: ignore[arg-type]


def test_dumps_pasted_together_from_two_charsets(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": HANS}) + jsonl({"text": HANS}).decode().encode("gbk"))
    first, second = articles(path)
    assert (first.raw, second.raw) == (HANS, HANS)
    assert (first.encoding, second.encoding) == ("utf-8", "gb18030")


def test_forced_takes_its_own_bom_off() -> None:
    assert decode("\ufeff村".encode(), "a", forced="utf-8").text == "村"
    assert decode("村".encode("utf-16-be"), "a", forced="utf-16-be").text == "村"
    assert decode(b"\xfe\xff\x67\x51", "a", forced="utf-16").text == "村"
    assert decode("碁".encode("cp950"), "a", forced="big5").text == "碁"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_a_stray_bad_byte_spoils_one_character(charset: str) -> None:
    sentence = "柳灣鎮組建聯村黨委，選派幹部駐村。" if charset == "big5" else "柳湾镇组建联村党委，选派干部驻村。"
    data = bytearray((sentence * 20).encode(charset))
    data[len(data) // 2 + 1] = 0xFF
    found = decode(bytes(data), "a.txt")
    assert 1 <= found.text.count("\ufffd") <= 2
    assert found.text.startswith(sentence * 9)
    assert found.text.endswith(sentence * 9)
    assert found.encoding in (charset, "cp950")


def test_bad_bytes_in_a_short_text_or_many_of_them_are_refused() -> None:
    sentence = "柳湾镇组建联村党委，选派干部驻村。".encode()
    for data in (sentence + b"\xff", b"\xff".join([sentence] * 20)):
        with pytest.raises(Undecodable):
            decode(data, "a.txt")


def test_seven_bit_charsets_need_chinese_between_their_marks() -> None:
    assert decode("柳湾镇组建联村党委".encode("hz"), "a.txt").text == "柳湾镇组建联村党委"
    assert decode(b"if (~{x}) ~{ no Chinese ~}", "a.txt").encoding == "utf-8"
