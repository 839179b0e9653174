"""Names of persons taken out of all that leaves the house, also where they stand in titles, quotes and other layers.

Whoever an article names is 人物1, 人物2 … in it, by the order in which it names them; the numbers of two articles have
nothing to do with one another. What nobody found cannot be hidden, but for names that another article of the library
has (of three characters and more: shorter ones are words as often as names).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from models.base import Record
from models.case import CaseRecord
from outputs.compare import LeftOut, Observation, Row
from outputs.library import BY_ID, Library
from outputs.side_by_side import Line

_KNOWN = 4096
"""Articles whose names are kept ready: rows of a table come by article, those of a view nearly."""
_GLOBAL = 3
"""Characters from which a name is hidden in other articles too."""
_HAN = re.compile(r"[\u3400-\u9fff]{2,}(?:[·•・][\u3400-\u9fff]+)*")
_DOT = re.compile(r"[·•・]")
# Columns that say which articles a row is made from: by their ids, or by ids of findings, which begin with them.
_OF_ARTICLE = ("article_id", "报道编号", "首发编号", "编号")
_ARTICLE = re.compile(r"\b[0-9a-f]{16}(?![0-9a-f])")

RecordT = TypeVar("RecordT", bound=Record)
AnswerT = TypeVar("AnswerT")
Hide = Callable[[str], str]


class Redactor:
    """Hides the persons of a library, as they stand after review."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._everybody: Hide | None = None
        self._reviewers: dict[str, str] | None = None
        # Of the object, not of the class: it goes when the library is closed.
        self.of = lru_cache(maxsize=_KNOWN)(self._of)
        """`of(article_id)` gives the function that hides the names in a text of that article."""

    def text(self, article_id: str | None, text: str) -> str:
        """A text of an article, or of none, without names."""
        return self.of(article_id)(text) if article_id is not None else self._elsewhere(text)

    def rows(self, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Rows of a table or view of the library without names, those of reviewers neither."""
        own = [*_OF_ARTICLE, *(["id"] if table == "articles" else [])]
        ids = [index for index, column in enumerate(columns) if column in own]
        reviewer = columns.index("reviewer") if table == "reviews" else None
        for row in rows:
            hidden = list(row)
            from_ = dict.fromkeys(id_ for index in ids for id_ in _ARTICLE.findall(row[index] or ""))
            for hide in [self.of(id_) for id_ in from_] or [self._elsewhere]:
                hidden = [hide(cell) if isinstance(cell, str) else cell for cell in hidden]
            if reviewer is not None:
                hidden[reviewer] = self.reviewer(row[reviewer])
            yield tuple(hidden)

    def record(self, record: CaseRecord) -> dict[str, Any]:
        """The record as JSON values without names. Offsets stay those of the article, so texts are not as long as
        their spans; the changes of the normaliser, which spell traditional names, are left out."""
        fields = record.model_dump(mode="json", by_alias=True) | {"changes": []}
        hidden: dict[str, Any] = _walk(fields, self.of(record.article_id))
        return hidden

    def value(self, article_id: str, value: RecordT) -> RecordT:
        """A record of ours that was made from an article, without names in any of its texts."""
        return type(value).model_validate(_walk(value.model_dump(), self.of(article_id)))

    def answer(self, answer: AnswerT) -> AnswerT:
        """What a comparison of any form says (outputs/compare.py, side_by_side.py, bases.py, thresholds.py), without
        names in things, quotes and reasons."""
        hidden: AnswerT = self._answer(answer)
        return hidden

    def _answer(self, value: Any) -> Any:
        match value:
            case Observation():
                return Observation._make(_walk(list(value), self.of(value.article_id)))
            case LeftOut():
                hide = self.of(value.observation.article_id)
                return LeftOut(hide(value.reason), self._answer(value.observation))
            case Row():
                named = _named(value, self.of(value.quotes[0].article_id))
                return named._replace(quotes=self._answer(value.quotes))
            case Line():
                first = next(cell for cell in value.cells if cell is not None)
                return _named(value, self.of(first.quotes[0].article_id))._replace(cells=self._answer(value.cells))
            case tuple() if hasattr(value, "_make"):
                return value._make(map(self._answer, value))
            case list() | tuple():
                return type(value)(map(self._answer, value))
        return value

    def reviewer(self, name: str) -> str:
        """A reviewer by number, in the order in which they first reviewed."""
        if self._reviewers is None:
            found = self._library.rows("SELECT reviewer FROM reviews GROUP BY reviewer ORDER BY min(nr)")
            self._reviewers = {row[0]: _rules()["reviewer"].format(n=nr) for nr, row in enumerate(found, 1)}
        return self._reviewers.get(name, name)

    def _of(self, article_id: str) -> Hide:
        names = self._names(article_id)
        patterns = dict(names)
        surnames: dict[str, set[str]] = {}
        for name, label in names.items():
            surnames.setdefault(_surname(name), set()).add(label)
        for surname, labels in surnames.items():
            said = next(iter(labels)) if len(labels) == 1 else _rules()["somebody"]
            for title in _rules()["titles"]:
                patterns.setdefault(surname + title, said)
        # A place that holds the name of a person stays a place.
        places = self._library.rows(
            f"SELECT DISTINCT text FROM places WHERE article = {BY_ID} ORDER BY 1", (article_id,)
        )
        for (place,) in places:
            if place not in names and any(name in place for name in names):
                patterns[place] = place
        own = _replacing(patterns)
        return lambda text: self._elsewhere(own(text))

    def _names(self, article_id: str) -> dict[str, str]:
        """Every way in which the article writes the name of a person, and the label."""
        names: dict[str, str] = {}
        numbers: dict[str, str] = {}

        def add(written: Sequence[str]) -> None:
            forms = [form for one in written for form in _forms(one)]
            if forms:
                label = next((names[form] for form in forms if form in names), None)
                label = label or numbers.setdefault(forms[-1], _rules()["person"].format(n=len(numbers) + 1))
                for form in forms:
                    names.setdefault(form, label)

        written = f"SELECT text, coalesce(norm, text) FROM persons WHERE article = {BY_ID} AND replaced = 0"
        for row in self._library.rows(f"{written} ORDER BY start, nr", (article_id,)):
            add(row)
        sql = "SELECT authors, contributor, column_author FROM articles WHERE id = ?"
        for authors, contributor, author in self._library.rows(sql, (article_id,)):
            for line in [*json.loads(authors or "[]"), contributor or "", author or ""]:
                for name in _byline(line):
                    add([name])
        return names

    def _elsewhere(self, text: str) -> str:
        if self._everybody is None:
            sql = (
                "SELECT DISTINCT coalesce(norm, text) AS name FROM persons WHERE replaced = 0"
                f" AND length(name) >= {_GLOBAL} ORDER BY name"
            )
            somebody = _rules()["somebody"]
            titles = tuple(_rules()["titles"])
            known = (row[0] for row in self._library.rows(sql))
            self._everybody = _replacing({name: somebody for name in known if not name.endswith(titles)})
        return self._everybody(text)


def _replacing(patterns: Mapping[str, str]) -> Hide:
    """A function that puts the value of the longest pattern in its place, from left to right."""
    if not patterns:
        return lambda text: text
    known = {**patterns, **{name: name for name in _rules()["kept"]}}
    automaton = AhoCorasick(list(known), matchkind=MatchKind.LeftmostLongest)
    values = list(known.values())

    def replaced(text: str) -> str:
        parts, at = [], 0
        for nr, start, end in automaton.find_matches_as_indexes(text):
            parts += [text[at:start], values[nr]]
            at = end
        return "".join([*parts, text[at:]]) if parts else text

    return replaced


def _forms(written: str) -> list[str]:
    """A name as written, without white space, and the part by which a name with a dot is called for short."""
    bare = "".join(written.split())
    parts = _DOT.split(bare)
    short = [parts[0]] if len(parts) > 1 else []
    return [form for form in dict.fromkeys([written, *short, bare]) if len(form) > 1]


def _surname(name: str) -> str:
    return name[:2] if name[:2] in _rules()["surnames_of_two"] and len(name) > 2 else name[:1]


def _byline(line: str) -> Iterator[str]:
    """Names of persons in a byline: 记者 张三 通讯员 李四. Bodies are none."""
    words = sorted(_rules()["byline_words"], key=len, reverse=True)
    for run in _HAN.findall(re.sub("|".join(words), " ", line)):
        if (len(run) <= 4 or _DOT.search(run)) and not run.endswith(tuple(_rules()["bodies"])):
            yield run


def _named(value: Any, hide: Hide) -> Any:
    return value._replace(thing=hide(value.thing), threshold=hide(value.threshold))


def _walk(value: Any, hide: Hide) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {key: _walk(item, hide) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_walk(item, hide) for item in value)
    return value


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(files("outputs").joinpath("redact.toml").read_text("utf-8"))
