"""The component on a `Doc`: what it takes from the times and places found before it."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from extractors.doc import attach, findings
from extractors.quantities import create_quantities
from extractors.times import create_times
from models.article import Article
from models.document import Block, Document, Layout, Meta
from models.place import Place
from models.span import Provenance
from models.text import NormalText, Run


def run(text: str, *, published: str | None = None, places: tuple[str, ...] = ()) -> Doc:
    nlp = spacy.blank("zh")
    blocks, sentences, at = [], [], 0
    for line in text.split("\n"):
        blocks.append(Block(start=at, end=at + len(line), kind="paragraph"))
        start = at
        for part in line.split("。")[:-1]:
            sentences.append((start, start + len(part) + 1))
            start += len(part) + 1
        at += len(line) + 1
    document = Document(
        article=Article(source="test", raw=text),
        normal=NormalText(
            text=text, raw_length=len(text), runs=(Run(start=0, length=len(text), raw=0, raw_end=len(text)),)
        ),
        layout=Layout(blocks=tuple(blocks), sentences=tuple(sentences)),
        meta=Meta(published=published),
    )
    doc = attach(Doc(nlp.vocab, words=list(text), spaces=[False] * len(text)), document)
    for name in places:
        start = text.index(name)
        findings(doc).places.append(
            Place(
                start=start,
                end=start + len(name),
                text=name,
                level="village",
                provenance=Provenance(extractor="places", rule="test", version="0"),
            )
        )
    return create_quantities(nlp, "q", None)(create_times(nlp, "t", None)(doc))


def test_owner_is_the_place_named_last() -> None:
    doc = run("东岗村流转土地300亩，西岗村建大棚20座。", places=("东岗村", "西岗村"))
    assert [q.owner for q in findings(doc).quantities] == ["东岗村", "西岗村"]


def test_a_digit_inside_a_place_counts_nothing() -> None:
    doc = run("十八户村种茶40亩。", places=("十八户村",))
    assert [q.text for q in findings(doc).quantities] == ["40亩"]


def test_time_holds_to_the_end_of_the_sentence_and_over_其中() -> None:
    doc = run("2021年，全镇选派干部30名，培训党员200名。其中，女党员60名。办班6期。\n新建大棚9座。")
    assert [q.time for q in findings(doc).quantities] == ["2021", "2021", "2021", None, None]


def test_relative_time_needs_the_date_of_the_article() -> None:
    text = "去年，全镇新修水渠12条。"
    assert [q.time for q in findings(run(text, published="2022-04-01")).quantities] == ["2021"]
    assert [q.time for q in findings(run(text)).quantities] == [None]


def test_目前_undoes_an_earlier_date() -> None:
    doc = run("2015年，村里只有冷库2座，目前已有冷库18座。")
    assert [q.time for q in findings(doc).quantities] == ["2015", None]


def test_a_comparison_is_not_the_time() -> None:
    doc = run("2022年，全村收入80万元，比2018年增加50万元。")
    assert [q.time for q in findings(doc).quantities] == ["2022", "2022"]


def test_a_year_ahead_of_the_article_is_a_target() -> None:
    doc = run("到2025年，全县发展茶园3万亩。", published="2021-03-01")
    assert [q.status for q in findings(doc).quantities] == ["target"]


def test_only_the_body_is_read() -> None:
    doc = run("选派干部30名")
    assert findings(doc).quantities == []
