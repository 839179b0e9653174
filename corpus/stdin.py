"""Standard input: bytes without a name, so their beginning tells the format."""

from __future__ import annotations

import io
import re

from corpus.blob import Blob, Reading, Results
from corpus.charset import sniff
from corpus.errors import DecodeError
from corpus.lines import HEAD, Chained
from corpus.table import media_type_of

SOURCE = "stdin"


def read_stdin(stream: io.BufferedIOBase, reading: Reading) -> Results:
    """The articles of standard input: `stdin`, or `stdin#17` where it is JSON or JSON lines."""
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    whole = io.BufferedReader(Chained(head, stream), HEAD)
    return reading.read(Blob(SOURCE, f"stdin{guess_suffix(head)}", lambda: whole), reading)


def guess_suffix(head: bytes) -> str:
    """Suffix of the reader for a stream that begins so: JSON lines where it opens with `{`, JSON where it opens with a
    list of objects or an object over several lines, HTML where it has a tag, else text."""
    try:
        charset = sniff(head, SOURCE, complete=False) or "utf-8"
    except DecodeError:
        return ".txt"  # whose reader says what is wrong
    text = head.decode(charset, "ignore").lstrip("\ufeff \t\r\n")
    first = text.split("\n", 1)[0].rstrip()
    if text.startswith("{"):
        return ".jsonl" if first.endswith("}") or "\n" not in text else ".json"
    if re.match(r"\[\s*\{", text):
        return ".json"
    return ".html" if media_type_of(text) == "text/html" else ".txt"
