"""Whose number it is: the place that is the subject of its clause, and no place that is only on the way."""

from __future__ import annotations

import pytest

from extractors.quantities.sentence import load_reader
from models.place import Place
from models.span import Provenance

READER = load_reader(None, "test")


def owners(text: str, names: tuple[str, ...]) -> list[str | None]:
    places = []
    for name in names:
        start = text.index(name)
        places.append(
            Place(
                start=start,
                end=start + len(name),
                text=name,
                level="village" if name.endswith("村") else "county",
                provenance=Provenance(extractor="places", rule="test", version="test", confidence="high"),
            )
        )
    places.sort(key=lambda place: place.start)
    return [quantity.owner for quantity in READER.read(text, (0, len(text)), [], places)]


@pytest.mark.parametrize(
    ("text", "names", "expect"),
    [
        ("云岭县选派干部32名，培训党员60名。", ("云岭县",), ["云岭县", "云岭县"]),
        ("其中梨花村达56万元。", ("梨花村",), ["梨花村"]),
        ("在梨花村，党员认领楼道12个。", ("梨花村",), ["梨花村"]),
        ("镇里在海城、江州举行恳谈会4场，兑现补贴2万元。", ("海城", "江州"), [None, None]),
        ("整合资金80万元，在青石镇、河湾镇建棚12座，收入6.8万元。", ("青石镇", "河湾镇"), [None, None, None]),
        ("梨花村建棚12座，全县建棚300座。", ("梨花村",), ["梨花村", None]),
        ("梨花村建棚12座，杏树村建棚8座。", ("梨花村", "杏树村"), ["梨花村", "杏树村"]),
        ("梨花村把黄瓜卖到海城，收入9万元。", ("梨花村", "海城"), ["梨花村"]),
    ],
)
def test_owner_is_the_subject(text: str, names: tuple[str, ...], expect: list[str | None]) -> None:
    assert owners(text, names) == expect


def test_what_holds_for_each_is_no_whole() -> None:
    text = "14个村集体收入均在8万元以上，其中梨花村达56.3万元。"
    assert all(not quantity.flags for quantity in READER.read(text, (0, len(text)), [], []))
