"""`anliku search` and `anliku export`: what a library holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from outputs.export import Format
from outputs.export import export as export_table
from outputs.library import Library
from outputs.search import search as search_library
from pipeline.cli import options

SUFFIXES: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".xlsx": "xlsx"}


def search(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="Words, in either script; all of them must occur.")],
    library: options.Opened = Path("library.db"),
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most N articles.")] = 20,
) -> None:
    """Find articles, the best first, with the passage.

    Example: anliku search 跨村联建 -l library.db
    """
    console = Console()
    with Library(library, read_only=True) as opened:
        hits = search_library(opened, query, limit)
    for hit in hits:
        console.print(
            Text(hit.title or "（无标题）", style="bold"), Text(f"  {hit.source}", style="dim"), soft_wrap=True
        )
        snippet = Text(hit.snippet)
        for start, end in hit.highlights:
            snippet.stylize("reverse", start, end)
        console.print(snippet, soft_wrap=True)
    if not hits:
        Console(stderr=True).print(f"nothing in {library} holds {query}", markup=False, soft_wrap=True)
        raise typer.Exit(1)


def export(
    target: Annotated[
        Path,
        typer.Argument(metavar="TARGET", help="File (.xlsx .csv .jsonl); for all tables as CSV or JSONL, a folder."),
    ],
    library: options.Opened = Path("library.db"),
    table: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Table or view, all, or records. Default: all; for .jsonl, records."),
    ] = None,
    format: Annotated[Format | None, typer.Option(help="Where the name of the target does not tell.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV for Excel: a byte mark, Chinese titles.")] = False,
) -> None:
    """Write tables of a library to a file.

    Example: anliku export library.xlsx -l library.db
    """
    chosen = format or SUFFIXES.get(target.suffix.lower())
    if chosen is None:
        raise typer.BadParameter(f"{target}: the name must end in {', '.join(SUFFIXES)}, or give --format")
    with Library(library, read_only=True) as opened:
        written = export_table(opened, table or ("records" if chosen == "jsonl" else "all"), chosen, target, bom=excel)
    for path in written:
        typer.echo(path)
