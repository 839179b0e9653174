"""A user's own list of villages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.rules import BadRules
from pipeline import extract
from pipeline.nlp import build


def rules(folder: Path, *rows: str) -> str:
    (folder / "villages.tsv").write_text("\n".join(["name\tparent\tsource", *rows]) + "\n", "utf-8")
    return str(folder)


def villages(text: str, folder: str | None) -> list[tuple[str, tuple[str, ...]]]:
    found = extract(text, tagger="jieba", rules=folder).places
    return [(place.text, place.path[-2:]) for place in found if place.level == "village"]


def test_a_name_that_its_context_does_not_show(tmp_path: Path) -> None:
    text = "灵丘县选派干部到村任职。甲榆沟建起养牛场，甲榆沟的老乡都夸。"
    own = rules(tmp_path, "甲榆沟\t140224100\t自己去过")
    assert villages(text, None) == []
    assert villages(text, own) == [("甲榆沟", ("武灵镇", "甲榆沟"))] * 2


def test_in_an_article_of_another_county_it_is_no_name(tmp_path: Path) -> None:
    own = rules(tmp_path, "甲榆沟\t140224100\t自己去过")
    assert villages("寿光市选派干部到村任职。甲榆沟建起养牛场。", own) == []


def test_a_chain_in_the_text_is_stronger(tmp_path: Path) -> None:
    own = rules(tmp_path, "甲榆沟村\t140224100\t自己去过")
    assert villages("灵丘县赵北乡甲榆沟村种药材。", own) == [("甲榆沟村", ("赵北乡", "甲榆沟村"))]


def test_a_parent_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRules, match=r"甲榆沟.*140200"):
        build("jieba", rules=rules(tmp_path, "甲榆沟\t140200\t市不是乡镇"))
