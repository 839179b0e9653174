"""What a user names (files, folders, globs, -) to blobs, and blobs to articles: the way in."""

from __future__ import annotations

import errno
import glob
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import cast

from corpus.blob import Blob, Reading, Results, explain, failure
from corpus.errors import Expands, LinkLoop, NoMatch, NotAFile, NotFound, SourceError, UnknownSuffix
from corpus.formats import READERS, SUFFIXES
from corpus.members import Passed, hidden, readable
from corpus.options import ReadOptions
from corpus.stdin import read_stdin
from corpus.watch import File, Watch
from models.article import Article, Failure
from models.errors import NothingToRead

STDIN = "-"
Folder = tuple[int, int]
"""Device and inode: what a folder is under any name."""
Visit = Callable[[str], Results]
"""What is done with each file that a user's source stands for, by its path."""
DEFAULTS = ReadOptions()


def read(
    sources: Iterable[str], options: ReadOptions = DEFAULTS, watch: Watch | None = None
) -> Iterator[Article | Failure]:
    """Articles of files, folders, globs, archives and `-` (standard input), one at a time, in the order of the sources
    and of sorted paths within each. A source, file or record that cannot be read is a `Failure`, and reading goes on.

    A file named by itself must have a known suffix; in folders, globs and archives, files without a reader and hidden
    ones are passed over. NothingToRead where there is neither article nor failure, that is, no source. `watch` is told
    how far the reading is and what has no reader, and may leave files out.
    """
    names = [sources] if isinstance(sources, str) else [os.fspath(source) for source in sources]
    watch = watch or Watch()
    reading = Reading(options, read_blob, tuple(READERS), no_reader=watch.no_reader)
    empty = True
    for name in names:
        for item in _source(name, reading, partial(_visit, reading=reading, watch=watch)):
            empty = False
            yield item
    if empty and not watch.left_out:
        raise NothingToRead(source=", ".join(names) or "(no source)", suffixes=SUFFIXES)


def total_bytes(sources: Iterable[str]) -> int | None:
    """Bytes on disk of the files that `read` would read; null where standard input is among the sources. Opens none of
    them."""
    sizes: list[int] = []

    def visit(path: str) -> Results:
        sizes.append(os.stat(path).st_size)
        return iter(())

    names = [os.fspath(source) for source in sources]
    if STDIN in names:
        return None
    for name in names:
        for _ in _source(name, Reading(DEFAULTS, read_blob, tuple(READERS)), visit):
            pass
    return sum(sizes)


def missing(sources: Iterable[str]) -> list[Failure]:
    """What is wrong with sources none of which is there; nothing where one is. Opens none of them."""
    names = [os.fspath(source) for source in sources]
    if any(name == STDIN or _there(name) for name in names):
        return []
    nothing = Reading(DEFAULTS, read_blob, tuple(READERS))
    found = (item for name in names for item in _source(name, nothing, lambda path: iter(())))
    return [item for item in found if isinstance(item, Failure)]


def _there(name: str) -> bool:
    try:
        return os.path.lexists(name) or (glob.has_magic(name) and any(glob.iglob(name, recursive=True)))
    except (OSError, ValueError):  # a path with a NUL is a ValueError
        return False


def read_blob(blob: Blob, reading: Reading) -> Results:
    """The articles and failures of one blob, by its suffix. Raises nothing but `Expands`, and that only inside an
    archive: the outermost one reports it, once."""
    try:
        reader = READERS.get(blob.suffix)
        if reader is None:
            raise UnknownSuffix(source=blob.source, suffix=blob.suffix or "files without a suffix", suffixes=SUFFIXES)
        yield from reader(blob, reading)
    except Expands as error:
        if reading.budget is not None:
            raise
        yield failure(error)
    except Exception as error:  # whatever is wrong with one source, the run goes on
        yield failure(explain(error, blob.source))


def _source(name: str, reading: Reading, visit: Visit) -> Results:
    try:
        if name == STDIN:
            yield from read_stdin(cast(io.BufferedIOBase, sys.stdin.buffer), reading)
        elif os.path.isdir(name):
            yield from _folder(name, reading, visit)
        elif os.path.lexists(name):
            yield from visit(name)
        elif glob.has_magic(name):
            yield from _matches(name, reading, visit)
        else:
            raise NotFound(source=readable(name))
    except (OSError, SourceError, ValueError) as error:  # a path with a NUL is a ValueError
        yield failure(_system_error(error, name))


def _matches(pattern: str, reading: Reading, visit: Visit) -> Results:
    """What a glob matches, as if it were a folder. With ** only files count: folders would be read a second time."""
    passed = Passed(reading)
    deep = "**" in pattern
    found = False
    for path in sorted(glob.iglob(pattern, recursive=True)):
        found = True
        if os.path.isdir(path):
            if not deep:
                passed.read += 1
                yield from _folder(path, reading, visit)
        elif passed.wants(os.path.basename(path), readable(path)):
            yield from visit(path)
    if not found:
        raise NoMatch(source=readable(pattern))
    passed.end(readable(pattern), "pattern's matches")


def _folder(root: str, reading: Reading, visit: Visit) -> Results:
    """The files below a folder in sorted order, each real folder once. A link back to a folder above is a failure."""
    passed = Passed(reading)
    seen: set[Folder] = set()
    stack: list[tuple[str, frozenset[Folder]]] = [(root, frozenset())]  # folders can be nested deeper than calls
    while stack:
        path, above = stack.pop()
        try:
            if not os.path.isdir(path):
                os.stat(path)
                yield from visit(path)
                continue
            status = os.stat(path)
            key = (status.st_dev, status.st_ino)
            if key in above:
                raise LinkLoop(source=readable(path))
            if key in seen:
                continue
            seen.add(key)
            with os.scandir(path) as entries:
                names = sorted(entry.name for entry in entries)
        except (OSError, SourceError) as error:
            passed.read += 1
            yield failure(_system_error(error, path))
            continue
        paths = [(name, os.path.join(path, name)) for name in names]
        wanted = [
            (inner, above | {key})
            for name, inner in paths
            if (not hidden(name) if os.path.isdir(inner) else passed.wants(name, readable(inner)))
        ]
        stack.extend(reversed(wanted))
    passed.end(readable(root), "folder")


def _system_error(error: Exception, path: str) -> SourceError:
    """A link that leads in circles has an error number of its own (ELOOP)."""
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return LinkLoop(source=readable(path))
    return explain(error, readable(path))


def _visit(path: str, reading: Reading, watch: Watch) -> Results:
    """Read a file, unless the watch does not want it."""
    source, status = readable(path), os.stat(path)
    file = File(os.path.abspath(path), status.st_size, status.st_mtime_ns)
    if not watch.wanted(file):
        watch.passed(file, read=False)
        return
    opened = partial(_open, path, source, watch)
    yield from read_blob(Blob(source, os.path.basename(source), opened, file.size, seekable=True), reading)
    watch.passed(file, read=True)


def _open(path: str, source: str, watch: Watch) -> io.BufferedIOBase:
    """Open a file, never a pipe or device: reading one could wait, or go on, forever."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise NotAFile(source=source)
    stream = open(path, "rb")  # noqa: SIM115 - the reader that asks for it closes it
    watch.opened(stream)
    return stream
