"""A Parquet file that says it is a shard, and is none, is refused where it is opened."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from outputs.shards import NotAShard
from outputs.shards.folder import describe, write
from outputs.shards.schema import shape

FOOTER = {
    **(shape().schema.metadata or {}),
    b"anliku.failures": b"[]", b"anliku.number": b"3", b"anliku.version": b"1",
}  # fmt: skip


def made(path: Path, columns: pa.Schema, footer: dict[bytes, bytes]) -> Path:
    pq.write_table(columns.with_metadata(footer).empty_table(), path)
    return path


def test_the_footer_as_it_should_be(tmp_path: Path) -> None:
    shard = describe(made(tmp_path / "a.parquet", shape().schema, FOOTER))
    assert (shard.number, shard.version, shard.articles, shard.failures) == (3, "1", 0, ())
    assert describe(write(tmp_path, 3, "1", [], [])) == shard._replace(path=next(tmp_path.glob("000003-*")))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({b"anliku.failures": b"{"}, "footer"),
        ({b"anliku.failures": b"null"}, "footer"),
        ({b"anliku.failures": b'[{"source": 1}]'}, "footer"),
        ({b"anliku.number": b"x"}, "footer"),
        ({b"anliku.version": b"\xff"}, "footer"),
        ({b"anliku.shards": b"\xff"}, "anliku.shards \ufffd, not 1"),
        ({b"\xff": b"\xff", b"anliku.library": b"0"}, "anliku.library 0, not "),
    ],
)
def test_a_footer_that_was_tampered_with(tmp_path: Path, change: dict[bytes, bytes], problem: str) -> None:
    with pytest.raises(NotAShard, match=problem):
        describe(made(tmp_path / "a.parquet", shape().schema, {**FOOTER, **change}))


@pytest.mark.parametrize("gone", [b"anliku.failures", b"anliku.number", b"anliku.version"])
def test_a_footer_that_lacks_something(tmp_path: Path, gone: bytes) -> None:
    with pytest.raises(NotAShard, match="footer"):
        describe(made(tmp_path / "a.parquet", shape().schema, {key: FOOTER[key] for key in FOOTER.keys() - {gone}}))


def test_other_columns_under_the_footer_of_a_shard(tmp_path: Path) -> None:
    with pytest.raises(NotAShard, match="other columns"):
        describe(made(tmp_path / "a.parquet", pa.schema([("id", pa.string())]), FOOTER))
