"""`anliku where` and `anliku gazetteer`: what a place name could mean, and the optional list of villages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import corpus
from extractors.places import build_villages
from extractors.places import explain as explain_places
from extractors.places import where as where_is
from models.article import Article, Failure
from models.place import Place
from pipeline.cli import options
from pipeline.extract import extractor

gazetteer = typer.Typer(help="Data that places are linked to.", no_args_is_help=True)


def where(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A place name, alone or with its parents.")] = None,
    source: Annotated[
        str | None, typer.Option("--in", metavar="FILE", help="Show every mention in this article instead.")
    ] = None,
    tagger: options.Tagger = "lac",
    rules: options.Rules = None,
) -> None:
    """Show which divisions a place name could mean and why, or every mention of an article with its evidence.

    Example: anliku where "朝阳区"
    """
    if (name is None) == (source is None):
        raise typer.BadParameter("give a name, or --in FILE")
    folder = str(rules) if rules else None
    if name is not None:
        _candidates(name, folder)
    else:
        for item in corpus.read([source or ""]):
            if isinstance(item, Failure):
                Console(stderr=True).print(item.message, style="red", markup=False, highlight=False, soft_wrap=True)
                raise typer.Exit(2)
            _mentions(item, tagger, folder)


def _candidates(name: str, rules: str | None) -> None:
    found = where_is(name, rules=rules)
    if not found:
        Console(stderr=True).print(f"no division is called {name}", markup=False, soft_wrap=True)
        raise typer.Exit(1)
    table = Table("code", "place", "evidence")
    for candidate in found:
        table.add_row(candidate.adcode or "", " › ".join(candidate.path), "; ".join(candidate.evidence))
    Console().print(table)


def _mentions(article: Article, tagger: str, rules: str | None) -> None:
    table = Table("mention", "level", "code", "place", "evidence", title=article.source)
    for place in explain_places(extractor(tagger, rules).doc(article), rules=rules):
        table.add_row(place.text, place.level, place.adcode or "", " › ".join(place.path), _evidence(place))
    Console().print(table)


def _evidence(place: Place) -> str:
    if place.adcode or not place.candidates:
        return place.via or ""
    return "could be " + ", ".join(" › ".join(candidate.path) for candidate in place.candidates)


@gazetteer.command()
def villages(
    target: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write the list: villages.sqlite in your --rules folder.")
    ] = Path("rules/villages.sqlite"),
) -> None:
    """Build the optional list of 620,000 villages (NBS, 2023) with your own npm; with it villages get their code.

    Example: anliku gazetteer villages rules/villages.sqlite
    """
    with options.filling(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        count = build_villages(target)
    Console().print(f"{count:,} villages in {target}", markup=False, soft_wrap=True)
