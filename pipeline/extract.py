"""From one article to its record: the Python API."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractors.doc import document
from extractors.rules import until_changed
from models.article import Article, MediaType
from models.case import CaseRecord
from pipeline.assemble import assemble
from pipeline.nlp import VERSION, Segmenter, build, prepare


class Extracted(NamedTuple):
    """An article, its record, and its body as clean, simplified text, a line a block (what a search index wants)."""

    article: Article
    record: CaseRecord
    body: str


class Extractor:
    """A loaded pipeline. Make one, use it for many articles."""

    def __init__(self, tagger: str = "lac", *, rules: str | None = None, nlp: Language | None = None) -> None:
        self.nlp = nlp if nlp is not None else build(tagger, rules=rules)
        segmenter = self.nlp.tokenizer
        if not isinstance(segmenter, Segmenter):
            raise TypeError(f"the tokenizer of nlp is {segmenter!r}; make nlp with pipeline.nlp.build")
        self._segmenter = segmenter
        self.version = f"anliku {VERSION}; {segmenter.tagger.version}"

    def doc(self, article: Article) -> Doc:
        """The processed `Doc` of an article: findings on it count in `doc.text`, the clean page."""
        return self.nlp(self._segmenter.segment(prepare(article)))

    def extracted(self, article: Article) -> Extracted:
        """Record and clean body of an article."""
        doc = self.doc(article)
        page = document(doc)
        body = "\n".join(page.normal.text[block.start : block.end] for block in page.layout.body())
        return Extracted(article, assemble(doc, self.version), body)

    def __call__(self, article: Article) -> CaseRecord:
        """The record of an article."""
        return assemble(self.doc(article), self.version)


@until_changed
def extractor(tagger: str = "lac", rules: str | None = None) -> Extractor:
    """The extractor of these settings, loaded once a process."""
    return Extractor(tagger, rules=rules)


def extract(
    text: str | Article, *, media_type: MediaType = "text/plain", tagger: str = "lac", rules: str | None = None
) -> CaseRecord:
    """Record of one text or article. The model of `tagger` is loaded once a process; `rules` is a folder of your own.

    >>> extract("灵丘县选派81名干部。").quantities[0].text
    '81名'
    """
    article = text if isinstance(text, Article) else Article(source="text", raw=text, media_type=media_type)
    return extractor(tagger, rules)(article)
