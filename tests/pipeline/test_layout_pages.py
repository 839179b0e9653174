"""Whole pages in the wild style: which lines are body, headings and captions, and what the page says of itself.

A case's `lines` are lists of kind and text, alternating: `p` paragraph, `h` heading, `caption`, `title`, `dateline`,
`-` anything else that is not body. Several pairs in one list are one line of the page.
"""

import json
import time
from pathlib import Path

import pytest

from models import Article, Document
from pipeline.layout.inline import credit, dateline
from pipeline.layout.rules import load_rules
from pipeline.nlp import prepare

CASES = Path(__file__).parent / "cases" / "layout"
KINDS = {"paragraph": "p", "heading": "h", "caption": "caption", "title": "title", "dateline": "dateline"}


def load(name):
    path = CASES / f"{name}.json"
    return [pytest.param(case, id=case["id"]) for case in json.loads(path.read_text("utf-8"))]


def kinds(document: Document) -> list[tuple[str, str]]:
    text = document.normal.text
    return [(KINDS.get(block.kind, "-"), text[block.start : block.end]) for block in document.layout.blocks]


def check_meta(document, expected):
    meta = json.loads(document.meta.model_dump_json())
    assert {key: meta[key] for key in expected} == expected


@pytest.mark.parametrize("case", load("pages"))
def test_page(case):
    raw = "\n".join("".join(line[1::2]) for line in case["lines"])
    document = prepare(Article(source="page", raw=raw))
    found = kinds(document)
    wanted = [
        (kind, " ".join(text.split()) if kind == "-" else text.replace("\u3000", " ").strip())
        for line in case["lines"]
        for kind, text in zip(line[::2], line[1::2], strict=True)
    ]
    squeezed = [(kind, " ".join(text.split()) if kind == "-" else text) for kind, text in found]
    assert squeezed == wanted
    check_meta(document, case.get("meta", {}))


@pytest.mark.parametrize("case", load("html"))
def test_html(case):
    document = prepare(Article(source="page", raw=case["html"], media_type="text/html"))
    found = kinds(document)
    assert [text for kind, text in found if kind in ("p", "h")] == case["body"]
    assert [text for kind, text in found if kind == "caption"] == case.get("captions", [])
    check_meta(document, case.get("meta", {}))


def test_rules_do_not_backtrack():
    """Each rule on short lines that nearly fit, over and over: milliseconds, not minutes."""
    rules = load_rules()
    parts = [
        "1",
        "1 ",
        "A ",
        "大",
        "打印 ",
        "返回顶部",
        "记者 张三 ",
        "张三",
        "张 ",
        "来源",
        "首页>",
        "2023-1-1 ",
        "（记者",
        "图1",
        "第1页",
        "未经",
    ]
    start = time.process_time()
    for part in parts:
        line = (part * 200)[:119] + "汉"
        for length in (20, 40, 60, 90, 120):
            for rule in rules.lines + rules.tail:
                rule.pattern.search(line[:length] + "！x")
            dateline(line[:length])
            credit(line[:length], last=True)
    assert time.process_time() - start < 30
