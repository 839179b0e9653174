"""`anliku report`: what a library holds, on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outputs.library import Library
from outputs.report_page import Language
from outputs.report_page import report as write_report
from pipeline.cli import options


def report(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The page to write (.html).")],
    library: options.Opened = Path("library.db"),
    language: Annotated[Language, typer.Option(help="Language of the page; what articles say stays Chinese.")] = "zh",
    redact_persons: options.RedactPersons = False,
) -> None:
    """Write an overview of a library as one page that needs no network and no script.

    What it holds and when it was read, coverage by province and county, indicators with charts, measures by category
    and county, fill rates, the least certain values, duplicates, failures, reviews and their agreement.

    Example: anliku report overview.html -l library.db
    """
    with Library(library, read_only=True) as opened:
        for path in write_report(opened, target, language=language, redact=redact_persons):
            typer.echo(path)
