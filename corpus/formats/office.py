"""The zip container of .docx and .xlsx, checked before a library opens it."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.blob import human
from corpus.errors import Damaged, Encrypted, Forbidden, TooLarge
from corpus.options import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a .docx or .xlsx with a password, and a .doc or .xls under a new name."""
PROLOGUE = 1 << 16
"""Bytes of an XML part that are searched for a document type, which can stand before the root element only."""

_DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")  # also in UTF-16


def check_package(stream: io.BufferedIOBase, source: str, limits: Limits) -> None:
    """Leave the stream at its beginning, or raise: Encrypted, Damaged, TooLarge (a zip bomb), Forbidden (entities)."""
    start = stream.read(len(OLE))
    if start == OLE:
        raise Encrypted(source=source)
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            # zipfile never yields more of a part than is declared here
            if sum(part.file_size for part in parts) > limits.document_bytes:
                raise TooLarge(source=source, what="what this file unpacks to", limit=human(limits.document_bytes))
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with package.open(part) as content:
                        if _DECLARATION.search(content.read(PROLOGUE)):
                            raise Forbidden(source=source, part=part.filename)
    except (Encrypted, TooLarge, Forbidden):
        raise
    except Exception as error:  # zipfile raises struct, value, key and runtime errors on damaged input
        raise Damaged(source=source, kind="an Office file", reason=error) from error
    stream.seek(0)
