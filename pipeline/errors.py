"""Errors of the pipeline that a user may meet."""

from __future__ import annotations

from models.errors import AnlikuError


class WorkerDied(AnlikuError):
    """{source}: the worker process died while reading this article (out of memory, or a crash in a library). The run went on without it; try it alone with `anliku extract`."""


class CannotFill(AnlikuError):
    """{path}: cannot be written to ({problem}). Name a folder where you may write, with room; files that are whole stay."""


class NoGold(AnlikuError):
    """{path}: no gold files (NAME.json) there; give the folder that holds them."""


class BadGold(AnlikuError):
    """{path}: not a gold file ({problem})."""
