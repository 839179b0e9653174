"""`anliku number`: how the numbers of a text are read, and by which rule."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console

from extractors.quantities.explain import explain
from pipeline.cli import options


def number(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or more.")],
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="What 去年 and 上半年 count from."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The records instead of lines.")] = False,
    rules: options.Rules = None,
) -> None:
    """Show how the numbers of a sentence are read, with the rule behind each value.

    Example: anliku number "由400元/亩提高到800元/亩"
    """
    explained = explain(text, day=day.date() if day else None, rules=str(rules) if rules else None)
    if as_json:
        typer.echo(explained.model_dump_json(by_alias=True))
        return
    console = Console()
    for line in explained.lines():
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if not explained.quantities:
        Console(stderr=True).print("no quantity in this text")
        raise typer.Exit(1)
