"""The form of a finding: its fields as they are shown, and what was typed as fields of a review, or what is wrong."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from models.place import Level
from outputs.labels import labels
from outputs.review_typing import QUANTITY, THRESHOLD, BadNumber, Ends, as_numbers, read_time
from outputs.review_values import DEFAULTS, Seen, known_units

LENGTH = 300
"""Characters of a field."""
THRESHOLD_FIELDS = ("of", "min", "max", "unit")

_FORMS = {
    "code": (re.compile(r"[0-9]{6}([0-9]{3}([0-9]{3})?)?"), "bad_code"),
    "year": (re.compile(r"[0-9]{4}"), "bad_year"),
}
_PROBLEMS = {"no number": "bad_number", "two units": "bad_unit", "two scales": "bad_unit_twice"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Field(NamedTuple):
    """A field as it is shown."""

    name: str
    kind: str
    """Of `fields.toml`: its first word."""
    value: str
    several: tuple[str, ...]
    """The values of a field that holds several codes."""
    group: str
    choices: tuple[str, ...]
    error: str
    """Key of the words that say what is wrong; empty where nothing is."""


class Typed(NamedTuple):
    """What a form says."""

    values: dict[str, Any]
    """The fields that differ from what stood there, for `outputs.reviews`."""
    errors: dict[str, str]
    """What is wrong, as a key of `strings.toml`, by field."""


@cache
def layers() -> dict[str, dict[str, str]]:
    """`fields.toml`."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        files("outputs.datasette_anliku").joinpath("fields.toml").read_text("utf-8")
    )
    return found


def fields(
    layer: str,
    base: Mapping[str, Any],
    form: Mapping[str, list[str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Field]:
    """The fields of a layer with what stands there, or with what was typed."""  # fmt: skip
    found = []
    for name, kind, group, optional in _fields(layer):
        held = _held(base, name) if form is None else form.get(f"f.{name}", [])
        choices: tuple[str, ...] = ()
        if group:
            known = [code for code in labels()[group] if layer != "places" or code in Level.__args__]  # type: ignore[attr-defined]
            choices = (*(("",) if optional else ()), *known, *(one for one in held if one and one not in known))
        found.append(
            Field(name, kind, held[0] if held else "", tuple(held), group, choices, (errors or {}).get(name, ""))
        )
    return found


def typed(seen: Seen, base: Mapping[str, Any], form: Mapping[str, list[str]]) -> Typed:
    """Read a form. `base`: what stood there when it was made; nothing of a value that is being added."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    limit: dict[str, Any] = {}
    for name, kind, group, optional in _fields(seen.layer):
        if f"f.{name}" not in form and kind != "several":
            continue
        said = [unicodedata.normalize("NFC", one).strip() for one in form.get(f"f.{name}", [])]
        held = _held(base, name)
        if [one for one in said if one] == [one for one in held if one]:
            continue
        try:
            value = _read(kind, group, optional, said, held, seen)
        except _Wrong as wrong:
            errors[name] = str(wrong)
            continue
        if name.startswith("threshold_"):
            limit[name.removeprefix("threshold_")] = None if value == "" else value
        else:
            values[name] = value
    stood = base.get("threshold") or {}
    values = _numbers(values, base, seen, QUANTITY, errors)
    limit = _numbers(limit, stood, seen, THRESHOLD, errors, "threshold_")
    if limit:
        whole = {name: limit.get(name, stood.get(name)) for name in THRESHOLD_FIELDS}
        values["threshold"] = whole if any(value is not None for value in whole.values()) else None
    for low, high in (("min", "max"), ("threshold_min", "threshold_max")):
        ends = [_end(base, values, name) for name in (low, high)]
        if None not in ends and ends[0] > ends[1] and {low, high} & errors.keys() == set():
            errors[high] = "bad_range"
    _span(seen, form, values, errors)
    return Typed(values, errors)


def complete(layer: str, values: Mapping[str, Any]) -> dict[str, str]:
    """What an added value still needs."""
    needed = {"actions": ("verb",), "outcomes": ("verb",), "places": ("level",), "measures": ("title",),
              "quantities": ("bound",)}  # fmt: skip
    said = {**DEFAULTS.get(layer, {}), **values}
    missing = {name: "bad_needed" for name in needed.get(layer, ()) if not said.get(name)}
    if layer == "quantities" and said.get("min") is None and said.get("max") is None:
        missing["min"] = "bad_needed"
    return missing


class _Wrong(ValueError):
    """Its text is a key of `strings.toml`."""


def _fields(layer: str) -> Iterator[tuple[str, str, str, bool]]:
    for name, said in layers()[layer].items():
        kind, *rest = said.split()
        yield name, kind, rest[0] if rest else "", "?" in rest


def _held(base: Mapping[str, Any], name: str) -> list[str]:
    value = (base.get("threshold") or {}).get(name[10:]) if name.startswith("threshold_") else base.get(name)
    if name == "rate":
        return [] if value is None else [value] if isinstance(value, str) else list(value)
    return [shown(value)]


def shown(value: Any) -> str:
    """A value of a review as it is typed."""
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case dict():
            return str(value.get("text", ""))  # the title of a measure
        case list() | tuple():
            return "、".join(map(str, value))
        case float() | int():
            return f"{Decimal(str(value)):f}"
        case _:
            return str(value)


def _read(kind: str, group: str, optional: bool, said: list[str], held: list[str], seen: Seen) -> Any:
    if any(len(one) > LENGTH or _CONTROL.search(one) for one in said):
        raise _Wrong("bad_text")
    text = said[0] if said else ""
    if kind == "several":
        if not set(said) <= {*labels()[group], *held}:
            raise _Wrong("bad_choice")
        return said
    if kind == "yes":
        return text == "1"
    if kind == "choice":
        if text and text not in labels()[group] and text not in held:
            raise _Wrong("bad_choice")
        if not text and not optional:
            raise _Wrong("bad_needed")
        return text or None
    if kind == "number":
        return text or None
    if kind == "time":
        time = read_time(text) if text else ""
        if time is None:
            raise _Wrong("bad_time")
        return time
    if kind == "title":
        if not text or text not in seen.article.raw[seen.start : seen.end]:
            raise _Wrong("bad_title")
        return text
    if kind in _FORMS:
        form, problem = _FORMS[kind]
        text = unicodedata.normalize("NFKC", text)
        text = text.removesuffix("年") if kind == "year" else text
        if text and not form.fullmatch(text):
            raise _Wrong(problem)
    return text


def _numbers(
    values: dict[str, Any], base: Mapping[str, Any], seen: Seen, of: Ends, errors: dict[str, str], prefix: str = ""
) -> dict[str, Any]:
    """The values with their numbers read; without those where one is wrong, which `errors` then says."""
    try:
        return as_numbers(values, base, known_units(seen), of)
    except BadNumber as wrong:
        errors[prefix + wrong.field] = _PROBLEMS[wrong.problem]
        return {name: value for name, value in values.items() if name not in (of.low, of.high, *of.others)}


def _end(base: Mapping[str, Any], values: Mapping[str, Any], name: str) -> Any:
    if name.startswith("threshold_"):
        said = values["threshold"] if "threshold" in values else base.get("threshold")
        value = (said or {}).get(name[10:])
    else:
        value = values.get(name, base.get(name))
    return None if value is None else Decimal(str(value))


def _span(seen: Seen, form: Mapping[str, list[str]], values: dict[str, Any], errors: dict[str, str]) -> None:
    given = {name: form[f"f.{name}"][0].strip() for name in ("start", "end") if form.get(f"f.{name}")}
    ends = {"start": seen.start, "end": seen.end}
    for name, text in given.items():
        if not re.fullmatch(r"[0-9]{1,9}", text):
            errors[name] = "bad_span"
            return
        ends[name] = int(text)
    if not 0 <= ends["start"] < ends["end"] <= len(seen.article.raw):
        errors["end"] = "bad_span"
    elif (ends["start"], ends["end"]) != (seen.start, seen.end):
        values |= ends
