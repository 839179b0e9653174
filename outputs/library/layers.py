"""Findings to rows and back: each layer's own columns, in one visible list."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from models.base import Record
from models.measure import Action, Measure, Outcome
from models.name import DocumentName, Honour, Organisation, Person, Programme
from models.place import Place
from models.quantity import Quantity, Time
from models.span import Finding

Value = str | int | float | bytes | None


class Column(NamedTuple):
    """One column: `dump` reads its value from a finding, `load` turns a stored value into that of `field`."""

    name: str
    dump: Callable[[Any], Value]
    load: Callable[[Any], Any] = lambda value: value
    field: str = ""
    """Field of the finding, or `record.field` of a record inside it; default: `name`."""

    @property
    def path(self) -> tuple[str, ...]:
        """`field` in its parts."""
        return tuple((self.field or self.name).split("."))


class Link(NamedTuple):
    """A column that holds the id of a finding of another layer, where the record has its index."""

    name: str
    field: str
    layer: str


class Layer(NamedTuple):
    """A layer of the record, the table of the same name, and the letter that its ids carry."""

    name: str
    letter: str
    model: type[Finding]
    columns: tuple[Column, ...] = ()
    links: tuple[Link, ...] = ()


WHOLE = 2**53
"""Up to here a float tells every integer from the next, so a value survives formats that have floats only."""


def number(value: Decimal | None) -> int | float | None:
    """An integer where the decimal is one, up to `WHOLE`, else the nearest float."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value and abs(whole) <= WHOLE else float(value)


def pack(value: object) -> str | None:
    """JSON of a list; null for an empty one."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None


def unpack(value: str | None) -> list[Any]:
    """The list that `pack` packed."""
    return json.loads(value) if value else []


def _same(name: str) -> Column:
    return Column(name, attrgetter(name))


def _number(name: str, field: str = "") -> Column:
    read = attrgetter(field or name)
    return Column(name, lambda finding: number(read(finding)), field=field)


def _list(name: str) -> Column:
    read = attrgetter(name)
    return Column(name, lambda finding: pack(read(finding)), unpack)


def _joined(name: str) -> Column:
    """A tuple of words as `village,year`, which a reader can filter by."""
    read = attrgetter(name)
    return Column(
        name, lambda finding: ",".join(read(finding)) or None, lambda value: value.split(",") if value else ()
    )


def _records(name: str) -> Column:
    read = attrgetter(name)
    return Column(name, lambda finding: pack([item.model_dump(mode="json") for item in read(finding)]), unpack)


def _inside(column: str, field: str, convert: Callable[[Any], Value] = lambda value: value) -> Column:
    """A field of a record inside the finding, null where there is none."""
    outer, inner = field.split(".")

    def dump(finding: Finding) -> Value:
        record: Record | None = getattr(finding, outer)
        return None if record is None else convert(getattr(record, inner))

    return Column(column, dump, field=field)


_MEASURE = Link("measure_id", "measure", "measures")

LAYERS: tuple[Layer, ...] = (
    # Measures, then actions, then what refers to them: rows are inserted in this order.
    Layer("measures", "m", Measure, (
        Column("title", attrgetter("title.text"), field="title.text"),
        Column("title_norm", lambda finding: _norm(finding.title.text, finding.title.norm), field="title.norm"),
        Column("title_start", attrgetter("title.start"), field="title.start"),
        Column("title_end", attrgetter("title.end"), field="title.end"),
        _same("category"), _list("categories"), _same("section"), _same("ordinal"))),
    Layer("actions", "a", Action, (_same("verb"), _same("object"), _same("actor"), _same("place")), (_MEASURE,)),
    Layer("outcomes", "o", Outcome, (_same("verb"), _same("object")), (_MEASURE,)),
    Layer("quantities", "q", Quantity, (
        _number("min"), _number("max"), _same("unit"), _same("bound"), _same("indicator"), _same("code"),
        _joined("rate"), _same("time"), _same("status"),
        _inside("threshold_of", "threshold.of"), _inside("threshold_min", "threshold.min", number),
        _inside("threshold_max", "threshold.max", number), _inside("threshold_unit", "threshold.unit"),
        _number("from_value", "from_"),
        _inside("canonical_min", "canonical.min", number), _inside("canonical_max", "canonical.max", number),
        _inside("canonical_unit", "canonical.unit"), _inside("dimension", "canonical.dimension"),
        _same("owner"), _same("extent"), _list("flags")), (Link("action_id", "action", "actions"), _MEASURE)),
    Layer("places", "p", Place, (
        _same("level"), _same("adcode"), _list("path"), _same("via"), _records("candidates"), _same("nbs_code"))),
    Layer("times", "t", Time, (_same("value"), Column("relative", lambda finding: int(finding.relative), bool))),
    Layer("programmes", "g", Programme),
    Layer("documents", "d", DocumentName, (_same("number"),)),
    Layer("persons", "n", Person, (_same("role"), _same("organisation"))),
    Layer("organisations", "u", Organisation, (_same("canonical"),)),
    Layer("honours", "h", Honour, (_same("year"), _same("level"), _list("recipients"))),
)  # fmt: skip

HEAD = ("id", "article_id", "case_id", "nr", "start", "end", "text", "norm")
TAIL = ("extractor", "rule", "rule_version", "confidence", "reason", "optional", "review_id", "replaced")


def columns(layer: Layer) -> tuple[str, ...]:
    """All columns of the layer's table, in the order of `row`."""
    return (*HEAD, *(column.name for column in layer.columns), *TAIL, *(link.name for link in layer.links))


def _norm(text: str, norm: str) -> str | None:
    return None if norm == text else norm


def row(
    layer: Layer,
    finding: Finding,
    head: tuple[Value, ...],
    ids: Mapping[str, Sequence[str]],
    review_id: str | None = None,
) -> tuple[Value, ...]:
    """The row of a finding. `head`: id, article, case, nr; `ids`: ids of the record's findings by layer. `norm` is
    null where nothing was changed. IndexError where a link leads to no finding."""
    from_ = finding.provenance
    return (
        *head, finding.start, finding.end, finding.text, _norm(finding.text, finding.norm),
        *[column.dump(finding) for column in layer.columns],
        from_.extractor, from_.rule, from_.version, from_.confidence, from_.reason, int(finding.optional), review_id, 0,
        *[_linked(getattr(finding, link.field), ids[link.layer]) for link in layer.links],
    )  # fmt: skip


def _linked(index: int | None, ids: Sequence[str]) -> str | None:
    if index is None:
        return None
    if not 0 <= index < len(ids):
        raise IndexError(f"a finding refers to number {index} of a layer that has {len(ids)}")
    return ids[index]


def load(layer: Layer, values: dict[str, Any], nrs: dict[str, int]) -> Finding:
    """The finding of a row. `nrs`: place in its layer of each finding of the article, by id."""
    fields: dict[str, Any] = {
        "start": values["start"],
        "end": values["end"],
        "text": values["text"],
        "norm": values["text"] if values["norm"] is None else values["norm"],
        "optional": bool(values["optional"]),
        "provenance": {
            "extractor": values["extractor"],
            "rule": values["rule"],
            "version": values["rule_version"],
            "confidence": values["confidence"],
            "reason": values["reason"],
        },
    }
    inside: dict[str, dict[str, Any]] = {}
    for column in layer.columns:
        value = column.load(values[column.name])
        *outer, name = column.path
        (inside.setdefault(outer[0], {}) if outer else fields)[name] = value
    for name, record in inside.items():
        # A record inside a finding is null where all its columns are.
        fields[name] = record if any(value is not None for value in record.values()) else None
    if "title" in inside and inside["title"]["norm"] is None:
        inside["title"]["norm"] = inside["title"]["text"]
    for link in layer.links:
        fields[link.field] = nrs.get(values[link.name])
    return layer.model.model_validate(fields)
