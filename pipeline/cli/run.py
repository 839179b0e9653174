"""`anliku run` and `anliku demo`: a folder of articles in, a case library out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

import corpus
from outputs.library import Library
from pipeline.batch import Report, Settings
from pipeline.batch import run as run_batch
from pipeline.cli import options, run_report
from pipeline.cli.progress import shown
from pipeline.cli.rule_names import rule_names
from pipeline.engines import Dask, Engine, Here, Local
from pipeline.engines.errors import NoAddress
from pipeline.extract import extractor
from pipeline.shards import run_shards

EngineName = Literal["local", "dask"]


def run(
    context: typer.Context,
    sources: options.Sources,
    output: options.Library = Path("library.db"),
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after N articles.")] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only files modified since that day or time (2026-11-01)."),
    ] = None,
    changed: Annotated[
        bool,
        typer.Option("--changed", help="Only files new or changed since this library read them."),
    ] = False,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Worker processes; the result is the same.")] = 1,
    engine: Annotated[
        EngineName, typer.Option(help="Where workers run: on this machine, or on a dask cluster.")
    ] = "local",
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Of --engine dask: address of its scheduler, tcp://HOST:8786.")
    ] = None,
    shards: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write Parquet shards into that folder, which all workers share; no library."),
    ] = None,
    redo: Annotated[bool, typer.Option("--redo", help="Do again what the library already holds.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also read articles that were forgotten.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    report_to: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", help="Write versions, settings, counts and fill rates there, as JSON."
        ),
    ] = None,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Add a line of JSON there for each failure, start and end.")
    ] = None,
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
    some articles failed (table failures says why); 2 where nothing could be done; 130 where Ctrl+C stopped it.

    Example: anliku run articles/ dump.jsonl news.zip -o library.db
    """
    reading = options.reading(encoding, text_column, title_column, date_column, url_column)
    settings = options.settings(tagger, rules)
    job = Job(sources, reading, settings, _engine(engine, workers, scheduler), workers, limit, quiet)
    oldest = None if since is None else _nanoseconds(since)
    if shards is not None:
        if changed or redo or again or report_to or log:
            raise typer.BadParameter("--changed, --redo, --again, --report and --log go with a library, not --shards")
        if (given := context.get_parameter_source("output")) is not None and given.name != "DEFAULT":
            raise typer.BadParameter(
                f"--shards writes no library, so -o {output} would stay unwritten: leave -o out, and fold the shards "
                f"afterwards with: anliku library build {shards} -o {output}"
            )
        with run_report.interruptible(shards):
            report = _into_shards(job, shards, oldest)
    else:
        told = Told(report_to, log)
        if told == UNTOLD and not output.exists() and (missing := corpus.missing(sources)):
            run_report.print_failures(missing, len(missing), "")  # no need to load a model for that
            raise typer.Exit(2)
        with run_report.interruptible(output, redo=redo):
            report = _into_library(job, output, oldest, told, changed=changed, redo=redo, again=again)
    if not report.read and not report.left_out:
        raise typer.Exit(2)
    if report.failed:
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
        with run_report.interruptible(output):
            report = _into_library(Job(articles, corpus.ReadOptions(), Settings(), Here(), quiet=quiet), output)
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


@dataclass(frozen=True)
class Job:
    """What to read and how; where to is for the two below to say."""

    sources: list[str]
    reading: corpus.ReadOptions
    settings: Settings
    engine: Engine
    workers: int = 1
    limit: int | None = None
    quiet: bool = False


class Told(NamedTuple):
    """Where a run is written of, besides its library."""

    report: Path | None = None
    log: Path | None = None


UNTOLD = Told()


def _engine(name: EngineName, workers: int, scheduler: str | None) -> Engine:
    if name == "dask":
        if scheduler is None:
            raise NoAddress
        return Dask(scheduler)
    if scheduler is not None:
        raise typer.BadParameter("--scheduler goes with --engine dask")
    return Here() if workers == 1 else Local(workers)


def _nanoseconds(since: str) -> int:
    """A day or time of this place as `os.stat` counts."""
    try:
        return int(datetime.fromisoformat(since).astimezone().timestamp() * 1e9)
    except ValueError as error:
        raise typer.BadParameter(f"--since {since}: write a date as 2026-11-01 or 2026-11-01T08:00") from error


def _into_library(
    job: Job,
    output: Path,
    oldest: int | None = None,
    told: Told = UNTOLD,
    *,
    changed: bool = False,
    redo: bool = False,
    again: bool = False,
) -> Report:
    with run_report.opened(output, told.log) as library:
        if not job.quiet:
            run_report.print_other_settings(library, job.settings)
        version = extractor(job.settings.tagger, job.settings.rules).version if changed else ""

        def wanted(file: corpus.File) -> bool:
            return (oldest is None or file.modified >= oldest) and not (changed and library.unchanged(file, version))

        watch = corpus.Watch(wanted)
        with shown(lambda: watch.bytes, corpus.total_bytes(job.sources), quiet=job.quiet) as tell:
            report = run_batch(
                corpus.read(job.sources, job.reading, watch),
                library,
                job.settings,
                workers=job.workers,
                engine=job.engine,
                limit=job.limit,
                redo=redo,
                again=again,
                watch=watch,
                on_progress=tell,
            )
        if not job.quiet and (report.read or report.left_out):
            _summary(report, library, output)
        if not job.quiet:
            run_report.print_unread(watch)
            run_report.print_changed(library)
        run_report.end(library, report, watch, told.report, names=rule_names(job.settings.rules), quiet=job.quiet)
    run_report.print_failures(
        report.failures, report.failed, f"anliku export failures.csv --table failures -l {output}"
    )
    return report


def _into_shards(job: Job, folder: Path, oldest: int | None) -> Report:
    # pyarrow takes 0.2 s to import, which other runs need not wait for.
    from outputs.shards.folder import ShardFolder, write

    watch = corpus.Watch(lambda file: oldest is None or file.modified >= oldest)
    shelf = ShardFolder(folder)
    with shown(lambda: watch.bytes, corpus.total_bytes(job.sources), quiet=job.quiet) as tell:
        report = run_shards(
            corpus.read(job.sources, job.reading, watch),
            shelf,
            partial(write, shelf.path),
            job.settings,
            job.engine,
            limit=job.limit,
            watch=watch,
            on_progress=tell,
        )
    if not job.quiet and (report.read or report.left_out):
        _print_counts(str(folder), report.counts(), report)
    if not job.quiet:
        run_report.print_unread(watch)
    run_report.print_failures(report.failures, report.failed, f"anliku query {folder} 'SELECT * FROM failures'")
    return report


def _summary(report: Report, library: Library, output: Path) -> None:
    console = Console()
    if report.left_out and not report.read:
        if report.failed:
            said = f"none of the {report.left_out} files read before has changed; what failed was tried again"
            console.print(f"Nothing new: {said}.")
        else:
            console.print(f"Nothing to do: none of {report.left_out} files is new or changed.")
    elif report.read and not report.forgotten and report.read == report.skipped + report.repeated:
        console.print(f"Nothing to do: {output} already holds all {report.read} articles in this version.")
    else:
        counts = {**report.counts(), **{f"in library: {k}": v for k, v in library.stats().items()}}
        _print_counts(str(output), counts, report)


def _print_counts(title: str, counts: dict[str, int], report: Report) -> None:
    table = Table(title=title, show_header=False)
    if report.left_out:
        counts = {"files left out": report.left_out, **counts}
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    table.add_row("seconds", f"{report.seconds:.1f}")
    Console().print(table)
