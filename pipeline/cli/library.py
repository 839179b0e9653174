"""`anliku duplicates` and `runs`: what a library holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from outputs.duplicates import clusters
from outputs.library import Library
from outputs.quotes import one_line
from pipeline.cli import options, run_report


def duplicates(library: options.Opened = Path("library.db")) -> None:
    """List articles that repeat one another: the one that is counted, then its copies with their similarity; the id of
    each stands at the end of its line.

    Example: anliku duplicates -l library.db
    """
    console = Console()
    with Library(library, read_only=True) as opened:
        found = clusters(opened)
    for cluster in found:
        for nr, one in enumerate((cluster.lead, *cluster.copies)):
            mark = "    " if nr else ""
            likeness = f"{mark}{one.similarity:.2f}" if nr else ""
            said = (likeness, one.name, one.published, one.outlet, one.source)
            line = Text(one_line("  ".join(part for part in said if part)), style="" if nr else "bold")
            # The same file read twice, before and after a change, differs in nothing else.
            console.print(line.append(f"  {one.article_id}", style="not bold dim"), soft_wrap=True)
    if not found:
        console.print("没有重复的报道。")


def runs(
    library: options.Opened = Path("library.db"),
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with durations and fill rates.")] = False,
) -> None:
    """List the runs that made a library, the last first.

    Example: anliku runs -l library.db
    """
    with Library(library, read_only=True) as opened:
        found = opened.runs()
    if as_json:
        typer.echo(json.dumps([run_report.as_json(one) for one in found], ensure_ascii=False, indent=1))
        return
    table = Table("run", "started (UTC)", "finished", "version", "counts")
    for one in found:
        counts = ", ".join(f"{name} {count}" for name, count in one.counts.items() if count)
        times = (time[:16].replace("T", " ") if time else "–" for time in (one.started, one.finished))
        table.add_row(str(one.id), *times, one.version, counts)
    Console().print(table)
