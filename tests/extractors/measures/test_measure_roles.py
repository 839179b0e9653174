"""Roles of sentences and the summary."""

import pytest

from extractors.doc import findings
from models.article import Article
from pipeline.nlp import build, prepare

TEXT = """金沙镇抓党建促振兴
金沙镇地处山区,过去产业薄弱,村集体没有收入。
一是发展产业。镇里建成蓝莓基地1200亩,引进加工企业3家。
二是培育人才。组织120名村干部参加轮训,选派科技特派员22名。
“日子好了,心里踏实!”村民老赵笑着说。
截至目前,村集体收入突破900万元,带动2600户农民增收。
实践证明,只有党组织强起来,产业才能旺起来。
"""


@pytest.fixture(scope="module")
def doc():
    nlp = build("lac", components=("anliku_measures", "anliku_actions"))
    return nlp(nlp.tokenizer.segment(prepare(Article(source="case", raw=TEXT))))


def test_every_kind_of_sentence(doc):
    roles = {doc.text[role.start : role.end]: role.role for role in findings(doc).roles}
    assert roles["金沙镇地处山区,过去产业薄弱,村集体没有收入。"] == "background"
    assert roles["镇里建成蓝莓基地1200亩,引进加工企业3家。"] == "practice"
    assert roles["“日子好了,心里踏实!”村民老赵笑着说。"] == "quotation"
    assert roles["截至目前,村集体收入突破900万元,带动2600户农民增收。"] == "result"
    assert roles["实践证明,只有党组织强起来,产业才能旺起来。"] == "lesson"
    assert all(role.rule for role in findings(doc).roles)


def test_summary_is_whole_clauses(doc):
    summary = findings(doc).summary
    assert summary == sorted(summary)
    assert 0 < sum(end - start for start, end in summary) <= 200
    for start, end in summary:
        assert start == 0 or doc.text[start - 1] in ",。\n;:"
        assert doc.text[end] in ",。\n;:"


def test_summary_has_a_clause_of_each_measure(doc):
    found = findings(doc)
    assert found.measures
    for measure in found.measures:
        assert any(measure.start <= start < measure.end for start, _ in found.summary)


def test_an_article_without_practice_has_none():
    nlp = build("jieba", components=("anliku_measures", "anliku_actions"))
    text = "这里山高路远,风景秀丽。\n村民淳朴善良,邻里和睦。\n"
    empty = nlp(nlp.tokenizer.segment(prepare(Article(source="case", raw=text))))
    assert findings(empty).measures == []
    assert findings(empty).summary == []
