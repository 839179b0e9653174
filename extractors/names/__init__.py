"""First version: finds nothing yet."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("anliku_names")
def create_names(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component that reads names."""
    return lambda doc: doc
