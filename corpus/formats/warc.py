"""WARC: pages as a crawler stored them. Article N is the Nth response, counted whatever its type.

Only HTML and plain text that the server sent with a 2xx status; pictures, redirects and error pages are passed over.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from corpus.blob import Blob, Reading, Results, failure, human
from corpus.errors import Damaged, EmptySource, NothingInside, SourceError, TooLong
from corpus.formats.page import page_article
from models.article import Article, MediaType

MEDIA_TYPES: dict[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}


def read_warc(blob: Blob, reading: Reading) -> Results:
    """The articles of a `.warc`, with the address of each page as `columns.url`."""
    if blob.size == 0:
        raise EmptySource(source=blob.source)
    seen = False
    with blob.open() as stream:
        for number, record in enumerate(_responses(_Pieces(stream), blob.source), 1):
            source = f"{blob.source}#{number}"
            try:
                article = _article(record, source, reading)
            except SourceError as error:
                yield failure(error)
                seen = True
                continue
            if article is not None:
                yield article
                seen = True
    if not seen:
        raise NothingInside(
            source=blob.source, what="response with HTML or plain text", hint="Check what the crawler stored"
        )


def _article(record: WarcRecord, source: str, reading: Reading) -> Article | None:
    """The page of a response; null where it is no page."""
    limit = reading.limits.article_bytes
    if record.content_length > limit:
        raise TooLong(source=source, what="this page", limit=human(limit))
    try:
        stored = record.reader.read()
        short = record.content_length - len(stored)
        url = record.headers.get("WARC-Target-URI")
        record = _alone(stored)
        record.parse_http(auto_decode="all", quirks_mode=True)
        media_type = MEDIA_TYPES.get((record.http_content_type or "").lower())
        status = record.http_headers.status_code if record.http_headers is not None else None
        if media_type is None or status is None or not 200 <= status < 300:
            return None
        body = record.reader.read(limit + 1)
    except SourceError:
        raise
    except Exception as error:  # fastwarc passes on what its decompressors raise
        raise Damaged(source=source, kind="a WARC response", reason=error) from error
    if short > 0:
        raise Damaged(source=source, kind="a WARC response", reason=f"{short} bytes are missing")
    if len(body) > limit:
        raise TooLong(source=source, what="this page", limit=human(limit))
    return page_article(body, source, media_type, declared=record.http_charset, forced=reading.options.encoding,
                        url=url)  # fmt: skip


def _alone(content: bytes) -> WarcRecord:
    """The response as a file of its own: half read, or damaged, it would hide the record after it."""
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    whole = head + b"Content-Length: %d\r\n\r\n" % len(content) + content + b"\r\n\r\n"
    return next(iter(ArchiveIterator(io.BytesIO(whole), parse_http=False)))


class _Pieces:
    """A stream for fastwarc that gives what there is of a cut archive, before it raises."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self.read = stream.read1
        self.tell = stream.tell


def _responses(stream: _Pieces, source: str) -> Iterator[WarcRecord]:
    records = iter(
        ArchiveIterator(cast(Any, stream), record_types=WarcRecordType.response, parse_http=False, stream_detect=False)
    )
    while True:
        try:
            record = next(records, None)
        except SourceError:
            raise
        except Exception as error:
            raise Damaged(source=source, kind="a WARC file", reason=error) from error
        if record is None:
            return
        yield record
