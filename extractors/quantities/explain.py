"""How a sentence is read, with the rule behind every value: what `anliku number` prints."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from importlib.metadata import version

from extractors.quantities.sentence import Reader, load_reader
from extractors.rules import until_changed
from extractors.times import as_time
from extractors.times.grammar import TimeGrammar, load_times
from models.base import Record
from models.quantity import Quantity, Time

SENTENCE = re.compile(r"[^。！？\n]+[。！？]*")


class Explained(Record):
    """Quantities and times of a text, in order; offsets count in the text."""

    text: str
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]

    def lines(self) -> list[str]:
        """One line a quantity: its text, its value and unit, and what was read beside it with the rule for each.

        A rule is written `grammar/name/status`: how the number, the thing measured and the status were decided.
        """
        return [_line(quantity) for quantity in self.quantities] + [
            f"{time.text} = {time.value or 'unknown'} [time, {time.provenance.rule}]" for time in self.times
        ]


def explain(text: str, *, day: date | None = None, rules: str | None = None) -> Explained:
    """Read one text on its own: no tagger, no places. `day`: what relative times count from; null leaves them open."""
    reader, grammar = _tools(rules)
    release = reader.release
    times = [as_time(text, reading, release) for reading in grammar.read(text, 0, len(text), day)]
    found: list[Quantity] = []
    last: str | None = None
    for hit in SENTENCE.finditer(text):
        inside = [time for time in times if hit.start() <= time.start < hit.end()]
        found += reader.read(text, hit.span(), inside, [], day.year if day else None, last)
        last = inside[-1].value if inside else last
    return Explained(text=text, quantities=tuple(found), times=tuple(times))


@until_changed
def _tools(rules: str | None) -> tuple[Reader, TimeGrammar]:
    """The tables are compiled once for many texts."""
    return load_reader(rules, version("anliku")), load_times(rules)


def _line(quantity: Quantity) -> str:
    grammar, name, status = quantity.provenance.rule.split("/")
    canonical, limit, reason = quantity.canonical, quantity.threshold, quantity.provenance.reason
    value = f"{_ends(quantity.min, quantity.max)} {quantity.unit or '(no unit)'}"
    parts = [
        f"{quantity.text} = {value} {quantity.bound} [{grammar}]",
        f"of {quantity.indicator or '?'} [{name}]",
        f"indicator {quantity.code or '-'}",
        quantity.rate and f"per {'+'.join(quantity.rate)}",
        quantity.time and f"in {quantity.time}",
        f"{quantity.status} [{status}]",
        quantity.from_ is not None and f"from {quantity.from_:f}",
        limit and f"of those with {limit.of} {_ends(limit.min, limit.max)} {limit.unit}",
        canonical and f"comparable as {_ends(canonical.min, canonical.max)} {canonical.unit}",
        quantity.optional and "optional",
        quantity.flags and f"does not add up: {', '.join(quantity.flags)}",
        f"confidence {quantity.provenance.confidence}" + (f" ({reason})" if reason else ""),
    ]
    return ", ".join(part for part in parts if part)


def _ends(low: Decimal | None, high: Decimal | None) -> str:
    """3 for a point, 3.. and ..5 for an open bound, 3..5 for a range."""
    if low is not None and low == high:
        return f"{low:f}"
    return f"{'' if low is None else f'{low:f}'}..{'' if high is None else f'{high:f}'}"
