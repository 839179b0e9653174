"""How findings are shown on an article: which layers as background, which as line, and what pointing at one says."""

from __future__ import annotations

from models.case import LAYERS
from models.measure import Action
from models.name import Honour, Person
from models.place import Place
from models.quantity import Quantity, Time
from models.span import Finding
from outputs.labels import label, limit, rates, value, whereabouts
from outputs.quotes import safe

LINED = ("actions", "outcomes")
"""Layers shown as an underline, which a background leaves visible."""
FILLED = tuple(layer for layer in LAYERS if layer not in (*LINED, "measures"))
"""Layers shown as a background; of several at one place the shortest finding shows."""


def tip(layer: str, finding: Finding) -> str:
    """What a reader sees on pointing at a finding."""
    told = [label("layers", layer)]
    match finding:
        case Quantity():
            told += [finding.indicator or "", label("indicator", finding.code), value(finding), rates(finding.rate),
                     finding.time or "", label("status", finding.status),
                     f"门槛：{limit(finding.threshold)}" if finding.threshold else ""]  # fmt: skip
        case Place():
            told += [label("level", finding.level), whereabouts(finding)]
        case Time():
            told.append(finding.value or "")
        case Action():
            told += [finding.verb, finding.object or "", f"主体：{finding.actor}" if finding.actor else ""]
        case Person():
            told.append(finding.role or "")
        case Honour():
            told += [finding.year or "", label("level", finding.level)]
        case _:
            pass
    told.append(
        "" if finding.provenance.confidence == "high" else f"把握{label('confidence', finding.provenance.confidence)}"
    )
    return safe(" · ".join(part for part in told if part))
