"""What a name could mean, and what the names of an article were taken to mean, with the reasons."""

from __future__ import annotations

from spacy.tokens import Doc

from extractors.doc import document, findings
from extractors.places.evidence import Anchors
from extractors.places.findings import NAME, VERSION, to_place
from extractors.places.gazetteer import Reading, locate
from extractors.places.link import evidence_of
from extractors.places.read import Tools, load_tools, read_places
from extractors.places.selfref import self_references
from extractors.places.villages import Region
from extractors.rules import read_toml
from models.place import Candidate, Place
from models.span import Provenance


def where(text: str, *, rules: str | None = None) -> list[Candidate]:
    """Every division that a name could mean, with what it rests on. A longer text (寿光市台头镇) is read, and the
    candidates are those of its last name.

    >>> [candidate.path for candidate in where("朝阳区")]
    [('北京市', '朝阳区'), ('吉林省', '长春市', '朝阳区')]
    """
    tools = load_tools(rules)
    name = text.strip()
    readings = tools.gazetteer.forms.get(name)
    if readings is not None:
        return [_candidate(reading, tools) for reading in sorted(readings, key=lambda each: each.code)]
    mentions = read_places(name, [Region(0, len(name), True)], tools).mentions
    if not mentions:
        return []
    last = to_place(mentions[-1], tools.gazetteer)
    if last.adcode is None:
        return list(last.candidates) or [Candidate(adcode=None, path=last.path, evidence=(last.via or "form",))]
    chosen = Candidate(adcode=last.adcode, path=last.path, evidence=(last.via or "", *_position(last.adcode, tools)))
    return [chosen, *last.candidates]


def explain(doc: Doc, *, rules: str | None = None) -> list[Place]:
    """The places of a processed `Doc` with their evidence, and its self references (我市, 全县), which are no mentions:
    they have `via` `selfref` and the division of the article's first jurisdiction of their kind."""
    page, found = document(doc), findings(doc)
    table = read_toml("extractors.places", "subject.toml", rules)["self"]
    ranges = [(block.start, block.end) for block in page.layout.body()]
    shown = list(found.places)
    for reference in self_references(page.normal.text, ranges, table):
        meant = next((j for j in found.jurisdictions if _holds(j.path, reference.unit)), None)
        if meant is None:
            continue
        depth = next(i for i, name in enumerate(meant.path) if name.endswith(reference.unit))
        whole = depth == len(meant.path) - 1
        provenance = Provenance(extractor=NAME, rule="places.selfref", version=VERSION)
        shown.append(
            Place(start=reference.start, end=reference.end, text=reference.text, norm=reference.text,
                  level=meant.level, adcode=meant.adcode if whole else None, path=meant.path[: depth + 1],
                  via="selfref", provenance=provenance)
        )  # fmt: skip
    return sorted(shown, key=lambda place: (place.start, place.end))


def _holds(path: tuple[str, ...], unit: str) -> bool:
    return any(name.endswith(unit) for name in path)


def _candidate(reading: Reading, tools: Tools) -> Candidate:
    return Candidate(
        adcode=reading.code,
        path=tools.gazetteer.path(reading.code),
        evidence=(*evidence_of(reading, Anchors(tools.gazetteer), tools.gazetteer), *_position(reading.code, tools)),
    )


def _position(code: str, tools: Tools) -> tuple[str, ...]:
    evidence = []
    location = locate(tools.gazetteer, code)
    if location is not None:
        whose = "" if location.own else " (of its parent)"
        evidence.append(f"at {location.longitude:.3f}, {location.latitude:.3f}{whose}")
    names = dict.fromkeys(former.name for former in tools.gazetteer.former_names(code))
    evidence.extend(f"formerly {name}" for name in names if name != tools.gazetteer.divisions[code].name)
    return tuple(evidence)
