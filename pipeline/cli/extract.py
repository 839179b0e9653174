"""`anliku extract` and `anliku schema`: one record, looked at."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

import corpus
from models.article import Article, Failure
from models.case import CaseRecord
from outputs.card import card
from outputs.dictionary import dictionary
from outputs.explanation import explanation
from outputs.highlight import html
from outputs.jsonl import to_json
from outputs.labels import Names
from outputs.library import Library
from outputs.writing import written
from pipeline.batch import work
from pipeline.cli import options
from pipeline.cli.rule_names import rule_names


def extract(
    sources: options.Sources,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON record a line, in the order given.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="The article as a page, its findings in colour.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Every value with its rule and confidence.")] = False,
    tagger: options.Tagger = "lac",
    rules: options.Rules = None,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    url_column: options.UrlColumn = None,
) -> None:
    """Print the record of an article: a readable card, or JSON, or a page in colour.

    Example: anliku extract article.html --json
    """
    if as_json + as_html + explain > 1:
        raise typer.BadParameter("give only one of --json, --html and --explain")
    reading = options.reading(encoding, text_column, title_column, date_column, url_column)
    settings = options.settings(tagger, rules)
    names = rule_names(settings.rules)
    done = failed = 0
    for item in corpus.read(sources, reading):
        for result in [item] if isinstance(item, Failure) else work(settings, [item]):
            if isinstance(result, Failure):
                failed += 1
                Console(stderr=True).print(result.message, style="red", markup=False, highlight=False, soft_wrap=True)
                continue
            done += 1
            _print(result.record, result.article, as_json, as_html, explain, names)
    if not done:
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(1)


def _print(record: CaseRecord, article: Article, as_json: bool, as_html: bool, as_table: bool, names: Names) -> None:
    if as_json:
        typer.echo(to_json(record))
    elif as_html:
        typer.echo(html(record, article, names))
    else:
        Console().print(explanation(record) if as_table else card(record, article, names))


def schema(
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    library: Annotated[
        bool, typer.Option("--library", help="The data dictionary of a library instead: tables, columns, codes.")
    ] = False,
) -> None:
    """Print the JSON Schema of a record, or the data dictionary of a library (Markdown).

    Example: anliku schema -o record.schema.json
    """
    if library:
        with TemporaryDirectory() as folder, Library(Path(folder) / "empty.db") as empty:
            text = dictionary(empty)
    else:
        text = json.dumps(CaseRecord.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        written(output, lambda out: out.write(text.encode("utf-8")))
