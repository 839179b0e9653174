"""The rows of one article, ready to be inserted: made where the article was read, so that the one writer has little
to do."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any, NamedTuple

from models.article import Article, Failure
from models.case import CaseRecord
from outputs.library import observations, rows, search_index
from outputs.library.errors import BadRecord


class Packed(NamedTuple):
    """Plain values: a fifth of the cost of a record to send between processes."""

    article_id: str
    source: str
    rows: rows.Rows
    """By table, `observations` too. The run of the article's row is null until it is stored."""
    entry: search_index.Entry
    """For the search index."""


class Sealed(NamedTuple):
    """A packed article as bytes: a tenth of its memory while it waits to be stored."""

    article_id: str
    source: str
    content: bytes

    def open(self) -> Packed:
        """What was sealed."""
        rows_, entry = pickle.loads(self.content)
        return Packed(self.article_id, self.source, rows_, entry)


def seal(one: Packed) -> Sealed:
    """A packed article as bytes. They never leave the run that made them."""
    return Sealed(one.article_id, one.source, pickle.dumps((one.rows, one.entry), pickle.HIGHEST_PROTOCOL))


def pack(extracted: tuple[Article, CaseRecord, str]) -> Packed | Failure:
    """The rows of an article, its record and its clean body (a line a block). A failure of stage `write` where the
    record does not hold together."""
    article, record, body = extracted
    try:
        made = rows.rows(article, record, body, None)
        made["observations"] = observed(made)
        return packed(made)
    except Exception as error:  # the boundary of one article: a link to nothing, a record of another article
        return bad_record(article.source, record.article_id, error)


def packed(made: rows.Rows) -> Packed:
    """The rows of one article with what the search index says of them."""
    article = next(_dicts(made, "articles"))
    return Packed(article["id"], article["source"], made, search_index.entry(texts(made)))


def bad_record(source: str, article_id: str, error: Exception) -> Failure:
    """The failure of an article that cannot be stored."""
    problem = str(BadRecord(path=source, article_id=article_id, problem=error))
    return Failure(source=source, stage="write", error=type(error).__name__, message=problem)


_RUN = rows.ARTICLE.index("run_id")


def of_run(values: rows.Row, run: int | None) -> rows.Row:
    """An article's row with the run that it belongs to."""
    return (*values[:_RUN], run, *values[_RUN + 1 :])


def observed(made: rows.Rows) -> list[rows.Row]:
    """The observations of rows that no review has touched: what `observations.renew` makes of them in the library."""
    article = next(_dicts(made, "articles"))
    if article["kind"] == "other":
        return []
    cases = {case["id"]: case for case in _dicts(made, "cases")}
    verbs = {action["id"]: action["verb"] for action in _dicts(made, "actions")}
    numbers = []
    for number in _dicts(made, "quantities"):
        if not number["optional"]:
            case = cases.get(number["case_id"], {})
            number |= {
                "verb": verbs.get(number["action_id"]),
                "name": case.get("name"),
                "case_level": case.get("level"),
                "case_adcode": case.get("adcode"),
                "case_path": case.get("path"),
                "case_county": case.get("county_code"),
                "quote": article["raw"][number["quote_start"] : number["quote_end"]],
            }
            numbers.append(number)
    if not numbers:
        return []
    numbers.sort(key=lambda number: (number["start"], number["end"]))
    places, persons = (
        sorted(_dicts(made, layer), key=lambda name: int(name["start"])) for layer in ("places", "persons")
    )
    return [tuple(one) for one in observations.observe(numbers, places, persons)]


def texts(made: rows.Rows) -> list[str]:
    """What each column of the search index is made of, as `search_index` reads it from the library."""
    article = next(_dicts(made, "articles"))
    found = [article["title"] or "", article["body_text"]]
    for layer in search_index.LAYERS:
        own = ("title_norm", "title") if layer == "measures" else ("norm", "text")
        at = [rows.COLUMNS[layer].index(name) for name in own]
        found.append(search_index.BREAK.join(str(row[at[0]] or row[at[1]]) for row in made[layer]))
    return found


def _dicts(made: rows.Rows, table: str) -> Iterator[dict[str, Any]]:
    return (dict(zip(rows.COLUMNS[table], row, strict=True)) for row in made[table])
