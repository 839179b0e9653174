"""Errors that a user may meet. The docstring of a class is its message; `{…}` are its keyword arguments."""

from __future__ import annotations

from functools import partial
from typing import Any


class AnlikuError(Exception):
    """Something went wrong."""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__((type(self).__doc__ or "").strip().format(**values))

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors come back from worker processes, and their values are keyword arguments."""
        return partial(type(self), **self.values), ()


class SpanMismatch(AnlikuError):
    """{source}: {layer} [{start}, {end}) says {text!r}, but the raw text has {found!r} there. This is a bug: please report it with the article."""


class CannotWrite(AnlikuError):
    """{path}: cannot be written ({problem}). Nothing half-written stays, and what stood there before still does; name a file in a folder that is there, with room, where you may write."""


class NothingToRead(AnlikuError):
    """{source}: no article found. Readable are {suffixes}; give a file, a folder, a glob, an archive of these, or - for standard input."""
