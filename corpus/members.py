"""What folders, zip and tar have in common: cleaned names, what is passed over, bounds on number and depth."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, cast

from corpus.blob import Blob, Reading, Results, metered
from corpus.charset import decode
from corpus.errors import DecodeError, NothingReadable, TooDeep, TooManyMembers

NO_SUFFIX = "no suffix"


class Members:
    """The files of one archive, on their way to their readers."""

    def __init__(self, archive: Blob, reading: Reading) -> None:
        self.archive = archive
        self.inner = reading.inside(archive, levels=1)
        if self.inner.depth > reading.limits.archive_depth:
            raise TooDeep(source=archive.source, depth=self.inner.depth)
        self.passed = Passed(self.inner)
        self.count = 0

    def wanted(self, name: str) -> bool:
        """Whether a file is to be read; counts it, and those passed over. TooManyMembers past the limit."""
        self.count += 1
        if self.count > self.inner.limits.archive_members:
            raise TooManyMembers(source=self.archive.source, limit=self.inner.limits.archive_members)
        return self.passed.wants(name, f"{self.archive.source}!{name}")

    def read(self, name: str, opened: Callable[[], IO[bytes]]) -> Results:
        """The articles of a file."""
        blob = Blob(
            f"{self.archive.source}!{name}", name, lambda: metered(cast(io.BufferedIOBase, opened()), self.inner.budget)
        )
        return self.inner.read(blob, self.inner)

    def end(self) -> None:
        """NothingReadable where no file was wanted."""
        self.passed.end(self.archive.source, "archive")


class Passed:
    """Counts of the files of a folder or archive that were passed over: those without a reader, of which the reading is
    told, and hidden ones."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.read = 0
        self.counts: Counter[str] = Counter()

    def wants(self, name: str, source: str) -> bool:
        """Whether the file has a reader and is not hidden. `source`: its name as a user knows it."""
        suffix = PurePosixPath(name).suffix.lower()
        if hidden(name):
            self.counts["hidden"] += 1
        elif suffix not in self.reading.suffixes:
            self.counts[suffix or NO_SUFFIX] += 1
            self.reading.no_reader(source, suffix or NO_SUFFIX)
        else:
            self.read += 1
            return True
        return False

    def end(self, source: str, kind: str) -> None:
        """NothingReadable where all were passed over, naming what there was."""
        if self.read == 0:
            common = ", ".join(f"{suffix} ×{count}" for suffix, count in sorted(self.counts.items())[:10])
            raise NothingReadable(source=source, kind=kind, found=f" among {common}" if common else "; it is empty",
                                  suffixes=" ".join(self.reading.suffixes))  # fmt: skip


def hidden(name: str) -> bool:
    """Whether a path has a part that systems hide, or that office programs and macOS leave behind."""
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.split("/"))


def clean(name: str) -> str:
    """A member's name for show: no drive, root, `..` or control character, so that it names nothing outside."""
    parts = re.sub(r"^[A-Za-z]:", "", readable(name).replace("\\", "/")).split("/")
    kept = "/".join(part for part in parts if part not in ("", ".", ".."))
    return "".join(char if char.isprintable() else "_" for char in kept) or "unnamed"


def readable(name: str) -> str:
    """A file name whose bytes were not UTF-8 (lone surrogates, PEP 383) in its own charset, else with escapes."""
    if not any("\ud800" <= char <= "\udfff" for char in name):
        return name
    try:
        return decode(name.encode("utf-8", "surrogateescape"), name).text
    except (UnicodeEncodeError, DecodeError):
        return name.encode("utf-8", "backslashreplace").decode("utf-8")
