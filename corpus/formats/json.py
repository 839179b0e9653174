"""JSON: a list of objects, one object, or objects one after another (JSON lines under the wrong name).

Streamed: only one object is held. Article N is the Nth value; a file that is one object has no number. After a syntax
error nothing more of the file can be told apart, so reading ends there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from corpus.blob import Blob, Reading, Results, failure, human
from corpus.detection import SPARED, SPARED_MIN
from corpus.errors import BadJson, DecodeError, NotAnObject, SourceError, TooLong, Undecodable
from corpus.lines import Lines
from corpus.objects import ObjectMapper

SPACE = " \t\r\n"

# A byte that did not decode, with those that it spoils.
_SPOILT = re.compile("[\udc80-\udcff]{1,4}")


def read_json(blob: Blob, reading: Reading) -> Results:
    """The articles of a `.json`."""
    options, limit = reading.options, reading.limits.article_bytes
    mapper = ObjectMapper(blob.source, options)
    with blob.open() as stream:
        lines = Lines(stream, blob.source, limit=limit, forced=options.encoding)
        values = _Values(lines.chunks(), blob.source, limit)
        for number, value in enumerate(values, 1):
            source = blob.source if values.single() else f"{blob.source}#{number}"
            try:
                if not isinstance(value, dict):
                    raise NotAnObject(source=source, found=f"a {type(value).__name__}")
                yield mapper.article(_spared(value, source, lines.charset), source, lines.charset or "utf-8")
            except SourceError as error:
                yield failure(error)
    yield from mapper.unseen()


def _spared(value: dict[str, object], source: str, charset: str | None) -> dict[str, object]:
    """The object with U+FFFD for a stray bad byte in a long text. Undecodable where there are more."""
    for key, text in value.items():
        if isinstance(text, str) and not text.isascii() and (bad := _SPOILT.findall(text)):
            if len(text) < SPARED_MIN or len(bad) > max(1, SPARED * len(text)):
                byte = f"byte 0x{ord(bad[0][0]) - 0xDC00:02x} in {key[:40]}"
                raise Undecodable(source=source, tried=charset or "utf-8", reason=byte)
            value = {**value, key: _SPOILT.sub("\ufffd", text)}
    return value


class _Values:
    """The values of a JSON text, out of the list around them if there is one."""

    def __init__(self, chunks: Iterator[str], source: str, limit: int) -> None:
        self.chunks = chunks
        self.source = source
        self.limit = limit
        self.rest = ""
        self.at = 0
        self.ended = False
        self.listed = False
        self.count = 0

    def single(self) -> bool:
        """Whether the value just given is all there is, not in a list."""
        return self.count == 1 and not self.listed and self._peek() == ""

    def __iter__(self) -> Iterator[object]:
        self.listed = self._peek() == "["
        self.at += self.listed
        while (char := self._peek()) != "":
            if self.listed and char == "]":
                self.at += 1
                self.listed = False
                if (after := self._peek()) != "":
                    raise self._bad(f"{after!r} after the end of the list")
                return
            value = self._value()
            self.count += 1
            yield value
            if self._peek() == "," and self.listed:
                self.at += 1
        if self.listed:
            raise self._bad("the list is never closed; the file is cut short")

    def _peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            while self.at < len(self.rest) and self.rest[self.at] in SPACE:
                self.at += 1
            if self.at < len(self.rest):
                return self.rest[self.at]
            if not self._more(1):
                return ""

    def _more(self, wanted: int) -> bool:
        """Read at least `wanted` characters on; whether any came."""
        parts = [self.rest[self.at :]]
        self.at = 0
        got = 0
        while got < wanted and not self.ended:
            chunk = next(self.chunks, None)
            self.ended = chunk is None
            parts.append(chunk or "")
            got += len(chunk or "")
        self.rest = "".join(parts)
        return got > 0

    def _value(self) -> object:
        decoder = json.JSONDecoder()
        while True:
            try:
                value, end = decoder.raw_decode(self.rest, self.at)
            except RecursionError as error:
                raise self._bad("nested too deeply") from error
            except ValueError as error:
                held = len(self.rest) - self.at
                if held > self.limit:
                    raise TooLong(source=f"{self.source}#{self.count + 1}", what="this object",
                                  limit=human(self.limit)) from error  # fmt: skip
                try:
                    if not self._more(held):  # doubling keeps the repeated attempts linear
                        raise self._bad(error) from error
                except DecodeError as undecodable:
                    raise undecodable from error
                continue
            if end < len(self.rest) or not self._more(1):
                self.at = end if end < len(self.rest) else len(self.rest)
                return value

    def _bad(self, reason: object) -> BadJson:
        return BadJson(source=f"{self.source}#{self.count + 1}", reason=reason)
