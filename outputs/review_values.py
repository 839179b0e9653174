"""What a reviewer sees and types, as fields of a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from models.article import Article
from models.case import CaseRecord
from models.errors import AnlikuError
from models.quantity import Threshold
from models.review import Review
from models.span import Finding
from outputs.codes import code_of, near
from outputs.labels import labels
from outputs.library import Library
from outputs.library.layers import number
from outputs.library.reviewed import BY_NAME, FOREIGN, span, value_of
from outputs.review_typing import QUANTITY, THRESHOLD, BadNumber, Ends, as_numbers, read_time
from outputs.review_words import field_name
from outputs.tables import YES_NO

DEFAULTS: dict[str, dict[str, Any]] = {
    "quantities": {"min": None, "max": None, "unit": None, "bound": "eq"},
    "times": {"value": None},
    "measures": {"category": None, "section": None},
    "actions": {"object": None},
}
"""Fields that an added finding has to have, where they may be unsaid."""

_LISTS = {"rate", "categories", "recipients", "path", "flags", "candidates"}
_TIMES = {("quantities", "time"), ("times", "value")}
_YES = {"是": True, "否": False}
_LIMIT = "threshold_"
_ALSO = {"quantities": {"数值": "value", "值": "value"}, "times": {"时间": "value"}}
"""What fields are called besides their names on the forms."""
_PROBLEMS = {
    "no number": "{value!r} is no number; write 43000000, 4300万 or 4300万元, in a unit of the article",
    "two units": "the number has another unit than the one given",
    "two scales": "both the number and its unit have a 万; write it once",
}
_CODED = {
    ("quantities", "code"): "indicator",
    ("quantities", "rate"): "rate",
    ("quantities", "status"): "status",
    ("quantities", "bound"): "bound",
    ("measures", "category"): "measure",
    ("measures", "categories"): "measure",
    ("places", "level"): "level",
    ("organisations", "level"): "level",
    ("documents", "level"): "level",
    ("roles", "role"): "role",
}
"""Fields that hold codes, and the group of `labels.toml` with their names."""
_OPEN = {
    "indicator": "SELECT DISTINCT code FROM quantities WHERE code IS NOT NULL",
    "measure": "SELECT DISTINCT category FROM measures WHERE category IS NOT NULL"
    " UNION SELECT c.value FROM measures, json_each(measures.categories) c",
}
"""Groups to which a user's own rules may add: where the library has their codes. The models close the others."""
_COMMA = re.compile(r"\s*[,，、;；]\s*")
_OFFSET = re.compile(r"[0-9]{1,15}")
_VALUE_OF = ("min", "max", "unit")


class Seen(NamedTuple):
    """A passage as a reviewer has it in sight."""

    article: Article
    record: CaseRecord
    """As extracted."""
    layer: str
    start: int
    end: int
    found: Finding | None
    """As extracted, null where only a reviewer found it."""
    value: dict[str, Any] | None
    """Its fields as they stand; null where nothing stands there."""
    review: Review | None
    """The review that stands."""

    @property
    def id(self) -> str:
        """The id of its row, as extracted."""
        return f"{self.article.id}-{BY_NAME[self.layer].letter}{self.start}-{self.end}"


def basis(seen: Seen) -> dict[str, Any]:
    """What a decision starts from: what stands there, or, where that was rejected, what was extracted."""
    return seen.value if seen.value is not None else value_of(seen.found) if seen.found else {}


def known_units(seen: Seen) -> set[str]:
    """The units of the article, which may stand behind a typed number."""
    return {quantity.unit for quantity in seen.record.quantities if quantity.unit}


def typed(library: Library, seen: Seen, values: Mapping[str, Any], bad: Callable[[str], AnlikuError]) -> dict[str, Any]:
    """The values under their field names, which may be given as the forms call them: an empty text is nothing, commas
    make a list, `value` is `min` and `max`, 万元 becomes 元, a time ISO 8601; the title of a measure may be given by
    its words, a code by its Chinese name. `bad` makes the error that is raised."""
    layer = seen.layer
    model = BY_NAME[layer].model
    names = {info.alias or name for name, info in model.model_fields.items()} - FOREIGN | {"start", "end"}
    limits = {f"{_LIMIT}{name}" for name in Threshold.model_fields} if layer == "quantities" else set()
    # The canonical value of a number is worked out; that of an organisation is its full name.
    sayable = names | limits if layer != "quantities" else (names | limits) - {"canonical"}
    called = {field_name(layer, name): name for name in sorted(sayable)}
    called |= {"可选": "optional", **_ALSO.get(layer, {})}
    before = basis(seen)
    out: dict[str, Any] = {}
    for given, value in values.items():
        name = called.get(given, given)
        if name == "value" and layer == "quantities":
            out["min"] = out["max"] = value
        elif name in limits:
            held = out["threshold"] if "threshold" in out else before.get("threshold")
            out["threshold"] = {
                **(held if isinstance(held, dict) else {}),
                name.removeprefix(_LIMIT): None if value == "" else value,
            }
        elif name not in names:
            there = ", ".join(f"{one} {field_name(layer, one)}" for one in sorted(sayable))
            raise bad(f"{layer} have no field {given!r}; they have {there}")
        elif name in _LISTS and (value is None or isinstance(value, str)):
            out[name] = [part for part in _COMMA.split((value or "").strip()) if part]
        elif (layer, name) in _TIMES and isinstance(value, str) and value.strip():
            out[name] = read_time(value)
            if out[name] is None:
                raise bad(f"{value!r} is no time; write 2023, 2023-05, 2023年5月1日, 2023/2025 or 2015/..")
        elif name == "title" and isinstance(value, str):
            start = seen.article.raw.find(value, seen.start, seen.end)
            if not value or start < 0:
                raise bad(f"the title {value!r} does not stand in the measure")
            out[name] = span(seen.article.raw, seen.record.changes, start, start + len(value))
        elif isinstance(value, str):
            out[name] = _YES.get(value.strip(), value.strip() or None) if name in YES_NO else value.strip() or None
        else:
            out[name] = value
    if layer == "quantities":
        out = _numbers(out, before, seen, QUANTITY, bad)
        if isinstance(out.get("threshold"), dict):
            held = before.get("threshold") or {}
            limit = _numbers(out["threshold"], held, seen, THRESHOLD, bad)
            # {"of": null} of the forms is none; a limit needs all its fields.
            said = any(one is not None for one in limit.values())
            out["threshold"] = {"of": None, **limit} if said else None
    for name in ("start", "end"):
        if isinstance(out.get(name), str) and _OFFSET.fullmatch(out[name]):
            out[name] = int(out[name])
        if name in out and not isinstance(out[name], int):
            raise bad(f"{name} is an offset in the raw text, not {out[name]!r}")
    for name in out:
        group = _CODED.get((layer, name))
        if group and isinstance(out[name], list):
            out[name] = [code_of(group, str(one)) or one for one in out[name]]
        elif group and isinstance(out[name], str):
            out[name] = code_of(group, out[name]) or out[name]
    unknown = unknown_code(library, layer, out, seen.value)
    if unknown:
        raise bad(unknown)
    return out


def _numbers(
    values: Mapping[str, Any], before: Mapping[str, Any], seen: Seen, of: Ends, bad: Callable[[str], AnlikuError]
) -> dict[str, Any]:
    # The bound may be typed by its name here, and says whether one number becomes a range.
    code = code_of("bound", str(values["bound"])) if values.get("bound") else None
    said = {**values, "bound": code} if code else values
    try:
        return as_numbers(said, before, known_units(seen), of)
    except BadNumber as error:
        raise bad(_PROBLEMS[error.problem].format(value=values.get(error.field))) from error


def unknown_code(
    library: Library, layer: str, value: Mapping[str, Any], was: Mapping[str, Any] | None = None
) -> str | None:
    """What is wrong with the codes of indicators and categories: one that neither we nor the library know, nor what
    stood there (`was`), would vanish from every comparison. None where all are known."""
    for (of, name), group in _CODED.items():
        if of != layer or group not in _OPEN or not value.get(name):
            continue
        codes = _several(value[name])
        odd = [code for code in codes if code not in labels()[group] and code not in _several((was or {}).get(name))]
        own = [str(row[0]) for row in library.rows(_OPEN[group])] if odd else []
        for code in odd:
            if code not in own:
                return f"there is no {name} {code!r}; near it are {near(group, code, own)}"
    return None


def _several(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else [str(one) for one in value]


def canonical(library: Library, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any] | None:
    """The value in the canonical unit. What a unit is worth is not known here: it is as in the finding itself, or as in
    another finding of the library with that unit; else null, and the value is not compared."""
    if all(before.get(name) == after.get(name) for name in _VALUE_OF):
        return before.get("canonical")
    known = before.get("canonical") if before.get("unit") == after.get("unit") else None
    worth = _worth(known, before) if known else None
    if worth is None:
        sql = (
            "SELECT min, max, canonical_min, canonical_max, canonical_unit, dimension FROM quantities"
            " WHERE unit = ? AND canonical_unit IS NOT NULL AND coalesce(min, max) <> 0 AND review_id IS NULL"
            " ORDER BY id LIMIT 1"
        )
        row = next(library.query(sql, (after.get("unit"),)), None)
        if row is None:
            return None
        known = {"unit": row["canonical_unit"], "dimension": row["dimension"], "min": row["canonical_min"],
                 "max": row["canonical_max"]}  # fmt: skip
        worth = _worth(known, row)
    if known is None or worth is None:
        return None
    ends = {name: _scaled(after.get(name), worth) for name in ("min", "max")}
    return {**ends, "unit": known["unit"], "dimension": known["dimension"]}


def _worth(known: Mapping[str, Any], written: Mapping[str, Any]) -> Decimal | None:
    """How many canonical units one unit is."""
    for name in ("min", "max"):
        if written.get(name) and known.get(name) is not None:
            return Decimal(str(known[name])) / Decimal(str(written[name]))
    return None


def _scaled(value: Any, worth: Decimal) -> int | float | None:
    return None if value is None else number((Decimal(str(value)) * worth).normalize())
