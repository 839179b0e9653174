"""`anliku search`: articles that hold words, or findings that do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from outputs.labels import label
from outputs.library import Library
from outputs.quotes import safe
from outputs.search import RANKED
from outputs.search import search as search_library
from outputs.search_findings import Searched, layers_of, search_findings
from pipeline.cli import options


def search(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="Words, in either script; all of them must occur.")],
    library: options.Opened = Path("library.db"),
    layer: Annotated[
        Searched | None,
        typer.Option("--in", help="Search findings instead: titles of measures, sentences of numbers …"),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most N articles or findings.")] = 20,
) -> None:
    """Find articles, the best first, with their id, the passage and the layers that hold the words too; or findings of
    one layer.

    Example: anliku search 跨村联建 --in measures -l library.db
    """
    if not query.strip():
        raise typer.BadParameter("no word to look for; write for instance: anliku search 党建")
    with Library(library, read_only=True) as opened:
        count = _findings(opened, query, layer, limit) if layer else _articles(opened, query, limit)
    if not count:
        what = f"{layer} of {library}" if layer else str(library)
        Console(stderr=True).print(f"nothing in {what} holds {query}", markup=False, soft_wrap=True)
        raise typer.Exit(1)


def _articles(library: Library, query: str, limit: int) -> int:
    console = Console()
    hits = search_library(library, query, limit)
    for hit in hits:
        where = (f"  {safe(hit.source)}  {hit.article_id}", "dim")
        console.print(Text.assemble((safe(hit.title), "bold"), where), soft_wrap=True)
        console.print(_lit(hit.snippet, hit.highlights), soft_wrap=True)
        found = layers_of(library, hit.article_id, query)
        if found:
            line = "  ".join(f"{label('layers', name)} {count}" for name, count in found.items())
            console.print(Text(line, style="dim"), soft_wrap=True)
    if hits and not any(hit.score for hit in hits):
        line = f"not ranked (one character, or in more than {RANKED:,} articles): title first, then the last written"
        Console(stderr=True).print(line, style="dim", markup=False, highlight=False, soft_wrap=True)
    return len(hits)


def _findings(library: Library, query: str, layer: str, limit: int) -> int:
    console = Console()
    hits = search_findings(library, query, layer, limit)
    for hit in hits:
        where = " · ".join(filter(None, (hit.case, (hit.published or "")[:10], hit.title, hit.id)))
        console.print(Text(hit.value, style="bold"), Text(f"  {safe(where)}", style="dim"), soft_wrap=True)
        if hit.quote != hit.value:
            console.print(_lit(hit.quote, hit.highlights), soft_wrap=True)
    return len(hits)


def _lit(text: str, highlights: tuple[tuple[int, int], ...]) -> Text:
    shown = Text(safe(text))
    if shown.plain == text:
        for start, end in highlights:
            shown.stylize("reverse", start, end)
    return shown
