"""`anliku serve`: a library in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from outputs.library import Library


def serve(
    library: Annotated[Path, typer.Argument(metavar="LIBRARY", help="The case library (SQLite) to show.")],
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port to listen on; 0: a free one.")] = 8001,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on; 0.0.0.0 lets other machines read too.")
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another host name that it goes by, such as that of a proxy."),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="NAME", help="Who reviews here. Default: asked in the browser.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be reviewed through the pages.")] = False,
    metadata: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", exists=True, dir_okay=False,
            help="Settings of Datasette (.yml, .json): login plugins; plugins: anliku: reviewers: says who may review.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Show a library in the browser: cases beside their articles, counties, comparisons, a map, search.

    Reading is open. On this machine (127.0.0.1) the address that is printed opens the review desk once; other
    machines review only with a login of Datasette. Datasette's own pages give every table as CSV and JSON.

    Example: anliku serve library.db --port 8001 --reviewer 王编辑
    """
    # Datasette takes 0.2 s to import, which the other commands need not wait for.
    from outputs.datasette_anliku.server import listening
    from outputs.datasette_anliku.server import serve as serve_library

    with Library(library, read_only=True):  # says what is wrong with the file before an address is shown
        pass
    with listening(host, port) as door:
        console = Console(stderr=True)
        address = f"http://{f'[{host}]' if ':' in host else host}:{door.getsockname()[1]}"
        console.print(f"{library}: {address}/ (Ctrl+C stops it)", markup=False, soft_wrap=True)

        def announce(token: str) -> None:
            console.print(f"review desk (opens once): {address}/-/desk?token={token}", markup=False, soft_wrap=True)

        serve_library(library, door, host=host, hosts=allow_host or (), reviewer=reviewer, read_only=read_only,
                      metadata=metadata, announce=announce)  # fmt: skip
