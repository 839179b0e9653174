"""Files with files or pages inside: archives, bombs, office files, PDFs, crawls; and bytes that are none of these."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from tests.bad_input.cases.case import DEEP, Row
from tests.bad_input.parts import (
    PAGE,
    REPORT,
    entity_bomb,
    hostile_names,
    office_with,
    pdf_with_cycle,
    warc_record,
)
from tests.corpus.make import excel, pdf, response, tarred, word, zipped


def not_containers() -> Iterator[Row]:
    for suffix in ("xlsx", "docx", "pdf", "warc", "zip", "tar", "tgz", "txt.gz"):
        for data in (REPORT.encode(), bytes(range(256)) * 4, b"PK\x05\x06" + b"\0" * 18, b"\x1f\x8b\x08" + b"\0" * 9):
            yield suffix, data, "Damaged|NothingReadable|EmptySource"
    yield "exe", b"MZ", "UnknownSuffix"
    yield "doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "UnknownSuffix"
    yield "tar", zipped({"a.txt": b"x"}), "Damaged"
    yield "zip", tarred({"a.txt": b"x"}), "Damaged"


def archives() -> Iterator[Row]:
    for suffix, make in (("zip", zipped), ("tar", tarred), ("tgz", lambda members: tarred(members, "w:gz"))):
        for name, shown in hostile_names():
            yield suffix, make({name: "好".encode()}), f"!{shown}"
        yield suffix, make({"a.doc": b"x", ".hidden.txt": b"x", "__MACOSX/a.txt": b"x"}), "NothingReadable"
        yield suffix, make({"1.txt": b"", "2.txt": "好".encode(), "3.pdf": b"x"}), "EmptySource", "=好", "Damaged"
        yield suffix, make({f"{n}.txt": b"x" for n in range(102)}), *["=x"] * 100, "TooManyMembers"
        yield suffix, make({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": b"x"})})})}), "TooDeep"
        yield suffix, make({"a.txt.gz": gzip.compress("好".encode()), "b.tgz": b"no"}), "=好", "Damaged"
    yield "zip", zipped({"a.txt": b"x"})[:-4], "Damaged"
    locked = bytearray(zipped({"a.txt": b"x"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    yield "zip", bytes(locked), "Encrypted"
    lying = bytearray(zipped({"a.txt": b"x"}))
    at = lying.index(b"PK\x01\x02") + 42
    lying[at : at + 4] = b"\xff\xff\xff\x7f"
    yield "zip", bytes(lying), "Damaged"
    strange = bytearray(zipped({"a.txt": b"x"}))
    strange[8], strange[strange.index(b"PK\x01\x02") + 10] = 99, 99  # a method of compression that nobody has
    yield "zip", bytes(strange), "Damaged"
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.txt", "好")
        archive.comment = b"x" * 60_000
    yield "zip", twice.getvalue(), "=好"
    yield "txt.gz", gzip.compress("好".encode()) + b"rest that is no gzip", "=好|Damaged"
    yield "txt.gz", gzip.compress("好".encode())[:-3], "Damaged|=好"
    yield "txt.gz", gzip.compress("好".encode()) * 2, "=好好"
    yield "txt.gz", gzip.compress(gzip.compress(b"x")), "NotText"
    yield "exe.gz", gzip.compress(b"x"), "UnknownSuffix"


def members_that_are_no_files() -> Iterator[Row]:
    """Links, pipes and devices, and sizes that are not so."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo(f"{kind.decode()}.txt")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        archive.addfile(member := tarfile.TarInfo("ok.txt"), io.BytesIO())
        member.name, member.size = "good.txt", 3
        archive.addfile(member, io.BytesIO("好".encode()))
    yield "tar", made.getvalue(), "EmptySource", "=好"
    for size, expect in ((b"\xff\xff\xff\xff", "=好"), (b"\x01\0\0\0", "Damaged")):
        lying = bytearray(zipped({"a.txt": "好".encode()}))
        at = lying.index(b"PK\x01\x02") + 24
        lying[at : at + 4] = size
        yield "zip", bytes(lying), expect


def bombs() -> Iterator[Row]:
    zeros = b"a" * 190_000
    yield "zip", zipped({f"{n}.txt": zeros for n in range(9)}), "*", "*", "Expands"
    yield "jsonl.gz", gzip.compress(zeros * 9), "Expands|TooLong", "..."
    yield "tgz", tarred({f"{n}.txt": zeros for n in range(9)}, "w:gz"), "*", "..."
    yield (
        "zip",
        zipped({"in.zip": zipped({f"{n}.jsonl": zeros for n in range(9)})}),
        "...",
    )
    yield "warc.gz", gzip.compress(response(b"x" * 900) * 900), "..."
    yield "txt.gz", gzip.compress(b"a" * 900_000), "TooLong|Expands"
    yield "docx", office_with(word(), {"big.bin": b"\0" * 2_500_000}), "TooLarge"
    yield "xlsx", office_with(excel(S=[["text"], ["文"]]), {"big.bin": b"\0" * 2_500_000}), "TooLarge"
    for charset in ("utf-8", "utf-16"):
        yield "docx", office_with(word(), {"word/document.xml": entity_bomb(charset)}), "Forbidden"
        yield (
            "xlsx",
            office_with(excel(S=[["text"], ["文"]]), {"xl/worksheets/sheet1.xml": entity_bomb(charset)}),
            "Forbidden",
        )
    yield "html", entity_bomb("utf-8"), "*"


def office() -> Iterator[Row]:
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    for body in (
        b"<w:p>" * DEEP,
        b"<w:tbl><w:tr><w:tc>" * 3000 + b"</w:tc></w:tr></w:tbl>" * 3000,
        b"<w:p/>" * 9,
        b"\0",
        b"&undefined;",
        b"<w:p><w:r><w:t>\xff",
    ):
        yield (
            "docx",
            office_with(word(), {"word/document.xml": head + body + b"</w:body></w:document>"}),
            "Damaged|NoText",
        )
    yield "docx", office_with(word(), {"word/document.xml": b""}), "Damaged"
    yield "docx", office_with(word(), {"[Content_Types].xml": b"<x/>"}), "Damaged"
    yield "docx", zipped({"other.xml": b"<a/>"}), "Damaged"
    yield "xlsx", zipped({"other.xml": b"<a/>"}), "Damaged"
    yield "docx", excel(S=[["text"], ["文"]]), "Damaged"
    yield "xlsx", word(), "Damaged"
    yield "docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Encrypted"
    yield "xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Encrypted"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    for rows in (
        b"<row>" * DEEP,
        b'<row r="99999999"><c r="A1" t="s"><v>99</v></c></row>',
        b'<row><c r="ZZZZZZ1"><v>x</v></c></row>',
        b'<row r="x"><c t="n"><v>x</v></c></row>',
    ):
        yield (
            "xlsx",
            office_with(
                excel(S=[["text"], ["文"]]), {"xl/worksheets/sheet1.xml": sheet + rows + b"</sheetData></worksheet>"}
            ),
            "Damaged|NothingInside|MissingColumn",
        )


def pdfs() -> Iterator[Row]:
    yield "pdf", pdf("", ""), "Scanned"
    yield "pdf", pdf("文", password="x"), "Encrypted"
    yield "pdf", pdf("\ue123\ue456\uf789文"), "Garbled"
    yield "pdf", pdf_with_cycle(), "Damaged|Scanned"
    yield "pdf", b"%PDF-1.7\n", "Damaged"
    yield "pdf", b"%PDF-1.7\n%%EOF\n", "Damaged|Scanned"
    good = pdf("柳湾镇组建联村党委。")
    for old, new in ((b"/Count 1", b"/Count 999999999"), (b"/Length ", b"/Length 9"), (b"startxref", b"startxxxx"), (b"/Kids [6 0 R]", b"/Kids [1 0 R]"),
                     (b"/Type /Page ", b"/Type /Pag  "), (b"trailer", b"trialer"), (b"beginbfrange", b"beginbfxxxxx"), (b"/Contents 7 0 R", b"/Contents 6 0 R"),
                     (b"0 7", b"0 9"), (b"endobj", b"endxxx"), (b"/Root 1 0 R", b"/Root 9 0 R"), (b"stream\n", b"stream\n\xff\xff\xff")):  # fmt: skip
        yield (
            "pdf",
            good.replace(old, new),
            "...",
        )
    yield (
        "pdf",
        b"junk before " * 50 + good,
        "...",
    )
    yield "pdf", good + b"junk after" * 50, "=柳湾镇组建联村党委。|..."


def warcs() -> Iterator[Row]:
    page = PAGE.encode()
    good = response(page)
    shown = f"={PAGE}"
    yield "warc", response(page, content_type=b"image/png"), "NothingInside"
    yield "warc", response(page, status=b"404 Not Found"), "NothingInside"
    yield "warc", response(b""), "NoText|EmptySource|..."
    yield (
        "warc",
        response(b"\xff\xfe\x00\xd8\x41\x00") + good,
        "...",
    )
    yield "warc", response(page, encoding=b"gzip") + good, "Damaged|*", shown
    yield "warc", response(gzip.compress(gzip.compress(page)), encoding=b"gzip, gzip") + good, shown, shown
    yield "warc", response(zlib.compress(page + b" " * 3_000_000), encoding=b"deflate") + good, "TooLong", shown
    yield "warc", response(page, content_type=b"text/html; charset=zlib") + good, shown, shown
    yield "warc", response(b"\x1f\x8b\x08" + b"\0" * 20, encoding=b"gzip") + good, "Damaged|NotText|NoText", shown
    yield (
        "warc",
        response(page, encoding=b"nonsense") + good,
        "...",
    )
    yield "warc", response(page, content_type=b"text/html; charset=nonsense") + good, shown, shown
    yield (
        "warc",
        response(page, url=b"javascript:alert(1)\xff") + good,
        "...",
    )
    yield (
        "warc",
        response(page, status=b"abc") + good,
        "...",
    )
    for old, new in ((b"WARC/1.0", b"WARC/9.9"), (b"WARC/1.0", b"XXXX/1.0"), (b"Content-Length: ", b"Content-Length: -"), (b"Content-Length: ", b"Content-Length: 999999"),
                     (b"Content-Length: ", b"X-Length: "), (b"WARC-Type: response", b"WARC-Type: nothing"), (b"\r\n\r\n", b"\n\n"), (b"HTTP/1.1 200 OK", b""), (b"HTTP/1.1", b"HTPP/1.1"),
                     (b"WARC-Date: 2020-01-01T00:00:00Z", b"WARC-Date: never")):  # fmt: skip
        yield (
            "warc",
            good.replace(old, new, 1) + good,
            "...",
        )
    yield "warc", good + b"rubbish between\r\n\r\n" + good, shown, "..."
    yield (
        "warc",
        warc_record(b"Content-Length: 99999999999999999999\r\n") + good,
        "...",
    )
    yield (
        "warc.gz",
        gzip.compress(good)[:-5],
        "...",
    )
    yield "warc.gz", gzip.compress(good) + gzip.compress(good)[: len(good) // 3], shown, "..."
