"""The record of one article: all that was read from it."""

from __future__ import annotations

from collections.abc import Iterator

from models.article import Article
from models.base import Record
from models.document import Kind, Meta
from models.errors import SpanMismatch
from models.measure import Action, Measure, Outcome, SentenceRole
from models.name import DocumentName, Honour, Organisation, Person, Programme
from models.place import Jurisdiction, Place
from models.quantity import Quantity, Time
from models.span import Finding, Range, Span
from models.text import Change

LAYERS = ("places", "quantities", "times", "measures", "actions", "outcomes", "programmes", "documents", "persons",
          "organisations", "honours")  # fmt: skip


class CaseRecord(Record):
    """The keys of the gold files (GUIDE.md), and more. Offsets are indices into the raw text of the article."""

    file: str
    source: str
    article_id: str
    version: str
    """Version of anliku and of the tagger that made it."""
    kind: Kind
    meta: Meta
    jurisdictions: tuple[Jurisdiction, ...] = ()
    body: tuple[Range, ...] = ()
    captions: tuple[Range, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    measures: tuple[Measure, ...] = ()
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    programmes: tuple[Programme, ...] = ()
    documents: tuple[DocumentName, ...] = ()
    persons: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    honours: tuple[Honour, ...] = ()
    roles: tuple[SentenceRole, ...] = ()
    summary: tuple[Range, ...] = ()
    """Whole clauses of the article, at most 200 characters together."""
    changes: tuple[Change, ...] = ()
    """What the normaliser changed in the raw text."""

    def layer(self, name: str) -> tuple[Finding, ...]:
        """The findings of one of `LAYERS`."""
        findings: tuple[Finding, ...] = getattr(self, name)
        return findings

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span of every layer, with the layer's name."""
        for name in LAYERS:
            for finding in self.layer(name):
                yield name, finding
                if isinstance(finding, Measure):
                    yield name, finding.title

    def check(self, article: Article) -> None:
        """Raise `SpanMismatch` unless `raw[start:end] == text` holds for every span."""
        for layer, span in self.spans():
            found = article.raw[span.start : span.end]
            if found != span.text:
                raise SpanMismatch(source=article.source, layer=layer, start=span.start, end=span.end,
                                   text=span.text, found=found)  # fmt: skip
