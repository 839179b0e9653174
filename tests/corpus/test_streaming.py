"""Memory is bounded by one article, not by the file."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest

from corpus import READERS, Limits, ReadOptions
from corpus.blob import Blob, Reading
from corpus.sources import read_blob
from models.article import Article, Failure

ARTICLE = "柳湾镇组建8个联村党委,选派36名干部驻村。" * 1000


class Endless(io.RawIOBase):
    """A head, then one piece over and over up to a size, then a tail; never in memory at once."""

    def __init__(self, head: bytes, piece: bytes, size: int, tail: bytes = b"") -> None:
        self.pieces = self._make(head, piece, size, tail)
        self.rest = b""

    @staticmethod
    def _make(head: bytes, piece: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for _ in range(size // len(piece)):
            yield piece
        yield tail

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self.rest:
            piece = next(self.pieces, None)
            if piece is None:
                return 0
            self.rest = piece
        count = min(len(buffer), len(self.rest))
        buffer[:count], self.rest = self.rest[:count], self.rest[count:]
        return count


def peak(name: str, stream: Endless, options: ReadOptions) -> tuple[int, list[type], int]:
    """`(articles, classes of the failures, most memory held in bytes)`."""
    blob = Blob(name, name, lambda: io.BufferedReader(stream))
    tracemalloc.start()
    try:
        count, failures = 0, []
        for item in read_blob(blob, Reading(options, read_blob, tuple(READERS))):
            if isinstance(item, Article):
                count += 1
            else:
                failures.append(item.error)
        return count, failures, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def streams() -> dict[str, tuple[bytes, bytes]]:
    line = json.dumps({"text": ARTICLE}, ensure_ascii=False).encode()
    return {
        "a.jsonl": (b"", line + b"\n"),
        "a.json": (b"[" + line, b"," + line),
        "a.csv": (b"title,text\n", b'"title","' + ARTICLE.encode() + b'"\n'),
    }


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_memory_does_not_grow_with_the_file(name: str) -> None:
    head, piece = streams()[name]
    tail = b"]" if name == "a.json" else b""
    small = peak(name, Endless(head, piece, 2_000_000, tail), ReadOptions())
    large = peak(name, Endless(head, piece, 120_000_000, tail), ReadOptions())
    assert small[1] == large[1] == []
    assert large[0] > 50 * small[0]
    assert large[2] < 1.2 * small[2] < 5_000_000


@pytest.mark.parametrize(
    ("name", "head", "tail", "after"),
    [("a.jsonl", b'{"text": "', b'"}\n{"text": "x"}\n', 1), ("a.csv", b"text\n", b"\nx\n", 1), ("a.txt", b"", b"", 0)],
)
def test_a_line_without_end_is_not_held(name: str, head: bytes, tail: bytes, after: int) -> None:
    options = ReadOptions(limits=Limits(article_bytes=1_000_000))
    count, failures, most = peak(name, Endless(head, b"x" * 65536, 100_000_000, tail), options)
    assert (count, failures) == (after, ["TooLong"])
    assert most < 6_000_000


def test_an_object_without_end_is_not_held() -> None:
    options = ReadOptions(limits=Limits(article_bytes=1_000_000))
    count, failures, most = peak("a.json", Endless(b'[{"text": "', b"x" * 65536, 100_000_000), options)
    assert (count, failures) == (0, ["TooLong"])
    assert most < 12_000_000


def test_failures_hold_no_input() -> None:
    item = next(
        iter(
            read_blob(
                Blob("a.jsonl", "a.jsonl", lambda: io.BytesIO(b"[" + b"x" * 100_000)),
                Reading(ReadOptions(), read_blob, tuple(READERS)),
            )
        )
    )
    assert isinstance(item, Failure)
    assert len(item.message) < 500
