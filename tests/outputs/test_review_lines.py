"""Reviews leave as JSONL and come back the same."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from outputs.library import Library
from outputs.review_lines import BadReviews, read_reviews, write_reviews
from outputs.reviews import accept, correct, reject, undo
from tests.outputs.samples import entries
from tests.outputs.test_reviews import ARTICLE, id_of, who


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        opened.write(None, entries())
        correct(opened, id_of("81名"), {"value": 85}, **who(1, why="原文\n有误"))
        undo(opened, reject(opened, id_of("12个"), **who(2)).id, **who(3))
        accept(opened, id_of("90%"), **who(4, "李编辑"))
        yield opened


def lines(library: Library) -> bytes:
    out = io.BytesIO()
    write_reviews(library.reviews(), out)
    return out.getvalue()


def test_there_and_back(library: Library, tmp_path: Path) -> None:
    exported = lines(library)
    assert len(exported.splitlines()) == 4
    with Library(tmp_path / "other.db") as other:
        other.write(None, entries())
        assert read_reviews(other, io.BytesIO(exported), "r.jsonl") == (4, 0)
        assert read_reviews(other, io.BytesIO(exported), "r.jsonl") == (0, 4)
        assert lines(other) == exported
        assert other.reviews() == library.reviews()
        assert other.record(ARTICLE.id, reviewed=True) == library.record(ARTICLE.id, reviewed=True)


def test_reviews_may_come_before_their_article(library: Library, tmp_path: Path) -> None:
    with Library(tmp_path / "other.db") as other:
        read_reviews(other, io.BytesIO(lines(library)), "r.jsonl")
        other.write(None, entries())
        assert other.record(ARTICLE.id, reviewed=True) == library.record(ARTICLE.id, reviewed=True)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"why": "另"}, "changed by hand"),
        ({"layer": "colours", "id": None}, "no layer 'colours'"),
        ({"reviewer": "", "id": None}, "reviewer"),
        ({"end": 10**6, "id": None}, "length"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_read(
    library: Library, tmp_path: Path, change: dict[str, object], problem: str
) -> None:
    first, *rest = lines(library).splitlines()
    broken = json.dumps({**json.loads(first), **change}, ensure_ascii=False).encode()
    with Library(tmp_path / "other.db") as other:
        with pytest.raises(BadReviews, match=rf"r.jsonl, line 4: .*{problem}"):
            read_reviews(other, [*rest, broken], "r.jsonl")
        for junk in (b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000, b'{"at":' + b"9" * 5000 + b"}"):
            with pytest.raises(BadReviews, match="line 1"):
                read_reviews(other, [junk], "r.jsonl")
        assert other.reviews() == []


def test_an_unknown_code_is_not_imported(library: Library, tmp_path: Path) -> None:
    review = library.reviews()[0].model_dump(mode="json")
    review["value"]["code"] = "dispached"
    with Library(tmp_path / "other.db") as other:
        other.write(None, entries())
        with pytest.raises(BadReviews, match="line 1: there is no code 'dispached'; near it are dispatched 选派干部数"):
            read_reviews(other, io.BytesIO(json.dumps(review).encode()), "r.jsonl")
        assert not other.reviews()
