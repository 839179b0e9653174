"""First version: finds nothing yet."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("anliku_actions")
def create_actions(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component that reads actions."""
    return lambda doc: doc
