"""The acts of a `Doc`, read once for all components that need them."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractors.actions.clauses import Masks
from extractors.actions.hints import Hints, hints
from extractors.actions.leads import Unit, naming, units
from extractors.actions.lexicon import Lexicon
from extractors.actions.reader import Act, read
from extractors.doc import document, findings

KEY = "anliku_acts"


class Reading(NamedTuple):
    """What was read of a `Doc` before any record is made."""

    acts: list[Act]
    units: list[Unit]
    hints: Hints
    leads: Masks
    """Headings and titles: they name what follows."""


def practice(nlp: Language, doc: Doc) -> bool:
    """Whether the article tells of a locality's practice (GUIDE §1, `kind`). The places component says so; without it
    every article is read."""
    return "anliku_places" not in nlp.pipe_names or findings(doc).kind != "other"


def reading(doc: Doc, lexicon: Lexicon) -> Reading:
    """Acts and marked units of the body, in order. Kept on the `Doc`: measures and actions both need them."""
    if KEY not in doc.user_data:
        text, layout = document(doc).normal.text, document(doc).layout
        known = hints(doc)
        marked = units(text, layout, known)
        leads = naming(text, layout, marked)
        acts = read(text, layout.sentences, lexicon, known, leads)
        doc.user_data[KEY] = Reading(acts, marked, known, leads)
    found: Reading = doc.user_data[KEY]
    return found
