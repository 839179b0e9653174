"""Pages and plain text: nothing in them, no text, foreign and broken charsets, odd characters, markup, long lines."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from corpus import READERS
from corpus.charset import MAGIC
from tests.bad_input.cases.case import DEEP, Row
from tests.bad_input.parts import (
    REPORT,
    iso_2022_cn,
    jsonl,
    office_with,
)
from tests.corpus.make import tarred, word, zipped


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


def declared() -> Iterator[Row]:
    """Charsets that a page may say it has: codecs of Python that decode no text, take the square of the length, or are
    none. What reads well in UTF-8 is UTF-8."""
    names = [
        "zlib",
        "base64",
        "rot13",
        "undefined",
        "idna",
        "punycode",
        "unicode_escape",
        "utf-7",
        "utf-16",
        "..",
        "os",
    ]
    for charset in (*names, "a" * 5000, ""):
        page = f'<meta charset="{charset}"><p>柳湾镇12户'
        yield "html", page.encode(), f"={page}"
    yield "html", b"<meta charset=punycode><p>" + b"a-b9zz" * 30_000, "*"
    yield "html", '<?xml version="1.0" encoding="rot13"?><p>柳湾镇12户'.encode(), "*"


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
        "verbs": "柳湾镇组建联村党委12个。\n全镇" + "推进了" * 1500 + "产业。", "opened brackets": "柳湾镇组建联村党委12个。\n全镇" + "（" * 30_000,
        "one line": "柳湾镇组建联村党委选派干部驻村" * 800,
    }  # fmt: skip
    for text in odd.values():
        yield "txt", ("\ufeff" + text).encode(), f"={text}"


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


def word_of(text: str) -> bytes:
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    return office_with(
        word(), {"word/document.xml": head + text.encode() + b"</w:t></w:r></w:p></w:body></w:document>"}
    )
