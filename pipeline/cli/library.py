"""`anliku compare`, `export` and `runs`: what a library holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from outputs import charts
from outputs.compare import By
from outputs.compare import compare as compare_places
from outputs.compare_table import as_sheet, as_table
from outputs.duplicates import clusters
from outputs.export import Format, write_csv
from outputs.export import export as export_table
from outputs.library import Library
from outputs.quotes import safe
from pipeline.cli import options

SUFFIXES: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".xlsx": "xlsx"}


def compare(
    indicator: Annotated[str, typer.Argument(metavar="CODE", help="Indicator code, such as collective_income.")],
    library: options.Opened = Path("library.db"),
    by: Annotated[By, typer.Option(help="Level of the places that are compared.")] = "county",
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="Only of 2020, 2020/2024, 2020/..")] = None,
    places: Annotated[str, typer.Option(metavar="NAMES", help="Only these places or codes, with commas between.")] = "",
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the rows as CSV instead.")] = None,
    chart: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw a chart instead (.svg or .png).")] = None,
) -> None:
    """Set what the articles say of one indicator side by side, place by place.

    Only values of the same unit, rate, status and threshold stand in one group; what cannot be compared is listed
    with the reason.

    Example: anliku compare collective_income --by county --period 2020/2024 -l library.db
    """
    if chart is not None and chart.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(f"{chart}: the name must end in .svg or .png")
    names = [name.strip() for name in places.replace("，", ",").split(",") if name.strip()]
    with Library(library, read_only=True) as opened:
        comparison = compare_places(opened, indicator, by=by, period=period, places=names)
    if csv is not None:
        with csv.open("wb") as out:
            write_csv(as_sheet(comparison), out, bom=True)
    if chart is not None:
        svg = charts.chart(comparison)
        chart.write_bytes(charts.png(svg) if chart.suffix.lower() == ".png" else svg.encode("utf-8"))
    if csv is None and chart is None:
        Console().print(as_table(comparison))


def duplicates(library: options.Opened = Path("library.db")) -> None:
    """List articles that repeat one another: the one that is counted, then its copies with their similarity.

    Example: anliku duplicates -l library.db
    """
    console = Console()
    with Library(library, read_only=True) as opened:
        found = clusters(opened)
    for cluster in found:
        for nr, one in enumerate((cluster.lead, *cluster.copies)):
            mark = "    " if nr else ""
            line = f"{one.title or '（无标题）'}  {one.published or ''}  {one.outlet or ''}  {one.source}"
            likeness = f"{mark}{one.similarity:.2f}  " if nr else ""
            console.print(Text(safe(likeness + line).replace("\n", " "), style="" if nr else "bold"), soft_wrap=True)
    if not found:
        console.print("没有重复的报道。")


def runs(library: options.Opened = Path("library.db")) -> None:
    """List the runs that made a library, the last first.

    Example: anliku runs -l library.db
    """
    table = Table("run", "started", "finished", "version", "counts")
    with Library(library, read_only=True) as opened:
        for one in opened.runs():
            counts = ", ".join(f"{name} {count}" for name, count in one.counts.items())
            table.add_row(str(one.id), one.started, one.finished or "–", one.version, counts)
    Console().print(table)


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
