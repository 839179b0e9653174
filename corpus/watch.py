"""Following a reading from outside: how far it is, which files are done with, and which are to be left out."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

NAMED = 3
"""Files without a reader that are kept by name; the others are only counted."""


class File(NamedTuple):
    """A file on disk as it was when its reading began. An archive is one file."""

    path: str
    """Absolute."""
    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970, as `os.stat` gives them."""


class Watch:
    """Given to `corpus.read`, which keeps it up to date."""

    def __init__(self, wanted: Callable[[File], bool] = lambda file: True) -> None:
        self.wanted = wanted
        """Whether a file is to be read; asked once for each that would be."""
        self.left_out = 0
        """Files that were not wanted."""
        self.finished: list[File] = []
        """Files read to their end, in order. Whoever looks may take them out."""
        self.unread: Counter[str] = Counter()
        """How many files of folders and archives had no reader, by suffix."""
        self.unread_names: list[str] = []
        """The first `NAMED` of them, as a user knows them."""
        self._passed = 0
        self._stream: io.BufferedIOBase | None = None

    @property
    def bytes(self) -> int:
        """Bytes of files read or left out so far; of an archive as it lies on the disk."""
        stream = self._stream
        return self._passed + (stream.tell() if stream is not None and not stream.closed else 0)

    def opened(self, stream: io.BufferedIOBase) -> None:
        """The file that is being read."""
        self._stream = stream

    def passed(self, file: File, *, read: bool) -> None:
        """A file is behind us, read or left out."""
        self._passed += file.size
        self._stream = None
        if read:
            self.finished.append(file)
        else:
            self.left_out += 1

    def no_reader(self, source: str, suffix: str) -> None:
        """A file of a folder or archive is passed over, since nothing reads its suffix."""
        self.unread[suffix] += 1
        if len(self.unread_names) < NAMED:
            self.unread_names.append(source)
