"""`anliku review export | import | gold | rules`: what goes from the review desk into files, and back."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from models.article import Article
from models.case import CaseRecord
from models.review import Review
from outputs.labels import label
from outputs.library import Library
from outputs.library.reviewed import behind, standing
from outputs.review_lines import read_reviews, write_reviews
from outputs.writing import written
from pipeline.cli import options
from pipeline.cli.review import DEFAULT, writable
from pipeline.gold import write_gold, write_training
from pipeline.user_rules import rules_from, write_rules

Folder = Annotated[Path, typer.Argument(metavar="OUT_DIR", help="Folder to write to; made where it is missing.")]


def export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="File to write (.jsonl).")],
    library: options.Opened = DEFAULT,
) -> None:
    """Write all reviews as JSONL, one a line, with who, when and why.

    Example: anliku review export reviews.jsonl -l library.db
    """
    with Library(library, read_only=True) as opened:
        reviews = opened.reviews()
    written(target, lambda out: write_reviews(reviews, out))
    typer.echo(f"{len(reviews)} reviews: {target}")


def import_(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="File of reviews (.jsonl).")
    ],
    library: options.Edited = DEFAULT,
) -> None:
    """Read reviews that `export` wrote, also those of a colleague. Twice does no harm.

    Example: anliku review import reviews.jsonl -l library.db
    """
    with writable(library) as opened, source.open("rb") as lines:
        done = read_reviews(opened, lines, source.name)
    typer.echo(f"{done.new} new, {done.known} already there")


def gold(
    target: Folder,
    library: options.Opened = DEFAULT,
    whole: Annotated[
        bool, typer.Option("--whole", help="The articles were reviewed from end to end: what nobody touched is right.")
    ] = False,
) -> None:
    """Write reviewed articles as gold files and as spaCy training data (reviewed.spacy).

    Without --whole only what was reviewed is measured: the rest of each article is marked optional.
    Then: anliku evaluate OUT_DIR/gold OUT_DIR/articles

    Example: anliku review gold mine -l library.db
    """
    with Library(library, read_only=True) as opened, options.filling(target):
        files = write_gold(_reviewed(opened), target, whole=whole)
        write_training(_reviewed(opened), target / "reviewed.spacy")
    typer.echo(f"{len(files)} articles: {target}")
    if files:
        typer.echo(f"anliku evaluate {shlex.quote(str(target / 'gold'))} {shlex.quote(str(target / 'articles'))}")


def rules(target: Folder, library: options.Opened = DEFAULT) -> None:
    """Add corrections that may be rules to a folder of your own rules, which the next run reads with --rules.

    The title of a measure becomes a cue of its category (categories.toml), a name of a division one of its names
    (aliases.tsv). What cannot be a rule is listed with the reason.

    Example: anliku review rules my-rules -l library.db
    """
    with Library(library, read_only=True) as opened:
        every = opened.reviews()
    known = {review.id: review for review in every}
    found, refused = rules_from([_made(review, known) for review in standing(every)])
    with options.filling(target):
        files = write_rules(found, target)
    for path in files:
        typer.echo(f"{sum(rule.file == path.name for rule in found)} rules: {path}")
    console = Console(stderr=True)
    for one in refused:
        said = f"{label('layers', one.review.layer)} {one.review.text[:30]}: {one.problem}".replace("\n", " ")
        console.print(said, markup=False, highlight=False, soft_wrap=True)
    if not found:
        console.print("no correction that could be a rule")


def _made(review: Review, known: Mapping[str, Review]) -> Review:
    """The correction or addition that a review confirms; itself where it confirms none."""
    made = [one for one in behind(review, known) if one.decision in ("corrected", "added")]
    return made[-1] if review.decision == "accepted" and made else review


def _reviewed(library: Library) -> Iterator[tuple[Article, CaseRecord]]:
    """Articles with a review that stands, and their records after review, by id."""
    held = set(library.articles())
    for article_id in sorted({review.article_id for review in standing(library.reviews())} & held):
        yield library.article(article_id), library.record(article_id, reviewed=True)
