"""`anliku query` and `anliku library build`: Parquet shards, asked directly or folded into a library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console
from rich.table import Table

from outputs.export import write_csv, write_jsonl
from outputs.library import Library
from outputs.quotes import safe
from outputs.tables import Sheet
from outputs.writing import written
from pipeline.batch import Report
from pipeline.cli import options
from pipeline.cli.progress import shown
from pipeline.duplicates import mark_duplicates

Shards = Annotated[
    list[Path], typer.Argument(metavar="SHARDS...", help="Folders of shards, or single ones (*.parquet).")
]
PRINTED = 50
"""Rows that are printed where no form of output is asked for."""


def query(
    words: Annotated[
        list[str],
        typer.Argument(metavar='SHARDS... "SQL"', help="Folders of shards, or single *.parquet; then the SELECT."),
    ],
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write rows as CSV; - is standard output.")] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the rows as JSON lines; - is standard output.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most N rows.")] = 10_000,
    seconds: Annotated[float, typer.Option(min=0.1, metavar="N", help="Stop the query after so long.")] = 60.0,
) -> None:
    """Ask shards in SQL, without a library: tables and views have the names of the library's, such as 指标对比.

    Only one SELECT, which can read the shards and nothing else. Reprints are counted as often as they were printed; to
    have each report counted once, fold the shards into a library.

    Example: anliku query shards/ "SELECT 县, 指标, 中位, 单位 FROM 指标对比 WHERE 报道数 > 1" --csv -
    """
    # DuckDB and pyarrow take 0.3 s to import, which the other commands need not wait for.
    from outputs.shards import query as ask

    if len(words) < 2:
        raise typer.BadParameter('give the shards and then the query: anliku query shards/ "SELECT …"')
    if csv is not None and json is not None:
        raise typer.BadParameter("--csv and --json exclude each other")
    *folders, sql = words
    with ask([Path(folder) for folder in folders], sql, limit=limit, seconds=seconds) as answer:
        if csv is not None:
            _write(csv, lambda out: write_csv(answer, out))
        elif json is not None:
            _write(json, lambda out: write_jsonl(answer, out))
        else:
            _print(answer)


def build(
    shards: Shards,
    output: options.Library = Path("library.db"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Fold shards into a library: the same that a run would have written. What it holds already is skipped, so it can
    be stopped and done again, and new shards added.

    Example: anliku library build shards/ -o library.db
    """
    from outputs.shards import fold

    done, report = 0, Report()

    def progress(read: int, total: int) -> None:
        nonlocal done
        done = report.read = report.written = read
        tell(report)

    with Library(output) as library:
        with shown(lambda: done, None, quiet=quiet) as tell:
            folded = fold(shards, library, progress)
            mark_duplicates(library)
        if not quiet:
            table = Table(title=str(output), show_header=False)
            for name, count in {**folded._asdict(), "in library: articles": library.stats()["articles"]}.items():
                table.add_row(name, f"{count:,}")
            Console().print(table)
    if folded.failed:
        raise typer.Exit(1)


def _write(target: Path, fill: Callable[[IO[bytes]], None]) -> None:
    if str(target) == "-":
        fill(sys.stdout.buffer)
    else:
        written(target, fill)


def _print(answer: Sheet) -> None:
    table = Table(*answer.columns)
    rows = list(islice(answer.rows, PRINTED + 1))
    for row in rows[:PRINTED]:
        table.add_row(*("" if cell is None else safe(str(cell)).replace("[", "\\[") for cell in row))
    console = Console()
    console.print(table)
    if len(rows) > PRINTED:
        console.print("… and more: --csv FILE or --json FILE writes all of them")
