"""A case and a library as they are printed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from models.article import Columns
from outputs.document_book import NoCase, NoCategory, Selection, cases, cover, units
from outputs.document_case import case
from outputs.document_file import Format, document
from outputs.library import Library
from outputs.reviews import accept, add, correct, reject
from tests.outputs.samples import COUNTY, county_entry, entries, roundup_entry
from tests.outputs.web.conftest import hostile_entry, many

COUNTY_ID = county_entry()[0].id
AT = "2024-05-01T09:30:00+08:00"


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        opened.write(opened.start_run("1", {}), entries())
        yield opened


def quantity(library: Library, text: str) -> str:
    return str(next(library.rows("SELECT id FROM quantities WHERE text = ? AND review_id IS NULL", (text,)))[0])


def test_a_case_has_its_parts_numbers_names_and_source(library: Library) -> None:
    made = case(library, COUNTY_ID)
    assert (made.title, made.published, made.link) == ("灵丘县建强组织促振兴", "2023-10-26", "https://example.org/1")
    assert made.unit == "灵丘县（山西省 › 大同市 › 灵丘县 (140224)）"
    practice = next(part for part in made.parts if part.kind == "practice")
    before, measure = practice.steps
    assert (before.title, [figure.value for figure in before.figures]) == (None, ["81 名"])
    assert (measure.title, measure.category, measure.section) == ("建强组织", "组织设置与规范", "夯实基础")
    assert [figure.name for figure in measure.figures] == ["联村党组织"]
    assert [act.text for act in measure.acts] == ["制定《强村实施方案》", "组建12个联村党组织"]
    assert [part.kind for part in made.parts] == ["background", "practice", "result", "lesson"]
    assert not made.parts[0].steps
    # What stands in no sentence of the four parts is not lost, and borderline findings are left out.
    assert [figure.value for figure in made.others] == ["90 %", "35,000 元", "200,000 元"]
    assert {table.layer for table in made.tables} == {
        "places", "persons", "organisations", "documents", "programmes", "honours"}  # fmt: skip
    source = dict(made.source)
    assert source["报道编号"] == COUNTY_ID
    assert source["文件"] == "lingqiu.txt", "not where it lay"
    assert source["审核"].startswith("未经审核")


def test_every_note_quotes_the_article_at_its_offsets(library: Library) -> None:
    made = case(library, COUNTY_ID)
    numbers = [figure.note for part in made.parts for step in part.steps for figure in step.figures]
    assert sorted([*numbers, *(figure.note for figure in made.others)]) == [note.nr for note in made.notes]
    for note in made.notes:
        start, end = map(int, re.search(r"字符 (\d+)–(\d+)", note.said[0]).groups())  # type: ignore[union-attr]
        assert COUNTY[start:end] == note.text
        assert f"{note.before}{note.text}{note.after}" in COUNTY.replace("\n", " ")


def test_what_stands_after_review_is_printed_and_marked(library: Library) -> None:
    correct(library, quantity(library, "81名"), {"value": 18}, reviewer="王编辑", at=AT, why="数字颠倒")
    reject(library, quantity(library, "12个"), reviewer="王编辑", at=AT)
    accept(library, quantity(library, "90%"), reviewer="李编辑", at=AT)
    at = COUNTY.index("2023年")
    add(library, COUNTY_ID, "quantities", at, at + 4, {"value": 2023, "unit": "年"}, reviewer="王编辑", at=AT)
    made = case(library, COUNTY_ID)
    figures = {figure.value: figure for part in made.parts for step in part.steps for figure in step.figures}
    figures |= {figure.value: figure for figure in made.others}
    assert (figures["18 名"].mark, figures["90 %"].mark, figures["2,023 年"].mark) == ("corrected", "accepted", "added")
    assert "12 个" not in figures
    note = made.notes[figures["18 名"].note - 1]
    assert note.text == "81名", "the words stay what they are"
    assert note.said[1:] == ("更正（上限 81 → 18；下限 81 → 18）", "王编辑，2024-05-01：数字颠倒")
    state = dict(made.source)["审核"]
    assert "审核 4 处（确认 1、补充 1、更正 1、剔除 1）；审核人 李编辑、王编辑" in state


def test_a_roundup_is_a_case_a_locality(library: Library) -> None:
    id_ = roundup_entry()[0].id
    first, second = case(library, id_, f"{id_}-c0"), case(library, id_, f"{id_}-c1")
    assert (first.title, second.title) == ("安丘市：各地动态", "寿光市：各地动态")
    assert [figure.value for figure in first.others] == ["5 个"]
    assert [figure.value for figure in second.others] == ["7 个"]
    assert second.notes[0].text == "7個", "notes quote the article as it is written"


def test_units_of_a_library(library: Library) -> None:
    found = [(unit.group, unit.title) for unit in units(library, Selection())]
    assert found == [
        ("山西省", "灵丘县建强组织促振兴"), ("山东省", "寿光市：各地动态"), ("山东省", "安丘市：各地动态"),
    ]  # fmt: skip
    titles = lambda **said: [unit.title for unit in units(library, Selection(**said))]  # noqa: E731
    assert titles(county="灵丘县") == titles(county="灵丘") == titles(county="140224") == ["灵丘县建强组织促振兴"]
    assert titles(category="组织设置与规范") == titles(category="organisation") == ["灵丘县建强组织促振兴"]
    assert titles(query="联合党委") == ["寿光市：各地动态", "安丘市：各地动态"]
    library.set_duplicates({roundup_entry()[0].id: (COUNTY_ID, 0.9)})
    assert titles() == ["灵丘县建强组织促振兴"], "a report that went round is printed once"
    assert "另见" in dict(case(library, COUNTY_ID).source)
    with pytest.raises(NoCase):
        titles(county="乌有县")
    with pytest.raises(NoCase, match="give the id of a case"):
        titles(case="x")
    with pytest.raises(NoCategory, match="集体经济"):
        titles(category="x")


def written(library: Library, format: Format, **said: str) -> bytes:
    out = io.BytesIO()
    document(library, format, out, Selection(**said))
    return out.getvalue()


@pytest.mark.parametrize("format", ["md", "docx", "html"])
def test_the_same_library_gives_the_same_bytes(library: Library, format: Format) -> None:
    assert written(library, format) == written(library, format)


def test_markdown_has_footnotes_that_are_defined(library: Library) -> None:
    text = written(library, "md").decode()
    used, defined = re.findall(r"\[\^([\d-]+)\](?!:)", text), re.findall(r"^\[\^([\d-]+)\]:", text, re.M)
    assert sorted(used) == sorted(defined)
    assert len(set(defined)) == len(defined) == 7
    assert "## 目录" in text
    assert "[灵丘县建强组织促振兴](#case-1)" in text
    one = written(library, "md", case=COUNTY_ID).decode()
    assert one.startswith("# 灵丘县建强组织促振兴")
    assert "目录" not in one


def test_docx_has_headings_contents_notes_and_chinese_fonts(library: Library) -> None:
    data = written(library, "docx")
    made = Document(io.BytesIO(data))
    heads = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert heads[:3] == [
        ("Heading 1", "山西省"), ("Heading 2", "案例 1　灵丘县建强组织促振兴"), ("Heading 3", "背景"),
    ]  # fmt: skip
    assert [text for style, text in heads if style == "Heading 3"][:6] == [
        "背景", "做法", "成效", "启示", "其他数值", "涉及名称"]  # fmt: skip
    body = made.element.body
    codes = [node.text.strip() for node in body.iter(qn("w:instrText"))]
    assert [code for code in codes if code.startswith("TOC")] == [r'TOC \o "1-2" \h \z \u']
    marks = {node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))}
    ids = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    anchors = {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))} - {None}
    assert anchors <= marks
    assert len(set(ids)) == len(ids)
    fonts = made.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert made.styles["Heading 2"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    breaks = [p for p in made.paragraphs if p._p.pPr is not None and p._p.pPr.find(qn("w:pageBreakBefore")) is not None]
    assert [p.text for p in breaks] == ["目录", "山西省", "山东省", "案例 3　安丘市：各地动态"]
    assert {"https://example.org/1"} <= {r.target_ref for r in made.part.rels.values() if r.is_external}
    with ZipFile(io.BytesIO(data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_html_loads_nothing_and_its_links_lead_somewhere(library: Library) -> None:
    page = html.fromstring(written(library, "html").decode())
    assert not page.xpath("//script | //link | //img | //iframe | //@src | //@onclick")
    targets = {link.removeprefix("#") for link in page.xpath("//a/@href") if link.startswith("#")}
    assert targets <= set(page.xpath("//@id"))
    assert [item.text_content() for item in page.xpath("//nav//li")] == [
        "1灵丘县建强组织促振兴", "2寿光市：各地动态", "3安丘市：各地动态"]  # fmt: skip
    style = page.xpath("string(//style)")
    assert "@page" in style
    assert "break-before: page" in style
    assert "default-src 'none'" in page.xpath("string(//meta[@http-equiv]/@content)")


@pytest.mark.parametrize("format", ["md", "docx", "html"])
def test_hostile_words_stay_words(tmp_path: Path, format: Format) -> None:
    with Library(tmp_path / "library.db") as library:
        library.write(None, [hostile_entry()])
        data = written(library, format)
    if format == "docx":
        Document(io.BytesIO(data))
        return
    text = data.decode()
    assert "javascript:" not in text
    if format == "html":
        page = html.fromstring(text)
        assert not page.xpath("//script | //img | //@onerror")
    else:
        assert not re.search(r"(?<!\\)<(?!a id=|/a>)", text), "no HTML in the Markdown but our own anchors"


@pytest.mark.parametrize("format", ["md", "docx", "html"])
def test_characters_that_no_xml_takes(tmp_path: Path, format: Format) -> None:
    article, record, body = county_entry()
    meta = record.meta.model_copy(update={"title": "题\x00\x0b\ufffe\u202e𠮷"})
    article = article.model_copy(update={"columns": Columns(url="http://example.org/\ufffe\uffff")})
    with Library(tmp_path / "library.db") as library:
        library.write(None, [(article, record.model_copy(update={"meta": meta}), body)])
        assert written(library, format)


def test_cases_come_one_at_a_time(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        library.write(None, list(many(30)))
        chosen = units(library, Selection())
        assert len(chosen) == 30
        assert len({unit.group for unit in chosen}) == 3
        stream = cases(library, chosen)
        assert next(stream).group == chosen[0].group
        said = cover(library, chosen, Selection(county="灵丘县"), redacted=True)
        assert said.lines[0] == "收录案例 30 个"
        assert "县：灵丘县" in said.lines
        assert said.lines[-1] == "人名已隐去。"
