"""The command `anliku`. The only room that also imports `outputs`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from models.errors import AnlikuError
from pipeline.cli import (
    bench,
    compare,
    doctor,
    evaluate,
    export,
    extract,
    forget,
    inspect,
    library,
    places,
    report,
    review,
    review_files,
    rules,
    run,
    search,
    serve,
    shards,
)
from pipeline.nlp import VERSION


def print_version(wanted: bool) -> None:
    """Print the version and stop, where it is wanted."""
    if wanted:
        typer.echo(f"anliku {VERSION}")
        raise typer.Exit


app = typer.Typer(
    name="anliku",
    help="Chinese policy news in, a checkable case library out. 案例库：把政策新闻读成可核查的案例记录。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=print_version)
    ] = False,
) -> None:
    """What holds for every command."""


app.command()(run.run)
app.command()(run.demo)
app.command()(extract.extract)
app.command()(extract.schema)
app.command()(inspect.number)
app.command()(places.where)
app.command()(evaluate.evaluate)
app.command()(search.search)
app.command()(compare.compare)
app.command()(export.export)
app.command()(report.report)
app.command()(library.runs)
app.command()(library.duplicates)
app.command()(forget.forget)
app.command()(doctor.doctor)
app.command()(serve.serve)
app.command()(shards.query)

reviews = typer.Typer(
    no_args_is_help=True, help="Review what was read: the review desk. 审核台：确认、更正、剔除、补充。"
)
for command in (
    review.queue, review.accept, review.correct, review.reject, review.add, review.undo, review.history, review.stale,
    review.agreement, review_files.export, review_files.gold, review_files.rules,
):  # fmt: skip
    reviews.command()(command)
reviews.command("import")(review_files.import_)
app.add_typer(reviews, name="review")

libraries = typer.Typer(no_args_is_help=True, help="Make a library of something else than articles. 由分片合成案例库。")
libraries.command()(shards.build)
app.add_typer(libraries, name="library")

benches = typer.Typer(no_args_is_help=True, help="What measurements need. 性能测试。")
benches.command()(bench.corpus)
app.add_typer(benches, name="bench")

app.add_typer(places.gazetteer, name="gazetteer")
app.add_typer(rules.rules, name="rules")


def main() -> None:
    """Entry point: an error that a user can mend is one line on standard error, with exit status 2."""
    try:
        app()
    except AnlikuError as error:
        Console(stderr=True).print(f"anliku: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
