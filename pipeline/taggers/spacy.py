"""Any spaCy pipeline as a tagger, by package name or path: words, parts of speech and entities as it gives them."""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from spacy.about import __version__
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import require_gpu

from pipeline.taggers.base import NAMES, MissingTagger, Tagging, Word

WAY = (
    "Give the path of a trained pipeline, or install one: `python -m spacy download zh_core_web_sm` "
    "(the project of that name on the package index is a placeholder, not the pipeline)."
)


class SpacyTagger:
    """A trained pipeline. Where it has no tagger the part of speech is X; where it has no `ner` there are no names."""

    def __init__(self, model: str, *, device: str = "cpu") -> None:
        self.name = f"spacy:{model}"
        if device == "gpu":
            require_gpu()
        try:
            self._nlp: Language = spacy.load(model)
        except OSError as error:
            raise MissingTagger(name=self.name, what=f"the spaCy pipeline {model!r}", way=WAY) from error
        meta = self._nlp.meta
        self.version = f"spacy {__version__} {meta['lang']}_{meta['name']} {meta['version']}"

    def tag(self, sentences: Sequence[str]) -> list[Tagging]:
        """One tagging a sentence, in order."""
        return [_tagging(doc) for doc in self._nlp.pipe(sentences)]


def _tagging(doc: Doc) -> Tagging:
    words: list[Word] = []
    for token in doc:
        if token.text:
            words.append(Word(token.text, token.tag_, token.pos_ or "X"))
        if token.whitespace_:
            words.append(Word(token.whitespace_, "", "SPACE"))
    names = [(ent.start_char, ent.end_char, NAMES[ent.label_]) for ent in doc.ents if ent.label_ in NAMES]
    return Tagging(words, names)
