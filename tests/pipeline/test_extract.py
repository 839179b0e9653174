"""The spine: every span of every layer holds its text in the raw page, whatever the page."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractors.doc import document, entities, findings, words
from models.article import Article, MediaType
from models.case import LAYERS
from pipeline.extract import Extractor, extract, extractor
from pipeline.nlp import COMPONENTS, build
from pipeline.taggers import Tagging

ARTICLES = Path(__file__).parents[1] / "articles"
PIECES = [
    "甲县选派81名干部，投入资金3.5亿元。", "一是建强组织。", "二是", "（一）", "“亮灯引路”式。", "近年来，", "<p>", "</p>", "<br>", "<b>",
    "</b>", "&nbsp;", "&#x4e2d;", "<!-- x -->", "<script>var a='村'</script>", "堅(jiān)持", "黨建引領(lǐng)", "鄉村", "\u200b", "\ufeff",
    "\r\n", "\n", "\u3000\u3000", "１２３万元", "90％", "由400元/亩提高到800元/亩", "村党支部书记张三", "《实施方案》", "图为村口。",
    "𠮷", "😀", "\x00", "来源:某某网 作者:李四", "2023-10-26 10:00", "朝阳区", "A", "(", "」", "0", "十", "…", "责编:王五",
]  # fmt: skip


@pytest.fixture(scope="module")
def fast() -> Extractor:
    return extractor("jieba")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30),
    media_type=st.sampled_from(["text/plain", "text/html", "text/markdown"]),
)
def test_every_span_holds_its_text(pieces: list[str], media_type: MediaType) -> None:
    article = Article(source="x", raw="".join(pieces).encode("utf-8", "ignore").decode(), media_type=media_type)
    record = extractor("jieba")(article)
    record.check(article)
    for start, end in (*record.body, *record.captions, *record.summary):
        assert 0 <= start < end <= len(article.raw)
    for change in record.changes:
        assert article.raw[change.start : change.end] == change.old


def test_the_same_article_gives_the_same_bytes(fast: Extractor) -> None:
    random.seed(7)
    article = Article(source="x", raw="\n".join(random.choices(PIECES, k=200)))
    first = fast(article).model_dump_json(by_alias=True)
    assert Extractor("jieba")(article).model_dump_json(by_alias=True) == first


@pytest.mark.parametrize("tagger", ["lac", "jieba"])
def test_articles_tagged_together_give_what_each_gives_alone(tagger: str) -> None:
    draw = random.Random(11)
    loaded = extractor(tagger)
    articles = [Article(source="x", raw="\n".join(draw.choices(PIECES, k=size))) for size in (40, 0, 5, 90, 40)]
    together = zip(articles, loaded.tagged(articles), strict=True)
    assert [loaded.extracted(article, tagged) for article, tagged in together] == list(map(loaded.extracted, articles))


def test_an_article_that_cannot_be_tagged_fails_by_itself(monkeypatch: pytest.MonkeyPatch, fast: Extractor) -> None:
    good, bad = Article(source="good", raw="甲县选派81名干部。"), Article(source="bad", raw="乙县。")
    tag = fast._segmenter.tagger.tag

    def broken(sentences: list[str]) -> list[Tagging]:
        if "乙县。" in sentences:
            raise ZeroDivisionError
        return tag(sentences)

    monkeypatch.setattr(fast._segmenter.tagger, "tag", broken)
    tagged = fast.tagged([good, bad])
    assert tagged == [None, None]
    assert fast.extracted(good, tagged[0]).record.quantities[0].text == "81名"
    with pytest.raises(ZeroDivisionError):
        fast.extracted(bad, tagged[1])


def test_offsets_lead_through_pinyin_and_script_to_the_raw_text() -> None:
    raw = "我市組(zǔ)建聯村黨(dǎng)組織(zhī)181個(gè)，選派81名干部。"
    found = extract(raw, tagger="jieba")
    first = found.quantities[0]
    assert raw[first.start : first.end] == first.text
    assert first.norm == "181个"
    assert found.meta.script == "hant"


def test_a_page_annotation_runs_over_inline_tags_and_never_over_block_tags() -> None:
    raw = "<p>面积<span>142.79</span>平方公里</p><p>人口3</p><p>万人</p>"
    texts = [q.text for q in extract(raw, media_type="text/html", tagger="jieba").quantities]
    assert texts[0] == "142.79</span>平方公里"
    assert not any("</p>" in text for text in texts)


def test_layers_are_in_order_of_the_text(fast: Extractor) -> None:
    filled: set[str] = set()
    for path in sorted(ARTICLES.glob("*.txt")):
        record = fast(Article(source=path.name, raw=path.read_text("utf-8")))
        for layer in LAYERS:
            starts = [finding.start for finding in record.layer(layer)]
            assert starts == sorted(starts), layer
            filled |= {layer} if len(starts) > 1 else set()
    assert filled == set(LAYERS)


def test_the_doc_carries_words_names_and_findings(fast: Extractor) -> None:
    doc = fast.doc(Article(source="x", raw="灵丘县组织党员开展活动。\n首页 | 登录\n大同市选派3名干部到村。"))
    text = document(doc).normal.text
    assert doc.text == text
    body = document(doc).layout.body()
    assert "".join(token.text for token in words(doc, body[0].start, body[0].end)) == text[body[0].start : body[0].end]
    assert (0, 3, "LOC") in list(entities(doc, 0, len(text)))
    assert findings(doc).quantities
    assert all(token.pos_ for token in words(doc, body[0].start, body[0].end))


def test_a_user_can_add_a_component_and_leave_one_out() -> None:
    nlp = build("jieba", components=COMPONENTS[:1])
    seen: list[str] = []

    @Language.component("watch_places")
    def watch(doc: Doc) -> Doc:
        seen.extend(place.text for place in findings(doc).places)
        return doc

    nlp.add_pipe("watch_places")
    record = Extractor(nlp=nlp)(Article(source="x", raw="山西省灵丘县选派81名干部。"))
    assert seen == ["山西省", "灵丘县"]
    assert record.quantities == ()


def test_plain_spacy_use() -> None:
    nlp = build("jieba")
    docs = list(nlp.pipe(["甲县建成12个基地。", "乙县鄉村"]))
    assert [doc.text for doc in docs] == ["甲县建成12个基地。", "乙县乡村"]
    assert [q.text for q in findings(docs[0]).quantities] == ["12个"]


def test_another_tokenizer_is_refused() -> None:
    from spacy import blank

    with pytest.raises(TypeError, match=r"pipeline\.nlp\.build"):
        Extractor(nlp=blank("zh"))


def test_an_article_without_text_has_an_empty_record() -> None:
    record = extract("<p></p>", media_type="text/html", tagger="jieba")
    assert record.body == ()
    assert all(record.layer(layer) == () for layer in LAYERS)


def test_words_do_not_pile_up_and_no_article_depends_on_those_before() -> None:
    """spaCy's strings live as long as one article; those of tags for ever."""
    extractor = Extractor("jieba")
    articles = [Article(source="x", raw=f"灵丘县第{n}批选派{n}名干部到村任职，组建联村党委。") for n in range(1, 40)]
    records = [extractor.extracted(article).record for article in articles]
    size = len(extractor.nlp.vocab.strings)
    assert [extractor.extracted(article).record for article in articles] == records
    assert [Extractor("jieba").extracted(article).record for article in articles[-2:]] == records[-2:]
    assert len(extractor.nlp.vocab.strings) == size
