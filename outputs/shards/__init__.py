"""Shards: Parquet files with a row an article and its findings as nested columns, for corpora that many machines read,
or that outgrow one SQLite file."""

from outputs.shards.errors import BadSQL, CannotFill, NoDuckDB, NoShards, NotAShard, ShardsOfAnotherVersion, TooLong
from outputs.shards.fold import fold
from outputs.shards.folder import ShardFolder
from outputs.shards.query import query

__all__ = [
    "BadSQL",
    "CannotFill",
    "NoDuckDB",
    "NoShards",
    "NotAShard",
    "ShardFolder",
    "ShardsOfAnotherVersion",
    "TooLong",
    "fold",
    "query",
]
