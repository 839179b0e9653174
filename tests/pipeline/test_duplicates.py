"""Copies as sites make them are found on the clean body; what is no copy is not."""

from __future__ import annotations

from benchmarks.duplicates import KINDS, body, copy, quality
from models.article import Article
from pipeline.duplicates import likeness


def test_recall_and_precision_on_clean_bodies() -> None:
    recall, precision, missed = quality(len(KINDS) * 10)
    assert recall >= 0.98, missed
    assert precision >= 0.99


def test_every_kind_of_copy_differs_from_its_original() -> None:
    assert len({copy(7, kind).raw for kind in KINDS}) == len(KINDS)
    assert "。" in body(copy(7, "script+page"))


def test_likeness_is_one_for_the_same_words_and_zero_for_none() -> None:
    text = body(Article(source="a", raw="全县组建12个联村党组织，选派30名干部驻村。"))
    assert likeness(text, text.replace("，", ",")) == 1
    assert likeness(text, "") == 0
