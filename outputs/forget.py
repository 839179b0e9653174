"""Taking articles out for good, with all that came from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.errors import AnlikuError
from outputs.article_name import name_sql
from outputs.library import BY_ID, Library
from outputs.library.layers import LAYERS


class NothingToForget(AnlikuError):
    """{path}: no article {what!r} there; `anliku export articles.csv --table articles` writes a list of what is"""


class Going(NamedTuple):
    """An article that goes."""

    id: str
    title: str
    """Or the first words of one without."""
    published: str | None
    source: str


class Plan(NamedTuple):
    """What `forget` will do."""

    articles: tuple[Going, ...]
    again: tuple[str, ...]
    """Ids forgotten before, asked for once more: the file is cleaned again."""
    findings: int
    reviews: int
    """Decisions of people that go with them."""
    copies: tuple[Going, ...]
    """Other printings of the same reports, which stay."""

    @property
    def ids(self) -> list[str]:
        """Of all articles that are asked for."""
        return [*(one.id for one in self.articles), *self.again]


_COLUMNS = f"SELECT a.id, {name_sql('a')} AS title, a.published, a.source FROM articles a WHERE"
_SAME = (
    f"{_COLUMNS} a.id IN (SELECT other.article_id FROM duplicates own"
    " JOIN duplicates other ON other.lead_id = own.lead_id WHERE own.article_id = ?)"
)


def plan(
    library: Library,
    article_ids: Sequence[str] = (),
    *,
    urls: Sequence[str] = (),
    sources: Sequence[str] = (),
    copies: bool = False,
) -> Plan:
    """What goes when these are forgotten. `sources`: an article as the library names it, or the file, archive or folder
    that articles were read from. `copies`: with all other printings of the same report. NothingToForget."""
    before = library.forgotten()
    going: dict[str, Going] = {}
    again: list[str] = []
    for id_ in dict.fromkeys(article_ids):
        found = _found(library, "a.id = ?", id_)
        if not found and id_ not in before:
            raise NothingToForget(path=library.path, what=id_)
        going |= found
        again += [] if found else [id_]
    asked: list[tuple[str, str, tuple[str, ...]]] = [("a.column_url = ?", url, (url,)) for url in urls]
    for source in sources:
        inside = tuple(f"{source.rstrip('/')}{mark}" for mark in "/!#")
        where = "? IN (a.source, a.file)" + " OR substr(a.source, 1, length(?)) = ?" * len(inside)
        asked.append((where, source, (source, *(one for part in inside for one in (part, part)))))
    for where, what, values in asked:
        found = _found(library, where, *values)
        if not found:
            raise NothingToForget(path=library.path, what=what)
        going |= found
    same = {one.id: one for id_ in going for one in map(Going._make, library.rows(_SAME, (id_,)))}
    if copies:
        going |= same
    ids = sorted(going)
    return Plan(
        articles=tuple(going[id_] for id_ in ids),
        again=tuple(again),
        findings=sum(
            _count(library, f"{layer.name} WHERE article = {BY_ID} AND review_id IS NULL", ids) for layer in LAYERS
        ),
        reviews=_count(library, "reviews WHERE article_id = ?", ids),
        copies=tuple(same[id_] for id_ in sorted(same) if id_ not in going),
    )


def _found(library: Library, where: str, *values: str) -> dict[str, Going]:
    return {row[0]: Going._make(row) for row in library.rows(f"{_COLUMNS} ({where}) ORDER BY a.id", values)}


def _count(library: Library, of: str, ids: Sequence[str]) -> int:
    return sum(int(next(library.rows(f"SELECT count(*) FROM {of}", (id_,)))[0]) for id_ in ids)
