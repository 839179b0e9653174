"""Charts show what the comparison holds, safely, in any font situation."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from outputs.charts import ROWS, _axis, _cut, chart, png, short
from outputs.compare import Comparison, Observation, Row
from outputs.labels import plain
from outputs.library import Library
from pipeline.cli import app
from tests.outputs.samples import entries

SVG = "{http://www.w3.org/2000/svg}"


def row(place: str = "灵丘县", low: float = 10, high: float = 30, **fields: Any) -> Row:
    seen = Observation(code="collective_income", thing="村集体收入", kind="total", place=place, level="county",
                       adcode="140224", county=place, low=low, high=high, unit="元", rate="", status="actual",
                       threshold="", limit=None, extent=None, bound="eq", time="2023", text="数", start=1, end=2,
                       quote="原话", article_id="a", title=None, id="a-q1-2")  # fmt: skip
    values = {"thing": "村集体收入", "kind": "total", "place": place, "adcode": "140224", "unit": "元", "rate": "", "status": "actual", "threshold": "",
              "observations": 1, "articles": 1, "median": (low + high) / 2, "low": low, "high": high,
              "quotes": (seen,)}  # fmt: skip
    return Row(**{**values, **fields})


def drawn(*rows: Row, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(chart(Comparison("collective_income", "county", list(rows), []), **options))


def texts(tree: ElementTree.Element) -> list[str]:
    return ["".join(node.itertext()) for node in tree.iter(f"{SVG}text")]


def test_a_panel_a_comparable_group_with_its_places_and_values() -> None:
    shown = texts(drawn(row(), row("寿光市", 40, 40), row("安丘市", status="target"), row("寿光市", status="target")))
    assert "村集体收入（总量，元，实际）" in shown
    assert "村集体收入（总量，元，目标）" in shown
    assert shown.index("寿光市") < shown.index("灵丘县"), "the highest first"
    assert {"20 (10–30)", "40"} <= set(shown)


def test_bars_start_at_zero_and_are_in_proportion() -> None:
    bars = list(drawn(row(low=100, high=100), row("寿光市", 50, 50)).iter(f"{SVG}rect"))[1:]
    assert float(bars[0].get("width") or 0) == pytest.approx(2 * float(bars[1].get("width") or 0), abs=0.2)
    assert bars[0].get("x") == bars[1].get("x")


def test_a_dot_leads_to_its_passage() -> None:
    tree = drawn(row(), link=lambda seen: f'/x/{seen.id}?a="b"')
    assert [node.get("href") for node in tree.iter(f"{SVG}a")] == ['/x/a-q1-2?a="b"']
    assert not list(drawn(row()).iter(f"{SVG}a"))


def test_hostile_names_stay_text() -> None:
    tree = drawn(row("<script>alert(1)</script>\x1b\ufffe"))
    assert not [node for node in tree.iter() if node.tag.endswith("script")]
    assert "<script>alert(1)</script>" in texts(tree)


def test_many_places_are_cut_with_the_number_left_out() -> None:
    shown = texts(drawn(*(row(f"县{nr}", nr, nr) for nr in range(ROWS + 7))))
    assert "… +7" in shown
    assert "县0" not in shown


def test_nothing_is_said_as_such() -> None:
    assert "没有可比的数。" in texts(drawn())
    assert "nothing" in texts(drawn(nothing="nothing"))


@pytest.mark.parametrize(("low", "high"), [(0, 0), (3, 7), (-20, 5), (0.1, 0.2), (0, 16.4e8)])
def test_an_axis_holds_zero_and_both_ends(low: float, high: float) -> None:
    first, last, ticks = _axis(low, high, 6)
    assert first <= min(low, 0) <= max(high, 0) <= last
    assert first == ticks[0]
    assert last == ticks[-1]
    assert 2 <= len(ticks) <= 10


def test_numbers_and_names_are_written_short() -> None:
    assert [short(n) for n in (16.4e8, 35000, 800, 0.5, -20000)] == ["16.4亿", "3.5万", "800", "0.5", "-2万"]
    assert _cut("很长很长的名字", 40) == "很长…"
    assert _cut("短", 40) == "短"


def test_png_draws_chinese_without_fonts_of_the_system() -> None:
    written = png(chart(Comparison("collective_income", "county", [row()], []), number=plain))
    assert written.startswith(b"\x89PNG")
    blank = png(chart(Comparison("collective_income", "county", [row(place="　　　")], []), number=plain))
    assert written != blank, "the characters left a mark"


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_compare_writes_a_chart(tmp_path: Path, suffix: str) -> None:
    with Library(tmp_path / "library.db") as library:
        library.write(None, entries())
    target = tmp_path / f"chart.{suffix}"
    command = ["compare", "party_orgs", "-l", str(tmp_path / "library.db"), "--chart", str(target)]
    done = CliRunner().invoke(app, command)
    assert (done.exit_code, done.stdout) == (0, "")
    assert target.read_bytes().startswith(b"<svg" if suffix == "svg" else b"\x89PNG")


def test_another_kind_of_chart_file_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["compare", "party_orgs", "--chart", str(tmp_path / "chart.gif")])
    assert done.exit_code == 2
    assert ".svg or .png" in done.output
