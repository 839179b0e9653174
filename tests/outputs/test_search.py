"""Search finds what LIKE finds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.article import Article
from models.case import CaseRecord
from models.document import Meta
from outputs.bigrams import characters, phrase, tokens
from outputs.library import Library
from outputs.reviews import correct, reject
from outputs.search import excerpt, search, words
from outputs.search_findings import layers_of, search_findings
from tests.outputs.samples import entries, take_out

LETTERS = "党建引领乡村振兴A5g，。、“”-% \n𬭚é〇"


def entry(text: str, title: str | None = None) -> tuple[Article, CaseRecord, str]:
    article = Article(source=f"{text[:5]}.txt", raw=text)
    record = CaseRecord(file=article.file, source=article.source, article_id=article.id, version="1", kind="other",
                        meta=Meta(title=title))  # fmt: skip
    return article, record, text


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        yield opened


def found(library: Library, query: str) -> set[str]:
    return {hit.article_id for hit in search(library, query, limit=None)}


def test_finds_exactly_what_like_finds(library: Library) -> None:
    letters = random.Random(1)
    texts = sorted({"".join(letters.choices(LETTERS, k=60)) for _ in range(300)})
    library.write(None, [entry(text) for text in texts])
    ids = {text: entry(text)[0].id for text in texts}
    checked = 0
    for text in texts:
        at, length = letters.randrange(50), letters.randrange(1, 6)
        word = text[at : at + length]
        if len(word.split()) != 1 or word != word.strip():
            continue
        # As LIKE does: without regard to the case of ASCII letters.
        expected = {ids[other] for other in texts if fold(word) in fold(other)}
        assert found(library, word) == expected, word
        checked += 1
    assert checked > 150


def fold(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def test_one_character_and_rare_characters_are_found_in_the_text(library: Library) -> None:
    library.write(None, [entry("镇党委"), entry("钢铁𬭚业"), entry("别的")])
    assert found(library, "委") == {entry("镇党委")[0].id}
    assert found(library, "𬭚业") == {entry("钢铁𬭚业")[0].id}


def test_pairs_on_both_sides_of_a_comma_are_no_word(library: Library) -> None:
    library.write(None, [entry("联村，村党委"), entry("联村党委")])
    assert found(library, "联村党委") == {entry("联村党委")[0].id}


def test_both_scripts_and_widths_meet(library: Library) -> None:
    library.write(None, entries())
    assert [hit.title for hit in search(library, "聯合黨委")] == ["各地动态"]
    assert [hit.title for hit in search(library, "联合党委")] == ["各地动态"]
    assert words("聯合黨委　８１名，") == [("聯合黨委", "联合党委"), ("81名，",)]


def test_a_character_of_both_scripts_is_found_as_it_stands(library: Library) -> None:
    library.write(None, [entry("乾县组建联合党委")])
    assert found(library, "乾县")


def test_all_words_have_to_be_there(library: Library) -> None:
    library.write(None, [entry("党建引领"), entry("党建联村")])
    assert found(library, "党建 联村") == {entry("党建联村")[0].id}
    assert search(library, "  ") == []


def test_a_title_counts_more_than_a_body(library: Library) -> None:
    filler = "乡村建设" * 20
    library.write(None, [entry("党建" + filler + "一"), entry(filler + "二", title="党建报道"), entry(filler + "三")])
    hits = search(library, "党建")
    assert [hit.title for hit in hits] == ["党建报道", f"（党建{('乡村建设' * 9)[:26]}…）"]
    assert hits[0].score > hits[1].score


def test_words_that_stand_everywhere_are_found_unranked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.write(None, [entry(f"党建{n}", title="党建" if n == 3 else None) for n in range(9)])
    full = found(library, "党建")
    monkeypatch.setattr("outputs.search.RANKED", 4)
    hits = search(library, "党建", limit=None)
    assert {hit.article_id for hit in hits} == full
    assert len(hits) == 9
    assert [hit.title for hit in hits][:2] == ["党建", "（党建8）"]
    assert search(library, "党建", limit=3) == hits[:3]
    monkeypatch.setattr("outputs.search.RANKED", 0)
    assert {hit.article_id for hit in search(library, "党建", limit=None)} == full


def test_like_signs_are_letters(library: Library) -> None:
    library.write(None, [entry("达到90%以上"), entry("达到90分以上"), entry("a_b")])
    assert found(library, "90%以") == {entry("达到90%以上")[0].id}
    assert found(library, "%") == {entry("达到90%以上")[0].id}
    assert found(library, "a_") == {entry("a_b")[0].id}


def test_the_index_follows_rewriting_deleting_and_rebuilding(library: Library) -> None:
    article, record, body = entry("旧文本", title="旧标题")
    library.write(None, [(article, record, body)])
    newer = record.model_copy(update={"meta": Meta(title="新标题")})
    library.write(None, [(article, newer, "新的正文")])
    assert not search(library, "旧标题")
    assert not search(library, "旧文本")
    assert [hit.title for hit in search(library, "新的")] == ["新标题"]
    library.rebuild_search()
    assert [hit.title for hit in search(library, "新标题")] == ["新标题"]
    assert list(library.query("SELECT count(*) AS n FROM search_index WHERE search_index MATCH '旧标'")) == [{"n": 0}]
    library.db.execute("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
    take_out(library, [article.id])
    assert not search(library, "新的")


def test_a_query_cannot_speak_fts(library: Library) -> None:
    library.write(None, entries())
    for query in ('"', '党建" OR "', "NEAR(党建 2)", "title:党建", "*", "党建*", "-党建", "(党建"):
        search(library, query)


def test_snippet_marks_the_words() -> None:
    text = "前文" * 30 + "开展党建引领，党建\n联村。" + "后文" * 60
    snippet, highlights = excerpt(text, [("党建",), ("黨建引領", "党建引领")])
    assert [snippet[start:end] for start, end in highlights] == ["党建引领", "党建"]
    assert snippet[0] == snippet[-1] == "…"
    assert "\n" not in snippet
    assert excerpt("没有", [("党建",)]) == ("没有", ())


def test_hit_marks_its_snippet(library: Library) -> None:
    library.write(None, [entry("开展党建工作")])
    assert search(library, "党建")[0].marked("<", ">") == "开展<党建>工作"


@given(st.text(alphabet=LETTERS, max_size=30))
def test_tokens_are_pairs_of_the_text(text: str) -> None:
    runs = text.split()
    assert len(tokens(text).split()) == sum(len(run) - 1 for run in runs)
    assert (phrase(text) is None) == (not tokens(text))
    assert len(characters(text).split()) <= len(set("".join(runs)))


def test_signs_are_characters(library: Library) -> None:
    library.write(None, [entry("“支部+合作社”达35.6万元"), entry("支部、合作社达356万元")])
    for query in ("支部+合作", "35.6万", "“支部", "+"):
        assert found(library, query) == {entry("“支部+合作社”达35.6万元")[0].id}, query


def test_a_query_that_no_file_can_hold_finds_nothing(library: Library) -> None:
    library.write(None, entries())
    assert search(library, "党建\ud800") == []
    assert search(library, "a\0b") == []


def test_findings_are_searched_by_layer(library: Library) -> None:
    library.write(None, entries())
    (measure,) = search_findings(library, "建強", "measures")
    assert (measure.value, measure.marked("<", ">"), measure.case) == ("建强组织", "<建强>组织", "灵丘县")
    numbers = search_findings(library, "年增收", "quantities")
    assert {found.value for found in numbers} >= {"3.5万元", "90%"}
    assert all("年增收" in found.quote for found in numbers)
    assert search_findings(library, "头雁", "programmes")[0].layer == "programmes"
    assert search_findings(library, "头雁", "persons") == []
    assert search_findings(library, " ", "persons") == []
    assert layers_of(library, measure.article_id, "头雁")["programmes"] == 1


def test_findings_are_searched_as_they_stand_after_review(library: Library) -> None:
    library.write(None, entries())
    (person,) = search_findings(library, "张三", "persons")
    reject(library, person.id, reviewer="editor", at="2026-01-01T00:00:00+00:00")
    assert search_findings(library, "张三", "persons") == []
    start = entries()[0][0].raw.index("县委书记")
    values = {"start": start, "end": start + 4}
    person, *_ = search_findings(library, "柳泉村党支部", "organisations")
    correct(library, person.id, values, reviewer="editor", at="2026-01-01T00:00:00+00:00")
    assert [found.value for found in search_findings(library, "县委书记", "organisations")] == ["县委书记"]
