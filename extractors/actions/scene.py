"""What every step of the reading looks at."""

from __future__ import annotations

from typing import NamedTuple

from extractors.actions.clauses import Masks
from extractors.actions.hints import Hints
from extractors.actions.lexicon import Lexicon


class Scene(NamedTuple):
    """A text with its quotes, the tagger's hints and the vocabulary."""

    text: str
    lexicon: Lexicon
    hints: Hints
    quoted: Masks
