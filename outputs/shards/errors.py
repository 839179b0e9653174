"""Errors of the shards that a user may meet."""

from __future__ import annotations

from models.errors import AnlikuError


class NoShards(AnlikuError):
    """{path}: no shards there (*.parquet of `anliku run … --shards DIR`)."""


class NotAShard(AnlikuError):
    """{path}: not a shard that this anliku can read, but {found}."""


class ShardsOfAnotherVersion(AnlikuError):
    """{path}: holds shards made by {found}, and this is {wanted}. One folder holds what one version made: give another folder."""


class CannotFill(AnlikuError):
    """{path}: shards cannot be written there ({problem}). Name a folder where you may write, with room; whole shards stay, and the same command goes on with the others."""


class NoDuckDB(AnlikuError):
    """`anliku query` needs the optional extra `query`: python -m pip install 'anliku[query]'."""


class BadSQL(AnlikuError):
    """{problem}"""


class TooLong(AnlikuError):
    """the query was stopped after {seconds:g} s. Narrow it down, or give more time with --seconds."""
