"""`anliku export`: what leaves the house, as tables or as documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from outputs import document_file
from outputs.document_book import Selection
from outputs.export import Format
from outputs.export import export as export_table
from outputs.library import Library
from pipeline.cli import options

TABLES: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".xlsx": "xlsx", ".parquet": "parquet"}
DOCUMENTS: dict[str, document_file.Format] = {".md": "md", ".docx": "docx", ".html": "html"}
SUFFIXES = (*TABLES, *DOCUMENTS)


def export(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="TARGET",
            help="File (.xlsx .csv .jsonl .parquet; .md .docx .html to print); for all tables as CSV, JSONL or "
            "Parquet, a folder.",
        ),
    ],
    library: options.Opened = Path("library.db"),
    table: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Table or view, all, or records. Default: all; for .jsonl, records."),
    ] = None,
    format: Annotated[
        Literal["csv", "jsonl", "xlsx", "parquet", "md", "docx", "html"] | None,
        typer.Option(help="Where the name of the target does not tell."),
    ] = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV for Excel: a byte mark, Chinese titles.")] = False,
    case: Annotated[
        str | None, typer.Option(metavar="ID", help="Print this case only: the id of a case or of an article.")
    ] = None,
    county: Annotated[
        str | None, typer.Option(metavar="NAME", help="Print the cases of this county (or code).")
    ] = None,
    category: Annotated[
        str | None, typer.Option(metavar="NAME", help="Print the cases with measures of this category.")
    ] = None,
    query: Annotated[str | None, typer.Option(metavar="WORDS", help="Print the cases that hold these words.")] = None,
    redact_persons: options.RedactPersons = False,
) -> None:
    """Write a library to a file: its tables for a spreadsheet or a program, its cases to be read and printed.

    A document has cover, contents, and for each case place and date, background, practice with its numbers, results,
    lessons, names, source, and a note to the passage behind every value; values are those after review.

    Example: anliku export library.xlsx -l library.db
    """
    ending = f".{format}" if format else target.suffix.lower()
    printed, tabular = DOCUMENTS.get(ending), TABLES.get(ending)
    selection = Selection(case, county, category, query)
    if printed and (table or excel):
        raise typer.BadParameter("--table and --excel are for .xlsx, .csv, .jsonl and .parquet")
    if tabular and any(selection):
        raise typer.BadParameter("--case, --county, --category and --query are for .md, .docx and .html")
    if tabular in ("csv", "parquet") and table is None and format is None and not target.is_dir():
        raise typer.BadParameter(
            f"{target}: a {ending} file holds one table; name it with --table (articles, 指标 …), or give a folder for "
            f"all of them with --format {tabular}"
        )
    with Library(library, read_only=True) as opened:
        if printed:
            files = document_file.document(opened, printed, target, selection, redact=redact_persons)
        elif tabular:
            what = table or ("records" if tabular == "jsonl" else "all")
            files = export_table(opened, what, tabular, target, bom=excel, redact=redact_persons)
        else:
            raise typer.BadParameter(f"{target}: the name must end in {', '.join(SUFFIXES)}, or give --format")
    for path in files:
        typer.echo(path)
