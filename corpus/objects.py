"""JSON objects to articles. Unlike rows of a table, objects may each have keys of their own."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.blob import failure
from corpus.options import ReadOptions, Role
from corpus.table import ROLES, choose, fold, missing, to_article
from models.article import Article, Failure

MAX_SHAPES = 1000
"""Sets of keys remembered; dumps have a few, and a hostile one must not fill the memory."""


class ObjectMapper:
    """Articles of the objects of one file, and which named columns none of them had.

    The text must be in every object. Another column that the user named may be left out by some, as JSON dumps leave
    out what is null, but when all do it is a slip of the pen, and is said once.
    """

    def __init__(self, source: str, options: ReadOptions) -> None:
        self.source = source
        self.options = options
        self._named = {role: name for role in ROLES if role != "text" and (name := options.column(role)) is not None}
        self._unseen = dict(self._named)
        self._shapes: dict[tuple[str, ...], dict[Role, str]] = {}

    def article(self, record: dict[str, object], source: str, encoding: str) -> Article:
        """The article of an object. The errors of `choose` and `to_article`."""
        shape = tuple(record)
        chosen = self._shapes.get(shape)
        if chosen is None:
            chosen = self._choose(shape, source)
            if len(self._shapes) < MAX_SHAPES:
                self._shapes[shape] = chosen
        return to_article(record, chosen, source, encoding, self.options)

    def unseen(self) -> Iterator[Failure]:
        """A failure for each named column that no object had; to be asked at the end of the file."""
        keys = list(dict.fromkeys(key for shape in self._shapes for key in shape))
        for role, name in self._unseen.items() if keys else ():
            yield failure(missing(repr(name), role, keys, self.source))

    def _choose(self, shape: tuple[str, ...], source: str) -> dict[Role, str]:
        folded = {fold(key) for key in shape}
        absent = {role for role, name in self._named.items() if fold(name) not in folded}
        for role in self._named.keys() - absent:
            self._unseen.pop(role, None)
        return choose(shape, self.options, source, optional=absent)
