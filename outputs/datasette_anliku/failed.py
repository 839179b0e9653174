"""The page of what could not be read: which file, at which step, what is wrong with it, and what to do.

Visitors do not learn where files lie on this machine (`hidden.py`), so a file goes by its name alone, and what a
message says of folders is taken out of it. The terminal and `anliku export --table failures` say it in full.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from datasette.utils.asgi import Request, Response

from outputs.datasette_anliku.language import Language, language
from outputs.datasette_anliku.libraries import read
from outputs.datasette_anliku.page import page
from outputs.datasette_anliku.views import READS, answered, named
from outputs.library import Library
from outputs.quotes import one_line

if TYPE_CHECKING:
    from datasette.app import Datasette

SHOWN = 200
"""Failures of the page; the table of `anliku export` has them all."""
_LENGTH, _READ = 400, 2000
"""Characters of a message, and of a name, that are shown; of a message, that are looked through for paths."""

_SEPARATOR = re.compile(r"[\\/]+")
# `news.zip!2024/a.txt`; a folder may be called wow!, but what is in an archive never begins with a separator.
_MEMBER = re.compile(r"(?<=\.zip|\.tar|.\.gz|\.tgz)!(?![\\/])", re.IGNORECASE)
# From where a path begins at a root up to the last separator of the line: a folder's name may hold spaces.
_ROOTED = re.compile(r"(?:\b[A-Za-z]:(?=[\\/])|(?<![\w.])~?(?=[\\/]))(?:.*[\\/])[^\s'\"(),;，。；）]*")
_FOLDERS = re.compile(r"[^\s'\"(),;，。；（）\\/]*[\\/]+")


class Failed(NamedTuple):
    """A failure as it is shown."""

    file: str
    """Name of the file, and of what is in the archive that it is: `news.zip!a.txt`."""
    stage: str
    what: str
    """In Chinese; empty in English, in which the message is."""
    do: str
    said: str
    """The message without folders."""
    when: str
    """Day and time of the run, UTC; empty where none is known."""


@answered(*READS)
async def failures_page(datasette: Datasette, request: Request) -> Response:
    """What no later run has mended, the newest first."""
    name, spoken = named(request, "database"), language(request)
    found = await read(datasette, request, name, lambda library: failures(library, spoken))
    return await page(datasette, request, "failures", {"database": name, **found})


def failures(library: Library, spoken: Language) -> dict[str, Any]:
    """What the template shows: the newest failures, and how many more there are."""
    # Recorded anew, a failure gets a new row, so the order of the rows is that of the runs.
    rows = library.rows(
        "SELECT f.source, f.stage, f.error, f.message, r.started FROM failures f LEFT JOIN runs r ON r.id = f.run_id"
        " ORDER BY f.rowid DESC LIMIT ?", (SHOWN,))  # fmt: skip
    shown = [_failed(spoken, *row) for row in rows]
    ((total,),) = library.rows("SELECT count(*) FROM failures")
    return {"shown": shown, "rest": total - len(shown)}


def _failed(spoken: Language, source: str, stage: str, error: str, message: str, started: str | None) -> Failed:
    words = _words()
    known = words.get(error) or words[f"stage_{stage}"]
    what, do = (known["what"], known["do"]) if spoken == "zh" else ("", "")
    when = (started or "")[:16].replace("T", " ")
    return Failed(file_name(source), stage, what, do, without_folders(message, source), when)


def file_name(source: str) -> str:
    """The last part of the path; of what is in an archive, that of each: `/data/news.zip!2024/a.txt` is
    `news.zip!a.txt`."""
    parts = (_SEPARATOR.split(part.rstrip("\\/"))[-1] for part in _MEMBER.split(one_line(source)))
    return "!".join(parts)[:_LENGTH] or "–"


def without_folders(message: str, source: str) -> str:
    """A message without the source that it opens with, and without the folders of any path in it. Text after a path
    that begins at a root may go too, up to the last separator of the line: rather that than the name of a folder."""
    said = one_line(message)
    for form in (one_line(source), " ".join(source.split())):
        said = said.removeprefix(f"{form}: ").replace(form, file_name(source)) if form else said
        for part in _MEMBER.split(form):  # the archive, and what is in it, may be named alone
            folder, _, last = re.split(r"([\\/])(?=[^\\/]*$)", part) if _SEPARATOR.search(part) else ("", "", part)
            if folder:
                said = said.replace(part, last)
    return _FOLDERS.sub("", _ROOTED.sub("…", said[:_READ]))[:_LENGTH].strip()


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        files("outputs.datasette_anliku").joinpath("failed.toml").read_text("utf-8")
    )
    return found
