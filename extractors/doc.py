"""How extractors read a spaCy `Doc` and leave what they found on it.

A component takes the `Document` and the earlier findings from the `Doc`, and adds records whose offsets count in
`doc.text`. Findings are records with character offsets: no rule may depend on where a token ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from models.document import Document, Kind
from models.measure import Action, Measure, Outcome, SentenceRole
from models.name import DocumentName, Honour, Organisation, Person, Programme
from models.place import Jurisdiction, Place
from models.quantity import Quantity, Time
from models.span import Range

KEY = "anliku"


@dataclass
class Findings:
    """What the components have found so far; each adds to its own layers."""

    kind: Kind = "other"
    jurisdictions: list[Jurisdiction] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    documents: list[DocumentName] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    honours: list[Honour] = field(default_factory=list)
    roles: list[SentenceRole] = field(default_factory=list)
    summary: list[Range] = field(default_factory=list)


@dataclass
class State:
    """What `doc.user_data` carries."""

    document: Document
    findings: Findings


def attach(doc: Doc, document: Document) -> Doc:
    """Put a document on a fresh `Doc`, with no findings yet."""
    doc.user_data[KEY] = State(document, Findings())
    return doc


def document(doc: Doc) -> Document:
    """The laid-out article of a `Doc`."""
    state: State = doc.user_data[KEY]
    return state.document


def findings(doc: Doc) -> Findings:
    """The findings so far."""
    state: State = doc.user_data[KEY]
    return state.findings


def words(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """Tokens that begin in `doc.text[start:end]`, in order. `token.idx` is the offset, `token.pos_` the universal
    part of speech (every tagger fills it), `token.tag_` the tagger's own."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if doc[middle].idx < start:
            low = middle + 1
        else:
            high = middle
    for index in range(low, len(doc)):
        token = doc[index]
        if token.idx >= end:
            return
        yield token


def entities(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """`(start, end, label)` of the tagger's names inside `doc.text[start:end]`; label is PER, LOC or ORG."""
    for span in doc.spans.get("names", ()):
        if span.start_char >= start and span.end_char <= end:
            yield span.start_char, span.end_char, span.label_
