"""What a case of a bad input is, and the limits that it is read within."""

from __future__ import annotations

from typing import NamedTuple

from corpus import Limits, ReadOptions

OPTIONS = ReadOptions(
    limits=Limits(
        article_bytes=200_000, document_bytes=2_000_000, archive_floor=500_000, archive_ratio=50, archive_members=100
    )
)
"""Small limits make small inputs large."""

ANY = ("...",)
"""Readings or failures, whatever can be told of the damage; never a bug (`Unexpected`)."""

DEEP = 10_000


class Case(NamedTuple):
    """A file, and what reading it gives: `=text` that reading, `*` a reading, else the class of the failure, `A|B` one
    of two."""

    name: str
    data: bytes
    expect: tuple[str, ...]


Row = tuple[object, ...]
"""Suffix, bytes, and what is expected."""
