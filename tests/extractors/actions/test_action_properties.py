"""Whatever the text: spans lie inside it, in order, never empty, never overlapping; the same text, the same actions."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.doc import findings
from models.article import Article
from pipeline.nlp import build, prepare

PIECES = [
    "组建", "了", "3个", "合作社", "将", "把", "对", "进行", "审计", "、", ",", "。", "“", "”", "《", "》", "(", ")", "\n", "的", "是", "为",
    "一是", "二是", ";", "12.5万元", "村里", "发放", "推动", "等", "引导", "党员", "被", "挂钩", "在", "基础上", "以", "——", " ", "第一", "增收",
    "a", "…", "?", "由", "以及", "强调", "说:",
]  # fmt: skip


@pytest.fixture(scope="module")
def nlp():
    return build("jieba", components=("anliku_measures", "anliku_actions"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_spans(nlp, text):
    def run():
        doc = nlp(nlp.tokenizer.segment(prepare(Article(source="case", raw=text))))
        return doc.text, findings(doc)

    clean, found = run()
    again = run()[1]
    assert (found.actions, found.outcomes, found.measures) == (again.actions, again.outcomes, again.measures)
    for spans in (found.actions, found.measures):
        for span in spans:
            assert clean[span.start : span.end] == span.text
        for before, after in pairwise(spans):
            assert before.end <= after.start
