"""Units and classifiers: one table (`units.toml`), what a unit is worth in its canonical unit, how it is matched."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractors.either import either
from extractors.rules import BadRules, read_toml
from models.quantity import Canonical

PACKAGE = "extractors.quantities"
DURATIONS = ("long_time", "short_time")
"""Dimensions of how long something takes, which counts nothing."""


@dataclass(frozen=True)
class Unit:
    """One way to write a unit, with its factor to the canonical unit of its dimension."""

    text: str
    dimension: str
    canonical: str
    factor: Decimal


@dataclass(frozen=True)
class Units:
    """All units of the table, and the ones that need care behind Chinese digits."""

    table: dict[str, Unit]
    not_before: dict[str, str]
    optional_after_chinese: frozenset[str]
    never_after_chinese: frozenset[str]

    def dimension(self, unit: str | None) -> str:
        """Dimension of a unit as written; a unit per unit (元/亩) has that of its first part with `_rate`, no unit
        has `none`."""
        if unit is None:
            return "none"
        whole, slash, _ = unit.partition("/")
        known = self.table.get(whole)
        return "none" if known is None else known.dimension + ("_rate" if slash else "")

    def canonical(self, low: Decimal | None, high: Decimal | None, unit: str | None) -> Canonical | None:
        """The ends in the canonical unit; null where the unit is unknown."""
        if unit is None:
            return None
        written = unit.split("/")
        known = [self.table[part] for part in written if part in self.table]
        if len(known) < len(written):
            return None
        first, *rest = known
        factor, name = first.factor, first.canonical
        for part in rest:
            factor, name = factor / part.factor, f"{name}/{part.canonical}"
        return Canonical(
            min=None if low is None else low * factor,
            max=None if high is None else high * factor,
            unit=name,
            dimension=first.dimension + ("_rate" if rest else ""),
        )

    def pattern(self) -> str:
        """Regular expression of any unit, longest first, that does not match inside a word."""
        return either(self.table, self.not_before)


def load_units(rules: str | None = None) -> Units:
    """Read the table, with the user's own laid over it. `BadRules` where a unit stands twice."""
    data = read_toml(PACKAGE, "units.toml", rules)
    not_before, chinese = data.pop("not_before"), data.pop("after_chinese")
    table: dict[str, Unit] = {}
    for dimension, entry in data.items():
        for text, factor in entry["units"].items():
            if text in table:
                raise BadRules(file="units.toml", problem=f"{text} is in {table[text].dimension} and in {dimension}")
            table[text] = Unit(text, dimension, entry.get("canonical", text), Decimal(factor))
    return Units(table, not_before, frozenset(chinese["optional"]), frozenset(chinese["never"]))
