"""A library on a port of this machine."""

from __future__ import annotations

import os
from pathlib import Path

import uvicorn
from datasette.app import Datasette

from outputs.library import Library

SETTINGS = {
    "sql_time_limit_ms": 2000,
    "default_facet_size": 10,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "facet_time_limit_ms": 500,
    "allow_download": False,
}
"""What a visitor's own SQL may cost. The file itself is not offered: with a log beside it, it would lack rows."""


def datasette(path: Path) -> Datasette:
    """Datasette on a library, for reading. Opened once first, so that a file that is none, or is of another schema,
    is refused with one of `outputs.library.errors`."""
    with Library(path, read_only=True) as library:
        library.stats()
    # Nobody can change a file in a folder where we may not write; `mode=ro` needs to write beside a file with a log.
    fixed = not os.access(path.absolute().parent, os.W_OK) and not Path(f"{path}-wal").exists()
    files = [str(path)]
    return Datasette([] if fixed else files, immutables=files if fixed else [], settings=SETTINGS)


def serve(path: Path, *, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve a library until interrupted."""
    uvicorn.run(datasette(path).app(), host=host, port=port, log_level="warning", lifespan="on")
