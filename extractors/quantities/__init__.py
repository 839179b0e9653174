"""Quantities: every number that measures or counts something real, with what it is a number of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from importlib.metadata import version

from spacy.language import Language
from spacy.tokens import Doc

from extractors.doc import document, findings
from extractors.quantities.context import NO_SECTION
from extractors.quantities.explain import Explained, explain
from extractors.quantities.sentence import load_reader
from models.document import Block

__all__ = ["Explained", "create_quantities", "explain"]


@Language.factory("anliku_quantities", default_config={"rules": None})
def create_quantities(nlp: Language, name: str, rules: str | None) -> Callable[[Doc], Doc]:
    """Component that reads quantities. `rules`: folder of the user's own rules."""
    reader = load_reader(rules, version("anliku"))

    def read_quantities(doc: Doc) -> Doc:
        page, found = document(doc), findings(doc)
        text = page.normal.text  # doc.text is put together anew each time
        times, places = sorted(found.times, key=lambda t: t.start), sorted(found.places, key=lambda p: p.start)
        time_starts, place_starts = [t.start for t in times], [p.start for p in places]
        blocks = [block.start for block in page.layout.body()]
        headings = {
            index: reader.section(text[block.start : block.end], times[slice(*_inside(time_starts, block))])
            for index, block in enumerate(page.layout.body())
            if block.kind == "heading"
        }
        year = page.meta.day.year if page.meta.day else None
        last: str | None = None
        block = -1
        section = NO_SECTION
        for start, end in page.layout.sentences:
            here = bisect_left(blocks, start + 1)
            if here != block:
                last, block = None, here
                section = headings.get(here - 1, section)
            inside = times[bisect_left(time_starts, start) : bisect_left(time_starts, end)]
            near = places[bisect_left(place_starts, start) : bisect_left(place_starts, end)]
            found.quantities.extend(reader.read(text, (start, end), inside, near, year, last, section))
            last = inside[-1].value if inside else last
        return doc

    return read_quantities


def _inside(starts: list[int], block: Block) -> tuple[int, int]:
    return bisect_left(starts, block.start), bisect_left(starts, block.end)
