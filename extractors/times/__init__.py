"""Times: dates, periods and relative times of the body, as ISO 8601 where the text or the article's date fixes them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from spacy.language import Language
from spacy.tokens import Doc

from extractors.doc import document, findings
from extractors.times.grammar import TimeReading, load_times
from models.quantity import Time
from models.span import provenance

__all__ = ["as_time", "create_times"]


def as_time(text: str, reading: TimeReading, release: str) -> Time:
    """The record of a reading. One that needs the article's date says so."""
    unknown = reading.value is None
    return Time(
        start=reading.start,
        end=reading.end,
        text=text[reading.start : reading.end],
        norm=text[reading.start : reading.end],
        value=reading.value,
        relative=reading.relative,
        provenance=provenance(
            extractor="times",
            rule=reading.rule,
            version=release,
            confidence="medium" if reading.relative else "high",
            reason=("the article has no date that would fix it" if unknown and reading.rule != "now" else None)
            or ("counted from the date of the article" if reading.relative and not unknown else None)
            or ("names no point in time" if unknown else None),
        ),
    )


@Language.factory("anliku_times", default_config={"rules": None})
def create_times(nlp: Language, name: str, rules: str | None) -> Callable[[Doc], Doc]:
    """Component that reads times. `rules`: folder of the user's own rules."""
    grammar, release = load_times(rules), version("anliku")

    def read_times(doc: Doc) -> Doc:
        page = document(doc)
        text = page.normal.text  # doc.text is put together anew each time
        named: int | None = None
        for block in page.layout.body():
            for reading in grammar.read(text, block.start, block.end, page.meta.day, named):
                findings(doc).times.append(as_time(text, reading, release))
                if reading.year and not (page.meta.day and reading.year > page.meta.day.year):
                    named = reading.year
        return doc

    return read_times
