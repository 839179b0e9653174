"""Tar, also gzipped: the files inside in the order of the archive, which can be read only once, forwards.

Nothing is written to disk; links and devices in it are passed over."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO

from corpus.blob import Blob, Reading, Results
from corpus.errors import Damaged, EmptySource, SourceError
from corpus.formats.gz import unzipped
from corpus.members import Members, clean


def read_tar(blob: Blob, reading: Reading) -> Results:
    """The articles of the files in a `.tar` or `.tgz`."""
    members = Members(blob, reading)
    if blob.size == 0:
        raise EmptySource(source=blob.source)
    with unzipped(blob, members.inner.budget) if blob.suffix == ".tgz" else blob.open() as stream:
        for name, file in _files(stream, blob.source):
            if members.wanted(name):
                yield from members.read(name, lambda file=file: file)  # type: ignore[misc]
    members.end()


def _files(stream: io.BufferedIOBase, source: str) -> Iterator[tuple[str, IO[bytes]]]:
    """`(name, content)` of each file; the content can be read until the next is asked for."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                file = archive.extractfile(info) if info.isreg() else None
                if file is not None:
                    yield clean(info.name), file
    except SourceError:
        raise
    except Exception as error:  # tarfile raises value, overflow and end-of-file errors, besides its own
        raise Damaged(source=source, kind="a tar archive", reason=error) from error
