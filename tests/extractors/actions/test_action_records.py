"""What an action's record says beside its span: verb, object, actor, place, links, provenance; and the outcomes."""

import time

import pytest

from extractors.doc import findings
from models.article import Article
from pipeline.nlp import build, prepare

ALL = ("anliku_places", "anliku_times", "anliku_quantities", "anliku_measures", "anliku_actions")


@pytest.fixture(scope="module")
def run():
    nlp = build("lac", components=("anliku_measures", "anliku_actions"))
    return lambda text: findings(nlp(nlp.tokenizer.segment(prepare(Article(source="case", raw=text)))))


@pytest.fixture(scope="module")
def run_all():
    nlp = build("lac", components=ALL)
    return lambda text: findings(nlp(nlp.tokenizer.segment(prepare(Article(source="case", raw=text)))))


ITEMS = """柳河县抓实乡村振兴
近年来,柳河县多措并举,推动乡村全面振兴。
一是建强带头队伍。柳河县选派驻村干部46名,举办培训班8期。
二是壮大集体经济。各村盘活闲置厂房32处,村集体年增收210万元。
"""


def test_verb_object_actor(run):
    first, second = run("去年,白石镇新建扶贫车间6个,发放补贴40万元。").actions
    assert (first.verb, first.object, first.actor) == ("新建", "扶贫车间", "白石镇")
    assert (second.verb, second.object, second.actor) == ("发放", "补贴", "白石镇")


def test_provenance(run):
    actions = run(ITEMS).actions
    assert actions
    for action in actions:
        assert action.provenance.extractor == "actions"
        assert action.provenance.rule
        assert (action.provenance.confidence == "high") == (action.provenance.reason is None)


def test_loose_acts_are_optional(run):
    found = run("县里整合各类资源,健全工作机制,成立服务公司。").actions
    assert [action.optional for action in found] == [True, True, False]


def test_outcomes_are_kept_apart(run):
    found = run("村里新建大棚30座,村集体增收24万元,产值突破500万元。")
    assert [action.verb for action in found.actions] == ["新建"]
    assert [outcome.verb for outcome in found.outcomes] == ["增收", "突破"]


def test_actions_know_their_measure(run):
    found = run(ITEMS)
    assert [action.measure for action in found.actions] == [0, 0, 1]
    assert [outcome.measure for outcome in found.outcomes] == [1]


def test_quantities_know_action_and_measure(run_all):
    found = run_all(ITEMS)
    by_text = {quantity.text: quantity for quantity in found.quantities}
    action = by_text["46名"].action
    assert action is not None
    assert found.actions[action].verb == "选派"
    assert by_text["46名"].measure == 0
    assert by_text["210万元"].action is None
    assert by_text["210万元"].measure == 1


def test_spans_hold_their_text():
    nlp = build("jieba", components=("anliku_measures", "anliku_actions"))
    doc = nlp(nlp.tokenizer.segment(prepare(Article(source="case", raw=ITEMS))))
    found = findings(doc)
    assert found.actions
    for span in [*found.actions, *found.outcomes]:
        assert doc.text[span.start : span.end] == span.text


def test_titles_and_headings_hold_no_action(run):
    assert [action.text for action in run(ITEMS).actions] == ["选派驻村干部46名", "举办培训班8期", "盘活闲置厂房32处"]


def test_time_grows_with_length(run):
    def seconds(times: int) -> float:
        text = "镇里组建农机队12支,发放补贴30万元,把旧校舍改造成村史馆,对账目进行审计。" * times
        begun = time.process_time()
        run(text)
        return time.process_time() - begun

    seconds(5)
    assert seconds(400) < 60 * max(seconds(20), 0.02)
