"""Names: programmes, documents, persons, organisations, honours. GUIDE §5."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from extractors.doc import findings
from extractors.names.documents import DocumentReader
from extractors.names.honours import HonourReader
from extractors.names.organisations import OrganisationReader
from extractors.names.page import Runs, read_page
from extractors.names.persons import PersonReader
from extractors.names.programmes import ProgrammeReader
from extractors.rules import read_toml


@Language.factory("anliku_names", default_config={"rules": None})
def create_names(nlp: Language, name: str, rules: str | None) -> Callable[[Doc], Doc]:
    """Component that reads names. `rules`: folder of the user's own rules."""
    honours = HonourReader(read_toml(__name__, "honours.toml", rules))
    documents = DocumentReader(read_toml(__name__, "documents.toml", rules))
    programmes = ProgrammeReader(read_toml(__name__, "programmes.toml", rules))
    organisations = OrganisationReader(read_toml(__name__, "organisations.toml", rules))
    persons = PersonReader(read_toml(__name__, "persons.toml", rules))

    def read(doc: Doc) -> Doc:
        page, found = read_page(doc), findings(doc)
        awards = honours.find(page)
        found.documents += documents.read(page)
        papers = [(name.start, name.end) for name in found.documents]
        prizes = [(award.start, award.end) for award in awards]
        found.programmes += programmes.read(page, Runs(papers + prizes))
        named = [(name.start, name.end) for name in found.programmes]
        found.organisations += organisations.read(doc, page, Runs(papers + prizes))
        found.persons += persons.read(doc, page, Runs(papers + prizes + named))
        found.honours += honours.read(page, awards, found.persons, found.organisations)
        return doc

    return read
