"""JSON lines: one object a line. Article N is line N. A bad line is a failure, and the next is read."""

from __future__ import annotations

import json

from corpus.blob import Blob, Reading, Results, failure, human
from corpus.errors import BadJson, NotAnObject, SourceError, TooLong
from corpus.lines import Lines
from corpus.objects import ObjectMapper


def read_jsonl(blob: Blob, reading: Reading) -> Results:
    """The articles of a `.jsonl` or `.ndjson`."""
    limits, options = reading.limits, reading.options
    mapper = ObjectMapper(blob.source, options)
    with blob.open() as stream:
        lines = Lines(stream, blob.source, limit=limits.article_bytes, forced=options.encoding)
        for number, line in lines:
            source = f"{blob.source}#{number}"
            try:
                if line is None:
                    raise TooLong(source=source, what="this line", limit=human(limits.article_bytes))
                decoded = lines.decode(line, source)
                if decoded.text.strip():
                    yield mapper.article(parse_object(decoded.text, source), source, decoded.encoding)
            except SourceError as error:
                yield failure(error)
    yield from mapper.unseen()


def parse_object(text: str, source: str) -> dict[str, object]:
    """The object of a line. BadJson or NotAnObject."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadJson(source=source, reason=str(error) or "nested too deeply") from error
    if not isinstance(value, dict):
        raise NotAnObject(source=source, found=f"a {type(value).__name__}")
    return value
