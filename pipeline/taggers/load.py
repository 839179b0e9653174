"""The tagger that a name stands for. Each backend is imported only when it is asked for: some are optional."""

from __future__ import annotations

from models.errors import AnlikuError
from pipeline.taggers.base import Tagger


class UnknownTagger(AnlikuError):
    """no tagger is called {name!r}; choose one of {choices}"""


CHOICES = ("lac", "jieba", "hanlp", "hanlp:<model or path>", "spacy:<package or path>")
"""What `load_tagger` understands; `@gpu` at the end of a hanlp or spacy name runs it on the first GPU."""


def load_tagger(name: str) -> Tagger:
    """The tagger of that name, its model loaded. UnknownTagger, or MissingTagger with the way to install it."""
    kind, colon, model = name.partition(":")
    model, _, device = model.rpartition("@") if model.endswith(("@gpu", "@cpu")) else (model, "", "cpu")
    if name == "lac":
        from pipeline.taggers.lac import LacTagger

        return LacTagger()
    if name == "jieba":
        from pipeline.taggers.jieba import JiebaTagger

        return JiebaTagger()
    if kind == "hanlp" and (model or not colon):
        from pipeline.taggers.hanlp import HanlpTagger

        return HanlpTagger(model or None, device=device)
    if kind == "spacy" and model:
        from pipeline.taggers.spacy import SpacyTagger

        return SpacyTagger(model, device=device)
    raise UnknownTagger(name=name, choices=", ".join(CHOICES))
