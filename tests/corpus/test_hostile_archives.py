"""Archives that are damaged, locked, or made to do harm: bounded, reported once, and the run goes on."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from corpus import Limits, ReadOptions
from models.article import Article, Failure
from tests.corpus.make import (
    articles,
    excel,
    fails,
    jsonl,
    only_failure,
    pdf,
    read_all,
    response,
    shape,
    tarred,
    word,
    zipped,
)


def test_truncated_gzip_gives_what_came_before(tmp_path: Path) -> None:
    records = [{"text": f"第{n}篇" + os.urandom(3000).hex()} for n in range(100)]
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(jsonl(*records))[:-5000])
    *read_before, failure = read_all(path)
    assert len(read_before) > 50
    assert isinstance(failure, Failure)
    assert failure.error == "Damaged"
    assert "cut short" in failure.message


def test_truncated_archives_give_what_came_before(tmp_path: Path) -> None:
    members = {f"{n}.txt": os.urandom(3000).hex().encode() for n in range(10)}
    path = tmp_path / "a.tgz"
    path.write_bytes(tarred(members, "w:gz")[:-4000])
    *before, failure = shape(read_all(path))
    assert len(before) >= 5
    assert failure[1] == "Damaged"
    warc = tmp_path / "a.warc"
    warc.write_bytes(response(b"<p>one</p>") + response(b"<p>two</p>")[:-8])
    assert shape(read_all(warc)) == [("a.warc#1", "<p>one</p>"), ("a.warc#2", "Damaged")]


def test_corrupted_zip(tmp_path: Path) -> None:
    data = bytearray(zipped({"1.txt": b"one" * 50, "2.txt": os.urandom(500).hex().encode(), "3.txt": b"three"}))
    assert fails(tmp_path, "cut.zip", bytes(data[:-30])).error == "Damaged"
    at = data.index(b"2.txt") + 100
    data[at : at + 20] = b"\xff" * 20
    path = tmp_path / "spoilt.zip"
    path.write_bytes(data)
    assert shape(read_all(path)) == [("spoilt.zip!1.txt", "one" * 50), ("spoilt.zip!2.txt", "Damaged"),
                                     ("spoilt.zip!3.txt", "three")]  # fmt: skip


def test_zip_whose_table_of_contents_lies(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    at = data.index(b"PK\x01\x02") + 42  # offset of the member
    data[at : at + 4] = b"\xff\xff\xff\x7f"
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert shape(read_all(path)) == [("a.zip!a.txt", "Damaged")]


@pytest.mark.parametrize("kind", ["zip", "gz", "tgz", "nested", "docx in zip", "warc.gz"])
def test_bomb_is_stopped(tmp_path: Path, kind: str) -> None:
    zeros = b"a" * 1_000_000
    name, data = {
        "zip": ("b.zip", zipped({f"{n}.txt": zeros for n in range(9)})),
        "gz": ("b.jsonl.gz", gzip.compress(zeros * 9)),
        "tgz": ("b.tgz", tarred({"a.txt": zeros}, "w:gz")),
        "nested": ("b.zip", zipped({"in.zip": zipped({f"{n}.jsonl": zeros for n in range(9)})})),
        "docx in zip": ("b.zip", zipped({"a.docx": zeros})),
        "warc.gz": ("b.warc.gz", gzip.compress(response(b"x" * 900) * 900)),
    }[kind]
    limits = Limits(archive_floor=100_000, archive_ratio=20)
    path = tmp_path / name
    path.write_bytes(data)
    *before, failure = read_all(path, options=ReadOptions(limits=limits))
    assert all(isinstance(result, Article) for result in before)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.error) == (str(path), "Expands")
    assert sum(len(result.raw) for result in before if isinstance(result, Article)) < 1_000_000


def test_office_bomb_is_stopped(tmp_path: Path) -> None:
    for data, name in ((word(), "a.docx"), (excel(S=[["text"], ["文"]]), "a.xlsx")):
        bomb = io.BytesIO(data)
        with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr("big.bin", b"\0" * 1_000_000)
        options = ReadOptions(limits=Limits(document_bytes=900_000))
        assert fails(tmp_path, name, bomb.getvalue(), options).error == "TooLarge"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_entity_bomb(tmp_path: Path, charset: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    part = f'<?xml version="1.0" encoding="{charset}"?><!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><d>&e29;</d>'
    for data, name, inner in (
        (word(), "a.docx", "word/document.xml"),
        (excel(S=[["text"], ["文"]]), "a.xlsx", "xl/worksheets/sheet1.xml"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for info in old.infolist():
                new.writestr(info.filename, part.encode(charset) if info.filename == inner else old.read(info))
        assert fails(tmp_path, name, out.getvalue()).error == "Forbidden"


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"deep"})
    for depth in range(2, 5):
        data = zipped({"in.zip": data})
        path = tmp_path / f"{depth}.zip"
        path.write_bytes(data)
        expected = "deep" if depth <= 3 else "TooDeep"
        assert [result for _, result in shape(read_all(path))] == [expected]


def test_archive_with_too_many_files(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tarred({f"{n}.txt": b"x" for n in range(5)}))
    options = ReadOptions(limits=Limits(archive_members=3))
    assert [result for _, result in shape(read_all(path, options=options))] == ["x", "x", "x", "TooManyMembers"]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_names_that_lead_outside_are_cleaned_and_nothing_is_written(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["../../up.txt", "/etc/root.txt", "C:\\dir\\win.txt", "a/../b\x07ell.txt"]
    path = tmp_path / "in" / "a.archive"
    path.parent.mkdir()
    path.write_bytes(make(dict.fromkeys(names, b"x")))
    path = path.rename(path.with_suffix(".zip" if make is zipped else ".tar"))
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(path.parent)
    sources = [article.source.split("!")[1] for article in articles(path)]
    assert sorted(sources) == ["a/b_ell.txt", "dir/win.txt", "etc/root.txt", "up.txt"]
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_a_tar_are_passed_over(tmp_path: Path) -> None:
    import tarfile

    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert only_failure(path).error == "NothingReadable"


def test_locked_files(tmp_path: Path) -> None:
    assert fails(tmp_path, "a.pdf", pdf("文", password="x")).error == "Encrypted"
    assert fails(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).error == "Encrypted"
    data = bytearray(zipped({"a.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert shape(read_all(path)) == [("a.zip!a.txt", "Encrypted")]
