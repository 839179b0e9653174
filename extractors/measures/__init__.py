"""First version: finds nothing yet."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("anliku_measures", default_config={"rules": None})
def create_measures(nlp: Language, name: str, rules: str | None) -> Callable[[Doc], Doc]:
    """Component that reads measures. `rules`: folder of the user's own rules."""
    return lambda doc: doc
