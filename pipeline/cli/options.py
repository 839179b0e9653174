"""Options that several commands share, declared once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus import ReadOptions
from outputs.library import Library as CaseLibrary
from pipeline.batch import Settings
from pipeline.errors import CannotFill

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, globs or archives (.txt .html .jsonl .csv .docx .pdf .warc .zip …); - is standard input.",
        show_default=False,
    ),
]
Library = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The case library (SQLite) to write.")]
Opened = Annotated[Path, typer.Option("--library", "-l", metavar="FILE", help="The case library (SQLite) to read.")]
Edited = Annotated[Path, typer.Option("--library", "-l", metavar="FILE", help="The case library (SQLite) to review.")]
Tagger = Annotated[
    str,
    typer.Option(
        help="Words and names: lac (default), jieba (no model, faster), hanlp:<name or path>, spacy:<package or path>."
    ),
]
Rules = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of your own rules (units.toml, verbs.tsv …), laid over ours."),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="Charset of the sources, where detection is wrong: gb18030, big5 …")
]
TextColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column or key of a dump that holds the text.")]
TitleColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column or key that holds the title.")]
DateColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column or key that holds the date.")]
UrlColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Column or key that holds the address.")]
RedactPersons = Annotated[
    bool,
    typer.Option("--redact-persons", help="Without the names of persons, also in titles and quotes (人物1, 人物2 …)."),
]


def reading(
    encoding: str | None,
    text_column: str | None,
    title_column: str | None,
    date_column: str | None,
    url_column: str | None,
) -> ReadOptions:
    """How to read, from the options of a command."""
    return ReadOptions(
        encoding=encoding,
        text_column=text_column,
        title_column=title_column,
        date_column=date_column,
        url_column=url_column,
    )


def settings(tagger: str, rules: Path | None) -> Settings:
    """What decides the result, from the options of a command."""
    return Settings(tagger=tagger, rules=str(rules) if rules else None)


def last_settings(library: CaseLibrary) -> dict[str, Any]:
    """Settings of the last run that read articles into a library; empty where there is none."""
    return next((run.settings for run in library.runs() if "tagger" in run.settings), {})


def as_typed(settings: Settings) -> str:
    """Tagger and rules as options of `anliku run`; empty where they are the default."""
    tagger = "" if settings.tagger == Settings().tagger else f"--tagger {settings.tagger}"
    rules = f"--rules {settings.rules}" if settings.rules else ""
    return " ".join(filter(None, (tagger, rules)))


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """For commands that fill a folder: CannotFill instead of the system's error."""
    try:
        yield
    except OSError as error:
        raise CannotFill(path=error.filename or folder, problem=error.strerror or error) from error
