"""What the bad inputs are made of. Villages and figures are invented."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator

from tests.corpus.make import excel, pdf, response, tarred, word, zipped

REPORT = "柳湾镇组建8个联村党委，选派36名干部驻村。今年以来，村集体经济收入有了明显提高。"
SIMPLE = "柳湾镇组建联村党委。"
PAGE = f"<html><body><p>{REPORT}</p></body></html>"


def jsonl(*records: object) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def iso_2022_cn(text: str) -> bytes:
    """The text in seven bits, as mail once had it."""
    out, wide = bytearray(b"\x1b$)A"), False
    for char in text:
        pair = char.encode("gb2312")
        if (len(pair) == 2) != wide:
            wide = not wide
            out += b"\x0e" if wide else b"\x0f"
        out += bytes(byte & 0x7F for byte in pair)
    return bytes(out) + (b"\x0f" if wide else b"")


def hostile_names() -> Iterator[tuple[str, str]]:
    """Names of members that lead outside, or that a terminal would obey, and how they are shown."""
    yield "../../up.txt", "up.txt"
    yield "/etc/root.txt", "etc/root.txt"
    yield "C:\\dir\\win.txt", "dir/win.txt"
    yield "..\\..\\back.txt", "back.txt"
    yield "a/../../b\x07ell.txt", "a/b_ell.txt"
    yield "\x1b[2Jclear.txt", "_[2Jclear.txt"
    yield "a\nb.txt", "a_b.txt"
    yield "\u202etxt.exe.txt", "_txt.exe.txt"
    yield "n" * 200 + ".txt", "n" * 200 + ".txt"
    yield "a//b///c.txt", "a/b/c.txt"


def container_seeds() -> list[tuple[str, bytes]]:
    """A small sound file of each format that has an inside."""
    members = {"1.txt": REPORT.encode(), "2.html": PAGE.encode(), "3.jsonl": jsonl({"text": SIMPLE})}
    return [
        ("zip", zipped(members)),
        ("tar", tarred(members)),
        ("tgz", tarred(members, "w:gz")),
        ("docx", word()),
        ("xlsx", excel(S=[["title", "text"], ["题", REPORT], ["题二", SIMPLE]])),
        ("pdf", pdf(REPORT, SIMPLE)),
        ("warc", response(PAGE.encode()) * 2),
        ("json", json.dumps([{"text": REPORT}, {"text": SIMPLE}], ensure_ascii=False).encode()),
    ]


def flipped(seed: bytes, rng: random.Random) -> bytes:
    """The file with three bytes spoilt."""
    data = bytearray(seed)
    for _ in range(3):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def office_with(package: bytes, parts: dict[str, bytes]) -> bytes:
    """An Office file with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def entity_bomb(charset: str) -> bytes:
    """A billion laughs."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    return (f'<?xml version="1.0" encoding="{charset}"?><!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><d>&e29;</d>').encode(
        charset
    )


def pdf_with_cycle() -> bytes:
    """A tree of pages that holds itself."""
    return pdf("文").replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")


def warc_record(headers: bytes) -> bytes:
    """A record with these headers and nothing in it."""
    return b"WARC/1.0\r\nWARC-Type: response\r\n" + headers + b"\r\n"
