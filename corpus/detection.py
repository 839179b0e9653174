"""Which charset a text without any mark is in, judged by whether it reads as Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

import chardet

_SHIFTED = re.compile(rb"\x0e([^\x0f]*)\x0f?")

CHINESE = {"gb18030": ("gb18030",), "big5": ("big5", "cp950", "big5hkscs")}
"""Charset by family, in the order tried: Python's `big5` is the strict standard, the others add characters to it.
GB2312 and GBK text is read as GB18030, which holds both: pages that declare gb2312 seldom keep to it."""

SAMPLE = 1000
"""Characters that plausibility is judged on."""
PLAUSIBLE = 0.5
"""Share of usual characters that a text must have. Measured on 2,000 cuts of ten characters: Chinese in its own charset
has 0.6 and more, UTF-8 misread as GB18030 or Big5 at most 0.3."""
CHARDET_BONUS = 0.1
"""What chardet's choice weighs. Of 3,000 cuts of ten characters in GB18030 and Big5 the two together misread none (of
four characters, 33); chardet alone misread seven in a thousand."""
SPARED = 0.001
"""Share of its bytes that a text may have in no charset: a character cut at the end of a field, a flipped bit."""
SPARED_MIN = 200
"""Bytes from which one bad byte is spared: a shorter text does not prove its charset against the bad byte."""
SPARED_PLAUSIBLE = 0.9
"""Plausibility of a text with bad bytes: higher than for one that decodes, since decoding is no evidence."""
REACH = 60
"""Bytes behind a bad one that tell where the next character begins."""
WIDE_MIN = 8
"""Bytes from which UTF-16 without a BOM is looked for: two characters prove nothing."""
WIDE_LATIN = 0.85
"""Share of bytes that look like Latin letters and signs above which a text without NUL is no UTF-16."""


@dataclass(frozen=True)
class Decoded:
    """Text, without its BOM, and the charset that decoded it."""

    text: str
    encoding: str


def utf16(data: bytes) -> Decoded | None:
    """UTF-16 without BOM. chardet takes short Chinese UTF-16 for binary data, so the text itself is judged: in the
    other byte order, or in another charset, hardly any character is a usual one. Only pairs of Latin letters make usual
    Chinese characters at times; but of the bytes of Chinese UTF-16 only half look like Latin letters."""
    if len(data) % 2 or len(data) < WIDE_MIN:
        return None
    head = data[: 2 * SAMPLE]
    if b"\0" not in head and sum(0x20 <= byte <= 0x7E for byte in head) > WIDE_LATIN * len(head):
        return None
    usual = _usual()
    best, best_share = None, PLAUSIBLE
    for encoding in ("utf-16-le", "utf-16-be"):
        found = first_of(data, (encoding,))
        if found is None:
            continue
        sample = found.text[:SAMPLE]
        share = sum(" " <= char <= "~" or char in "\t\r\n" or char in usual for char in sample) / len(sample)
        if share > best_share:
            best, best_share = found, share
    return best


def seven_bit(data: bytes) -> Decoded | None:
    """HZ or ISO-2022-CN: GB 2312 in seven bits, as mail and news groups once had it. Both are ASCII to look at, so only
    usual Chinese between their marks is believed."""
    if not data.isascii() or (b"~{" not in data and b"\x1b$)A" not in data):
        return None
    try:
        if b"\x1b$)A" in data:
            eight = _SHIFTED.sub(lambda hit: bytes(byte | 0x80 for byte in hit[1]), data.replace(b"\x1b$)A", b""))
            text, encoding = eight.decode("gb2312"), "iso-2022-cn"
        else:
            text, encoding = data.decode("hz"), "hz"
    except UnicodeDecodeError:
        return None
    wide = sum(char > "\x7f" for char in text)
    return Decoded(text, encoding) if wide >= 4 and plausibility(text) >= SPARED_PLAUSIBLE else None


def spared(data: bytes, claimed: str | None, *, only: bool = False) -> Decoded | None:
    """The text with U+FFFD for each bad byte, where these are at most SPARED of it and the rest reads as Chinese; in
    UTF-8, then in what is claimed and the Chinese charsets (`only`: in `claimed` alone)."""
    if len(data) < SPARED_MIN:
        return None
    names = ("utf-8", *((claimed,) if claimed else ()), "gb18030", "cp950")
    for encoding in (claimed or "utf-8",) if only else dict.fromkeys(names):
        text = _patched(data, encoding, max(1, int(SPARED * len(data))))
        if text is not None and plausibility(text) >= SPARED_PLAUSIBLE:
            return Decoded(text, encoding)
    return None


def _patched(data: bytes, encoding: str, allowed: int) -> str | None:
    """The text with U+FFFD at up to `allowed` bad places; null where there are more.

    A bad byte may have stood for the first of a pair, so reading goes on behind it, or one or two bytes on, wherever
    the text then makes the most sense: GB18030 and Big5 would else read the rest of a sentence out of step."""
    parts: list[str] = []
    at = 0
    for _ in range(allowed + 1):
        try:
            return "".join([*parts, data[at:].decode(encoding)])
        except UnicodeDecodeError as error:
            bad = at + error.start
            parts += [data[at:bad].decode(encoding), "\ufffd"]
            ends = range(bad + 1, min(bad + 4, len(data)) + 1)
            at = max(ends, key=lambda end: (_sense(data, end, encoding), -end))
    return None


def _sense(data: bytes, start: int, encoding: str) -> float:
    text = data[start : start + REACH].decode(encoding, "replace")
    if start + REACH < len(data):
        text = text.rstrip("\ufffd")  # the end may run through a character
    return plausibility(text) - text.count("\ufffd")


def chinese(data: bytes) -> Decoded | None:
    """GB18030 or Big5, whichever reads better, where either reads well enough."""
    choice = chardet.detect(data, include_encodings=tuple(CHINESE), compat_names=False, no_match_encoding="gb18030")
    best, best_score = None, PLAUSIBLE
    for family, encodings in CHINESE.items():
        found = first_of(data, encodings)
        if found is None:
            continue
        likely = plausibility(found.text)
        score = likely + (CHARDET_BONUS if family == choice["encoding"] else 0.0)
        if likely >= PLAUSIBLE and score > best_score:
            best, best_score = found, score
    return best


def plausibility(text: str) -> float:
    """Share of usual Chinese characters and signs among those of `text` that are not ASCII (1.0 where all are)."""
    sample = [] if text.isascii() else list(islice((char for char in text if char > "\x7f"), SAMPLE))
    usual = _usual()
    return sum(char in usual for char in sample) / len(sample) if sample else 1.0


@cache
def _usual() -> frozenset[str]:
    """The first levels of GB 2312 and Big5 (the 7,000 characters in daily use), and the signs of GB 2312,
    letters of pinyin among them; bopomofo, kana and Greek not, of which Big5 misread as GB 2312 is full."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    blocks = (("gb2312", (0xA1, 0xA2, 0xA3, 0xA8)), ("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7)))
    chars = {
        bytes((lead, trail)).decode(codec, "ignore") for codec, leads in blocks for lead in leads for trail in trails
    }
    return frozenset(char for char in chars if char and not "\u3100" <= char <= "\u312f")


def first_of(data: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    """The first of `encodings` that takes all of `data`."""
    for encoding in encodings:
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return None
