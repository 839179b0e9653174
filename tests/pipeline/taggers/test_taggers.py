"""The interface of all taggers, and the two that a plain install carries."""

from __future__ import annotations

import random

import jieba
import pytest

from pipeline.taggers import CHOICES, MissingTagger, Tagger, UnknownTagger, Word, load_tagger
from pipeline.taggers.base import cover
from pipeline.taggers.jieba import JiebaTagger

SENTENCES = [
    "青云县柳溪镇河湾村党支部书记周大海说,今年要再建两个大棚。",
    "2023-08-15发布,来源:example.org,浏览1842次",
    "全县192个村集体经济收入达到10万元以上,占87.5%。",
    "推行“党支部+公司+农户”模式,带动1.5万余户增收",
    "村民陈国栋、徐美凤夫妇承包了30亩鱼塘。",
    "",
    " ",
    "A4 纸 C++ 5G基站 3.5亿元/年",
    "〔2021〕15号文件《通知》——第一条",
    "(一)坚持党建引领。",
    "驻村第一书记和工作队员挨家挨户走访,把政策送到田间地头。",
    "欧阳文静大学毕业后回到家乡,办起了民宿😀。",
]


@pytest.fixture(scope="module", params=["lac", "jieba"])
def tagger(request: pytest.FixtureRequest) -> Tagger:
    return load_tagger(request.param)


def test_words_join_to_the_sentence_and_names_lie_in_it(tagger: Tagger) -> None:
    taggings = tagger.tag(SENTENCES)
    assert ["".join(word.text for word in tagging.words) for tagging in taggings] == SENTENCES
    for sentence, tagging in zip(SENTENCES, taggings, strict=True):
        assert all(word.pos.isupper() for word in tagging.words)
        assert all(
            0 <= start < end <= len(sentence) and label in ("PER", "LOC", "ORG") for start, end, label in tagging.names
        )


def test_a_sentence_is_tagged_alike_alone_and_in_a_batch(tagger: Tagger) -> None:
    order = [sentence for sentence in SENTENCES * 5 if sentence]
    random.Random(3).shuffle(order)
    alone = {sentence: tagger.tag([sentence])[0] for sentence in set(order)}
    assert tagger.tag(order) == [alone[sentence] for sentence in order]


def test_names_of_a_plain_sentence(tagger: Tagger) -> None:
    sentence = "记者从山东省寿光市获悉,王建军当选。"
    names = {(sentence[start:end], label) for start, end, label in tagger.tag([sentence])[0].names}
    assert ("王建军", "PER") in names
    assert any(label == "LOC" for _, label in names)


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
def test_both_ways_to_jieba_give_the_words_of_jieba(engine: str) -> None:
    jieba.setLogLevel(60)
    tagger = JiebaTagger(engine)  # type: ignore[arg-type]
    words = [[word.text for word in tagging.words] for tagging in tagger.tag(SENTENCES)]
    assert words == [jieba.lcut(sentence) for sentence in SENTENCES]
    assert tagger.version.startswith("jieba 0.42")


def test_both_ways_to_jieba_give_nearly_the_same_tags() -> None:
    """The dictionaries differ in a few tags (an ordinary word each); words and the share of equal tags are pinned."""
    one, other = JiebaTagger("rjieba").tag(SENTENCES), JiebaTagger("jieba").tag(SENTENCES)
    pairs = [(a, b) for x, y in zip(one, other, strict=True) for a, b in zip(x.words, y.words, strict=True)]
    assert sum(a.tag == b.tag for a, b in pairs) / len(pairs) > 0.9


def test_jieba_is_used_itself_where_rjieba_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.taggers.jieba.find_spec", lambda name: None)
    assert JiebaTagger().engine == "jieba"


@pytest.mark.parametrize("name", ["", "LAC", "spacy", "spacy:", "hanlp:", "jieba:fast"])
def test_an_unknown_tagger_lists_the_choices(name: str) -> None:
    with pytest.raises(UnknownTagger) as error:
        load_tagger(name)
    assert all(choice in str(error.value) for choice in CHOICES)


def test_an_absent_hanlp_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.taggers.hanlp.find_spec", lambda name: None)
    with pytest.raises(MissingTagger, match=r"pip install 'anliku\[hanlp\]'"):
        load_tagger("hanlp")


def test_pieces_cover_a_sentence_whatever_the_tagger_drops() -> None:
    words, spans = cover(
        " 石桥 村Ａ级。 ", [Word("石桥", "NS", "PROPN"), Word("村", "N", "NOUN"), Word("A级", "N", "NOUN")]
    )
    assert "".join(word.text for word in words) == " 石桥 村Ａ级。 "
    assert spans == [(1, 3), (4, 5), (5, 7)]
