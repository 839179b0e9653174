"""Kind and jurisdiction of short articles, with the tagger that needs no model."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.doc import findings
from extractors.places import explain
from models import Article, Block, Document, Layout, Meta
from pipeline.nlp import Segmenter, build
from pipeline.normalise import normalise

ARTICLES = json.loads((Path(__file__).parent / "cases" / "articles.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build("jieba", components=("anliku_places",))


def lay_out(raw: str, **meta: Any) -> Document:
    """A page with a layout made here, so that these tests judge the places alone."""
    article = Article(source="test", raw=raw)
    normal = normalise(article)
    text = normal.text
    blocks, sentences = [], []
    for line in re.finditer(r"\S(?:.*\S)?", text):
        heading = len(line[0]) < 40 and line[0][-1] not in "。！？!?…”；;,，、)"
        kind = "title" if heading and not blocks else "heading" if heading else "paragraph"
        blocks.append(Block.model_validate({"start": line.start(), "end": line.end(), "kind": kind}))
        if kind == "title":
            meta.setdefault("title", line[0])
        else:
            sentences += [
                (line.start() + m.start(), line.start() + m.end()) for m in re.finditer(r"[^。！？]+[。！？]*", line[0])
            ]
    layout = Layout(blocks=tuple(blocks), sentences=tuple(sentences))
    return Document(article=article, normal=normal, layout=layout, meta=Meta(**meta))


def process(nlp: Language, page: Document) -> Doc:
    assert isinstance(nlp.tokenizer, Segmenter)
    return nlp(nlp.tokenizer.segment(page))


@pytest.mark.parametrize("case", ARTICLES, ids=[row["jurisdiction"] or row["kind"] for row in ARTICLES])
def test_article(case: dict[str, Any], nlp: Language) -> None:
    found = findings(process(nlp, lay_out(case["text"])))
    assert found.kind == case["kind"]
    assert len(found.jurisdictions) == case["localities"]
    if case["jurisdiction"]:
        assert found.jurisdictions[0].name == case["jurisdiction"]


def test_roundup_has_sections(nlp: Language) -> None:
    page = lay_out(next(row["text"] for row in ARTICLES if row["kind"] == "roundup"))
    found = findings(process(nlp, page))
    assert len(found.jurisdictions) > 1
    for jurisdiction in found.jurisdictions:
        assert jurisdiction.sections
        assert any(jurisdiction.name in page.normal.text[start:end] for start, end in jurisdiction.sections)


def test_village_case_carries_its_parents(nlp: Language) -> None:
    text = next(row["text"] for row in ARTICLES if row["jurisdiction"] == "苏家坪村")
    (jurisdiction,) = findings(process(nlp, lay_out(text))).jurisdictions
    assert (jurisdiction.level, jurisdiction.adcode) == ("village", None)
    assert jurisdiction.path == ("贵州省", "遵义市", "湄潭县", "永兴镇", "苏家坪村")


def test_outlet_tells_whose_city_we_are(nlp: Language) -> None:
    text = "我市打造山村夜校，评出九名讲师。我市还开设竹编课堂，青田县最先报名。邻居们都来我市听课。"
    page = lay_out(text, outlet="丽水网")
    doc = process(nlp, page)
    (jurisdiction,) = findings(doc).jurisdictions
    assert (jurisdiction.name, jurisdiction.adcode, jurisdiction.via) == ("丽水市", "331100", "selfref")
    assert [place.text for place in findings(doc).places] == ["青田县"]
    assert [(p.text, p.adcode) for p in explain(doc) if p.via == "selfref"] == [("我市", "331100")] * 3


def test_nameless_locality_is_a_case_without_jurisdiction(nlp: Language) -> None:
    text = "我县立足实际推行党员联户。全县划分网格六百个。我县还建立评议机制，全县党员积极参与。"
    found = findings(process(nlp, lay_out(text)))
    assert (found.kind, found.jurisdictions) == ("case", [])
