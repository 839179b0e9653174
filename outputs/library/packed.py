"""The rows of one article, ready to be inserted: made where the article was read, so that the one writer has little
to do."""

from __future__ import annotations

from typing import NamedTuple

from models.article import Article, Failure
from models.case import CaseRecord
from outputs.library import rows
from outputs.library.errors import BadRecord


class Packed(NamedTuple):
    """Plain values: a fifth of the cost of a record to send between processes."""

    article_id: str
    source: str
    rows: rows.Rows
    """By table. The run of the article's row is null until it is stored."""


def pack(extracted: tuple[Article, CaseRecord, str]) -> Packed | Failure:
    """The rows of an article, its record and its clean body (a line a block). A failure of stage `write` where the
    record does not hold together."""
    article, record, body = extracted
    try:
        return Packed(article.id, article.source, rows.rows(article, record, body, None))
    except Exception as error:  # the boundary of one article: a link to nothing, a record of another article
        return bad_record(article.source, record.article_id, error)


def bad_record(source: str, article_id: str, error: Exception) -> Failure:
    """The failure of an article that cannot be stored."""
    problem = str(BadRecord(path=source, article_id=article_id, problem=error))
    return Failure(source=source, stage="write", error=type(error).__name__, message=problem)


_RUN = rows.ARTICLE.index("run_id")


def of_run(values: rows.Row, run: int | None) -> rows.Row:
    """An article's row with the run that it belongs to."""
    return (*values[:_RUN], run, *values[_RUN + 1 :])
