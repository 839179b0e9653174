"""Bytes to text: BOM, then what is declared, then strict UTF-8, then detection among the Chinese charsets.

A page with a stray bad byte or two is read, with U+FFFD in their place; bytes that no charset takes otherwise are an
`Undecodable`. Line ends stay as they are, so an
offset is an index into the decoded file. The BOM is a mark of the encoding, not of the text: it is not part of it.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from corpus.detection import (
    CHARDET_BONUS,
    CHINESE,
    SAMPLE,
    Decoded,
    chinese,
    first_of,
    plausibility,
    seven_bit,
    spared,
    utf16,
)
from corpus.errors import DecodeError, NotText, Undecodable

BOMS = (  # the UTF-32 ones first: that of UTF-16-LE is the beginning of that of UTF-32-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office file"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .ppt)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF89a", "a GIF picture"),
    (b"GIF87a", "a GIF picture"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)

NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Python's text encodings that are escapes, not charsets."""

CERTAIN = 0.8
"""Plausibility from which a declared charset is believed without looking for a better one, which takes long."""
CONTROLS = 0.001
"""Share of control characters above which a text is none. A stray NUL in a long page does no harm."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{2,30})"""
    rb"""|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,30})""",
    re.I,
)


def decode(data: bytes, source: str, *, declared: str | None = None, forced: str | None = None) -> Decoded:
    """Text of `data`. `declared` is a claim (HTTP header, meta tag, the rest of the file); `forced` is the user's word.

    NotText for binary data, Undecodable where no charset fits; both name `source`.
    """
    if forced is not None:
        return _forced(data, source, canonical(forced) or forced)
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], source, encoding)
    _refuse_magic(data, source)
    claimed = canonical(declared)
    nul = b"\0" in data
    found = seven_bit(data) or (None if nul else _utf8_or_claimed(data, claimed))
    found = found or utf16(data) or (first_of(data, ("utf-8",)) if nul else None)
    found = found or chinese(data) or spared(data, claimed) or _other(data, claimed)
    if found is None:
        if _CONTROL.search(data[:SAMPLE].decode("latin-1")):
            raise NotText(source=source, found="binary data")
        tried = "UTF-8, UTF-16, GB18030 or Big5" + (f", nor as {claimed}, which it declares" if claimed else "")
        raise Undecodable(source=source, tried=tried, reason=_first_error(data, "utf-8"))
    return _text(found.text, found.encoding, source)


def sniff(head: bytes, source: str, *, complete: bool) -> str | None:
    """Charset of a long text from its first bytes; null where they do not tell (all ASCII, or no line decodes).

    `complete`: `head` is the whole text. Judged line by line, so that one bad line does not hide what the others are.
    NotText for binary data."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding
    _refuse_magic(head, source)
    if b"\0" in head:
        wide = utf16(head[: len(head) // 2 * 2]) or utf16(head[: len(head) // 2 * 2 - 2])
        if wide is not None:
            return wide.encoding
        _text(head.decode("latin-1"), "", source)
    *lines, last = head.split(b"\n")
    for line in lines:
        if (found := _encoding(line, source)) is not None:
            return found
    for cut in range(1 if complete else 4):  # the end may run through a character, which has at most four bytes
        if (found := _encoding(last[: len(last) - cut], source)) is not None:
            return found
    return None


def _encoding(line: bytes, source: str) -> str | None:
    if line.isascii():
        return None
    try:
        return decode(line, source).encoding
    except DecodeError:
        return None


def declared_in(page: bytes) -> str | None:
    """What an HTML page says of its charset, in a meta tag or an XML declaration within its first 8 kB."""
    hit = _DECLARED.search(page[:8192])
    if hit is None:
        return None
    name = canonical((hit[1] or hit[2]).decode("ascii"))
    # a tag that was readable as ASCII cannot stand in a UTF-16 page (HTML standard, 13.2.3.2)
    return None if name is None or name.startswith(("utf-16", "utf-32")) else name


@lru_cache(maxsize=256)
def canonical(name: str | None) -> str | None:
    """Python's name of a charset, the widest of its family; null where there is none."""
    if name is None:
        return None
    try:
        "".encode(name)
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if found.replace("-", "_") in NOT_CHARSETS:
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "cp950": "big5", "big5hkscs": "big5", "utf-8-sig": "utf-8",
            "ascii": "utf-8"}.get(found, found)  # fmt: skip


def _strict(data: bytes, source: str, encoding: str) -> Decoded:
    try:
        return _text(data.decode(encoding), encoding, source)
    except UnicodeDecodeError as error:
        if (found := spared(data, encoding, only=True)) is not None:
            return _text(found.text, found.encoding, source)
        raise Undecodable(source=source, tried=encoding, reason=_reason(error)) from error


def _forced(data: bytes, source: str, encoding: str) -> Decoded:
    if encoding in ("utf-16", "utf-32"):
        for bom, name in BOMS:
            if name.startswith(encoding) and data.startswith(bom):
                return _strict(data[len(bom) :], source, name)
        encoding += "-le"
    for bom, name in BOMS:
        if name == encoding and data.startswith(bom):
            data = data[len(bom) :]
    if encoding == "big5":
        found = first_of(data, CHINESE["big5"])
        if found is not None:
            return _text(found.text, found.encoding, source)
    return _strict(data, source, encoding)


def _utf8_or_claimed(data: bytes, claimed: str | None) -> Decoded | None:
    """UTF-8 is nearly its own proof, so a claim of another charset is believed only where it reads no worse."""
    utf8 = first_of(data, ("utf-8",))
    if claimed not in CHINESE:
        return utf8
    other = first_of(data, CHINESE[claimed])
    if other is None:
        return utf8
    likely = plausibility(other.text)
    if utf8 is not None:
        return other if likely > plausibility(utf8.text) else utf8
    if likely >= CERTAIN:
        return other
    rival = chinese(data)
    return rival if rival is not None and plausibility(rival.text) > likely + CHARDET_BONUS else other


def _other(data: bytes, claimed: str | None) -> Decoded | None:
    """A declared charset outside the Chinese ones, asked last: many Chinese pages are declared as Latin-1."""
    return first_of(data, (claimed,)) if claimed is not None and claimed != "utf-8" else None


def quick(data: bytes) -> str | None:
    """The text where it is UTF-8 without any control character, as most is; else null, and `decode` is to be asked."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def _text(text: str, encoding: str, source: str) -> Decoded:
    controls = len(_CONTROL.findall(text)) if _CONTROL.search(text) else 0
    if controls > CONTROLS * len(text):
        raise NotText(source=source, found=f"data with {controls} control characters (such as NUL)")
    return Decoded(text, encoding)


def _refuse_magic(data: bytes, source: str) -> None:
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise NotText(source=source, found=what)


def _first_error(data: bytes, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return _reason(error)
    return "the characters make no sense in any of them"


def _reason(error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    return f"byte 0x{byte:02x} at position {error.start}: {error.reason}"
