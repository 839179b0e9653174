"""Every format to articles."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

import corpus
from corpus import READERS, Limits, ReadOptions, read
from models.article import Columns, Failure
from models.errors import NothingToRead
from tests.corpus.make import TEXT, articles, excel, jsonl, pdf, read_all, response, shape, tarred, word, zipped


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("a.html", "text/html"), ("a.HTM", "text/html")],
)
def test_page_keeps_every_character(tmp_path: Path, name: str, media_type: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.encode())
    (article,) = articles(path)
    assert (article.raw, article.media_type, article.source, article.encoding) == (
        TEXT, media_type, str(path), "utf-8")  # fmt: skip


def test_jsonl_numbers_lines_and_maps_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    record = {
        "标题": "题",
        "正文": "文",
        "发布时间": "2023-05-01",
        "链接": "http://x",
        "来源": "某网",
        "作者": ["甲", "乙"],
    }
    path.write_bytes(jsonl(record) + b"\n" + jsonl({"content": "<p>html</p>", "title": None}))
    first, second = articles(path)
    assert first.source == f"{path}#1"
    assert first.file == "a.jsonl#1"
    assert first.columns == Columns(title="题", date="2023-05-01", url="http://x", outlet="某网", author="甲 乙")
    assert first.raw == "文"
    assert (second.source, second.media_type) == (f"{path}#3", "text/html")


@pytest.mark.parametrize("layout", ["compact", "indented", "lines"])
def test_json_list_or_objects_in_a_row(tmp_path: Path, layout: str) -> None:
    records = [{"text": f"第{n}篇" * 3000} for n in range(12)]  # across several chunks
    path = tmp_path / "a.json"
    text = {
        "compact": json.dumps(records, ensure_ascii=False),
        "indented": json.dumps(records, ensure_ascii=False, indent=2),
        "lines": "\n".join(json.dumps(record) for record in records),
    }[layout]
    path.write_text(text, "utf-8")
    found = articles(path)
    assert [article.raw for article in found] == [record["text"] for record in records]
    assert [article.file for article in found] == [f"a.json#{n}" for n in range(1, 13)]


def test_json_one_object_has_no_number(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('\ufeff{"content": ["第一段", "第二段"], "id": 7}\n', "utf-8")
    (article,) = articles(path)
    assert (article.source, article.raw) == (str(path), "第一段\n第二段")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_csv_dialects_and_charsets(tmp_path: Path, delimiter: str, charset: str) -> None:
    path = tmp_path / "a.csv"
    rows = f'标题{delimiter}正文\r\n题一{delimiter}"第一行\r\n第二行,“引”;""号"""\r\n\r\n题二{delimiter}第二篇\r\n'
    path.write_bytes(rows.encode(charset))
    first, second = articles(path)
    assert (first.raw, first.columns.title) == ('第一行\r\n第二行,“引”;"号"', "题一")
    assert (second.source, second.raw) == (f"{path}#2", "第二篇")
    assert first.encoding == {"utf-8-sig": "utf-8", "gbk": "gb18030", "utf-16": "utf-16-le"}.get(charset, charset)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_csv_line_ends_of_every_system(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(["题目,正文", f'题,"一{end}二"', "题,三", ""]).encode())
    assert [article.raw for article in articles(path)] == [f"一{end}二", "三"]


def test_csv_with_a_very_long_field_leaves_the_module_limit(tmp_path: Path) -> None:
    import csv

    before = csv.field_size_limit()
    path = tmp_path / "a.tsv"
    path.write_text("title\ttext\nt\t" + "村" * (before + 1) + "\n", "utf-8")
    (article,) = articles(path)
    assert len(article.raw) == before + 1
    assert csv.field_size_limit() == before


def test_xlsx_sheets_dates_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        excel(
            说明=[["本表由人工整理"]],
            新闻=[
                ["标题", "内容", "日期"],
                ["题", "文一", datetime(2023, 5, 1)],
                [None, None, None],
                ["题", "文二", None],
            ],
        )
    )
    first, second = articles(path)
    assert (first.source, first.raw, first.columns.date) == (f"{path}#新闻:1", "文一", "2023-05-01")
    assert second.source == f"{path}#新闻:3"
    one = tmp_path / "b.xlsx"
    one.write_bytes(excel(Sheet1=[["text", "date"], ["文", date(2023, 5, 2)]]))
    assert articles(one)[0].source == f"{one}#1"
    assert articles(one)[0].columns.date == "2023-05-02"


def test_docx_in_document_order(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word())
    (article,) = articles(path)
    assert article.raw == "柳湾镇的做法\n组建8个联村党委。\n村\t户数\n东坪村\t120户\n下一步,继续推进。"
    assert article.media_type == "text/plain"


def test_pdf_pages_joined(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("柳湾镇组建8个联村党委。\n选派36名干部。", "", "下一步继续推进。"))
    (article,) = articles(path)
    assert [line for line in article.raw.split("\n") if line] == [
        "柳湾镇组建8个联村党委。",
        "选派36名干部。",
        "下一步继续推进。",
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_warc_pages_only(tmp_path: Path, packed: bool) -> None:
    page = "<p>各村都有合作社,户均增收两千元。</p>"
    records = [
        response(page.encode("gbk"), content_type=b"text/html; charset=gb2312"),
        response(b"\x89PNG", content_type=b"image/png"),
        response("转到".encode(), status=b"302 Found"),
        response(gzip.compress(page.encode()), encoding=b"gzip", url=b"http://news.example/2.html"),
        response("纯文本".encode(), content_type=b"text/plain"),
    ]
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(map(gzip.compress, records)) if packed else b"".join(records))
    found = articles(path)
    assert shape(found) == [(f"{path.name}#1", page), (f"{path.name}#4", page), (f"{path.name}#5", "纯文本")]
    assert [article.media_type for article in found] == ["text/html", "text/html", "text/plain"]
    assert found[0].encoding == "gb18030"
    assert found[1].columns.url == "http://news.example/2.html"


def test_archives_of_everything(tmp_path: Path) -> None:
    members = {"b/2.txt": "二".encode(), "a/1.html": "<p>一</p>".encode(), "c.jsonl": jsonl({"text": "三"}), "x.exe": b"MZ",
               "__MACOSX/a/._1.html": b"\0"}  # fmt: skip
    for name, data in {
        "n.zip": zipped(members),
        "n.tar": tarred(members),
        "n.tgz": tarred(members, "w:gz"),
        "n.tar.gz": tarred(members, "w:gz"),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        by_source = {article.source: article.raw for article in articles(path)}
        assert by_source == {f"{path}!b/2.txt": "二", f"{path}!a/1.html": "<p>一</p>", f"{path}!c.jsonl#1": "三"}
    assert [a.file for a in articles(tmp_path / "n.zip")] == ["1.html", "2.txt", "c.jsonl#1"]


def test_gz_reads_as_the_name_without_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress("text\n文\n".encode()))
    assert shape(read_all(path)) == [("a.csv.gz#1", "文")]


def test_zip_names_from_chinese_windows(tmp_path: Path) -> None:
    data = zipped({"A" * 8 + ".txt": b"x"}).replace(b"A" * 8, "乡村振兴".encode("gbk"))
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert shape(read_all(path)) == [("a.zip!乡村振兴.txt", "x")]


def test_folder_is_sorted_recursive_and_passes_over_the_rest(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.md", ".hidden/x.txt", "a/.x.txt", "~$c.docx", "c.xyz", "README"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [article.raw for article in articles(tmp_path)] == ["a/1.md", "a/2.txt", "b.txt"]


def test_glob(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    for name in ("b.txt", "a.txt", "c.xyz", "d/e.txt"):
        (tmp_path / name).write_text(name)
    assert [a.raw for a in articles(tmp_path / "*.txt")] == ["a.txt", "b.txt"]
    assert [a.raw for a in articles(tmp_path / "*")] == ["a.txt", "b.txt", "d/e.txt"]
    assert [a.raw for a in articles(tmp_path / "**" / "*")] == ["a.txt", "b.txt", "d/e.txt"]
    (tmp_path / "[x].txt").write_text("brackets in a real name")
    assert [a.raw for a in articles(tmp_path / "[x].txt")] == ["brackets in a real name"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode("gbk"), [("stdin", TEXT)]),
        (b" \n" + jsonl({"text": "一"}, {"text": "二"}), [("stdin.jsonl#2", "一"), ("stdin.jsonl#3", "二")]),
        ('{\n "text": "一"\n}'.encode(), [("stdin.json", "一")]),
        ('[\n {"text": "一"}]'.encode(), [("stdin.json#1", "一")]),
        ("<!DOCTYPE html><p>文</p>".encode("utf-16"), [("stdin", "<!DOCTYPE html><p>文</p>")]),
        (b"", [("stdin", "EmptySource")]),
        (b"\x1f\x8b\x08\0\0\0", [("stdin", "NotText")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[tuple[str, str]]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [(s.replace(".jsonl", "").replace(".json", ""), t) for s, t in shape(read_all("-"))] == [
        (s.replace(".jsonl", "").replace(".json", ""), t) for s, t in expected
    ]


def test_columns_named_by_the_user(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("content,Body Text,时刻\n不是,是,昨天\n", "utf-8")
    options = ReadOptions(text_column="body_text", date_column="时刻")
    (article,) = articles(path, options=options)
    assert (article.raw, article.columns) == ("是", Columns(date="昨天"))


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一")
    results = read([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert next(results).source == str(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("二")
    assert not isinstance(next(results), Failure)


def test_no_source_at_all() -> None:
    with pytest.raises(NothingToRead, match="no article found"):
        list(read([]))


def test_every_limit_and_suffix_is_documented() -> None:
    readme = (Path(corpus.__file__).parent / "README.md").read_text("utf-8")
    assert [suffix for suffix in READERS if f"`{suffix}`" not in readme] == [], (
        "the table of corpus/README.md lacks these"
    )
    of_all = (Path(corpus.__file__).parents[1] / "README.md").read_text("utf-8")
    (listed,) = re.findall(r"^可读 (.*(?:\n.+)*?)标准输入", of_all, re.M)
    words = set(re.findall(r"\.\w+", listed))
    assert set(READERS) - words == {".tgz"}, "the list of README.md, 可读 …, lacks these"
    assert [name for name in Limits.model_fields if f"`{name}`" not in readme] == []


def test_docx_without_deleted_text_and_text_boxes_twice(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document = docx.Document()
    body = document.element.body
    body.insert(0, parse_xml(
        f"<w:p {w}><w:r><w:t>选派</w:t></w:r><w:del><w:r><w:delText>三</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>36名</w:t></w:r></w:ins><w:r><w:br/><w:t>干部</w:t><w:tab/><w:t>。</w:t></w:r></w:p>"
    ))  # fmt: skip
    body.insert(1, parse_xml(
        f"<w:p {w} {mc}><w:r><mc:AlternateContent><mc:Choice><w:t>框</w:t></mc:Choice>"
        f"<mc:Fallback><w:t>框</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ))  # fmt: skip
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert articles(path)[0].raw == "选派36名\n干部\t。\n框"


def test_xlsx_values_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        excel(S=[["正文", "标题", "日期"], ["文", 36, datetime(2023, 5, 1, 8, 30)], ["文", True, 20230501]])
    )
    first, second = articles(path)
    assert (first.columns.title, first.columns.date) == ("36", "2023-05-01T08:30:00")
    assert (second.columns.title, second.columns.date) == ("true", "20230501")
