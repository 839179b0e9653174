"""Over three hundred inputs that are broken, hostile or odd, as small as they can be, and what is to become of each."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from corpus import READERS, Limits, ReadOptions
from corpus.charset import MAGIC
from tests.bad_input.parts import (
    PAGE,
    REPORT,
    SIMPLE,
    container_seeds,
    entity_bomb,
    flipped,
    hostile_names,
    iso_2022_cn,
    jsonl,
    office_with,
    pdf_with_cycle,
    warc_record,
)
from tests.corpus.make import excel, pdf, response, tarred, word, zipped

OPTIONS = ReadOptions(
    limits=Limits(
        article_bytes=200_000, document_bytes=2_000_000, archive_floor=500_000, archive_ratio=50, archive_members=100
    )
)
"""Small limits make small inputs large."""

ANY = ("...",)
"""Readings or failures, whatever can be told of the damage; never a bug (`Unexpected`)."""

DEEP = 10_000


class Case(NamedTuple):
    """A file, and what reading it gives: `=text` that reading, `*` a reading, else the class of the failure, `A|B` one
    of two."""

    name: str
    data: bytes
    expect: tuple[str, ...]


def cases() -> list[Case]:
    """All cases, under names that are unique."""
    made: list[Case] = []
    for group in (empty, not_text, not_containers, charsets, characters, json_cases, tables, html, archives, bombs,
                  office, pdfs, warcs, truncated, flips, long_lines, columns):  # fmt: skip
        for nr, (suffix, data, *expect) in enumerate(group()):
            made.append(Case(f"{group.__name__}-{nr:03}.{suffix}", data, tuple(expect)))
    return made


Row = tuple[object, ...]


def empty() -> Iterator[Row]:
    for suffix in READERS:
        yield "txt.gz" if suffix == ".gz" else suffix[1:], b"", "EmptySource"
    for suffix in ("txt", "html", "md"):
        yield suffix, b" \r\n\t\n", "NoText"
        yield suffix, "\u3000\u3000\n".encode(), "NoText"
        yield suffix, b"\xef\xbb\xbf", "NoText"
    yield "csv", b"\n\n\n", "NothingInside"
    yield "csv", b"\xef\xbb\xbf", "NothingInside"
    yield "txt.gz", gzip.compress(b""), "EmptySource"
    yield "zip", zipped({}), "NothingReadable"
    yield "tar", tarred({}), "NothingReadable"
    yield "zip", zipped({"a.txt": b""}), "EmptySource"


def not_text() -> Iterator[Row]:
    for magic, _ in MAGIC:
        for suffix in ("txt", "jsonl", "csv"):
            yield suffix, magic + bytes(range(1, 60)), "NotText"
    for suffix in ("txt", "html", "md", "json"):
        yield suffix, bytes(range(256)) * 4, "NotText"
        yield suffix, b"\0" * 300, "NotText"
    yield "txt", b"\x7fELF" + b"\0\1\2" * 40, "NotText"
    yield "txt", b"MZ\x90\0\3\0\0\0" + b"\0\1" * 40, "NotText"
    yield "txt", b"\x1b[2J\x07\x07\x07" * 5 + b"x", "NotText"


def not_containers() -> Iterator[Row]:
    for suffix in ("xlsx", "docx", "pdf", "warc", "zip", "tar", "tgz", "txt.gz"):
        for data in (REPORT.encode(), bytes(range(256)) * 4, b"PK\x05\x06" + b"\0" * 18, b"\x1f\x8b\x08" + b"\0" * 9):
            yield suffix, data, "Damaged|NothingReadable|EmptySource"
    yield "exe", b"MZ", "UnknownSuffix"
    yield "doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "UnknownSuffix"
    yield "tar", zipped({"a.txt": b"x"}), "Damaged"
    yield "zip", tarred({"a.txt": b"x"}), "Damaged"


def charsets() -> Iterator[Row]:
    text, long = REPORT, REPORT * 8
    for charset in ("gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz", "utf-8-sig"):
        yield "txt", text.encode(charset), f"={text}"
    yield "txt", iso_2022_cn(text), f"={text}"
    yield "txt", "柳灣鎮組建聯村黨委，選派幹部駐村。".encode("big5"), "=柳灣鎮組建聯村黨委，選派幹部駐村。"
    yield "html", b"<meta charset=utf-16>" + long.encode(), "*"  # a tag readable as ASCII cannot be true
    yield "html", b"<meta charset=latin-1>" + long.encode(), f"=<meta charset=latin-1>{long}"
    yield "html", b"<meta charset=big5>" + long.encode("gb18030"), f"=<meta charset=big5>{long}"
    yield "html", b"<meta charset=nonsense>" + long.encode("gb18030"), f"=<meta charset=nonsense>{long}"
    yield "html", b"<meta charset=utf-7>" + text.encode(), f"=<meta charset=utf-7>{text}"
    yield "html", b"<meta charset=idna>" + text.encode(), f"=<meta charset=idna>{text}"
    yield "html", b"<meta charset='" + b"x" * 5000 + b"'>" + text.encode(), "*"
    for charset in ("utf-8", "gb18030", "utf-16"):
        for bad in (b"\xff", b"\x80", b"\xc1\xff"):  # a stray bad place in a long page is spared
            data = long.encode(charset)
            yield (
                "txt",
                data[:100] + bad[: 2 if charset == "utf-16" else 9] + data[100 + len(bad) % 2 :],
                "*|Undecodable|NotText",
            )
        yield "txt", long.encode(charset)[:-1], "*"
    yield "txt", long.encode()[1:], "*"
    yield "txt", (text.encode() + b"\xff\xfe\xfd" + text.encode()), "*"
    yield "txt", b"\xff\xfe" + text.encode(), "Undecodable|NotText|*"
    yield "txt", b"\xfe\xff" + text.encode("utf-16-le"), "Undecodable|NotText|*"
    yield "txt", b"\xff\xfe\x00\xd8\x41\x00", "Undecodable"  # half a surrogate pair
    yield "txt", b"\x00\x00\xfe\xff\x00\x11\x00\x00", "Undecodable"  # past the last code point
    yield "txt", b"\xc0\xaf\xe0\x80\xaf" * 9, "Undecodable|NotText"  # overlong forms
    yield "txt", text.encode() + b"\xed\xa0\x81\xed\xb0\x80", "Undecodable|*"
    yield "txt", text.encode("gb18030") + "，".encode(), "*|Undecodable"
    yield "txt", (text.encode("gb18030") + b"\n" + text.encode()), "*|Undecodable"
    yield "txt", b"\x84\x31\x95\x33" + text.encode("gb18030"), f"={text}"
    yield "txt", b"~{not hz~} plain ASCII with marks", "=~{not hz~} plain ASCII with marks"
    yield "txt", b"\x1b$)A\x0e\x01\x02\x0f", "NotText|*"
    yield "txt", text.encode("cp037", "replace"), "NotText|Undecodable|*"
    yield (
        "jsonl",
        jsonl({"text": "一"}) + b'{"text": "\xff\xff"}\n' + jsonl({"text": "三"}),
        "=一",
        "Undecodable",
        "=三",
    )
    yield "jsonl", b'{"text": "\xb5\xb3\xbd\xa8\xd2\xfd\xc1\xec"}\n' + jsonl({"text": "党建引领"}), "*", "=党建引领"
    yield "json", b'[{"text": "\xe4\xb8\x80"}, {"text": "\xff\xff\xff"}]', "=一", "Undecodable"


def characters() -> Iterator[Row]:
    odd = {
        "emoji": "村里的👩🏽‍🌾和👨‍👩‍👧‍👦在🏡，收入12万元🎉。", "beyond the BMP": "𠮷田𬭚业𫖯身𪚥村增收3万元。",
        "right to left": "收入\u202e元万3\u202c，\u2066亩\u2069共5户\u200f。", "zero width": "党\u200b建\ufeff引\u2060领12\u200d户。",
        "zalgo": "党" + "\u0301" * 500 + "建12户。", "noncharacters": "党建\ufffe引\uffff领\U0010ffff12户。",
        "private use": "党建\ue000引\uf8ff领\U000f000012户。", "tags": "党建\U000e0041\U000e007f引领12户。",
        "line separators": "党建\u2028引领\u2029十二户\x85三户\x0b四户\x0c。", "replacement": "党\ufffd建\ufffd\ufffd引领12户。",
        "variation": "葛\U000e0100城\ufe0f村12户。", "compatibility": "㈱㍿㎡㏊㆒⼀豈更金12㎡。", "hangul": "한국어 党建 12户。",
        "soft hyphen": "党\u00ad建1\u00ad2户。", "bidi numbers": "١٢٣户，१२३户，１２３户。", "interlinear": "党\ufff9建\ufffa引\ufffb12户。",
        "one character": "党", "one sign": "。", "digits": "1" * 5000, "numerals": "一" * 3000 + "万元。",
        "commas": "，" * 3000, "units": "万亿" * 1500 + "元。", "brackets": "（" * 2000 + "党" + "）" * 2000, "quotes": "“" * 3000,
        "percent": "%" * 2000, "points": "1.2.3.4.5." * 400, "ranges": "1—2—3—4至5到6万元" * 100, "dates": "99999999年99月99日。" * 50,
        "years": "0000年、9999年12月32日、−5年、1e999元、NaN万元、∞户。", "huge number": "增收" + "9" * 400 + "亿亿亿元。",
        "spaces": "党 建\u3000引\u00a0领\t1 2 户 。" * 40, "newlines": "\n" * 4000 + "党建12户。" + "\r" * 4000,
        "formulas": "=cmd('/C calc'!A0)\n+SUM(1)\n-1+1\n@党建\n12户。", "sql": "'; DROP TABLE articles; --\n\"12户\" OR 1=1。",
        "templates": "{{7*7}} ${7*7} <%= 1 %> {source} %s %n 12户。", "escapes": "\\u0000 \\x00 &#0; %00 \\n 12户。", "fts": '党建" OR NEAR(建 2) *',
        "placeholders": "{path}{source!r}{0}12户。", "items": "一、" * 1500, "headings": "（一）\n" * 1500, "pinyin": "党(dǎng)" * 800,
        "one line": "柳湾镇组建联村党委选派干部驻村" * 800,
    }  # fmt: skip
    for text in odd.values():
        yield "txt", ("\ufeff" + text).encode(), f"={text}"


def json_cases() -> Iterator[Row]:
    good = jsonl({"text": "好"})
    lines: list[tuple[bytes, str]] = [
        (b"[1, 2]", "NotAnObject"), (b'"text"', "NotAnObject"), (b"null", "NotAnObject"), (b"1e999", "NotAnObject"),
        (b"{bad", "BadJson"), (b'{"text": "x"', "BadJson"), (b'{"text": "x",}', "BadJson"), (b"{'text': 'x'}", "BadJson"),
        (b"[" * DEEP, "BadJson"), (b'{"a":' * DEEP, "BadJson"), (b"[" * DEEP + b"]" * DEEP, "BadJson|NotAnObject"),
        (b'{"text":"x","a":' + b"[" * DEEP + b"]" * DEEP + b"}", "BadJson|=x"), (b'{"text": 1' + b"1" * 5000 + b"}", "BadJson"),
        (b'{"text": {"a": 1}}', "NotAnObject"), (b'{"text": [1]}', "=1"), (b'{"text": ""}', "NoText"),
        (b'{"text": null}', "NoText"), (b'{"text": NaN}', "*"), (b'{"text": Infinity}', "*"), (b'{"text": true}', "*"),
        (b"{}", "MissingColumn"), (b'{"other": 1}', "MissingColumn"), (b'{"text": "\\ud800"}', "LoneSurrogate"),
        (b'{"text": "x", "title": "\\udc00"}', "LoneSurrogate"), (b'{"text": "\\ud83d\\ude00"}', "=\U0001f600"),
        (b'{"text": "a\\u0000b"}', "*|NotText"), (b'{"text": "x", "text": "y"}', "=y"), (b'{"text": "\\q"}', "BadJson"),
        (b'{"text": "tab\tin"}', "BadJson|*"), (b'{"text": "x"} {"text": "y"}', "BadJson"), (b"\x00", "NotText|BadJson|..."),
        (b'{"__proto__": {}, "text": "x"}', "=x"), (b'{"text": "x", "date": {"$date": [1]}}', "*|NotAnObject"),
        (b'{"text": "x", "title": ' + b'"t' * 1 + b"t" * 9000 + b'"}', "=x"), (b'{"text": "x", "url": "javascript:alert(1)"}', "=x"),
        (b'{"text": "x", "date": "99999-99-99T99:99"}', "=x"), (b'{"text": "x", "date": -1e400}', "*|BadJson"),
    ]  # fmt: skip
    for line, outcome in lines:
        yield "jsonl", line + b"\n" + good, outcome, "=好"
    for line, outcome in lines:
        if not line.startswith((b"\x00", b"[1", b"[[")) and b"} {" not in line:
            follow = () if outcome.startswith("BadJson") else ("=好",)
            yield "json", b"[" + line + b"," + good + b"]", outcome, *follow, *(("...",) if "|" in outcome else ())
    for text, *expect in (
        (b"[", "BadJson"), (b"[]", "NothingInside|..."), (b'[{"text": "x"}', "=x", "BadJson"), (b'{"text": "x"} ]', "=x", "BadJson"),
        (b'[{"text": "x"}] more', "=x", "BadJson"), (b'[{"text": "x"} {"text": "y"}]', "=x", "..."), (b"\xef\xbb\xbf[]", "..."),
        (b'{"articles": [{"text": "x"}]}', "MissingColumn"), (b"]", "BadJson"), (b",", "BadJson"), (b'[,{"text":"x"}]', "BadJson"),
    ):  # fmt: skip
        yield "json", text, *expect


def tables() -> Iterator[Row]:
    yield "csv", 'text\n一\n"二\n'.encode() + "行\n".encode() * 70_000, "=一", "BadTable|TooLong|*", "..."
    yield "csv", "标题,摘要\n题,摘\n".encode(), "MissingColumn"
    yield "csv", b"title,text\n", "NothingInside"
    yield "csv", "title,text\n题,选派干部,驻村\n题,文\n".encode(), "BadRow", "=文"
    yield "csv", "title,text\n题\n题,文\n".encode(), "NoText", "=文"
    yield "csv", "text,text\n一,二\n".encode(), "*"
    yield "csv", ",,\n一,二,三\n".encode(), "MissingColumn"
    yield "csv", 'text\n"a\0b"\n好\n'.encode(), "*|BadTable|NotText", "..."
    yield "csv", "text\r一\r二\r".encode(), "=一", "=二"
    yield "csv", "text;title\n一;二\n".encode(), "=一"
    yield "csv", b"text\n=cmd('/C calc'!A0)\n@SUM(1)\n", "==cmd('/C calc'!A0)", "=@SUM(1)"
    yield "csv", "text\n\u202e好\u202c\n".encode(), "=\u202e好\u202c"
    yield "csv", b"text\n" + b"x" * 250_000 + "\n好\n".encode(), "TooLong", "=好"
    yield (
        "csv",
        b"text\n" + b'"' * 9999 + "\n好\n".encode(),
        "...",
    )
    yield "csv", b"text," + b"," * 5000 + b"\n" + "好".encode() + b"," * 5001 + b"\n", "=好"
    yield "csv", "text\n".encode("utf-16") + "好\n".encode("utf-16-le"), "=好"
    yield "csv", "正文\n".encode("gb18030") + "村集体经济收入增加\n".encode("gb18030"), "=村集体经济收入增加"
    yield (
        "csv",
        "text,title\n一,".encode() + b"\xff\n",
        "...",
    )
    yield "tsv", b"title\ttext\na\tb\tc\n", "BadRow"
    yield "tsv", b"text", "NothingInside"
    yield "xlsx", excel(S=[]), "NothingInside"
    yield "xlsx", excel(S=[["title", "text"]]), "NothingInside"
    yield "xlsx", excel(S=[["标题", "摘要"], ["题", "摘"]]), "MissingColumn"
    yield "xlsx", excel(S=[["text"], [None], ["好"], [1.5], [True]]), "=好", "=1.5", "..."
    yield (
        "xlsx",
        excel(S=[["text"], ["=1+1"], ["好"]]),
        "...",
    )
    yield "xlsx", excel(S=[["text", "date"], ["好", "0000-00-00"], ["好好", -5]]), "=好", "=好好"
    yield "xlsx", excel(A=[["x"], [1]], B=[["text"], ["好"]]), "=好"
    yield "xlsx", excel(S=[["text"], ["好" * 30_000 * 3]]), "TooLong|*"


def html() -> Iterator[Row]:
    for page in (
        "<div>" * DEEP + "柳湾镇12户" + "</div>" * DEEP, "<b>" * DEEP + "柳湾镇12户", "</p>" * DEEP + "柳湾镇12户", "<" * DEEP + "柳湾镇12户",
        "柳湾镇12户" + "<p title='" + "x" * 50_000, "<!--" * 3000 + "柳湾镇12户", "<table><tr><td>" * 3000 + "柳湾镇12户", "柳湾镇12户" + "<!-- 从不关闭",
        "<script>alert('12户')</script>柳湾镇", "<script>" + "柳湾镇12户", "<style>p{}" + "柳湾镇12户", "<svg onload=alert(1)><p>柳湾镇12户", "<iframe src=javascript:alert(1)></iframe>柳湾镇",
        "<p>&#x110000;&#xD800;&#0;&#99999999999;&nosuch;柳湾镇12户</p>", "&amp;" * 5000 + "柳湾镇", "&#" * 5000 + "柳湾镇", "<![CDATA[柳湾镇12户]]>", "<?php echo 1 ?>柳湾镇12户",
        "<p a=\"" * 2000 + "柳湾镇", "<p\0>柳湾镇\0" + "12户" * 2000, "<plaintext>柳湾镇<p>12户", "<textarea><p>柳湾镇12户", "<title>柳湾镇" + "题" * 9000 + "</title><p>12户",
        "<base href=//evil><meta http-equiv=refresh content='0;url=//evil'>柳湾镇", "<p style=display:none>柳湾镇12户</p>", "<p>柳湾镇<br" + "<br" * 2000 + "12户", "<math><mi//xlink:href='data:x'>柳湾镇",
        "<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;柳湾镇", "<html>" * 2000 + "<body>" * 2000 + "柳湾镇", "<a href='" + "%00" * 2000 + "'>柳湾镇</a>", "<img src='data:image/png;base64," + "A" * 90_000 + "'>柳湾镇12户",
        "<ul><li>" * 4000 + "柳湾镇12户", "<p>" + "<span>柳</span>" * 4000, "<select><option>" * 2000 + "柳湾镇", "<template><p>柳湾镇12户", "<frameset><frame>柳湾镇",
    ):  # fmt: skip
        yield "html", page.encode(), f"={page}"


def archives() -> Iterator[Row]:
    for suffix, make in (("zip", zipped), ("tar", tarred), ("tgz", lambda members: tarred(members, "w:gz"))):
        for name, shown in hostile_names():
            yield suffix, make({name: "好".encode()}), f"!{shown}"
        yield suffix, make({"a.doc": b"x", ".hidden.txt": b"x", "__MACOSX/a.txt": b"x"}), "NothingReadable"
        yield suffix, make({"1.txt": b"", "2.txt": "好".encode(), "3.pdf": b"x"}), "EmptySource", "=好", "Damaged"
        yield suffix, make({f"{n}.txt": b"x" for n in range(102)}), *["=x"] * 100, "TooManyMembers"
        yield suffix, make({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": b"x"})})})}), "TooDeep"
        yield suffix, make({"a.txt.gz": gzip.compress("好".encode()), "b.tgz": b"no"}), "=好", "Damaged"
    yield "zip", zipped({"a.txt": b"x"})[:-4], "Damaged"
    locked = bytearray(zipped({"a.txt": b"x"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    yield "zip", bytes(locked), "Encrypted"
    lying = bytearray(zipped({"a.txt": b"x"}))
    at = lying.index(b"PK\x01\x02") + 42
    lying[at : at + 4] = b"\xff\xff\xff\x7f"
    yield "zip", bytes(lying), "Damaged"
    strange = bytearray(zipped({"a.txt": b"x"}))
    strange[8], strange[strange.index(b"PK\x01\x02") + 10] = 99, 99  # a method of compression that nobody has
    yield "zip", bytes(strange), "Damaged"
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.txt", "好")
        archive.comment = b"x" * 60_000
    yield "zip", twice.getvalue(), "=好"
    yield "txt.gz", gzip.compress("好".encode()) + b"rest that is no gzip", "=好|Damaged"
    yield "txt.gz", gzip.compress("好".encode())[:-3], "Damaged|=好"
    yield "txt.gz", gzip.compress("好".encode()) * 2, "=好好"
    yield "txt.gz", gzip.compress(gzip.compress(b"x")), "NotText"
    yield "exe.gz", gzip.compress(b"x"), "UnknownSuffix"


def bombs() -> Iterator[Row]:
    zeros = b"a" * 190_000
    yield "zip", zipped({f"{n}.txt": zeros for n in range(9)}), "*", "*", "Expands"
    yield "jsonl.gz", gzip.compress(zeros * 9), "Expands|TooLong", "..."
    yield "tgz", tarred({f"{n}.txt": zeros for n in range(9)}, "w:gz"), "*", "..."
    yield (
        "zip",
        zipped({"in.zip": zipped({f"{n}.jsonl": zeros for n in range(9)})}),
        "...",
    )
    yield "warc.gz", gzip.compress(response(b"x" * 900) * 900), "..."
    yield "txt.gz", gzip.compress(b"a" * 900_000), "TooLong|Expands"
    yield "docx", office_with(word(), {"big.bin": b"\0" * 2_500_000}), "TooLarge"
    yield "xlsx", office_with(excel(S=[["text"], ["文"]]), {"big.bin": b"\0" * 2_500_000}), "TooLarge"
    for charset in ("utf-8", "utf-16"):
        yield "docx", office_with(word(), {"word/document.xml": entity_bomb(charset)}), "Forbidden"
        yield (
            "xlsx",
            office_with(excel(S=[["text"], ["文"]]), {"xl/worksheets/sheet1.xml": entity_bomb(charset)}),
            "Forbidden",
        )
    yield "html", entity_bomb("utf-8"), "*"


def office() -> Iterator[Row]:
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    for body in (
        b"<w:p>" * DEEP,
        b"<w:tbl><w:tr><w:tc>" * 3000 + b"</w:tc></w:tr></w:tbl>" * 3000,
        b"<w:p/>" * 9,
        b"\0",
        b"&undefined;",
        b"<w:p><w:r><w:t>\xff",
    ):
        yield (
            "docx",
            office_with(word(), {"word/document.xml": head + body + b"</w:body></w:document>"}),
            "Damaged|NoText",
        )
    yield "docx", office_with(word(), {"word/document.xml": b""}), "Damaged"
    yield "docx", office_with(word(), {"[Content_Types].xml": b"<x/>"}), "Damaged"
    yield "docx", zipped({"other.xml": b"<a/>"}), "Damaged"
    yield "xlsx", zipped({"other.xml": b"<a/>"}), "Damaged"
    yield "docx", excel(S=[["text"], ["文"]]), "Damaged"
    yield "xlsx", word(), "Damaged"
    yield "docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Encrypted"
    yield "xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Encrypted"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    for rows in (
        b"<row>" * DEEP,
        b'<row r="99999999"><c r="A1" t="s"><v>99</v></c></row>',
        b'<row><c r="ZZZZZZ1"><v>x</v></c></row>',
        b'<row r="x"><c t="n"><v>x</v></c></row>',
    ):
        yield (
            "xlsx",
            office_with(
                excel(S=[["text"], ["文"]]), {"xl/worksheets/sheet1.xml": sheet + rows + b"</sheetData></worksheet>"}
            ),
            "Damaged|NothingInside|MissingColumn",
        )


def pdfs() -> Iterator[Row]:
    yield "pdf", pdf("", ""), "Scanned"
    yield "pdf", pdf("文", password="x"), "Encrypted"
    yield "pdf", pdf("\ue123\ue456\uf789文"), "Garbled"
    yield "pdf", pdf_with_cycle(), "Damaged|Scanned"
    yield "pdf", b"%PDF-1.7\n", "Damaged"
    yield "pdf", b"%PDF-1.7\n%%EOF\n", "Damaged|Scanned"
    good = pdf("柳湾镇组建联村党委。")
    for old, new in ((b"/Count 1", b"/Count 999999999"), (b"/Length ", b"/Length 9"), (b"startxref", b"startxxxx"), (b"/Kids [6 0 R]", b"/Kids [1 0 R]"),
                     (b"/Type /Page ", b"/Type /Pag  "), (b"trailer", b"trialer"), (b"beginbfrange", b"beginbfxxxxx"), (b"/Contents 7 0 R", b"/Contents 6 0 R"),
                     (b"0 7", b"0 9"), (b"endobj", b"endxxx"), (b"/Root 1 0 R", b"/Root 9 0 R"), (b"stream\n", b"stream\n\xff\xff\xff")):  # fmt: skip
        yield (
            "pdf",
            good.replace(old, new),
            "...",
        )
    yield (
        "pdf",
        b"junk before " * 50 + good,
        "...",
    )
    yield "pdf", good + b"junk after" * 50, "=柳湾镇组建联村党委。|..."


def warcs() -> Iterator[Row]:
    page = PAGE.encode()
    good = response(page)
    shown = f"={PAGE}"
    yield "warc", response(page, content_type=b"image/png"), "NothingInside"
    yield "warc", response(page, status=b"404 Not Found"), "NothingInside"
    yield "warc", response(b""), "NoText|EmptySource|..."
    yield (
        "warc",
        response(b"\xff\xfe\x00\xd8\x41\x00") + good,
        "...",
    )
    yield "warc", response(page, encoding=b"gzip") + good, "Damaged|*", shown
    yield "warc", response(b"\x1f\x8b\x08" + b"\0" * 20, encoding=b"gzip") + good, "Damaged|NotText|NoText", shown
    yield (
        "warc",
        response(page, encoding=b"nonsense") + good,
        "...",
    )
    yield "warc", response(page, content_type=b"text/html; charset=nonsense") + good, shown, shown
    yield (
        "warc",
        response(page, url=b"javascript:alert(1)\xff") + good,
        "...",
    )
    yield (
        "warc",
        response(page, status=b"abc") + good,
        "...",
    )
    for old, new in ((b"WARC/1.0", b"WARC/9.9"), (b"WARC/1.0", b"XXXX/1.0"), (b"Content-Length: ", b"Content-Length: -"), (b"Content-Length: ", b"Content-Length: 999999"),
                     (b"Content-Length: ", b"X-Length: "), (b"WARC-Type: response", b"WARC-Type: nothing"), (b"\r\n\r\n", b"\n\n"), (b"HTTP/1.1 200 OK", b""), (b"HTTP/1.1", b"HTPP/1.1"),
                     (b"WARC-Date: 2020-01-01T00:00:00Z", b"WARC-Date: never")):  # fmt: skip
        yield (
            "warc",
            good.replace(old, new, 1) + good,
            "...",
        )
    yield "warc", good + b"rubbish between\r\n\r\n" + good, shown, "..."
    yield (
        "warc",
        warc_record(b"Content-Length: 99999999999999999999\r\n") + good,
        "...",
    )
    yield (
        "warc.gz",
        gzip.compress(good)[:-5],
        "...",
    )
    yield "warc.gz", gzip.compress(good) + gzip.compress(good)[: len(good) // 3], shown, "..."


def truncated() -> Iterator[Row]:
    for suffix, seed in container_seeds():
        for part in range(1, 5):
            yield suffix, seed[: len(seed) * part // 5], *ANY


def flips() -> Iterator[Row]:
    rng = random.Random(5)
    for suffix, seed in container_seeds():
        for _ in range(5):
            yield suffix, flipped(seed, rng), *ANY


def long_lines() -> Iterator[Row]:
    yield "txt", b"x" * 250_000, "TooLong"
    yield "html", b"<p>" + b"x" * 250_000, "TooLong"
    yield (
        "jsonl",
        jsonl({"text": "一"}) + b'{"text": "' + b"x" * 250_000 + b'"}\n' + jsonl({"text": "三"}),
        "=一",
        "TooLong",
        "=三",
    )
    yield "json", b'[{"text": "' + b"x" * 450_000 + b'"}]', "TooLong"
    yield "json", b"[" + b" " * 300_000 + b'{"text": "x"}]', "=x"
    yield "jsonl", b"\n" * 100_000 + jsonl({"text": "好"}), "=好"
    yield "docx", word_of("好" * 210_000), "TooLong"
    yield "txt", ("柳湾镇12户" * 14_000).encode(), "*"


def columns() -> Iterator[Row]:
    for values in ({"title": "题" * 20_000}, {"title": "\u202e<script>"}, {"date": "0000-00-00"}, {"date": "9" * 5000}, {"date": "2023-13-45"}, {"url": "file:///etc/passwd"},
                   {"author": "\0"}, {"outlet": "=1+1"}, {"title": "\n\n"}, {"author": None}, {"date": [1, {}]}, {"title": {"a": 1}}):  # fmt: skip
        yield "jsonl", jsonl({"text": SIMPLE, **values}), "*|NotAnObject"


def word_of(text: str) -> bytes:
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    return office_with(
        word(), {"word/document.xml": head + text.encode() + b"</w:t></w:r></w:p></w:body></w:document>"}
    )


def names() -> list[str]:
    """Names of all cases, for a test's ids."""
    return [case.name for case in cases()]


if __name__ == "__main__":
    print(json.dumps(names(), indent=1))  # noqa: T201
