"""Counties side by side, and amounts per village: only with a base that an article gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.article import Article, Columns
from outputs.bases import per_base
from outputs.compare import compare
from outputs.compare_files import as_sheet, normalised_sheet, side_json, side_sheet
from outputs.library import Library
from outputs.places_of import AmbiguousPlace, UnknownPlace, resolve
from outputs.side_by_side import side_by_side
from pipeline.extract import Extractor

REPORTS = (
    "寿光市建强村级组织。\n寿光市共选派第一书记240名,2022年村集体收入达到3000万元。寿光市全市300个行政村实现网格全覆盖。\n",
    "安丘市抓党建促振兴。\n安丘市共选派第一书记180名,2022年村集体收入达到2400万元。凌河街道建成冷库6座。\n",
    "灵丘县召开会议。\n灵丘县要求全面落实任务。\n",
    "朔州市朝阳区域发展座谈会。\n北京市朝阳区与长春市朝阳区结对,开展培训3期。\n",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory):
    path: Path = tmp_path_factory.mktemp("sides") / "library.db"
    extractor = Extractor()
    with Library(path) as opened:
        for nr, raw in enumerate(REPORTS):
            article = Article(source=f"{nr}.txt", raw=raw, columns=Columns(title=raw.split("。")[0]))
            opened.write(None, [(article, extractor(article), raw)])
        yield opened


def test_a_line_a_thing_and_a_column_a_county(library: Library) -> None:
    found = side_by_side(library, ["寿光市", "370784"])
    assert [place.name for place in found.places] == ["寿光市", "安丘市"]
    shared = {(line.code, *[cell and cell.median for cell in line.cells]) for line in found.lines if line.shared == 2}
    assert shared == {("dispatched", 240, 180), ("collective_income", 30_000_000, 24_000_000)}
    assert "是乡级的数，不是县级的" in {left.reason for left in found.left_out[1]}
    assert found.silent == ()


def test_a_county_without_a_number_is_said(library: Library) -> None:
    assert [place.name for place in side_by_side(library, ["寿光", "灵丘县"]).silent] == ["灵丘县"]


def test_names_that_are_none_or_several(library: Library) -> None:
    assert resolve(library, "潍坊市寿光市").adcode == "370783"
    with pytest.raises(UnknownPlace, match="没有这个县"):
        side_by_side(library, ["没有这个县"])
    with pytest.raises(AmbiguousPlace, match=r"北京市朝阳区 \(110105\).*长春市朝阳区 \(220104\)"):
        side_by_side(library, ["朝阳区"])
    assert resolve(library, "长春市朝阳区").adcode == "220104"


def test_files_hold_rows_and_what_is_not_comparable(library: Library) -> None:
    for sheet in (side_sheet(side_by_side(library, ["寿光市", "安丘市"])), as_sheet(compare(library, "equipment"))):
        rows = list(sheet.rows)
        assert all(len(row) == len(sheet.columns) for row in rows)
        assert {bool(row[1]) for row in rows if row[0] == "否"} == {True}
    assert '"silent": [\n  "灵丘县"\n ]' in side_json(side_by_side(library, ["灵丘县"]))


def test_per_village_names_its_base(library: Library) -> None:
    found = per_base(library, compare(library, "collective_income"), "village")
    assert [(one.value, one.observation.place, one.base.text) for one in found.values] == [(100_000, "寿光市", "300个")]
    assert "300个行政村" in found.values[0].base.quote
    assert [(left.observation.place, left.reason) for left in found.left_out] == [
        ("安丘市", "没有一篇说安丘市共有多少村，不折算")
    ]
    rows = list(normalised_sheet(found).rows)
    assert [(row[0], row[4], row[-1]) for row in rows] == [
        ("是", 100_000, found.values[0].base.id), ("否", None, None)
    ]  # fmt: skip
