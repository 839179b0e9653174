"""Records of anliku: frozen pydantic models, one idea a file. Imports nothing of ours."""

from models.article import Article, Columns, Failure
from models.base import Record
from models.case import LAYERS, CaseRecord
from models.document import Block, Document, Item, Layout, Meta
from models.errors import AnlikuError
from models.measure import Action, Measure, Outcome, SentenceRole
from models.name import DocumentName, Honour, Organisation, Person, Programme
from models.place import Candidate, Jurisdiction, Place
from models.quantity import Canonical, Quantity, Threshold, Time
from models.review import Decision, Review
from models.span import Finding, Provenance, Range, Span
from models.text import Change, NormalText, Run

__all__ = [
    "LAYERS",
    "Action",
    "AnlikuError",
    "Article",
    "Block",
    "Candidate",
    "Canonical",
    "CaseRecord",
    "Change",
    "Columns",
    "Decision",
    "Document",
    "DocumentName",
    "Failure",
    "Finding",
    "Honour",
    "Item",
    "Jurisdiction",
    "Layout",
    "Measure",
    "Meta",
    "NormalText",
    "Organisation",
    "Outcome",
    "Person",
    "Place",
    "Programme",
    "Provenance",
    "Quantity",
    "Range",
    "Record",
    "Review",
    "Run",
    "SentenceRole",
    "Span",
    "Threshold",
    "Time",
]
