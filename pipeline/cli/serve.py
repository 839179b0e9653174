"""`anliku serve`: a library in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from outputs.library import Library


def serve(
    library: Annotated[Path, typer.Argument(metavar="LIBRARY", help="The case library (SQLite) to show.")],
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port to listen on.")] = 8001,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on; 0.0.0.0 lets other machines read too.")
    ] = "127.0.0.1",
) -> None:
    """Show a library in the browser: cases beside their articles, counties, comparisons, a map, search.

    Reading only: nothing can be changed through the pages. Datasette's own pages give every table as CSV and JSON.

    Example: anliku serve library.db --port 8001
    """
    # Datasette takes 0.2 s to import, which the other commands need not wait for.
    from outputs.datasette_anliku.server import serve as serve_library

    with Library(library, read_only=True):  # says what is wrong with the file before an address is shown
        pass
    Console(stderr=True).print(f"{library}: http://{host}:{port}/ (Ctrl+C stops it)", markup=False, soft_wrap=True)
    serve_library(library, host=host, port=port)
