"""The acts of a `Doc`, read once for all components that need them."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc

from extractors.actions.hints import Hints, hints
from extractors.actions.leads import Unit, naming, units
from extractors.actions.lexicon import Lexicon
from extractors.actions.reader import Act, read
from extractors.doc import document

KEY = "anliku_acts"


class Reading(NamedTuple):
    """What was read of a `Doc` before any record is made."""

    acts: list[Act]
    units: list[Unit]
    hints: Hints


def reading(doc: Doc, lexicon: Lexicon) -> Reading:
    """Acts and marked units of the body, in order. Kept on the `Doc`: measures and actions both need them."""
    if KEY not in doc.user_data:
        layout = document(doc).layout
        known = hints(doc)
        marked = units(doc.text, layout, known)
        acts = read(doc.text, layout.sentences, lexicon, known, naming(doc.text, layout, marked))
        doc.user_data[KEY] = Reading(acts, marked, known)
    found: Reading = doc.user_data[KEY]
    return found
