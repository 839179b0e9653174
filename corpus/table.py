"""From a record of a dump (a row, a JSON object) to an article: which column holds what."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import get_args

from corpus.blob import human
from corpus.errors import LoneSurrogate, MissingColumn, NotAnObject, NoText, TooLong
from corpus.options import ReadOptions, Role
from models.article import Article, Columns, MediaType

ROLES: tuple[Role, ...] = get_args(Role)

_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|img|strong|b|em|font|table|t[rdh]|ul|ol|li|h[1-6]|section|article|html|head|body|meta)"
    r"(?:\s[^<>]*)?/?>|<!doctype html",
    re.I,
)
SHOWN_COLUMNS = 20
"""Columns named in an error; a dump may have thousands."""


def choose(
    columns: Iterable[str], options: ReadOptions, source: str, *, optional: Set[Role] = frozenset()
) -> dict[Role, str]:
    """Which of `columns` holds what: the user's own choice, then the first guess of `columns.toml` that is there.
    A named column of a role in `optional` may be absent.

    MissingColumn where a column that the user named is absent, or none can be the text."""
    present = list(columns)
    folded = {fold(column): column for column in reversed(present)}
    chosen: dict[Role, str] = {}
    for role in ROLES:
        named = options.column(role)
        if named is not None:
            column = named if named in present else folded.get(fold(named))
            if column is None and role not in optional:
                raise missing(repr(named), role, present, source)
            if column is not None:
                chosen[role] = column
            continue
        taken = set(chosen.values())
        guess = next((folded[name] for name in guesses()[role] if name in folded and folded[name] not in taken), None)
        if guess is not None:
            chosen[role] = guess
    if "text" not in chosen:
        raise missing("that is known to hold the text", "text", present, source)
    return chosen


def missing(wanted: str, role: Role, columns: list[str], source: str) -> MissingColumn:
    """The error for an absent column, naming those there are."""
    shown = ", ".join(column[:60] or "(unnamed)" for column in columns[:SHOWN_COLUMNS]) or "(none)"
    more = f" and {len(columns) - SHOWN_COLUMNS} more" if len(columns) > SHOWN_COLUMNS else ""
    return MissingColumn(source=source, wanted=wanted, columns=shown + more, option=f"--{role}-column")


def to_article(
    record: Mapping[str, object], chosen: Mapping[Role, str], source: str, encoding: str, options: ReadOptions
) -> Article:
    """The article of a record. NoText, TooLong, NotAnObject or LoneSurrogate where it is none."""
    cells = {role: _written(record.get(column), role) for role, column in chosen.items()}
    text = cells.pop("text")
    column = chosen["text"]
    if isinstance(record.get(column), dict):
        raise NotAnObject(source=source, found=f"an object in {column}")
    if text is None or not text.strip():
        hint = ", or name the column that holds the text with --text-column"
        raise NoText(source=source, where=f" (column {column})", hint=hint)
    if len(text) > options.limits.article_bytes:
        raise TooLong(source=source, what=f"column {column}", limit=human(options.limits.article_bytes))
    for role, value in (("text", text), *cells.items()):
        hit = _SURROGATE.search(value or "")
        if hit is not None:
            raise LoneSurrogate(source=source, field=chosen[role], code=ord(hit[0]), at=hit.start())
    return Article(source=source, raw=text, media_type=media_type_of(text), encoding=encoding, columns=Columns(**cells))


def media_type_of(text: str) -> MediaType:
    """HTML where the text has a tag that pages use, else plain. `<` alone is no tag: 收入<5万元."""
    return "text/html" if _TAG.search(text) else "text/plain"


def fold(name: str) -> str:
    """A column's name without what varies: case, spaces, hyphens, underscores, a BOM."""
    return re.sub(r"[\s_\-\ufeff]+", "", name).casefold()


@cache
def guesses() -> dict[str, list[str]]:
    """Known column names for each role, folded, the likeliest first."""
    table: dict[str, list[str]] = tomllib.loads(files("corpus").joinpath("columns.toml").read_text("utf-8"))
    return {role: [fold(name) for name in names] for role, names in table.items()}


def _written(value: object, role: Role) -> str | None:
    """A cell as text, as it would be written; null where it is empty. A list is joined: paragraphs, or names."""
    match value:
        case None | "":
            return None
        case str():
            return value
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case list():
            parts = [_written(part, role) or "" for part in value]
            return ("\n" if role == "text" else " ").join(part for part in parts if part) or None
        case dict() | bool() | int() | float():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
