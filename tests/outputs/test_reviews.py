"""What a reviewer decides is laid over the extraction, survives every re-run, and is reported where it cannot be."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import LAYERS, CaseRecord
from models.quantity import Canonical, Quantity
from models.review import Review
from outputs.agreement import agreement, kappa
from outputs.compare import compare
from outputs.library import Library, NoSuchArticle
from outputs.review_queue import queue
from outputs.reviews import (
    BadValue,
    CannotUndo,
    NoSuchFinding,
    NoSuchReview,
    accept,
    add,
    correct,
    history,
    reject,
    stale,
    undo,
)
from outputs.tables import sheet
from tests.outputs.samples import FROM, UNSURE, Marker, county_article, county_record, entries, roundup_entry, take_out

ARTICLE = county_article()
RAW = ARTICLE.raw
M = Marker(RAW)


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        opened.write(None, entries())
        yield opened


def who(minute: int = 0, reviewer: str = "王编辑", **more: Any) -> dict[str, Any]:
    return {"reviewer": reviewer, "at": f"2024-05-01T09:{minute:02}:00+00:00", **more}


def id_of(text: str, letter: str = "q") -> str:
    at = M.at(text)
    return f"{ARTICLE.id}-{letter}{at['start']}-{at['end']}"


def shown(library: Library, code: str) -> list[tuple[Any, ...]]:
    sql = "SELECT 原文, 下限, 上限, 状态, 审核 FROM 指标 WHERE 指标代码 = ? AND 报道编号 = ? ORDER BY 编号"
    return list(library.rows(sql, (code, ARTICLE.id)))


def rerun(library: Library, **layers: Any) -> CaseRecord:
    """The same article as a later version of the extractors reads it."""
    record = county_record(version="2").model_copy(update=layers)
    library.write(None, [(ARTICLE, record, RAW)])
    return record


def test_a_correction_replaces_the_value_and_leaves_the_extraction(library: Library) -> None:
    review = correct(library, id_of("81名"), {"value": "85", "time": "2023"}, **who(why="看错"))
    assert shown(library, "dispatched") == [("81名", 85, 85, "actual", "corrected")]
    assert library.record(ARTICLE.id) == county_record()
    mended = library.record(ARTICLE.id, reviewed=True).quantities
    assert [(q.min, q.time) for q in mended if q.text == "81名"] == [(85, "2023")]
    assert [(q.action, q.measure) for q in mended] == [(q.action, q.measure) for q in county_record().quantities]
    found = next(q for q in mended if q.text == "81名")
    assert found.canonical == Canonical(min=85, max=85, unit="人", dimension="people")
    assert (found.provenance.extractor, found.provenance.rule, found.provenance.reason) == (
        "review", "corrected", "看错",
    )  # fmt: skip
    assert review.was is not None
    assert (review.was["min"], review.text, review.supersedes) == (81, "81名", None)


def test_comparison_and_exports_have_the_reviewed_value(library: Library) -> None:
    correct(library, id_of("3.5万元"), {"value": 36000}, **who())
    reject(library, id_of("90%"), **who())
    rows = compare(library, "collective_increase").rows
    assert [(row.place, row.median) for row in rows] == [("灵丘县", 36000)]
    assert compare(library, "villages_at_income").rows == []
    table = sheet(library, "quantities")
    texts = [
        row[table.columns.index("text")] for row in table.rows if row[table.columns.index("article_id")] == ARTICLE.id
    ]
    assert sorted(texts) == sorted(["81名", "12个", "10万元", "3.5万元", "20万元"])
    counted = library.rows("SELECT 数量数 FROM 县域档案 WHERE 县 = '灵丘县'")
    assert list(counted) == [(4,)]


def test_a_rejected_finding_disappears_and_links_to_it_lead_nowhere(library: Library) -> None:
    measure = county_record().measures[0]
    reject(library, f"{ARTICLE.id}-m{measure.start}-{measure.end}", **who())
    record = library.record(ARTICLE.id, reviewed=True)
    assert record.measures == ()
    assert {action.measure for action in record.actions} == {None}
    record.check(ARTICLE)


def test_an_added_value_appears_with_its_measure(library: Library) -> None:
    at = M.at("开展")
    add(library, ARTICLE.id, "actions", at["start"], M.at("行动")["end"], {"verb": "开展", "object": "行动"}, **who())
    record = library.record(ARTICLE.id, reviewed=True)
    assert [(a.text, a.measure) for a in record.actions][-1] == ("开展“头雁领航”行动", 0)
    start = RAW.index("2023年")
    add(library, ARTICLE.id, "quantities", start, start + 4,
        {"value": 7, "unit": "名", "code": "dispatched", "indicator": "干部"}, **who())  # fmt: skip
    # What a 名 is worth is known from the finding that has one.
    assert ("2023", 7, 7, "actual", "added") in shown(library, "dispatched")
    assert [found.id for found in queue(library) if found.layer == "actions"] == []


def test_the_span_may_be_corrected(library: Library) -> None:
    start = RAW.index("选派81名优秀干部")
    correct(library, id_of("选派81名优秀干部", "a"), {"start": start, "end": RAW.index("任职") + 2}, **who())
    record = library.record(ARTICLE.id, reviewed=True)
    assert record.actions[0].text == "选派81名优秀干部到柳泉村任职"
    record.check(ARTICLE)


def test_a_span_in_traditional_script_has_a_simplified_reading(library: Library) -> None:
    article, _, _ = roundup_entry()
    start = article.raw.index("組建")
    add(library, article.id, "actions", start, start + 6, {"verb": "组建", "object": "联合党委"}, **who())
    found = library.record(article.id, reviewed=True).actions[0]
    assert (found.text, found.norm) == ("組建7個聯合", "组建7个联合")


def test_category_and_title_of_a_measure(library: Library) -> None:
    measure = county_record().measures[0]
    id_ = f"{ARTICLE.id}-m{measure.start}-{measure.end}"
    correct(library, id_, {"category": "leaders", "categories": "leaders，talent", "title": "制定"}, **who())
    found = library.record(ARTICLE.id, reviewed=True).measures[0]
    assert (found.category, found.categories, found.title.text) == ("leaders", ("leaders", "talent"), "制定")
    assert list(library.rows("SELECT 举措类别 FROM 举措矩阵")) == [("leaders",)]


def test_acceptance_settles_doubts_and_holds_the_value(library: Library) -> None:
    assert [left.reason for left in compare(library, "collective_increase").left_out] == ["部分大于整体"]
    accept(library, id_of("3.5万元"), **who())
    assert [row.median for row in compare(library, "collective_increase").rows] == [35000]
    changed = [q.model_copy(update={"min": Decimal(3), "max": Decimal(3), "canonical": None}) if q.text == "3.5万元" else q
               for q in county_record().quantities]  # fmt: skip
    rerun(library, quantities=tuple(changed))
    assert [row.median for row in compare(library, "collective_increase").rows] == [35000]


def test_reviews_survive_a_rerun_and_what_lost_its_passage_is_stale(library: Library) -> None:
    correct(library, id_of("81名"), {"value": 85}, **who(1))
    correct(library, id_of("12个"), {"value": 13}, **who(2))
    reject(library, id_of("20万元"), **who(3))
    kept = library.reviews()
    without = tuple(q for q in county_record().quantities if q.text not in ("12个", "20万元"))
    record = rerun(library, quantities=without)
    assert library.reviews() == kept
    assert library.record(ARTICLE.id) == record
    assert [(row.low, row.high) for row in compare(library, "dispatched").rows] == [(85, 85)]
    assert shown(library, "party_orgs") == []
    assert [(s.review.text, s.reason) for s in stale(library)] == [("12个", "no_finding"), ("20万元", "agreed")]
    rerun(library)  # the passage is found again, and so is its review
    assert stale(library) == []
    assert shown(library, "party_orgs") == [("12个", 13, 13, "actual", "corrected")]


def test_reviews_of_an_article_that_is_gone_are_stale_until_it_comes_back(library: Library) -> None:
    correct(library, id_of("81名"), {"value": 85}, **who())
    take_out(library, [ARTICLE.id])
    assert [s.reason for s in stale(library)] == ["no_article"]
    library.write(None, entries())
    assert stale(library) == []
    assert shown(library, "dispatched")[0][1] == 85


def test_an_added_value_that_is_now_found_otherwise_is_stale_and_counted_once(library: Library) -> None:
    rerun(library, quantities=())
    at = M.at("81名")
    review = add(library, ARTICLE.id, "quantities", at["start"], at["end"],
                 {"value": 81, "unit": "名", "code": "dispatched", "canonical": {"min": 81, "max": 81, "unit": "人", "dimension": "people"}},
                 **who())  # fmt: skip
    assert shown(library, "dispatched") == [("81名", 81, 81, "actual", "added")]
    rerun(library)  # with the same span: the review stands instead of it
    assert shown(library, "dispatched") == [("81名", 81, 81, "actual", "added")]
    wider = Quantity(**M.find("81名优秀"), min=81, max=81, unit="名", bound="eq", code="dispatched",
                     canonical=Canonical(min=81, max=81, unit="人", dimension="people"))  # fmt: skip
    rerun(library, quantities=(wider,))
    assert [(s.review, s.reason) for s in stale(library)] == [(review, "found_otherwise")]
    assert shown(library, "dispatched") == [("81名优秀", 81, 81, "actual", None)]


def test_an_added_value_may_be_accepted_corrected_and_rejected(library: Library) -> None:
    start = RAW.index("张三")
    rerun(library, persons=())
    first = add(library, ARTICLE.id, "persons", start, start + 2, {"role": "书记"}, **who(1))
    id_ = f"{ARTICLE.id}-n{start}-{start + 2}"
    accept(library, id_, **who(2, "李编辑"))
    correct(library, id_ + "-r", {"role": "县委书记"}, **who(3, "李编辑"))
    assert [p.role for p in library.record(ARTICLE.id, reviewed=True).persons] == ["县委书记"]
    assert stale(library) == []
    reject(library, id_, **who(4))
    assert library.record(ARTICLE.id, reviewed=True).persons == ()
    assert stale(library) == []
    assert [r.decision for r in history(library, id_)] == ["added", "accepted", "corrected", "rejected"]
    assert history(library, id_)[1].supersedes == first.id


def test_a_review_with_another_text_is_stale(library: Library) -> None:
    at = M.at("81名")
    other = Review(article_id=ARTICLE.id, layer="quantities", start=at["start"], end=at["end"], text="八十名",
                   decision="rejected", reviewer="x", at="2024-01-01T00:00:00+00:00")  # fmt: skip
    assert library.add_reviews([other, other]) == 1
    assert [s.reason for s in stale(library)] == ["other_text"]
    assert shown(library, "dispatched")[0][1] == 81


def test_a_review_with_fields_of_another_version_is_stale_and_breaks_nothing(library: Library) -> None:
    at = M.at("81名")
    other = Review(article_id=ARTICLE.id, layer="quantities", start=at["start"], end=at["end"], text="81名",
                   decision="corrected", value={"colour": "red"}, reviewer="x", at="2024-01-01T00:00:00+00:00")  # fmt: skip
    library.add_reviews([other])
    assert [s.reason for s in stale(library)] == ["unfit"]
    assert rerun(library) == library.record(ARTICLE.id)
    assert shown(library, "dispatched")[0][1] == 81


def test_undo_gives_back_what_stood_before(library: Library) -> None:
    first = correct(library, id_of("81名"), {"value": 85}, **who(1))
    second = reject(library, id_of("81名"), **who(2))
    assert second.supersedes == first.id
    assert shown(library, "dispatched") == []
    back = undo(library, second.id, **who(3, why="误删"))
    assert shown(library, "dispatched")[0][1] == 85
    undo(library, first.id, **who(4))
    assert shown(library, "dispatched") == [("81名", 81, 81, "actual", None)]
    assert [r.decision for r in history(library, ARTICLE.id)] == ["corrected", "rejected", "undone", "undone"]
    with pytest.raises(CannotUndo, match="before"):
        undo(library, first.id, **who(5))
    with pytest.raises(CannotUndo, match="decide anew"):
        undo(library, back.id, **who(5))
    with pytest.raises(NoSuchReview):
        undo(library, "0" * 16, **who(5))


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"colour": "red"}, "no field 'colour'"),
        ({"value": "many"}, "is no number"),
        ({"bound": "around"}, "bound"),
        ({"start": 5, "end": 2}, "no run of the article"),
        ({"start": "x"}, "is an offset"),
        ({"rate": "decade"}, "rate"),
    ],
)
def test_what_a_finding_cannot_be_is_refused(library: Library, values: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadValue, match=problem):
        correct(library, id_of("81名"), values, **who())
    assert library.reviews() == []


def test_who_when_and_where_are_checked(library: Library) -> None:
    with pytest.raises(BadValue, match="time zone"):
        accept(library, id_of("81名"), reviewer="x", at="2024-05-01T09:00:00")
    with pytest.raises(BadValue, match="reviewer"):
        accept(library, id_of("81名"), reviewer="", at="2024-05-01T09:00:00Z")
    for id_ in ("x", f"{ARTICLE.id}-q0-1", "0" * 16 + "-q0-1", f"{ARTICLE.id}-z0-1"):
        with pytest.raises(NoSuchFinding):
            accept(library, id_, **who())
    with pytest.raises(NoSuchArticle):
        add(library, "0" * 16, "persons", 0, 1, {}, **who())
    with pytest.raises(BadValue, match="choose one of"):
        add(library, ARTICLE.id, "colours", 0, 1, {}, **who())
    with pytest.raises(BadValue, match="no run of the article"):
        add(library, ARTICLE.id, "persons", 9, 9999, {}, **who())
    with pytest.raises(BadValue, match="already found"):
        add(library, ARTICLE.id, "quantities", M.at("81名")["start"], M.at("81名")["end"] + 1, {"value": 1}, **who())


def test_a_value_in_an_unknown_unit_is_not_compared(library: Library) -> None:
    correct(library, id_of("3.5万元"), {"value": 2, "unit": "锭"}, **who())
    assert [left.reason for left in compare(library, "collective_increase").left_out] == ["没有换算成可比单位"]
    correct(library, id_of("3.5万元"), {"value": 7, "unit": "名"}, **who(1))
    assert [(r.median, r.unit) for r in compare(library, "collective_increase").rows] == [(7, "人")]


def test_the_queue_has_doubts_first_and_forgets_what_was_reviewed(library: Library) -> None:
    waiting = queue(library)
    assert [(w.text, w.doubts) for w in waiting] == [
        ("柳泉村", ("把握低（two readings）", "归属有几种可能")),
        ("3.5万元", ("部分大于整体",)),
    ]
    assert [w.text for w in queue(library, 1)] == ["柳泉村"]
    assert [w.text for w in queue(library, layers=["quantities"])] == ["3.5万元"]
    accept(library, waiting[0].id, **who())
    assert [w.text for w in queue(library)] == ["3.5万元"]


def test_low_confidence_waits_before_medium_before_uncoded(library: Library) -> None:
    medium = FROM.model_copy(update={"confidence": "medium"})
    numbers = county_record().quantities
    rerun(library, places=(), quantities=(
        numbers[0].model_copy(update={"code": None}),
        numbers[1].model_copy(update={"provenance": medium}),
        numbers[3].model_copy(update={"provenance": UNSURE}),
    ))  # fmt: skip
    assert [w.text for w in queue(library)] == ["90%", "12个", "81名"]


def test_agreement_of_two_reviewers(library: Library) -> None:
    accept(library, id_of("81名"), **who(1))
    reject(library, id_of("12个"), **who(2))
    correct(library, id_of("90%"), {"value": 80}, **who(3))
    accept(library, id_of("81名"), **who(4, "李编辑"))
    reject(library, id_of("12个"), **who(5, "李编辑"))
    correct(library, id_of("90%"), {"value": 70}, **who(6, "李编辑"))
    reject(library, id_of("柳泉村", "p"), **who(7, "李编辑"))
    by_layer = agreement(library, "王编辑", "李编辑")
    assert [(one.layer, one.both, one.same_decision, one.same_value, one.kappa) for one in by_layer] == [
        ("quantities", 3, 3, 2, 1.0),
        ("all", 3, 3, 2, 1.0),
    ]
    assert [pair[0].text for pair in by_layer[-1].differ] == ["90%"]
    assert agreement(library, "王编辑", "nobody")[-1].kappa is None


def test_kappa_is_cohens() -> None:
    # The worked example of Cohen's kappa: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 3) is None
    assert kappa([]) is None


def test_reviews_are_no_part_of_what_was_read(library: Library) -> None:
    before, stats = library.digest(), library.stats()
    correct(library, id_of("81名"), {"value": 85}, **who())
    assert library.digest() == before
    assert library.stats() == {**stats, "reviews": 1}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["accept", "reject", "correct", "undo"]), st.integers(0, 99)), max_size=8))
def test_whatever_is_decided_the_extraction_stays_and_spans_hold(decisions: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, Library(Path(folder) / "l.db") as library:
        library.write(None, entries())
        extracted, digest = library.record(ARTICLE.id), library.digest()
        ids = [row["id"] for layer in LAYERS for row in library.query(f"SELECT id FROM {layer} ORDER BY id")]
        for minute, (decision, at) in enumerate(decisions):
            id_, when = ids[at % len(ids)], who(minute)
            if decision == "undo":
                for review in library.reviews()[:1]:
                    with suppress(CannotUndo):
                        undo(library, review.id, **when)
            elif decision == "correct":
                correct(library, id_, {"optional": True}, **when)
            else:
                (accept if decision == "accept" else reject)(library, id_, **when)
        assert (library.record(ARTICLE.id), library.digest()) == (extracted, digest)
        library.record(ARTICLE.id, reviewed=True).check(ARTICLE)
        assert list(library.query("PRAGMA foreign_key_check")) == []
        before = {layer: list(library.rows(f"SELECT * FROM {layer} ORDER BY id")) for layer in LAYERS}
        library.write(None, entries())
        assert {layer: list(library.rows(f"SELECT * FROM {layer} ORDER BY id")) for layer in LAYERS} == before
        assert stale(library) == []
        taken = {review.supersedes for review in library.reviews() if review.decision == "undone"}
        for review in library.reviews():
            if review.decision != "undone" and review.id not in taken:
                undo(library, review.id, **who(59))
        assert library.record(ARTICLE.id, reviewed=True) == extracted
