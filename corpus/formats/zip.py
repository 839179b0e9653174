"""Zip: the files inside, sorted by name. Nothing is written to disk, so names can do no harm; they are cleaned for
show."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import IO

from corpus.blob import Blob, Reading, Results, failure, open_seekable
from corpus.charset import decode
from corpus.errors import Damaged, DecodeError, Encrypted
from corpus.members import Members, clean


def read_zip(blob: Blob, reading: Reading) -> Results:
    """The articles of the files in a `.zip`."""
    members = Members(blob, reading)
    with open_seekable(blob, reading.limits) as stream, _opened(stream, blob.source) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        named = sorted(((clean(_name(info)), info) for info in infos), key=lambda pair: pair[0])
        for name, info in named:
            if not members.wanted(name):
                continue
            if info.flag_bits & 1:
                yield failure(Encrypted(source=f"{blob.source}!{name}"))
            else:
                yield from members.read(name, partial(_member, archive, info, f"{blob.source}!{name}"))
    members.end()


def _opened(stream: io.BufferedIOBase, source: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except Exception as error:  # struct, value and decode errors, besides its own
        raise Damaged(source=source, kind="a zip archive", reason=error) from error


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> IO[bytes]:
    try:
        return archive.open(info)
    except Exception as error:  # value errors for offsets outside the file, besides its own
        raise Damaged(source=source, kind="a file in a zip archive", reason=error) from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant. Chinese Windows writes GBK and leaves the flag for UTF-8 unset; Python reads CP437."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return decode(info.filename.encode("cp437"), info.filename).text
    except (UnicodeEncodeError, DecodeError):
        return info.filename
