"""Small files of every format, made in memory. Villages and figures are invented."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdf

from corpus import ReadOptions, read
from models.article import Article, Failure

TEXT = "今年以来,柳湾镇组建8个联村党委,选派36名干部驻村。\r\n一是建强队伍。\r\n"


def read_all(*sources: Path | str, options: ReadOptions | None = None) -> list[Article | Failure]:
    return list(read([str(source) for source in sources], options or ReadOptions()))


def articles(*sources: Path | str, options: ReadOptions | None = None) -> list[Article]:
    """All articles, where nothing may fail."""
    results = read_all(*sources, options=options)
    failures = [result for result in results if isinstance(result, Failure)]
    assert failures == []
    return [result for result in results if isinstance(result, Article)]


def only_failure(*sources: Path | str, options: ReadOptions | None = None) -> Failure:
    """The one failure, where there is nothing else."""
    (result,) = read_all(*sources, options=options)
    assert isinstance(result, Failure)
    return result


def fails(tmp_path: Path, name: str, data: bytes, options: ReadOptions | None = None) -> Failure:
    """The one failure of a file; an article after it is still read."""
    path = tmp_path / name
    path.write_bytes(data)
    after = tmp_path / "after.txt"
    after.write_text("后一篇")
    failure, article = read_all(path, after, options=options)
    assert isinstance(failure, Failure)
    assert isinstance(article, Article)
    assert str(path) in failure.message
    assert "\n" not in failure.message
    return failure


def shape(results: list[Article | Failure]) -> list[tuple[str, str]]:
    """`(last part of the source, raw text or class of the error)`."""
    return [
        (result.source.rsplit("/", 1)[-1], result.raw if isinstance(result, Article) else result.error)
        for result in results
    ]


def jsonl(*records: object) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_heading("柳湾镇的做法", 1)
    document.add_paragraph("组建8个联村党委。")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("村", "户数", "东坪村", "120户"), strict=True):
        cell.text = text
    document.add_paragraph("下一步,继续推进。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with a text layer, in a font that maps code to character one to one; an empty page has no text."""
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"1 begincodespacerange <0000> <ffff> endcodespacerange "
        b"1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end"
    )
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(count)), count),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(to_unicode), to_unicode),
    ]
    for index, text in enumerate(pages):
        lines = b" ".join(b"<%s> Tj 0 -20 Td" % line.encode("utf-16-be").hex().encode() for line in text.split("\n"))
        content = b"BT /F 12 Tf 50 700 Td %s ET" % lines if text else b""
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (7 + 2 * index),
            b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        ]
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    if password is None:
        return bytes(out)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(bytes(out)))
    writer.encrypt(password, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def response(
    body: bytes,
    *,
    content_type: bytes = b"text/html; charset=utf-8",
    url: bytes = b"http://news.example/1.html",
    status: bytes = b"200 OK",
    encoding: bytes = b"",
) -> bytes:
    """One WARC response record."""
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + content_type + b"\r\n"
    if encoding:
        head += b"Content-Encoding: " + encoding + b"\r\n"
    http = head + b"\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        b"WARC-Target-URI: " + url + b"\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
    ) + http + b"\r\n\r\n"  # fmt: skip
