"""PDF: the text layer, pages joined by a line end. The raw text of the article is this text."""

from __future__ import annotations

import logging
import re

from corpus.blob import Blob, Reading, Results, human, open_seekable
from corpus.errors import Damaged, Encrypted, Garbled, Scanned, SourceError, TooLong
from models.article import Article

GARBLED = 0.3
"""Share of characters without meaning (private use, replacement, control) above which the fonts have no usable map."""

_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_pdf(blob: Blob, reading: Reading) -> Results:
    """The article of a `.pdf`. Encrypted where it asks for a password, Scanned where it has no text."""
    # Here: a run without PDFs, and each of its workers, need not load it.
    from pypdf.errors import DependencyError, FileNotDecryptedError

    limit = reading.limits.article_bytes
    with open_seekable(blob, reading.limits) as stream:
        try:
            pages = _pages(stream, blob.source, limit)
        except SourceError:
            raise
        except (FileNotDecryptedError, DependencyError) as error:
            raise Encrypted(source=blob.source) from error
        except Exception as error:  # what pypdf raises on a damaged file is open-ended
            raise Damaged(source=blob.source, kind="a PDF", reason=error) from error
    raw = "\n".join(pages)
    if not raw.strip():
        raise Scanned(source=blob.source, pages=len(pages))
    if len(_MEANINGLESS.findall(raw)) > GARBLED * len(raw) or _SURROGATE.search(raw):
        raise Garbled(source=blob.source)
    yield Article(source=blob.source, raw=raw)


def _pages(stream: object, source: str, limit: int) -> list[str]:
    import pypdf

    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it reports each flaw of a file that it reads all the same
    try:
        reader = pypdf.PdfReader(stream, strict=False)  # type: ignore[arg-type]
        if reader.is_encrypted and not reader.decrypt(""):  # many are locked against printing only
            raise Encrypted(source=source)
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            size += len(pages[-1])
            if size > limit:
                raise TooLong(source=source, what="its text", limit=human(limit))
        return pages
    finally:
        logger.setLevel(level)
