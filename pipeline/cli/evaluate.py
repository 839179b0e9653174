"""`anliku evaluate`: how good the records are, against gold files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import corpus
from models.article import Article, Failure
from pipeline.batch import Settings, work
from pipeline.cli import options
from pipeline.evaluate import Json, read_gold
from pipeline.evaluate import evaluate as score
from pipeline.extract import Extracted


def records(articles: list[Path], names: set[str], settings: Settings) -> dict[str, Json]:
    """Records, as JSON objects by article name, of the articles in those folders that are among `names`."""
    found: dict[str, Json] = {}
    for item in corpus.read([str(folder) for folder in articles]):
        if isinstance(item, Article) and (name := Path(item.file).stem) in names:
            for result in work(settings, [item]):
                if isinstance(result, Extracted):
                    found[name] = result.record.model_dump(mode="json", by_alias=True)
                else:
                    _warn(result)
        elif isinstance(item, Failure):
            _warn(item)
    return found


def _warn(failure: Failure) -> None:
    Console(stderr=True).print(failure.message, markup=False, soft_wrap=True)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of gold files, NAME.json for article NAME.")],
    articles: Annotated[list[Path], typer.Argument(metavar="ARTICLES_DIR...", help="Folders of the articles.")],
    misses: Annotated[str | None, typer.Option(metavar="LAYER", help="List what a layer got wrong instead.")] = None,
    tagger: options.Tagger = "lac",
    rules: options.Rules = None,
) -> None:
    """Precision, recall and F1 a layer, against gold files. A gold file without an article counts as missed.

    Example: anliku evaluate tests/gold corpus/demo tests/articles --misses quantities
    """
    wanted = read_gold(gold)
    found = records(articles, set(wanted), options.settings(tagger, rules))
    if absent := [name for name in wanted if name not in found]:
        message = f"no article for {len(absent)} of {len(wanted)} gold files, counted as missed: {', '.join(absent)}"
        Console(stderr=True).print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    scores = score(wanted, found)
    console = Console()
    if misses is not None:
        if misses not in scores:
            raise typer.BadParameter(f"no layer {misses!r}; there are {', '.join(scores)}")
        for line in scores[misses].misses:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        return
    table = Table("layer", "P", "R", "F1 / share", "right", "gold", "found")
    for layer, result in scores.items():
        spans = result.kind == "f1"
        nothing = not result.gold and not result.found  # neither right nor wrong
        table.add_row(
            layer,
            ("–" if nothing else f"{result.precision:.3f}") if spans else "",
            ("–" if nothing else f"{result.recall:.3f}") if spans else "",
            "–" if nothing else f"{result.value:.3f}",
            str(result.right),
            str(result.gold),
            str(result.found) if spans else "",
        )
    console.print(table)
