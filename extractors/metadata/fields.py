"""Labelled and bare values in the bylines, datelines and credits of a page."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.metadata.dates import find_date
from extractors.rules import read_toml


class Labels(NamedTuple):
    """Compiled `labels.toml`."""

    pattern: re.Pattern[str]
    field: dict[str, str]
    outlet_ends: re.Pattern[str]
    nobody: re.Pattern[str]
    body_ends: re.Pattern[str]
    transliterated: re.Pattern[str]
    """A name of a person that may have four characters."""
    name: re.Pattern[str]
    """A word that looks like a person's name on its own."""


@cache
def labels() -> Labels:
    """The labels. They belong to pages, which are laid out before a user's rules are asked for."""
    table = read_toml("extractors.metadata", "labels.toml")
    field = {label.replace(" ", ""): name for name, words in table["labels"].items() for label in words}
    spaced = [r"\s?".join(map(re.escape, label)) for label in sorted(field, key=len, reverse=True)]
    values = table["values"]
    return Labels(
        # a label needs its colon (文/ needs its slash), or, for people, white space after it
        re.compile(
            rf"(?P<label>{'|'.join(spaced)})(?:\s*[:：丨]|\s+\|\s|(?<=[文者员图影])\s*[/／]|(?<=[者员生图])\s+)"
        ),
        field,
        re.compile(values["outlet_ends"]),
        re.compile(values["nobody"], re.I),
        re.compile(values["body_ends"]),
        re.compile(values["transliterated"]),
        re.compile(rf"(?!{'|'.join(values['provinces'])})[{values['surnames']}][\u3400-\u9fff]{{1,2}}"),
    )


def fields(text: str, known: Labels) -> list[tuple[str, str]]:
    """`(field, value)` of the labels in a line, in order; what stands before the first label has the field ``."""
    hits = list(known.pattern.finditer(text))
    ends = [hit.start() for hit in hits[1:]] + [len(text)] if hits else []
    found = [("", text[: hits[0].start()] if hits else text)]
    for hit, end in zip(hits, ends, strict=True):
        label = re.sub(r"\s", "", hit["label"])
        found.append((known.field[label], text[hit.end() : end].strip(" \t|丨,，;；（）()【】[]\u3000")))
    return found


def outlet(value: str) -> str | None:
    """The outlet at the start of a value: up to white space, a date or a bracket."""
    date = find_date(value)
    if date is not None:
        value = value[: date[0]]
    value = value.strip().strip("《》“”\"'·[]【】()（）-—:：|丨")
    token = re.split(r"[\s|丨\[【(（]", value, maxsplit=1)[0].strip("《》“”\"'")
    return token if len(token) >= 2 and not token.isdigit() else None
