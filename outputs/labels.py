"""Chinese names of codes and columns, from `labels.toml` and `titles.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

from models.place import Jurisdiction, Place
from models.quantity import Quantity, Threshold

Names = Mapping[str, Mapping[str, str]]
"""Names of codes, by group of `labels.toml`."""
NO_NAMES: Names = {}


@cache
def labels() -> dict[str, dict[str, str]]:
    """All of `labels.toml`."""
    found: dict[str, dict[str, str]] = tomllib.loads(files("outputs").joinpath("labels.toml").read_text("utf-8"))
    return found


def label(group: str, code: str | None, own: Names = NO_NAMES) -> str:
    """The name of a code: that of a user's `own` rules (`own_names`), else ours. A code without one is shown as it is,
    nothing as nothing."""
    if code is None:
        return ""
    return own.get(group, {}).get(code) or labels()[group].get(code, code)


def value(quantity: Quantity) -> str:
    """The number with its unit as an editor would write it: ≥ 100,000 元, 2–3 万 as 20,000–30,000."""
    low, high = quantity.min, quantity.max
    sign = labels()["bound_sign"][quantity.bound]
    only = high if low is None else low
    if only is None:
        return quantity.text
    written = plain(only) if high is None or high == only else f"{plain(only)}–{plain(high)}"
    return f"{sign}{written} {quantity.unit or ''}".rstrip()


def limit(threshold: Threshold) -> str:
    """A threshold as it is checked: 集体收入 ≥ 100,000 元."""
    low, high = threshold.min, threshold.max
    if low is not None and high is not None:
        ends = f"{plain(low)}–{plain(high)}"
    else:
        ends = f"≥ {plain(low)}" if low is not None else f"≤ {plain(high)}" if high is not None else "?"
    return " ".join(part for part in (threshold.of, ends, threshold.unit) if part)


def plain(number: Decimal | float) -> str:
    """A number with thousands separated, without trailing zeros: 15,000; 3.5."""
    written = f"{number:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def rates(codes: Iterable[str]) -> str:
    """What a number is per: 村均每年 as 每村、每年."""
    return "、".join(label("rate", code) for code in codes if code)


def decided(codes: str, between: str = "、") -> str:
    """What reviewers did with a value, in their order: `corrected,accepted` as 更正、确认."""
    return between.join(label("decision", code) for code in codes.split(","))


def whereabouts(place: Place | Jurisdiction) -> str:
    """山西省 › 大同市 › 灵丘县 (140224); says so where the place could not be told."""
    known = " › ".join(place.path) or "（归属未定）"
    return f"{known} ({place.adcode})" if place.adcode else known
