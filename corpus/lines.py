"""Long files piece by piece, in bounded memory: lines for JSONL and tables, chunks of text for JSON."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.charset import canonical, decode, quick, sniff
from corpus.detection import Decoded
from corpus.errors import EmptySource, Undecodable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 1 << 16
"""Bytes that a long file's charset is judged on, and bytes read at a time."""


class Lines:
    """A stream whose charset is found from its first 64 kB. EmptySource where it holds nothing.

    UTF-16 and UTF-32, where a newline is not one byte, are turned into UTF-8 on the way.
    """

    def __init__(self, stream: io.BufferedIOBase, source: str, *, limit: int, forced: str | None = None) -> None:
        head, fault = _head(stream)
        if not head:
            raise fault or EmptySource(source=source)
        self.source = source
        self.limit = limit
        self.forced = canonical(forced)
        self.charset = self.forced or sniff(head, source, complete=len(head) < HEAD)
        """Charset of the file; null while all is ASCII, or where no line of the beginning decodes."""
        self._stream: io.BufferedIOBase = io.BufferedReader(Chained(head, stream, fault), HEAD)
        self._wide = (self.charset or "").startswith(("utf-16", "utf-32"))
        if self._wide:
            self._stream = io.BufferedReader(_Utf8(self._stream, self.charset or "", source), HEAD)

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """`(number from 1, line with its end)`; null for a line longer than the limit, which is skipped unread."""
        number = 0
        while line := self._stream.readline(self.limit + 1):
            number += 1
            if len(line) <= self.limit:
                yield number, line
                continue
            while not line.endswith(b"\n") and (line := self._stream.readline(HEAD)):
                pass
            yield number, None

    def decode(self, line: bytes, source: str) -> Decoded:
        """Text of a line, without a BOM. The charset of the file counts as declared, so that a line in another one
        (files pasted together) is still read."""
        if self._wide:
            return Decoded(line.decode("utf-8").removeprefix("\ufeff"), self.charset or "")
        if self.charset in (None, "utf-8") and (text := quick(line)) is not None:
            return Decoded(text.removeprefix("\ufeff"), "utf-8")
        return decode(line, source, declared=self.charset, forced=self.forced)

    def chunks(self) -> Iterator[str]:
        """The whole text, at most 64 kB at a time, without a BOM. Bytes that do not decode are half surrogates in it
        (PEP 383), for the caller to judge: the records around them are sound."""
        charset = "utf-8" if self._wide or self.charset is None else self.charset
        decoder = codecs.getincrementaldecoder(charset)("surrogateescape")
        first = True
        while True:
            data = self._stream.read1(HEAD)
            text = decoder.decode(data, final=not data)
            yield text.removeprefix("\ufeff") if first else text
            first = first and not text
            if not data:
                return


def _head(stream: io.BufferedIOBase) -> tuple[bytes, Exception | None]:
    """The first 64 kB, or what there is of them before the stream breaks off, and the error that it breaks off with."""
    head = b""
    try:
        while len(head) < HEAD and (more := stream.read1(HEAD - len(head))):
            head += more
    except Exception as error:  # whatever the archive around it raises; `Chained` raises it in its place
        return head, error
    return head, None


class _Raw(io.RawIOBase):
    """A stream that is made piece by piece."""

    def __init__(self) -> None:
        self.rest = b""

    def _piece(self) -> bytes:
        """The next bytes; empty at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        if not self.rest:
            self.rest = self._piece()
        count = min(len(view), len(self.rest))
        view[:count], self.rest = self.rest[:count], self.rest[count:]
        return count


class Chained(_Raw):
    """What was read ahead, then the rest, or the error that came instead of it."""

    def __init__(self, head: bytes, stream: io.BufferedIOBase, fault: Exception | None = None) -> None:
        super().__init__()
        self.rest = head
        self.stream = stream
        self.fault = fault

    def _piece(self) -> bytes:
        if self.fault is not None:
            raise self.fault
        return self.stream.read1(HEAD)


class _Utf8(_Raw):
    """A stream of another charset as UTF-8."""

    def __init__(self, stream: io.BufferedIOBase, charset: str, source: str) -> None:
        super().__init__()
        self.stream = stream
        self.charset = charset
        self.source = source
        self.decoder = codecs.getincrementaldecoder(charset)()

    def _piece(self) -> bytes:
        while True:
            data = self.stream.read1(HEAD)
            try:
                text = self.decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                raise Undecodable(source=self.source, tried=self.charset, reason=error.reason) from error
            if text or not data:
                return text.encode("utf-8")
