"""`anliku compare`: what the articles say, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar, get_args

import typer
from rich.console import Console, RenderableType

from outputs import charts
from outputs.bases import Per, per_base
from outputs.codes import code_of, named
from outputs.compare import By, indicators
from outputs.compare import compare as compare_places
from outputs.compare_files import (
    as_json,
    as_sheet,
    normalised_json,
    normalised_sheet,
    reached_json,
    reached_sheet,
    side_json,
    side_sheet,
)
from outputs.compare_table import as_table, normalised_table, reached_table, side_table
from outputs.export import write_csv
from outputs.library import Library
from outputs.redact import Redactor
from outputs.side_by_side import side_by_side
from outputs.tables import Sheet
from outputs.thresholds import limit_typed, reached
from outputs.writing import written
from pipeline.cli import options

Shown = TypeVar("Shown")
Answer = tuple[RenderableType, Sheet, str]
"""An answer for the terminal, for a CSV file and as JSON."""

_LEVELS: dict[str, By] = {
    "省": "province", "市": "prefecture", "地": "prefecture", "地市": "prefecture", "县": "county", "区": "county",
    "县区": "county", "乡": "township", "镇": "township", "乡镇": "township", "街道": "township", "村": "village",
    "社区": "village",
}  # fmt: skip


def _level(typed: str) -> By:
    found = next((level for level in get_args(By) if level == typed), _LEVELS.get(typed.strip().removesuffix("级")))
    if found is None:
        raise typer.BadParameter(f"{typed!r}: write one of {', '.join(get_args(By))}, or 省、市、县、乡镇、村")
    return found


def _limit(typed: str) -> float:
    found = limit_typed(typed)
    if found is None:
        raise typer.BadParameter(f"{typed!r}: write a number such as 100000 or 10万 (数字，如 100000、10万)")
    return found


def compare(
    indicator: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="Indicator code or its Chinese name (collective_income, 村集体收入); without it the codes are listed.",
        ),
    ] = None,
    library: options.Opened = Path("library.db"),
    by: Annotated[
        By,
        typer.Option(
            parser=_level,
            metavar="LEVEL",
            help="Level of the places: province, prefecture, county, township, village (省、市、县、乡镇、村).",
        ),
    ] = "county",
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Only of 2020, 2020/2024, 2020-2024, 2020/..")
    ] = None,
    places: Annotated[
        str, typer.Option(metavar="NAMES", help="Only these places and what is in them; names or codes, with commas.")
    ] = "",
    counties: Annotated[
        str,
        typer.Option(metavar="NAMES", help="Set these places side by side over all indicators; names or codes."),
    ] = "",
    threshold: Annotated[
        float | None,
        typer.Option(parser=_limit, metavar="NUMBER", help="Who says how many keep this limit (100000, 10万); 0: any."),
    ] = None,
    per: Annotated[
        Per | None, typer.Option(help="Divide totals by all there are of these, where an article says how many.")
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all of it as CSV instead.")] = None,
    chart: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw a chart instead (.svg or .png).")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON instead.")] = False,
    redact_persons: options.RedactPersons = False,
) -> None:
    """Set what the articles say side by side, place by place.

    Only values of the same thing, kind, unit, rate, status and threshold stand in one group. What cannot be compared is
    listed with the reason; in the CSV it follows the comparable rows (column 可比: 否).

    Example: anliku compare collective_income --by county --period 2020/2024 -l library.db
    """
    names, sides = _names(places), _names(counties)
    if indicator is None and not sides:
        _list(library)
    if indicator is not None and sides:
        raise typer.BadParameter("give either an indicator code or --counties with names")
    if chart is not None and (sides or per or threshold is not None):
        raise typer.BadParameter("--chart draws one indicator, without --counties, --per and --threshold")
    if chart is not None and chart.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(f"{chart}: the name must end in .svg or .png")
    if sides and (per or threshold is not None or names):
        raise typer.BadParameter("--counties goes with --period, --csv and --json only")
    with Library(library, read_only=True) as opened:
        shown = Redactor(opened).answer if redact_persons else _as_it_is
        if indicator is None:
            side = shown(side_by_side(opened, sides, period=period))
            answer: Answer = side_table(side), side_sheet(side), side_json(side)
        elif threshold is not None:
            said = shown(reached(opened, indicator, at=threshold or None, period=period, places=names))
            asked = code_of("indicator", indicator) or indicator
            answer = reached_table(said, asked, threshold), reached_sheet(said), reached_json(said)
        else:
            comparison = compare_places(opened, indicator, by=by, period=period, places=names)
            if per is not None:
                divided = shown(per_base(opened, comparison, per))
                answer = normalised_table(divided), normalised_sheet(divided), normalised_json(divided)
            else:
                comparison = shown(comparison)
                answer = as_table(comparison), as_sheet(comparison), as_json(comparison)
            if chart is not None:
                svg = charts.chart(comparison)
                drawn = charts.png(svg) if chart.suffix.lower() == ".png" else svg.encode("utf-8")
                written(chart, lambda out: out.write(drawn))
    _give(answer, csv, json, quiet=chart is not None)


def _list(path: Path) -> NoReturn:
    with Library(path, read_only=True) as opened:
        for code, n in indicators(opened):
            typer.echo(f"{n:>8,}  {named('indicator', [code])}")
    typer.echo("Name one of these, or --counties (选一个代码或中文名，或用 --counties): anliku compare CODE", err=True)
    raise typer.Exit(2)


def _as_it_is(answer: Shown) -> Shown:
    return answer


def _give(answer: Answer, csv: Path | None, json: bool, *, quiet: bool) -> None:
    table, sheet, text = answer
    if csv is not None:
        written(csv, lambda out: write_csv(sheet, out, bom=True))
    if json:
        typer.echo(text)
    if csv is None and not json and not quiet:
        Console().print(table)


def _names(typed: str) -> Sequence[str]:
    return [name.strip() for name in typed.replace("，", ",").replace("、", ",").split(",") if name.strip()]
