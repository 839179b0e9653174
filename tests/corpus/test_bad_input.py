"""Whatever is wrong with one source: a clear failure, and the run goes on."""

from __future__ import annotations

import builtins
import gzip
import io
import os
from pathlib import Path
from typing import Any

import pytest

from corpus import READERS, Limits, ReadOptions, read
from models.article import Article, Failure
from tests.corpus.make import (
    articles,
    excel,
    fails,
    jsonl,
    only_failure,
    pdf,
    read_all,
    response,
    shape,
    word,
    zipped,
)

SMALL = ReadOptions(limits=Limits(article_bytes=1000, document_bytes=20_000, archive_floor=5000, archive_ratio=20))


@pytest.mark.parametrize("suffix", [suffix if suffix != ".gz" else ".txt.gz" for suffix in READERS])
def test_empty_file(tmp_path: Path, suffix: str) -> None:
    assert fails(tmp_path, f"a{suffix}", b"").error == "EmptySource"


TEXTS = ["txt", "html", "htm", "md", "jsonl", "ndjson", "json", "csv", "tsv"]
OTHERS = ["xlsx", "docx", "pdf", "warc", "zip", "tar", "tgz", "txt.gz"]


def test_every_format_is_text_or_is_not() -> None:
    listed = {"." + suffix.removeprefix("txt.") for suffix in TEXTS[1:] + OTHERS} | {".txt"}
    assert listed == set(READERS), "put the suffix into TEXTS or OTHERS"


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"\0" * 3000, b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7 text", b"PK\x03\x04rest"],
    ids=["all bytes", "NULs", "PNG", "PDF", "zip"],
)
def test_binary_under_the_name_of_text(tmp_path: Path, suffix: str, data: bytes) -> None:
    failure = fails(tmp_path, f"a.{suffix}", data)
    assert (failure.error, failure.stage) == ("NotText", "decode")


@pytest.mark.parametrize("suffix", OTHERS)
@pytest.mark.parametrize("data", [b"not what the name says", bytes(range(256)) * 9], ids=["text", "bytes"])
def test_text_or_noise_under_another_name(tmp_path: Path, suffix: str, data: bytes) -> None:
    assert fails(tmp_path, f"a.{suffix}", data).error == "Damaged"


def test_white_space_is_no_article(tmp_path: Path) -> None:
    assert fails(tmp_path, "a.txt", " \r\n\u3000".encode()).error == "NoText"


def test_line_of_50_mb(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as out:
        out.write(jsonl({"text": "一"}) + b'{"text": "')
        for _ in range(50):
            out.write(b"x" * (1 << 20))
        out.write(b'"}\n' + jsonl({"text": "三"}))
    assert shape(read_all(path)) == [("a.jsonl#1", "一"), ("a.jsonl#2", "TooLong"), ("a.jsonl#3", "三")]
    path.rename(tmp_path / "a.txt")
    assert only_failure(tmp_path / "a.txt").error == "TooLong"


def test_long_line_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n一\n" + "x" * 3000 + "\n三\n", "utf-8")
    assert shape(read_all(path, options=SMALL)) == [("a.csv#1", "一"), ("a.csv#2", "TooLong"), ("a.csv#3", "三")]


def test_quote_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text\n一\n"二\n' + "行\n" * 2000, "utf-8")
    assert shape(read_all(path, options=SMALL)) == [("a.csv#1", "一"), ("a.csv#2", "BadTable")]


def test_wrong_charset(tmp_path: Path) -> None:
    data = "柳湾镇组建8个联村党委".encode() + b"\xff\xfe\x80" + "选派36名干部驻村。".encode()
    failure = fails(tmp_path, "a.txt", data)
    assert (failure.error, failure.stage) == ("Undecodable", "decode")
    assert "byte 0xff at position 31" in failure.message
    assert "--encoding" in failure.message
    forced = fails(tmp_path, "b.txt", "村集体经济".encode("gbk"), ReadOptions(encoding="utf-8"))
    assert forced.error == "Undecodable"


def test_bad_bytes_in_one_record(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_bytes(jsonl({"text": "村集体一"}) + b'{"text": "\xff\xff\xff"}\n' + jsonl({"text": "村集体三"}))
    assert shape(read_all(lines)) == [
        ("a.jsonl#1", "村集体一"),
        ("a.jsonl#2", "Undecodable"),
        ("a.jsonl#3", "村集体三"),
    ]
    table = tmp_path / "a.csv"
    table.write_bytes("text,title\n村集体一,题\n".encode() + b'"\xff\xff\n\xff",t\n' + "村集体三,题\n".encode())
    assert shape(read_all(table)) == [("a.csv#1", "村集体一"), ("a.csv#2", "Undecodable"), ("a.csv#3", "村集体三")]


@pytest.mark.parametrize("page", ["<p>未闭合<div", "</p></p><<>>文 < 5", "<p title=\"'>文</p", "只有文字", "<!--文"])
def test_broken_html_is_an_article(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page.encode())
    assert articles(path)[0].raw == page


@pytest.mark.parametrize("named", [None, "正文"])
def test_table_without_the_column(tmp_path: Path, named: str | None) -> None:
    failure = fails(tmp_path, "a.csv", "标题,摘要\n题,摘\n".encode(), ReadOptions(text_column=named))
    assert failure.error == "MissingColumn"
    assert "The columns are 标题, 摘要; name one of them with --text-column" in failure.message
    sheet = fails(tmp_path, "a.xlsx", excel(S=[["标题", "摘要"], ["题", "摘"]]), ReadOptions(text_column=named))
    assert "The columns are 标题, 摘要" in sheet.message


def test_column_that_no_object_has_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": "一", "来源": "甲"}, {"text": "二"}))
    options = ReadOptions(outlet_column="来源", title_column="题目名")
    assert shape(read_all(path, options=options)) == [
        ("a.jsonl#1", "一"),
        ("a.jsonl#2", "二"),
        ("a.jsonl", "MissingColumn"),
    ]
    assert "The columns are text, 来源; name one of them with --title-column" in only_failure_of(path, options)


def only_failure_of(path: Path, options: ReadOptions) -> str:
    (message,) = [result.message for result in read_all(path, options=options) if isinstance(result, Failure)]
    return message


def test_table_with_a_header_only(tmp_path: Path) -> None:
    assert fails(tmp_path, "a.csv", b"title,text\n").error == "NothingInside"
    assert fails(tmp_path, "b.csv", b"\n\n").error == "NothingInside"
    assert fails(tmp_path, "a.xlsx", excel(S=[["title", "text"]])).error == "NothingInside"


def test_row_with_a_bare_delimiter_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\n题,选派干部,驻村\n题,文\n", "utf-8")
    assert shape(read_all(path)) == [("a.csv#1", "BadRow"), ("a.csv#2", "文")]


def test_folder_without_articles(tmp_path: Path) -> None:
    failure = only_failure(tmp_path)
    assert (failure.source, failure.error) == (str(tmp_path), "NothingReadable")
    for name in ("a.doc", "b.doc", "c.exe"):
        (tmp_path / name).touch()
    assert "among .doc ×2, .exe ×1. Readable are .txt" in only_failure(tmp_path).message
    (tmp_path / "a.zip").write_bytes(zipped({"a.doc": b"x"}))
    assert "in this archive among .doc ×1" in only_failure(tmp_path / "a.zip").message


def test_unreadable_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "locked").mkdir()
    real_open, real_scan = builtins.open, os.scandir

    def no_open(path: Any, *rest: Any, **named: Any) -> Any:  # tests may run as root, whom permissions do not stop
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *rest, **named)

    def no_scan(path: str) -> Any:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return real_scan(path)

    monkeypatch.setattr(builtins, "open", no_open)
    monkeypatch.setattr(os, "scandir", no_scan)
    assert shape(read_all(tmp_path)) == [("a.txt", "NotPermitted"), ("b.txt", "b.txt"), ("locked", "NotPermitted")]


def test_disk_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr(builtins, "open", lambda *_: Broken())
    failure = only_failure(tmp_path / "a.txt")
    assert failure.error == "Unreadable"
    assert "Input/output error" in failure.message


def test_file_that_vanishes(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    results = read([str(tmp_path)])
    found = [next(results)]
    (tmp_path / "b.txt").unlink()
    assert shape(found + list(results)) == [("a.txt", "a.txt"), ("b.txt", "Vanished"), ("c.txt", "c.txt")]


def test_scanned_pdf(tmp_path: Path) -> None:
    failure = fails(tmp_path, "a.pdf", pdf("", ""))
    assert failure.error == "Scanned"
    assert "none of the 2 pages" in failure.message


def test_pdf_without_a_map_of_its_font(tmp_path: Path) -> None:
    assert fails(tmp_path, "a.pdf", pdf("\ue123\ue456\uf789文")).error == "Garbled"


def test_symlink_loops(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.txt").write_text("文")
    (tmp_path / "d" / "up").symlink_to("..")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "twice").symlink_to("d")
    assert shape(read_all(tmp_path)) == [("a.txt", "文"), ("up", "LinkLoop"), ("gone.txt", "Vanished"),
                                         ("self.txt", "LinkLoop")]  # fmt: skip
    assert only_failure(tmp_path / "self.txt").error == "LinkLoop"


def test_pipe_is_not_waited_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert only_failure(tmp_path).error == "NotAFile"


def test_nul_bytes(tmp_path: Path) -> None:
    assert fails(tmp_path, "a.txt", "村集\0体经\0济".encode()).error == "NotText"
    path = tmp_path / "b.txt"
    page = "柳湾镇组建联村党委。" * 300
    path.write_bytes((page + "\0" + page).encode())
    assert articles(path)[0].raw == page + "\0" + page


@pytest.mark.parametrize(
    ("line", "error"),
    [(b"[1, 2]", "NotAnObject"), (b'"text"', "NotAnObject"), (b"{bad", "BadJson"), (b"[" * 100_000, "BadJson"),
     (b'{"text": 1' + b"1" * 5000 + b"}", "BadJson"), (b'{"text": {"a": 1}}', "NotAnObject"),
     (b'{"text": "  "}', "NoText"), (b'{"text": null}', "NoText"), (b'{"other": 1}', "MissingColumn")],
)  # fmt: skip
def test_bad_json_line(tmp_path: Path, line: bytes, error: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line + b"\n" + jsonl({"text": "文"}))
    assert shape(read_all(path)) == [("a.jsonl#1", error), ("a.jsonl#2", "文")]


@pytest.mark.parametrize(
    "text", [b'[{"text": "x"}, {bad', b'[{"text": "x"}', b'[{"text": "x"}] more', b'{"text": "x"} ]']
)
def test_bad_json_file_gives_what_came_before(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(text)
    assert [result for _, result in shape(read_all(path))] == ["x", "BadJson"]


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "\\ud800 x"}\n{"text": "x", "title": "\\udc00"}\n{"text": "\\ud83d\\ude00"}\n')
    first, second, whole = read_all(path)
    assert shape([first, second]) == [("a.jsonl#1", "LoneSurrogate"), ("a.jsonl#2", "LoneSurrogate")]
    assert isinstance(first, Failure)
    assert "half of a surrogate pair (\\ud800) at character 0" in first.message
    assert isinstance(whole, Article)
    assert whole.raw == "😀"


def test_unknown_suffix_named_by_the_user(tmp_path: Path) -> None:
    failure = fails(tmp_path, "a.doc", b"x")
    assert failure.error == "UnknownSuffix"
    assert "no reader for .doc. Readable are .txt .md" in failure.message
    assert "files without a suffix" in fails(tmp_path, "README", b"x").message


def test_no_such_source(tmp_path: Path) -> None:
    assert [error for _, error in shape(read_all(tmp_path / "a.txt", tmp_path / "*.txt", "a\0b"))] == [
        "NotFound", "NoMatch", "NotFound"]  # fmt: skip


def test_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    name = os.fsdecode("乡村振兴.txt".encode("gbk"))
    try:
        (tmp_path / name).write_text("文")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert shape(read_all(tmp_path)) == [("乡村振兴.txt", "文")]


def test_unexpected_error_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("corpus.formats.page.decode", broken)
    (tmp_path / "a.txt").write_text("x")
    failure = only_failure(tmp_path / "a.txt")
    assert failure.error == "Unexpected"
    assert "(ZeroDivisionError: oops). Please report this" in failure.message


def test_long_texts_of_documents(tmp_path: Path) -> None:
    small = ReadOptions(limits=Limits(article_bytes=20))
    assert fails(tmp_path, "a.docx", word(), small).error == "TooLong"
    assert fails(tmp_path, "a.pdf", pdf("柳湾镇组建8个联村党委。" * 3), small).error == "TooLong"
    assert fails(tmp_path, "a.warc", response(b"x" * 500), small).error == "TooLong"
    assert fails(tmp_path, "a.xlsx", excel(S=[["text"], ["文" * 21]]), small).error == "TooLong"
    packed = response(gzip.compress(b"a" * 90_000), encoding=b"gzip")
    assert fails(tmp_path, "b.warc", packed, ReadOptions(limits=Limits(article_bytes=50_000))).error == "TooLong"
    inside = ReadOptions(limits=Limits(document_bytes=1000))
    assert fails(tmp_path, "a.zip", zipped({"a.pdf": os.urandom(2000)}), inside).error == "TooLarge"


def test_office_file_without_its_document(tmp_path: Path) -> None:
    for name in ("a.docx", "a.xlsx"):
        assert fails(tmp_path, name, zipped({"other.xml": b"<a/>"})).error == "Damaged"


def test_documents_without_text(tmp_path: Path) -> None:
    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    assert fails(tmp_path, "a.docx", out.getvalue()).error == "NoText"
    assert fails(tmp_path, "a.xlsx", excel(S=[])).error == "NothingInside"
    assert fails(tmp_path, "a.warc", response(b"x", content_type=b"image/png")).error == "NothingInside"
