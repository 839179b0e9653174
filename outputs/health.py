"""What is wrong with a library, and what to do about it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from models.errors import AnlikuError
from outputs.bigrams import phrase
from outputs.library import Library, search_index
from outputs.library.schema import OF_ARTICLE, SCHEMA
from outputs.reviews import stale

SAMPLE = 50
"""Articles that are looked up in the search index."""
FREE = 2
"""A run, VACUUM and a copy need as much room as the library has; below twice its size is little."""


class Check(NamedTuple):
    """Something that was looked at."""

    name: str
    state: Literal["ok", "warning", "problem"]
    """`problem`: something does not work or may be lost; `warning`: it works, but look at it."""
    said: str
    do: str = ""
    """The way out; empty where all is well."""


def check_library(path: Path, version: str | None = None, options: str = "") -> Iterator[Check]:
    """The checks of a library, one after another; the first alone where it does not open. `version`: that of the
    extraction of today, to tell what another one made; `options`: those of `anliku run` that give it."""
    try:
        with Library(path, read_only=True) as library:
            yield Check("library opens", "ok", f"{path}, schema {SCHEMA}")
            current = _up_to_date(version, options)
            for check in (_sound, _linked, _indexed, _finished, current, _failed, _reviews, _compared, _replaced):
                try:
                    yield check(library)
                except (AnlikuError, sqlite3.Error) as error:
                    name = getattr(check, "__name__", "check").strip("_")
                    yield Check(name, "problem", str(error), "Copy the file away, then run again into a new library")
    except AnlikuError as error:
        yield Check("library opens", "problem", str(error), "See the message")
        return
    yield _room(path)


def _sound(library: Library) -> Check:
    found = [str(row[0]) for row in library.rows("PRAGMA integrity_check(5)")]
    if found == ["ok"]:
        return Check("file is sound", "ok", "integrity check passed")
    do = "Restore a copy, or run again into a new library; export the reviews first (`anliku review export`)"
    return Check("file is sound", "problem", "; ".join(found)[:300], do)


def _linked(library: Library) -> Check:
    broken = sorted({f"{table} → {other}" for table, _, other, _ in library.rows("PRAGMA foreign_key_check")})
    for table in OF_ARTICLE:
        # `article` leads to it in this file, `article_id` everywhere: both to the same.
        sql = f"SELECT 1 FROM {table} t JOIN articles a ON a.article = t.article WHERE a.id <> t.article_id LIMIT 1"
        broken += [f"{table} → articles" for _ in library.rows(sql)]
    for column in ("article_id", "lead_id"):
        sql = f"SELECT 1 FROM duplicates WHERE {column} NOT IN (SELECT id FROM articles) LIMIT 1"
        broken += ["duplicates → articles" for _ in library.rows(sql)]
    if not broken:
        return Check("rows belong together", "ok", "foreign keys hold")
    do = "The file was changed by another program: run again with --redo"
    return Check("rows belong together", "problem", ", ".join(dict.fromkeys(broken)), do)


def _indexed(library: Library) -> Check:
    do = f"Make it anew: `anliku doctor -l {library.path} --rebuild-search`"
    articles = _count(library, "SELECT count(*) FROM articles")
    missing = search_index.missing(library.db.conn)
    if missing:
        return Check("search index", "problem", f"{missing} of {articles} articles are not in it", do)
    step = max(1, articles // SAMPLE)
    sql = "SELECT article, body_text FROM articles WHERE article % ? = 0 LIMIT ?"
    for row, body in library.rows(sql, (step, SAMPLE)):
        words = next((line for line in body.split() if len(line) > 1), "")[:20]
        if (match := phrase(words)) is None:
            continue
        found = library.rows("SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid = ?", (match, row))
        if next(found, None) is None:
            return Check("search index", "problem", f"it does not hold what article row {row} says", do)
    return Check("search index", "ok", f"{articles} articles, in step with their texts")


def _finished(library: Library) -> Check:
    runs = library.runs()
    if not runs:
        return Check("last run", "warning", "no run yet", f"anliku run FOLDER -o {library.path}")
    if runs[0].finished is None:
        return Check("last run", "warning", f"run {runs[0].id} of {runs[0].started} was stopped, or still goes on",
                     "Run the same command again: it goes on where it stopped")  # fmt: skip
    drifted = [one["line"] for one in runs[0].report.get("drift", [])]
    if drifted:
        return Check("last run", "warning", "; ".join(drifted), "Look at some of its articles before you compare")
    return Check("last run", "ok", f"run {runs[0].id}, {runs[0].finished}")


def _up_to_date(version: str | None, options: str) -> Callable[[Library], Check]:
    def made_by(library: Library) -> Check:
        old = _count(library, "SELECT count(*) FROM articles WHERE version <> ?", version) if version else 0
        if old:
            do = f"Run the same sources again{options and f' with {options}'}: what another version made is done anew"
            said = f"{old} articles were read by another version"
            return Check("records are of today's version", "warning", said, do)
        return Check("records are of today's version", "ok", version or "not asked")

    return made_by


def _failed(library: Library) -> Check:
    counts = [f"{error} ×{count}" for error, count in library.rows(
        "SELECT error, count(*) FROM failures GROUP BY error ORDER BY 2 DESC, 1 LIMIT 5")]  # fmt: skip
    if not counts:
        return Check("failures", "ok", "none")
    do = f"`anliku export failures.csv --table failures -l {library.path}` says why, each with the way out"
    return Check("failures", "warning", ", ".join(counts), do)


def _reviews(library: Library) -> Check:
    reviews = _count(library, "SELECT count(*) FROM reviews")
    lost = len(stale(library)) if reviews else 0
    if lost:
        return Check("reviews", "warning", f"{lost} of {reviews} are stale: their passage is gone or reads otherwise",
                     f"`anliku review stale -l {library.path}` lists them with the reason")  # fmt: skip
    return Check("reviews", "ok", f"{reviews}, none stale")


def _compared(library: Library) -> Check:
    if library.compared():
        return Check("duplicates", "ok", f"{library.stats()['duplicates']} copies, each counted with its lead")
    return Check("duplicates", "warning", "not all articles were compared with the others: a run was stopped",
                 "Run the same command again")  # fmt: skip


def _replaced(library: Library) -> Check:
    spoilt = _count(library, "SELECT count(*) FROM articles WHERE instr(raw, char(65533)) > 0")
    if spoilt:
        return Check("characters", "warning", f"{spoilt} articles hold � where a byte was bad or lost before",
                     "Fetch those pages again if the passage matters")  # fmt: skip
    return Check("characters", "ok", "none was lost in reading")


def _room(path: Path) -> Check:
    free, size = shutil.disk_usage(path.absolute().parent).free, path.stat().st_size
    said = f"{free >> 20:,} MB free, the library has {size >> 20:,} MB"
    if free < FREE * size:
        return Check("disk", "warning", said, "Make room before the next run")
    return Check("disk", "ok", said)


def _count(library: Library, sql: str, *values: object) -> int:
    return int(next(library.rows(sql, values))[0])
