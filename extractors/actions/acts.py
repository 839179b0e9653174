"""The acts of a `Doc`, read once for all components that need them."""

from __future__ import annotations

from spacy.tokens import Doc

from extractors.actions.hints import hints
from extractors.actions.lexicon import Lexicon
from extractors.actions.reader import Act, read
from extractors.doc import document

KEY = "anliku_acts"


def acts(doc: Doc, lexicon: Lexicon) -> list[Act]:
    """Actions and outcomes in the body, in order. Kept on the `Doc`: measures and actions both read them."""
    if KEY not in doc.user_data:
        doc.user_data[KEY] = read(doc.text, document(doc).layout.sentences, lexicon, hints(doc))
    found: list[Act] = doc.user_data[KEY]
    return found
