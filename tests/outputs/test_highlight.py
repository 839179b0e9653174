"""The page marks what was found and is harmless."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from time import process_time

import pytest

from models.article import Article, Columns
from models.case import CaseRecord
from models.document import Meta
from models.measure import Action
from models.quantity import Quantity
from outputs.highlight import html
from tests.outputs.samples import FROM, Marker, county_entry, entries, roundup_entry

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Text, marks with their classes, and whether tags are balanced."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: list[tuple[str, str]] = []
        self.article = ""
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "mark":
            self.marks.append((dict(attrs)["class"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            name, text = self.marks.pop()
            self.marks.append((name, text + data))
        if "article" in self.open and "badge" not in str(self.tags[-1]):
            self.article += data


@pytest.mark.parametrize("entry", entries(), ids=["case", "roundup", "other"])
def test_page_is_whole_and_self_contained(entry) -> None:
    article, record, _ = entry
    source = html(record, article)
    page = Page(source)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"url\(|@import", source)
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "src"]


def test_findings_are_marked_where_they_stand() -> None:
    article, record, _ = county_entry()
    page = Page(html(record, article))
    assert ("quantities actions", "81名") in page.marks
    assert ("places", "灵丘县") in page.marks
    assert ("quantities optional", "10万元") in page.marks
    text = re.sub(r"\s", "", page.article)
    assert "灵丘县选派81名优秀干部到柳泉村任职。" in text


def test_legend_names_and_counts_every_layer_that_is_there() -> None:
    source = html(county_entry()[1], county_entry()[0])
    assert '<span class="quantities">数量</span> 6</label>' in source
    record = roundup_entry()[1]
    assert "show-honours" not in html(record, roundup_entry()[0])


def _page_record(raw: str, **layers) -> tuple[Article, CaseRecord]:
    article = Article(source="x.html", raw=raw, media_type="text/html", columns=Columns(url="javascript:alert(1)"))
    record = CaseRecord(file="x.html", source="x.html", article_id=article.id, version="1", kind="case",
                        meta=Meta(title="<script>alert(1)</script>"), body=((3, len(raw) - 4),), **layers)  # fmt: skip
    return article, record


def test_tags_of_the_page_are_not_shown_and_a_finding_may_run_over_them() -> None:
    raw = "<p>面积<span class=x>12</span>平方公里，A&amp;B &lt;b&gt;</p>"
    m = Marker(raw)
    found = Quantity(**m.find("12</span>平方公里"), min=12, max=12, unit="平方公里", bound="eq")
    article, record = _page_record(raw, quantities=(found,))
    page = Page(html(record, article))
    assert page.marks == [("quantities", "12平方公里")]
    assert "A&B <b>" in page.article


def test_nothing_in_an_article_becomes_markup() -> None:
    raw = '<p>&lt;script&gt;alert(1)&lt;/script&gt;组建"<b onclick=x>1</b>个党委</p>'
    m = Marker(raw)
    action = Action(**m.find('组建"<b onclick=x>1</b>个党委'), verb='"><script>', object="'\"><img src=x>")
    article, record = _page_record(raw, actions=(action,))
    source = html(record, article)
    page = Page(source)
    assert "<script" not in source
    assert "<img" not in source
    assert "javascript:" not in source
    assert "onclick" not in "".join(name for _, attrs in page.tags for name in attrs)
    assert ("actions", '组建"1个党委') in page.marks


def test_overlaps_of_every_kind_are_shown() -> None:
    raw = "甲乙丙丁戊己"
    article = Article(source="x", raw=raw)
    m = Marker(raw)
    record = CaseRecord(
        file="x", source="x", article_id=article.id, version="1", kind="case", meta=Meta(), body=((0, 6),),
        actions=tuple(Action(**m.find(text), verb="v", object=None) for text in ("甲乙丙", "丙丁戊", "乙丙丁")),
        quantities=(Quantity(**m.find("丙丁"), min=1, max=1, unit=None, bound="eq"),),
    )  # fmt: skip
    page = Page(html(record, article))
    assert [text for _, text in page.marks] == ["甲", "乙", "丙", "丁", "戊"]
    assert re.sub(r"\s", "", page.article) == raw


def test_a_long_line_full_of_findings_takes_linear_time() -> None:
    def cost(findings: int) -> float:
        raw = "组建1个党委，" * findings
        article = Article(source="x", raw=raw)
        quantities = tuple(
            Quantity(start=at + 2, end=at + 4, text="1个", provenance=FROM, min=1, max=1, unit="个", bound="eq")
            for at in range(0, len(raw), 7)
        )
        record = CaseRecord(file="x", source="x", article_id=article.id, version="1", kind="case", meta=Meta(),
                            body=((0, len(raw)),), quantities=quantities)  # fmt: skip
        began = process_time()
        assert html(record, article).count('<mark class="quantities"') == findings
        return process_time() - began

    assert cost(16_000) < 8 * min(cost(4_000), cost(4_000)), "four times as many; the square would be sixteen times"
