"""`anliku run` and `anliku demo`: a folder of articles in, a case library out."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

import corpus
from outputs.library import Library
from pipeline.batch import Report, Settings
from pipeline.batch import run as run_batch
from pipeline.cli import options

SHOWN = 10
"""Failures that are printed; all of them are in the library's table `failures`."""


def run(
    sources: options.Sources,
    output: options.Library = Path("library.db"),
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after N articles.")] = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Worker processes; the result is the same.")] = 1,
    redo: Annotated[bool, typer.Option("--redo", help="Do again what the library already holds.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also read articles that were forgotten.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    tagger: options.Tagger = "lac",
    rules: options.Rules = None,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    url_column: options.UrlColumn = None,
) -> None:
    """Read articles and write them, as case records, into a library.

    What the library already holds is skipped, so an interrupted run goes on where it stopped. Exit status: 0; 1 where
    some articles failed (table failures says why); 2 where nothing could be done.

    Example: anliku run articles/ dump.jsonl news.zip -o library.db
    """
    reading = corpus.ReadOptions(
        encoding=encoding,
        text_column=text_column,
        title_column=title_column,
        date_column=date_column,
        url_column=url_column,
    )
    settings = Settings(tagger=tagger, rules=str(rules) if rules else None)
    report = _run(sources, output, reading, settings, limit, workers, redo, quiet, again)
    if not report.read:
        raise typer.Exit(2)
    if report.failures:
        raise typer.Exit(1)


def demo(
    output: options.Library = Path("demo.db"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Build a library from the demo articles that come with anliku, and say what to look at next.

    Example: anliku demo
    """
    with as_file(files("corpus").joinpath("demo")) as folder:
        articles = sorted(str(path) for path in folder.iterdir() if path.name != "README.md")
        report = _run(articles, output, corpus.ReadOptions(), Settings(), None, 1, False, quiet)
    if not quiet:
        Console().print(
            f"\n{output} now holds {report.written + report.skipped} invented articles. Look at it:\n"
            f"  anliku search 集体经济 -l {output}\n"
            f"  anliku compare collective_income -l {output}\n"
            f"  anliku export {output.stem}.xlsx -l {output}\n"
            f"  anliku serve {output}          (in the browser)\n"
            f"  anliku review queue -l {output}    (what to check first)\n"
            "Then read your own articles: anliku run FOLDER -o library.db",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    if report.failures:
        raise typer.Exit(1)


def _run(
    sources: list[str],
    output: Path,
    reading: corpus.ReadOptions,
    settings: Settings,
    limit: int | None,
    workers: int,
    redo: bool,
    quiet: bool,
    again: bool = False,
) -> Report:
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=quiet,
        transient=True,
    )
    with Library(output) as library, progress:
        task = progress.add_task("reading", total=None)

        def show(report: Report) -> None:
            speed = report.written / report.seconds if report.seconds else 0.0
            progress.update(
                task,
                description=f"{report.read} read, {report.written} written, {len(report.failures)} failed, "
                f"{speed:.1f} articles/s",
            )

        report = run_batch(
            corpus.read(sources, reading),
            library,
            settings,
            workers=workers,
            limit=limit,
            redo=redo,
            again=again,
            on_progress=show,
        )
        if not quiet:
            _summary(report, library, output)
    errors = Console(stderr=True)
    for failure in report.failures[:SHOWN]:
        errors.print(failure.message, style="red", markup=False, highlight=False, soft_wrap=True)
    if len(report.failures) > SHOWN:
        errors.print(f"… and {len(report.failures) - SHOWN} more: table failures of {output}", markup=False)
    return report


def _summary(report: Report, library: Library, output: Path) -> None:
    console = Console()
    if report.read and not report.forgotten and report.read == report.skipped + report.repeated:
        console.print(f"Nothing to do: {output} already holds all {report.read} articles in this version.")
        return
    table = Table(title=str(output), show_header=False)
    for name, count in {**report.counts(), **{f"in library: {k}": v for k, v in library.stats().items()}}.items():
        table.add_row(name, f"{count:,}")
    table.add_row("seconds", f"{report.seconds:.1f}")
    console.print(table)
