"""A file appears when it is whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from models.errors import CannotWrite


def written(target: Path | IO[bytes], write: Callable[[IO[bytes]], object]) -> list[Path]:
    """Let `write` fill a stream, then put it in the place of `target`; the files written, none for a stream.

    What cannot be renamed over (a pipe, /dev/stdout) is written to as it is. CannotWrite.
    """
    if not isinstance(target, Path):
        write(target)
        return []
    try:
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise CannotWrite(path=target, problem="it is a folder")
            with target.open("wb") as out:
                write(out)
            return [target]
        # Beside the target, so that the rename stays on one disk; short, since a Chinese title may fill a whole name.
        part = target.with_name(f".anliku-{os.getpid()}.part")
        try:
            with part.open("wb") as out:
                write(out)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(path=target, problem=error.strerror or error) from error
    return [target]
