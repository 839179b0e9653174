"""Records: frozen, closed, and honest about offsets and numbers."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import models
from models import Article, CaseRecord, Meta, NormalText, Place, Provenance, Quantity, Run, Span
from models.errors import SpanMismatch

RULE = Provenance(extractor="quantities", rule="test", version="1")


def quantity(**values: object) -> Quantity:
    return Quantity.model_validate(
        {"start": 2, "end": 5, "text": "12个", "provenance": RULE, "min": 12, "max": 12, "unit": "个", "bound": "eq"}
        | values
    )


def record(article: Article, **layers: object) -> CaseRecord:
    return CaseRecord.model_validate(
        {"file": article.file, "source": article.source, "article_id": article.id, "version": "1", "kind": "case",
         "meta": Meta()} | layers
    )  # fmt: skip


def test_all_is_what_is_public() -> None:
    assert set(models.__all__) == {name for name, value in vars(models).items()
                                   if not name.startswith("_") and not hasattr(value, "__path__")
                                   and type(value).__name__ != "module"}  # fmt: skip


@pytest.mark.parametrize(("start", "end", "text"), [(3, 3, ""), (5, 3, "ab"), (0, 2, "abc"), (-1, 1, "ab")])
def test_a_span_holds_its_text(start: int, end: int, text: str) -> None:
    with pytest.raises(ValidationError):
        Span(start=start, end=end, text=text)


def test_records_are_frozen_and_closed() -> None:
    span = Span(start=0, end=1, text="村")
    with pytest.raises(ValidationError):
        span.start = 1  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Span.model_validate({"start": 0, "end": 1, "text": "村", "note": "?"})


def test_check_names_the_file_and_the_place() -> None:
    article = Article(source="a/b.txt", raw="建成12个村")
    good = record(article, quantities=[quantity()])
    good.check(article)
    with pytest.raises(SpanMismatch, match=r"a/b\.txt.*quantities.*'13个'.*'12个'"):
        record(article, quantities=[quantity(text="13个")]).check(article)


def test_json_has_the_keys_of_gold() -> None:
    article = Article(source="x.txt", raw="建成12个村")
    found = json.loads(
        record(article, quantities=[quantity(rate=("village", "year"), **{"from": Decimal("4.5")})]).model_dump_json(
            by_alias=True
        )
    )
    gold = {"file", "kind", "meta", "jurisdictions", "body", "captions", "places", "quantities", "measures", "actions",
            "programmes", "documents", "persons", "organisations", "honours"}  # fmt: skip
    assert gold <= found.keys()
    assert found["quantities"][0] | {"min": 12, "from": 4.5, "rate": ["village", "year"]} == found["quantities"][0]


@pytest.mark.parametrize(
    ("value", "written"),
    [("14400000000000", "14400000000000"), ("48.9", "48.9"), ("1E+3", "1000"), ("0.1", "0.1"), ("2.50", "2.5")],
)
def test_numbers_are_json_numbers(value: str, written: str) -> None:
    assert f'"min":{written},' in quantity(min=Decimal(value)).model_dump_json()


def test_identity_is_content() -> None:
    one, other = Article(source="a.txt", raw="正文"), Article(source="b.html", raw="正文", encoding="gb18030")
    assert one.id == other.id != Article(source="a.txt", raw="正文。").id
    assert len(one.id) == 16


@pytest.mark.parametrize(
    ("source", "file"),
    [("a/b/c.txt", "c.txt"), ("d.jsonl#17", "d.jsonl#17"), ("n.zip!a/1.html", "1.html"), ("n.zip!1.html", "1.html"),
     ("C:\\x\\y.txt", "y.txt")],
)  # fmt: skip
def test_file_is_the_last_part_of_the_source(source: str, file: str) -> None:
    assert Article(source=source, raw="x").file == file


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3), st.booleans()), min_size=1, max_size=20))
def test_to_raw_never_crosses_and_never_leaves(parts: list[tuple[int, int, bool]]) -> None:
    runs, at, raw = [], 0, 0
    for length, removed, kept in parts:
        raw += removed
        width = length if kept else 3
        runs.append(Run(start=at, length=length, raw=raw, raw_end=raw + width, step=1 if kept else 0))
        at, raw = at + length, raw + width
    normal = NormalText(text="字" * at, raw_length=raw, runs=tuple(runs))
    origins = [normal.origin(index) for index in range(at)]
    assert all(0 <= start < end <= raw for start, end in origins)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(origins))
    assert normal.to_raw(0, at) == (origins[0][0], origins[-1][1])
    with pytest.raises(ValueError, match="empty"):
        normal.to_raw(1, 1)
    with pytest.raises(IndexError):
        normal.origin(at)


def test_places_keep_their_other_readings() -> None:
    place = Place(start=0, end=3, text="朝阳区", provenance=RULE, level="county",
                  candidates=({"adcode": "110105", "path": ("北京市", "朝阳区")},))  # type: ignore[arg-type]  # fmt: skip
    assert place.adcode is None
    assert place.candidates[0].path == ("北京市", "朝阳区")


def test_a_replaced_record_is_the_copy_that_pydantic_makes() -> None:
    span = Span(start=1, end=3, text="干部")
    moved = span.replaced(start=4, end=6, norm="x")
    copy = span.model_copy(update={"start": 4, "end": 6, "norm": "x"})
    assert moved == copy
    assert type(moved) is Span
    assert moved.model_dump(exclude_unset=True) == copy.model_dump(exclude_unset=True)
    assert (span.start, span.norm) == (1, "")
    with pytest.raises(ValidationError):
        moved.start = 5  # type: ignore[misc]
