"""Dumps of many articles: JSON and JSON lines, tables, what columns they have."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bad_input.cases.case import DEEP, Row
from tests.bad_input.parts import (
    SIMPLE,
    jsonl,
)
from tests.corpus.make import excel


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
        (jsonl({"text": "x", "title": "题\ufffe", "url": "http://x/\uffff", "author": "\U0001ffff"}).rstrip(), "=x"),
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


def columns() -> Iterator[Row]:
    for values in ({"title": "题" * 20_000}, {"title": "\u202e<script>"}, {"date": "0000-00-00"}, {"date": "9" * 5000}, {"date": "2023-13-45"}, {"url": "file:///etc/passwd"},
                   {"author": "\0"}, {"outlet": "=1+1"}, {"title": "\n\n"}, {"author": None}, {"date": [1, {}]}, {"title": {"a": 1}}):  # fmt: skip
        yield "jsonl", jsonl({"text": SIMPLE, **values}), "*|NotAnObject"
