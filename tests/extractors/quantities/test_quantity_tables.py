"""The tables are data that others extend: a slip in them is told by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from extractors.quantities import explain
from extractors.quantities.codes import load_codes
from extractors.quantities.units import load_units
from extractors.rules import BadRules, read_toml

PACKAGE = "extractors.quantities"
DIRECTIONS = {"more", "less", "none"}
SPECIAL = {"shift", "default", "owners", "livestock", "none", "kinds"}


def indicators() -> dict[str, dict[str, Any]]:
    return {code: entry for code, entry in read_toml(PACKAGE, "indicators.toml").items() if code not in SPECIAL}


def test_forty_indicators_are_defined() -> None:
    table = indicators()
    assert len(table) == 40
    units = load_units()
    dimensions = {unit.dimension for unit in units.table.values()} | {"none", "money_rate", "mass_rate"}
    for code, entry in table.items():
        assert entry["definition"], code
        assert entry["direction"] in DIRECTIONS, code
        assert set(entry["units"]) <= dimensions, code


def test_rules_lead_to_indicators() -> None:
    data = read_toml(PACKAGE, "indicators.toml")
    codes = set(indicators())
    for entry in (*data["shift"], *data["default"]):
        assert entry["to"] in codes
        assert set(entry.get("of", ())) <= codes | {""}


def test_patterns_compile() -> None:
    for pattern in read_toml(PACKAGE, "traps.toml")["patterns"].values():
        re.compile(pattern.replace("NN", "一").replace("D", "一"))


def test_not_before_names_units() -> None:
    data = read_toml(PACKAGE, "units.toml")
    units = load_units()
    assert set(data["not_before"]) <= set(units.table)
    assert units.optional_after_chinese | units.never_after_chinese <= set(units.table)


DATES = {"月", "日"}
"""12月 is a month of the year; they are units behind other numbers only."""
ELSEWHERE = {"％", "世纪"}
"""％ is a % before it is read, and 12世纪 is a date."""


@pytest.mark.parametrize("unit", sorted(set(load_units().table) - DATES - ELSEWHERE))
def test_every_unit_is_read_behind_a_number(unit: str) -> None:
    found = explain(f"新增设施12{unit}。").quantities
    assert [q.text for q in found] == [f"12{unit}"], "a longer unit, a trap or [not_before] takes it away"
    assert found[0].canonical is not None


@pytest.mark.parametrize("unit", read_toml(PACKAGE, "units.toml")["not_before"])
def test_no_unit_is_read_out_of_a_word(unit: str) -> None:
    for after in read_toml(PACKAGE, "units.toml")["not_before"][unit]:
        assert unit not in [q.unit for q in explain(f"其中3{unit}{after}。").quantities], unit + after


def test_a_unit_stands_once(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text('[odd]\ncanonical = "个"\nunits = { "亩" = 1 }\n', "utf-8")
    with pytest.raises(BadRules, match="亩 is in area and in odd"):
        load_units(str(tmp_path))


def test_users_add_a_unit_and_a_noun(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text('[area.units]\n"晌" = 15\n', "utf-8")
    (tmp_path / "indicators.toml").write_text('[equipment]\nnouns = ["水肥机器人"]\n', "utf-8")
    found = explain("种植玉米20晌，购置水肥机器人6台", rules=str(tmp_path)).quantities
    assert [(q.text, q.code) for q in found] == [("20晌", "land_area"), ("6台", "equipment")]
    assert found[0].canonical is not None
    assert found[0].canonical.min == 300


def test_a_noun_belongs_to_units() -> None:
    codes = load_codes()
    assert codes.known("党支部", "count")
    assert not codes.known("党支部", "people")
    assert codes.known("村集体收入", "money")
