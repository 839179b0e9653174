"""Cases as one HTML file: to be read on any screen, and printed with page breaks, contents and page numbers.

No script, nothing from elsewhere; the texts come from anywhere, so all of them are escaped, and the page may load
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import IO

from jinja2 import Environment, Template
from markupsafe import Markup

from outputs.document import Case, Cover, mark_label
from outputs.labels import label


def write_html(
    cases: Iterable[Case],
    out: IO[bytes],
    cover: Cover | None = None,
    contents: Iterable[tuple[str, str]] = (),
) -> None:
    """Write cases one after the other; before them, where there is a `cover`, what it says and the `contents` (group
    and title of each case, in order)."""
    style = Markup(files("outputs").joinpath("document.css").read_text("utf-8"))  # ours, not the article's
    for part in template("document.html").generate(
        cases=cases, cover=cover, contents=list(contents), style=style, label=label, mark_label=mark_label
    ):
        out.write(part.encode("utf-8", "replace"))


def template(name: str) -> Template:
    """A template of this folder; what is put into it is escaped."""
    return Environment(autoescape=True).from_string(files("outputs").joinpath(name).read_text("utf-8"))
