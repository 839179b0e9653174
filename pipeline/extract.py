"""From one article to its record: the Python API."""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language

from models.article import Article, MediaType
from models.case import CaseRecord
from pipeline.assemble import assemble
from pipeline.nlp import VERSION, Segmenter, build, prepare


class Extractor:
    """A loaded pipeline. Make one, use it for many articles."""

    def __init__(self, tagger: str = "lac", *, rules: str | None = None, nlp: Language | None = None) -> None:
        self.nlp = nlp if nlp is not None else build(tagger, rules=rules)
        segmenter = self.nlp.tokenizer
        if not isinstance(segmenter, Segmenter):
            raise TypeError(f"the tokenizer of nlp is {segmenter!r}; make nlp with pipeline.nlp.build")
        self._segmenter = segmenter
        self.version = f"anliku {VERSION}; {segmenter.tagger.version}"

    def __call__(self, article: Article) -> CaseRecord:
        """The record of an article."""
        return assemble(self.nlp(self._segmenter.segment(prepare(article))), self.version)


@lru_cache(maxsize=2)
def _extractor(tagger: str) -> Extractor:
    return Extractor(tagger)


def extract(text: str | Article, *, media_type: MediaType = "text/plain", tagger: str = "lac") -> CaseRecord:
    """Record of one text or article. The model of `tagger` is loaded once a process.

    >>> extract("灵丘县选派81名干部。").quantities[0].text
    '81名'
    """
    article = text if isinstance(text, Article) else Article(source="text", raw=text, media_type=media_type)
    return _extractor(tagger)(article)
