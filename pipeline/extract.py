"""From one article to its record: the Python API."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractors.doc import document
from extractors.rules import check_folder, until_changed
from models.article import Article, MediaType
from models.case import CaseRecord
from models.document import Document
from pipeline.assemble import assemble
from pipeline.nlp import VERSION, Segmenter, build, prepare
from pipeline.taggers import Tagging


class Extracted(NamedTuple):
    """An article, its record, and its body as clean, simplified text, a line a block (what a search index wants)."""

    article: Article
    record: CaseRecord
    body: str


class Tagged(NamedTuple):
    """A laid-out article and the taggings of its sentences."""

    document: Document
    taggings: list[Tagging]


class Extractor:
    """A loaded pipeline. Make one, use it for many articles."""

    def __init__(self, tagger: str = "lac", *, rules: str | None = None, nlp: Language | None = None) -> None:
        self.nlp = nlp if nlp is not None else build(tagger, rules=rules)
        segmenter = self.nlp.tokenizer
        if not isinstance(segmenter, Segmenter):
            raise TypeError(f"the tokenizer of nlp is {segmenter!r}; make nlp with pipeline.nlp.build")
        self._segmenter = segmenter
        self.version = f"anliku {VERSION}; {segmenter.tagger.version}{_laid_over(rules)}"
        """What decides a result: an article that another version read is read again."""

    def tagged(self, articles: Sequence[Article]) -> list[Tagged | None]:
        """Articles laid out and tagged, for `extracted`. The sentences of all go to the tagger in one call: a network
        takes a quarter less time for many of one length, and says the same of each. None for an article that fails
        here; `extracted` then raises its error."""
        pages = [_prepared(article) for article in articles]
        fine = [page for page in pages if page is not None]
        try:
            taggings = iter(self._segmenter.tag(fine))
        except Exception:  # one sentence is at fault: each article is to fail or pass by itself
            return [None] * len(pages)
        return [None if page is None else Tagged(page, next(taggings)) for page in pages]

    def doc(self, article: Article, tagged: Tagged | None = None) -> Doc:
        """The processed `Doc` of an article: findings on it count in `doc.text`, the clean page."""
        page, taggings = tagged or (prepare(article), None)
        return self.nlp(self._segmenter.segment(page, taggings))

    def extracted(self, article: Article, tagged: Tagged | None = None) -> Extracted:
        """Record and clean body of an article. `tagged`: what `tagged` made of it, where that was called."""
        # spaCy would keep each new word for ever: of a million articles, gigabytes.
        with self.nlp.memory_zone():
            doc = self.doc(article, tagged)
            page = document(doc)
            body = "\n".join(page.normal.text[block.start : block.end] for block in page.layout.body())
            return Extracted(article, assemble(doc, self.version), body)

    def __call__(self, article: Article) -> CaseRecord:
        """The record of an article."""
        return assemble(self.doc(article), self.version)


def _laid_over(rules: str | None) -> str:
    """Digest of a rules folder, of the names and bytes of its tables and nothing else; empty where it has none."""
    tables = check_folder(rules) if rules is not None else []
    if not tables:
        return ""
    digest = hashlib.sha256()
    for table in tables:
        with table.open("rb") as data:
            digest.update(f"{table.name}\0{hashlib.file_digest(data, 'sha256').hexdigest()}\n".encode())
    return f"; rules {digest.hexdigest()[:8]}"


def _prepared(article: Article) -> Document | None:
    try:
        return prepare(article)
    except Exception:  # the boundary of one article
        return None


@until_changed
def extractor(tagger: str = "lac", rules: str | None = None) -> Extractor:
    """The extractor of these settings, loaded once a process."""
    loaded = Extractor(tagger, rules=rules)
    gc.freeze()  # its tables are there for good: the collector need not walk them again for every few articles
    return loaded


def extract(
    text: str | Article, *, media_type: MediaType = "text/plain", tagger: str = "lac", rules: str | None = None
) -> CaseRecord:
    """Record of one text or article. The model of `tagger` is loaded once a process; `rules` is a folder of your own.

    >>> extract("灵丘县选派81名干部。").quantities[0].text
    '81名'
    """
    article = text if isinstance(text, Article) else Article(source="text", raw=text, media_type=media_type)
    return extractor(tagger, rules)(article)
