"""Cases as DOCX, in the type and measures of a Chinese office paper: contents, headings, tables, notes that are linked.

The body is made as XML rather than through python-docx's objects, whose tables take time with the square of their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import IO

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from outputs.document import Case, Cover, Figure, Step, mark_label
from outputs.labels import label
from outputs.quotes import for_xml, safe
from outputs.steady import write_steady

BODY, HEADS, LATIN = "宋体", "黑体", "Times New Roman"
"""Fonts by the names under which Word has them in every language; other programs put their own in the place."""
_RED, _GREY = "8C1C13", "666666"
_SIZES = {"Normal": 10.5, "Title": 30, "Heading 1": 20, "Heading 2": 16, "Heading 3": 13, "Heading 4": 11}
_WIDTH = 8950
"""Of the page without its margins, in twentieths of a point."""
_NAMESPACES = nsdecls("w", "r")


def write_docx(
    cases: Iterable[Case],
    out: IO[bytes],
    cover: Cover | None = None,
    contents: Iterable[tuple[str, str]] = (),
) -> None:
    """Write cases one after the other; before them, where there is a `cover`, what it says and the `contents` (group
    and title of each case, in order): a field that Word brings up to date, with the list in it that any program shows.
    The same cases give the same bytes."""
    document = _blank(cover.title if cover is not None else "案例")
    if cover is not None:
        _add(document, _cover(cover))
        _add(document, _contents(list(contents)))
    group = None
    marks = iter(range(1, 2**31))
    for nr, case in enumerate(cases, 1):
        opens = cover is not None and (nr == 1 or case.group != group)
        if opens:
            group = case.group
            _add(document, [_p(_run(group or "未识别出地方"), "Heading1", "<w:pageBreakBefore/>")])
        _add(document, _case(document, case, nr, marks, several=cover is not None, breaks=nr > 1 and not opens))
    write_steady(document.save, out)


def _blank(title: str) -> Docx:
    document = Document()
    said = document.core_properties
    said.title, said.author, said.comments, said.language = title, "anliku", "", "zh-CN"
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    page.top_margin, page.bottom_margin = Cm(2.6), Cm(2.4)
    page.different_first_page_header_footer = True
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in parse_xml(f"<w:p {_NAMESPACES}>{_field('PAGE', _run('1'))}</w:p>"):
        foot._p.append(part)
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme would win over a name
        fonts.set(qn("w:eastAsia"), BODY if name == "Normal" else HEADS)
        fonts.set(qn("w:hAnsi"), LATIN)
        if name != "Normal":
            red = name == "Heading 3"
            style.font.color.rgb = RGBColor.from_string(_RED if red else "1A1A1A")
            style.font.bold = name != "Title"
            style.font.italic = False
    # Without a language a program may take the forms of Taiwan, where a full stop stands in the middle.
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:eastAsia"), "zh-CN")
    line = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    line.getparent().remove(line)
    normal = document.styles["Normal"].paragraph_format
    normal.line_spacing, normal.space_after = 1.4, Pt(4)
    return document


def _add(document: Docx, blocks: Iterable[str]) -> None:
    end = document.element.body.sectPr
    for block in blocks:
        end.addprevious(parse_xml(block))


def _cover(cover: Cover) -> Iterator[str]:
    yield _p(_run(cover.title), "Title", '<w:spacing w:before="4800" w:after="600"/><w:jc w:val="center"/>')
    for line in cover.lines:
        yield _p(_run(line), "", '<w:jc w:val="center"/>')


def _contents(contents: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield _p(_run("目录", bold=True, size=16), "", "<w:pageBreakBefore/>")
    opened = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    group = None
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="' + f'{_WIDTH}"/></w:tabs>'
    for nr, (of, title) in enumerate(contents, 1):
        if nr == 1 or of != group:
            group = of
            yield _p(opened + _run(of or "未识别出地方", bold=True), "", "<w:keepNext/>")
            opened = ""
        page = "<w:r><w:tab/></w:r>" + _field(rf"PAGEREF case_{nr} \h", _run("…"))
        entry = f'<w:hyperlink w:anchor="case_{nr}">{_run(f"{nr}　{title}")}{page}</w:hyperlink>'
        yield _p(opened + entry, "", f'{tabs}<w:ind w:left="210"/>')
        opened = ""
    yield _p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' if contents else "")


def _case(document: Docx, case: Case, nr: int, marks: Iterator[int], *, several: bool, breaks: bool) -> Iterator[str]:
    key = f"n{nr}"
    shown = f"案例 {nr}　{case.title}" if several else case.title
    yield _p(_bookmark(f"case_{nr}", next(marks), _run(shown)), "Heading2", "<w:pageBreakBefore/>" if breaks else "")
    for name, said in case.head():
        yield _p(_run(f"{name}：", bold=True) + _run(said))
    for part in case.parts:
        yield _p(_run(label("role", part.kind)), "Heading3")
        if not part.steps:
            yield _p(_run("原文没有这一部分。", colour=_GREY))
        section = None
        for step in part.steps:
            if step.section and step.section != section:
                section = step.section
                yield _p(_run(section, bold=True), "", "<w:keepNext/>")
            yield from _step(step, key, marks)
    if case.others:
        yield _p(_run("其他数值"), "Heading3")
        yield from _figures(case.others, key, marks)
    if case.tables:
        yield _p(_run("涉及名称"), "Heading3")
    for table in case.tables:
        yield _p(_run(label("layers", table.layer), bold=True), "", "<w:keepNext/>")
        yield from _table(table.columns, ([_run(cell, size=9) for cell in row] for row in table.rows))
    yield _p(_run("来源"), "Heading3")
    for name, said in case.source:
        text = _link(document, said) if name == "链接" and case.link else _run(said)
        yield _p(_run(f"{name}：", bold=True) + text)
    if case.notes:
        yield _p(_run("注释"), "Heading3")
    for note in case.notes:
        back = f'<w:hyperlink w:anchor="{key}r{note.nr}">{_run(f"[{note.nr}] ", size=9)}</w:hyperlink>'
        quote = _run(f"“{note.before}", size=9) + _run(note.text, bold=True, size=9) + _run(f"{note.after}” ", size=9)
        told = _run(f"{'；'.join(note.said)}。", size=9, colour=_GREY)
        hanging = '<w:spacing w:after="20"/><w:ind w:left="420" w:hanging="420"/>'
        yield _p(_bookmark(f"{key}_{note.nr}", next(marks), back) + quote + told, "", hanging)


def _step(step: Step, key: str, marks: Iterator[int]) -> Iterator[str]:
    if step.title is not None:
        category = _run(f" 〔{step.category}〕", colour=_GREY) if step.category else ""
        yield _p(_run(f"{step.nr}. {step.title}") + category + _mark(step.mark), "Heading4")
    for text in step.paragraphs:
        yield _p(_run(text), "", '<w:ind w:firstLineChars="200" w:firstLine="420"/><w:jc w:val="both"/>')
    if step.acts:
        parts = [_run(act.text) + _mark(act.mark) for act in step.acts]
        yield _p(_run("行动：") + _run("；").join(parts) + _run("。"))
    yield from _figures(step.figures, key, marks)


def _figures(figures: Sequence[Figure], key: str, marks: Iterator[int]) -> Iterator[str]:
    if figures:
        rows = (
            [
                _run(one.name, size=9),
                _run(one.value, size=9)
                + _mark(one.mark)
                + _bookmark(f"{key}r{one.note}", next(marks), _reference(key, one.note)),
                _run(one.facts, size=9),
            ]
            for one in figures
        )
        yield from _table(("指标", "数值", "口径、时间、状态"), rows, (4, 2, 3))


def _reference(key: str, nr: int) -> str:
    raised = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>[{nr}]</w:t></w:r>'
    return f'<w:hyperlink w:anchor="{key}_{nr}">{raised}</w:hyperlink>'


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int] = ()) -> Iterator[str]:
    """A table with a head that comes back on every page, and rows that stay together; then a little space."""
    shares = shares or [3] * (len(columns) - 2) + [1, 2]  # the last two are how often, and where first
    widths = [_WIDTH * share // sum(shares) for share in shares]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="AAAAAA"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row([_run(name, size=9, bold=True) for name in columns], widths, '<w:shd w:val="clear" w:fill="F4F1EA"/>',
                "<w:tblHeader/>")  # fmt: skip
    body = "".join(_row(row, widths) for row in rows)
    yield (
        f'<w:tbl {_NAMESPACES}><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    yield _p("", "", '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>')


def _row(cells: Iterable[str], widths: Sequence[int], shade: str = "", head: str = "") -> str:
    tight = '<w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr>'
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p>{tight}{cell}</w:p></w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{made}</w:tr>"


def _p(content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p {_NAMESPACES}><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def _run(text: str, *, bold: bool = False, size: float = 0, colour: str = "") -> str:
    said = ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    said += f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/>' if size else ""
    clean = escape(for_xml(safe(text)), quote=False)
    return f'<w:r><w:rPr>{said}</w:rPr><w:t xml:space="preserve">{clean}</w:t></w:r>'


def _mark(mark: str) -> str:
    return _run(f"〔{mark_label(mark)}〕", size=8, colour=_RED) if mark else ""


def _bookmark(name: str, nr: int, content: str) -> str:
    return f'<w:bookmarkStart w:id="{nr}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{nr}"/>'


def _field(code: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _link(document: Docx, url: str) -> str:
    relation = document.part.relate_to(for_xml(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return f'<w:hyperlink r:id="{relation}">{_run(url, colour="1D4E89")}</w:hyperlink>'
