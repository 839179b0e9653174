"""The spaCy component: places, the jurisdictions of the article and its kind."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc

from extractors.doc import document, findings
from extractors.places.edges import Hints
from extractors.places.findings import to_place
from extractors.places.official import FILE, VillageList, village_codes
from extractors.places.read import load_tools, read_places
from extractors.places.subject import judge_subject
from extractors.places.villages import Region
from extractors.rules import read_toml
from models.document import Document

SHOWN = ("heading", "paragraph")
EVIDENCE = ("title", "dateline", "caption", "note")
"""Blocks outside the body whose names tell what the body's names mean."""


class Places:
    """Reads places, jurisdictions and kind of one `Doc` after another."""

    def __init__(self, rules: str | None = None) -> None:
        villages = Path(rules) / FILE if rules else None
        self._villages = VillageList(villages) if villages and villages.is_file() else None
        self._tools = load_tools(rules)
        self._rules = read_toml("extractors.places", "subject.toml", rules)

    def __call__(self, doc: Doc) -> Doc:
        """Fill `places`, `jurisdictions` and `kind` of the findings."""
        page, found = document(doc), findings(doc)
        text = page.normal.text
        scene = read_places(text, regions(page), self._tools, page.meta, hints(doc))
        shown = [mention for mention in scene.mentions if mention.shown]
        codes = village_codes(shown, self._villages, self._tools.gazetteer) if self._villages else {}
        found.places = [to_place(mention, self._tools.gazetteer, codes.get(mention.start)) for mention in shown]
        subject = judge_subject(page, scene, self._tools, self._rules)
        found.kind, found.jurisdictions = subject.kind, list(subject.jurisdictions)
        return doc


def regions(page: Document) -> list[Region]:
    """The blocks to read, in order."""
    return [
        Region(block.start, block.end, block.kind in SHOWN)
        for block in page.layout.blocks
        if block.kind in SHOWN or block.kind in EVIDENCE
    ]


def hints(doc: Doc) -> Hints:
    """Words and names of the tagger. A token that is a whole line outside the body gives none."""
    table = doc.to_array(["IDX", "LENGTH", "POS"])
    table = table[table[:, 2] != doc.vocab.strings["SPACE"]]
    starts, ends = set(table[:, 0].tolist()), set((table[:, 0] + table[:, 1]).tolist())
    names = [(span.start_char, span.label_) for span in doc.spans.get("names", ())]
    located = {start for start, label in names if label != "PER"}
    return Hints(starts, ends, located, {start for start, label in names if label == "PER"})
