"""`anliku forget`: an article out of a library for good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from outputs.forget import Plan, plan
from outputs.library import Library
from outputs.quotes import safe
from pipeline.cli import options
from pipeline.duplicates import mark_duplicates

SHOWN = 20
"""Articles that are listed before it is done; all of them are counted."""


def forget(
    article_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ARTICLE_ID]...", help="Ids of articles.", show_default=False)
    ] = None,
    library: options.Edited = Path("library.db"),
    url: Annotated[list[str] | None, typer.Option(metavar="URL", help="The article of that address.")] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="What was read from that file, archive or folder, as the library names it."),
    ] = None,
    duplicates_too: Annotated[
        bool, typer.Option("--duplicates-too", help="Also the other printings of the same report.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it. Without this, only say what would go.")] = False,
) -> None:
    """Take articles out of a library for good, with all that came from them.

    Their text, findings, reviews and failures go, from the tables, the search index and the free pages of the file.
    What stays: the counts of the runs, and a hash by which the next run leaves the article out (`anliku run --again`
    reads it nevertheless). Reviews that go are counted first; `anliku review export` keeps a copy. Files that were
    exported before are yours to delete. Exit status 1 where nothing was done.

    Example: anliku forget 0914b1e777d63943 -l library.db --yes
    """
    if not (article_ids or url or source):
        raise typer.BadParameter("say which: an ARTICLE_ID, --url or --source")
    with Library(library, read_only=not yes) as opened:
        wanted = plan(opened, article_ids or [], urls=url or [], sources=source or [], copies=duplicates_too)
        _show(wanted, done=yes)
        if not yes:
            raise typer.Exit(1)
        clean = opened.forget(wanted.ids)
        mark_duplicates(opened)
    if not clean:
        Console(stderr=True).print(
            f"{library}: another program reads the library, so old pages are still in {library}-wal. Close it and run "
            f"the same command again: anliku forget {' '.join(wanted.ids)} -l {library} --yes",
            style="red", markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip
        raise typer.Exit(1)


def _show(wanted: Plan, *, done: bool) -> None:
    console = Console()

    def say(line: str) -> None:
        console.print(safe(line).replace("\n", " "), markup=False, highlight=False, soft_wrap=True)

    for one in wanted.articles[:SHOWN]:
        say(f"{one.id}  {one.title}  {one.published or ''}  {one.source}")
    if len(wanted.articles) > SHOWN:
        say(f"… and {len(wanted.articles) - SHOWN} more")
    verb = "go" if done else "would go"
    say(f"{len(wanted.articles)} articles {verb}, with {wanted.findings} findings and {wanted.reviews} reviews.")
    if wanted.again:
        say(f"{len(wanted.again)} were forgotten before; the file is cleaned again.")
    for one in wanted.copies:
        say(f"stays: {one.id}  {one.title}  {one.source}  (the same report; --duplicates-too takes it)")
    if not done:
        lost = f" {wanted.reviews} reviews would be lost: `anliku review export FILE` first." if wanted.reviews else ""
        say(f"Nothing was done.{lost} Add --yes to do it.")
