"""A folder of shards: files named by their number and content, each written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from models.article import Article, Failure
from models.case import CaseRecord
from outputs.library.packed import Packed, pack
from outputs.shards.errors import CannotFill, NoShards, NotAShard, ShardsOfAnotherVersion
from outputs.shards.schema import VERSION, shape, to_arrow

MANIFEST = "manifest.json"


class Shard(NamedTuple):
    """A shard as its footer describes it."""

    path: Path
    number: int
    """Its place in the order of reading, from 0."""
    version: str
    """Of the extraction."""
    articles: int
    failures: tuple[Failure, ...]


class ShardFolder:
    """Where a run puts its shards, and where a later run finds what is done. The files are the truth: the manifest is
    written from them, for people and other programs."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()
        """Workers write there, so on several machines it is one shared folder under one name."""

    @staticmethod
    def pack(extracted: tuple[Article, CaseRecord, str]) -> Packed | Failure:
        """What `write` takes, made of an article, its record and its clean body."""
        return pack(extracted)

    def begin(self, version: str) -> list[Shard]:
        """Make the folder; the shards that are there, in order. What killed workers left half-written goes.
        ShardsOfAnotherVersion where another version made them, CannotFill."""
        with _filling(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            for rest in self.path.glob(".*.part"):
                rest.unlink(missing_ok=True)
        found = shards([self.path], empty=True)
        for shard in found:
            if shard.version != version:
                raise ShardsOfAnotherVersion(path=self.path, found=shard.version, wanted=version)
        return found

    def ids(self, shard: Shard) -> list[str]:
        """Ids of the articles of a shard."""
        return list(pq.read_table(shard.path, columns=["id"]).column("id").to_pylist())

    def end(self, version: str, settings: dict[str, Any]) -> None:
        """Write the manifest: a line a shard, beside version and settings."""
        found = shards([self.path], empty=True)
        said = {
            "shards": VERSION,
            "version": version,
            "settings": settings,
            "articles": sum(shard.articles for shard in found),
            "failures": sum(len(shard.failures) for shard in found),
            "files": [
                {"file": shard.path.name, "articles": shard.articles, "failures": len(shard.failures)}
                for shard in found
            ],
        }  # fmt: skip
        part = self.path / f".{MANIFEST}.{uuid4().hex}.part"
        with _filling(self.path):
            part.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
            os.replace(part, self.path / MANIFEST)


def write(folder: Path, number: int, version: str, packed: Sequence[Packed], failures: Sequence[Failure]) -> Path:
    """Write a shard. The same articles in the same version give the same bytes under the same name. CannotFill."""
    said = {
        "anliku.version": version,
        "anliku.number": str(number),
        "anliku.failures": json.dumps([failure.model_dump() for failure in failures], ensure_ascii=False),
    }
    names = [*(one.article_id for one in packed), *(failure.source for failure in failures)]
    name = hashlib.sha256("\n".join([version, *names]).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    path = folder / f"{number:06d}-{name}.parquet"
    part = folder / f".{path.name}.{uuid4().hex}.part"  # several machines write here: a process number is no name
    table = to_arrow([one.rows for one in packed], said)
    with _filling(folder):
        try:
            with part.open("wb") as out:
                pq.write_table(table, out, compression="zstd")
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    return path


@contextmanager
def _filling(folder: Path) -> Iterator[None]:
    """CannotFill instead of the system's error. Raised on a worker it ends the run; a later one goes on."""
    try:
        yield
    except OSError as error:
        raise CannotFill(path=folder, problem=error.strerror or error) from error


def shards(paths: Sequence[Path], *, empty: bool = False) -> list[Shard]:
    """The shards of folders and files, in order. NoShards where there are none, unless `empty`; NotAShard."""
    found: list[Shard] = []
    for path in paths:
        files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        if not empty and not (files and files[0].exists()):
            raise NoShards(path=path)
        found.extend(map(describe, files))
    return found


def describe(path: Path) -> Shard:
    """What the footer of a shard says. NotAShard where it is none, of another form, or not whole."""
    try:
        with pq.ParquetFile(path) as file:
            found, count = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowInvalid, OSError) as error:
        raise NotAShard(path=path, found=f"no Parquet file ({error})") from error
    said = found.metadata or {}
    for key, value in (shape().schema.metadata or {}).items():
        if said.get(key) != value:
            other = said.get(key, b"nothing").decode("utf-8", "replace")
            raise NotAShard(path=path, found=f"{key.decode()} {other}, not {value.decode()}")
    if not found.equals(shape().schema):
        raise NotAShard(path=path, found="a file with other columns than its library has")
    try:
        failures = tuple(Failure.model_validate(one) for one in json.loads(said[b"anliku.failures"]))
        return Shard(path, int(said[b"anliku.number"]), said[b"anliku.version"].decode(), count, failures)
    except (KeyError, TypeError, ValueError) as error:
        raise NotAShard(path=path, found="a file whose footer does not say what a shard's does") from error


def batches(shard: Shard, size: int) -> Iterator[pa.RecordBatch]:
    """The rows of a shard, `size` articles at a time."""
    with pq.ParquetFile(shard.path) as file:
        yield from file.iter_batches(size)
