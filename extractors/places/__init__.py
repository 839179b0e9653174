"""Places: finds every division, village and zone, links it to its code, and tells whose practice an article is."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from extractors.places.component import Places
from extractors.places.official import build_villages
from extractors.places.where import explain, where

__all__ = ["Places", "build_villages", "create_places", "explain", "where"]


@Language.factory("anliku_places", default_config={"rules": None})
def create_places(nlp: Language, name: str, rules: str | None) -> Callable[[Doc], Doc]:
    """Component that reads places, jurisdictions and kind. `rules`: folder of the user's own rules."""
    return Places(rules)
