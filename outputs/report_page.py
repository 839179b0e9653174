"""The report of a library as one HTML file: no script, nothing from elsewhere, good on a phone and on paper."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO, Literal

from markupsafe import Markup

from outputs import charts
from outputs.document_html import template
from outputs.labels import label
from outputs.library import Library
from outputs.own_names import own_names
from outputs.redact import Redactor
from outputs.report import comparisons, overview
from outputs.tables import title
from outputs.writing import written

Language = Literal["zh", "en"]


def report(
    library: Library, target: Path | IO[bytes], *, language: Language = "zh", redact: bool = False
) -> list[Path]:
    """Write the report; the files written. In English the names of things are; what articles say stays as it is.
    `redact`: no names of persons. CannotWrite."""
    redactor = Redactor(library) if redact else None
    facts = overview(library, redactor, language)
    words = strings(language)
    own = own_names(library)

    def name(group: str, code: str | None) -> str:
        return label(group, code, own) if language == "zh" else (code or "").replace("_", " ")

    def column(table: str, column: str) -> str:
        return title(table, column) if language == "zh" else column.replace("_", " ")

    def number(value: float) -> str:
        return charts.short(value) if language == "zh" else f"{value:,g}"

    drawn = [
        Markup(  # the chart escapes the words of articles itself
            charts.chart(one, name=name, number=number, key=words["chart_key"], nothing=words["chart_nothing"])
        )
        for one in comparisons(library, facts.indicators, redactor)
    ]
    page = template("report.html").render(
        facts=facts, charts=drawn, t=words, name=name, column=column, language=language, redacted=redact,
        style=Markup(files("outputs").joinpath("report.css").read_text("utf-8")),
    )  # fmt: skip
    return written(target, lambda out: out.write(page.encode("utf-8", "replace")))


@cache
def strings(language: Language) -> dict[str, str]:
    """What the report says, by key."""
    found = tomllib.loads(files("outputs").joinpath("report.toml").read_text("utf-8"))
    return {key: said[language] for key, said in found.items()}
