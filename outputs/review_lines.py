"""Reviews as JSONL: from one library to another, or to a colleague and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, NamedTuple

from pydantic import ValidationError

from models.errors import AnlikuError
from models.review import Review
from outputs.jsonl import json_line
from outputs.library import Library
from outputs.review_values import unknown_code

BATCH = 1000
"""Reviews in one transaction."""


class BadReviews(AnlikuError):
    """{name}, line {line}: {problem}; nothing was read from this file."""


class Imported(NamedTuple):
    """How many reviews a file held."""

    new: int
    known: int
    """Already in the library: importing a file twice does nothing."""


def write_reviews(reviews: Iterable[Review], out: IO[bytes]) -> None:
    """A review a line, with its id."""
    for review in reviews:
        out.write(json_line({"id": review.id, **review.model_dump(mode="json")}).encode("utf-8") + b"\n")


def read_reviews(library: Library, lines: Iterable[bytes], name: str) -> Imported:
    """Add the reviews of a file that `write_reviews` wrote, and lay them over. A file with a bad line adds nothing.
    BadReviews."""
    reviews = [_review(library, line, name, number) for number, line in enumerate(lines, 1) if line.strip()]
    new = sum(library.add_reviews(reviews[at : at + BATCH]) for at in range(0, len(reviews), BATCH))
    return Imported(new, len(reviews) - new)


def _review(library: Library, line: bytes, name: str, number: int) -> Review:
    try:
        fields = json.loads(line)
        id_ = fields.pop("id", None)
        review = Review.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BadReviews(name=name, line=number, problem=f"no review ({where}: {first['msg']})") from error
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise BadReviews(name=name, line=number, problem=f"no JSON object ({error})") from error
    if id_ not in (None, review.id):
        problem = "changed by hand, so its id is wrong; take the id out to have it read as a review of its own"
        raise BadReviews(name=name, line=number, problem=problem)
    unknown = unknown_code(library, review.layer, review.value or {}, review.was)
    if unknown:
        raise BadReviews(name=name, line=number, problem=unknown)
    return review
