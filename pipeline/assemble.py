"""Findings on a `Doc` to the record of the article: every span lifted to the raw text, and checked."""

from __future__ import annotations

from typing import TypeVar

from spacy.tokens import Doc

from extractors.doc import document, findings
from models.case import CaseRecord
from models.document import Document
from models.measure import Measure, SentenceRole
from models.place import Jurisdiction
from models.span import Range, Span

SpanT = TypeVar("SpanT", bound=Span)


def assemble(doc: Doc, version: str) -> CaseRecord:
    """The record of a processed `Doc`. SpanMismatch where a span does not hold its text, which would be a bug."""
    page, found = document(doc), findings(doc)
    article, normal, blocks = page.article, page.normal, page.layout.blocks
    record = CaseRecord(
        file=article.file,
        source=article.source,
        article_id=article.id,
        version=version,
        kind=found.kind,
        meta=page.meta,
        jurisdictions=tuple(_lift_jurisdiction(page, j) for j in found.jurisdictions),
        body=tuple(normal.to_raw(block.start, block.end) for block in page.layout.body()),
        captions=tuple(normal.to_raw(block.start, block.end) for block in blocks if block.kind == "caption"),
        places=_lift_all(page, found.places),
        quantities=_lift_all(page, found.quantities),
        times=_lift_all(page, found.times),
        measures=_lift_all(page, found.measures),
        actions=_lift_all(page, found.actions),
        outcomes=_lift_all(page, found.outcomes),
        programmes=_lift_all(page, found.programmes),
        documents=_lift_all(page, found.documents),
        persons=_lift_all(page, found.persons),
        organisations=_lift_all(page, found.organisations),
        honours=_lift_all(page, found.honours),
        roles=tuple(_lift_role(page, role) for role in found.roles),
        summary=tuple(normal.to_raw(start, end) for start, end in found.summary),
        changes=normal.changes,
    )
    record.check(article)
    return record


def _lift_all(page: Document, spans: list[SpanT]) -> tuple[SpanT, ...]:
    return tuple(_lift(page, span) for span in spans)


def _lift(page: Document, span: SpanT) -> SpanT:
    """The same finding with raw offsets, the raw run as `text` and the normalised one as `norm`."""
    start, end = page.normal.to_raw(span.start, span.end)
    text, norm = page.article.raw[start:end], page.normal.text[span.start : span.end]
    if (start, end, text, norm) == (span.start, span.end, span.text, span.norm) and not isinstance(span, Measure):
        return span  # nothing was changed up to here
    if isinstance(span, Measure):
        return span.replaced(start=start, end=end, text=text, norm=norm, title=_lift(page, span.title))
    return span.replaced(start=start, end=end, text=text, norm=norm)


def _lift_jurisdiction(page: Document, jurisdiction: Jurisdiction) -> Jurisdiction:
    sections: tuple[Range, ...] = tuple(page.normal.to_raw(start, end) for start, end in jurisdiction.sections)
    return jurisdiction.replaced(sections=sections)


def _lift_role(page: Document, role: SentenceRole) -> SentenceRole:
    start, end = page.normal.to_raw(role.start, role.end)
    return role if (start, end) == (role.start, role.end) else role.replaced(start=start, end=end)
