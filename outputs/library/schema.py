"""The schema of the library, one migration a version.

A migration that was released never changes: a library of any earlier schema must open after. To change the schema add
a migration below, raise `SCHEMA`, and let `tests/outputs/test_schema.py` open a library of each earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey, Table
from sqlite_utils.migrations import Migrations

from outputs.library import older
from outputs.library.comparison_views import COMPARISON_VIEWS
from outputs.library.layers import LAYERS

APPLICATION_ID = 0x616C6B75
"""`alku`: what the header of the file says it is (`PRAGMA application_id`)."""

SCHEMA = 2
"""Number of the last migration, kept in the file as `PRAGMA user_version`."""

migrations = Migrations("anliku")

Columns = Mapping[str, object]

# `article` is the number of an article in this file, given as it is written; `article_id`, a hash of its text, is its
# name everywhere. Rows are kept by number, since those of a fresh article then go to the end of every table and index:
# by hash, each would go to a page somewhere else in the file. `id` begins with `article_id`.
_KEY: Columns = {"article": int, "id": str, "article_id": str}
_OF = ("article", "id")
# What every finding has, before and after its own columns. `nr` is its place in the layer of the record, from 0.
_HEAD: Columns = {**_KEY, "case_id": str, "nr": int, "start": int, "end": int, "text": str, "norm": str}
# `replaced` is 1 where a review stands instead of the finding; the row that it put there has its `review_id`.
_TAIL: Columns = {"extractor": str, "rule": str, "rule_version": str, "confidence": str, "reason": str,
                  "optional": int, "review_id": str, "replaced": int}  # fmt: skip
_FILLED = ("nr", "start", "end", "text", "extractor", "rule", "rule_version", "confidence", "optional",
           "replaced")  # fmt: skip


@migrations(name="0001_first")
def first(db: Database) -> None:
    """The tables of the first schema, kept by the articles' hashes; `by_number` makes them all anew."""


@migrations(name="0002_by_number")
def by_number(db: Database) -> None:
    """All tables, with the rows that an older library has."""
    with older.taken_over(db):
        _tables(db)


def _tables(db: Database) -> None:
    """Articles, cases, a table a layer, divisions, runs, failures, the search index and the views for readers."""
    _create(db, "runs", {"id": int, "started": str, "finished": str, "version": str, "settings": str, "counts": str,
                         "report": str}, not_null=("started", "version"))  # fmt: skip
    _create(db, "articles", {
        "article": int, "id": str, "title": str, "published": str, "outlet": str, "authors": str, "contributor": str,
        "script": str, "kind": str, "source": str, "file": str, "media_type": str, "encoding": str,
        "column_title": str, "column_date": str, "column_url": str, "column_outlet": str, "column_author": str,
        "version": str, "run_id": int, "body": str, "captions": str, "summary": str, "about": str,
        "raw": str, "body_text": str, "changes": bytes,
    }, pk="article", not_null=("id", "script", "kind", "source", "file", "media_type", "encoding", "version", "raw",
                               "body_text"),
        links={"run_id": "runs"}, indexes=(("published",), ("source",)))  # fmt: skip
    db.table("articles").create_index(["id"], unique=True)
    _create(db, "cases", {
        **_KEY, "nr": int, "name": str, "level": str, "adcode": str, "province": str,
        "prefecture": str, "county": str, "township": str, "village": str, "county_code": str, "path": str, "via": str,
        "sections": str,
    }, pk=_OF, not_null=("nr", "name", "level"), links={"article": "articles"},
        indexes=(("county_code",), ("adcode",)))  # fmt: skip
    _create(db, "divisions", {"adcode": str, "name": str, "level": str, "parent": str, "path": str}, pk="adcode",
            not_null=("name", "level"), indexes=(("parent",),))  # fmt: skip
    _create(db, "failures", {"source": str, "stage": str, "error": str, "message": str, "run_id": int},
            pk=("source", "stage"), not_null=("source", "stage", "error", "message"),
            links={"run_id": "runs"})  # fmt: skip
    # Files that were read to their end without a failure, so that a run can leave out those that have not changed.
    _create(db, "files", {"path": str, "size": int, "modified": int, "digest": str, "run_id": int}, pk="path",
            not_null=("size", "modified", "digest"), links={"run_id": "runs"})  # fmt: skip
    _layers(db)
    # No foreign key: a review outlives the article it is about. `nr` is the order in which they came.
    _create(db, "reviews", {"nr": int, "id": str, "article_id": str, "layer": str, "start": int, "end": int,
                            "text": str, "decision": str, "was": str, "value": str, "reviewer": str, "at": str,
                            "why": str, "supersedes": str},
            pk="nr", not_null=("id", "article_id", "layer", "start", "end", "text", "decision", "reviewer", "at"),
            indexes=(("article_id",), ("reviewer",)))  # fmt: skip
    db.table("reviews").create_index(["id"], unique=True)
    # A row an article; its own lead where it repeats none. An article without a row has not been compared yet.
    _create(db, "duplicates", {"article_id": str, "lead_id": str, "similarity": float}, pk="article_id",
            not_null=("lead_id", "similarity"),
            indexes=(("lead_id",),))  # fmt: skip
    # All that is left of an article that was to be forgotten, so that the next run does not bring it back.
    _create(db, "forgotten", {"article_id": str}, pk="article_id")
    # The index holds bigrams only (outputs/bigrams.py), not the text, and which single characters an article has. Its
    # row ids are the numbers of the articles.
    db.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(title, body, measures, actions, outcomes, programmes, documents,"
        " persons, organisations, honours, content='', tokenize='unicode61')"
    )
    db.execute(
        "CREATE VIRTUAL TABLE search_characters USING fts5(characters, content='', detail=none, tokenize='unicode61')"
    )
    # Fewer merges of what is being written; a query looks into up to 16 parts of a kind instead of 4. Merging is done a
    # little with each article: left until 16 parts stand (`crisismerge`, at FTS5's own figure), it would take one
    # transaction in a library of 50,000 articles 8 s, and 340 MB of the log beside the file.
    for name in ("search_index", "search_characters"):
        for setting, value in (("automerge", 16), ("crisismerge", 64)):
            db.execute(f"INSERT INTO {name}({name}, rank) VALUES ('{setting}', {value})")
    for name, sql in _VIEWS.items():
        db.create_view(name, sql)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA}")


BY_ID = "(SELECT article FROM articles WHERE id = ?)"
"""The number of the article of an id, in SQL: where `article` is it, are its rows."""

OF_ARTICLE = ("observations", "roles", *(layer.name for layer in LAYERS), "cases")
"""Tables whose rows go with their article, by its number."""


def _layers(db: Database) -> None:
    measure = {"measure_id": "measures"}
    _layer(db, "places", {"level": str, "adcode": str, "path": str, "via": str, "candidates": str, "nbs_code": str},
           not_null=("level",))  # fmt: skip
    _layer(db, "times", {"value": str, "relative": int}, not_null=("relative",))
    _layer(db, "measures", {
        "title": str, "title_norm": str, "title_start": int, "title_end": int, "category": str, "categories": str,
        "section": str, "ordinal": int,
    }, not_null=("title", "title_start", "title_end"), indexes=(("category",),))  # fmt: skip
    _layer(db, "actions", {"verb": str, "object": str, "actor": str, "place": str, "measure_id": str},
           not_null=("verb",), links=measure)  # fmt: skip
    _layer(db, "outcomes", {"verb": str, "object": str, "measure_id": str}, not_null=("verb",), links=measure)
    # Numbers are ANY: a count stays an integer, and what has a fraction is a float. No text ever stands there.
    _layer(db, "quantities", {
        "min": "ANY", "max": "ANY", "unit": str, "bound": str, "indicator": str, "code": str, "rate": str, "time": str,
        "status": str, "threshold_of": str, "threshold_min": "ANY", "threshold_max": "ANY", "threshold_unit": str,
        "from_value": "ANY", "canonical_min": "ANY", "canonical_max": "ANY", "canonical_unit": str, "dimension": str,
        "owner": str, "extent": str, "flags": str, "quote_start": int, "quote_end": int, "action_id": str,
        "measure_id": str,
    }, not_null=("bound", "status", "quote_start", "quote_end"),
        links={**measure, "action_id": "actions"}, indexes=(("code",),))  # fmt: skip
    _layer(db, "programmes", {})
    _layer(db, "documents", {"number": str})
    _layer(db, "persons", {"role": str, "organisation": str})
    _layer(db, "organisations", {"canonical": str})
    _layer(db, "honours", {"year": str, "level": str, "recipients": str})
    # What each number may be set beside (observations.py). Made from the rows above and thrown away with them.
    _create(db, "observations", {
        **_KEY, "code": str, "thing": str, "kind": str, "place": str, "level": str,
        "adcode": str, "province": str, "prefecture": str, "county": str, "county_code": str, "path": str,
        "low": "ANY", "high": "ANY", "unit": str, "rate": str, "status": str, "time": str, "extent": str,
        "limit_of": str, "limit_low": "ANY", "limit_high": "ANY", "limit_bound": str, "limit_unit": str,
        "reason": str,
    }, pk=_OF, not_null=("code", "thing", "kind", "rate", "status"),
        links={"article": "articles", "id": "quantities"},
        # An article has many codes and few places: by place first, its rows lie together.
        indexes=(("code",), ("place", "code"), ("county_code",)))  # fmt: skip
    _create(db, "roles", {**_KEY, "case_id": str, "nr": int, "start": int, "end": int, "role": str, "rule": str},
            pk=_OF, not_null=("nr", "start", "end", "role", "rule"),
            links={"article": "articles", "case_id": "cases"})  # fmt: skip


def _layer(
    db: Database,
    name: str,
    own: Columns,
    not_null: Sequence[str] = (),
    links: Mapping[str, str] | None = None,
    indexes: Sequence[tuple[str, ...]] = (),
) -> None:
    _create(
        db,
        name,
        {**_HEAD, **own, **_TAIL},
        pk=_OF,
        not_null=(*_FILLED, *not_null),
        links={"article": "articles", "case_id": "cases", **(links or {})},
        # No index by case, measure or action: what asks for the rows of one says its article too.
        indexes=indexes,
    )


def _create(
    db: Database,
    name: str,
    columns: Columns,
    *,
    pk: str | tuple[str, ...] = "id",
    not_null: Sequence[str] = (),
    links: Mapping[str, str] | None = None,
    indexes: Sequence[tuple[str, ...]] = (),
) -> None:
    """A STRICT table. `links`: column to the table whose row it names; in rows of an article, one of the same."""
    # SQLite lets a text primary key be null unless told otherwise.
    required = {*not_null, *(column for column in ([pk] if isinstance(pk, str) else pk) if columns[column] is str)}
    keys = [_link(name, column, other, within=pk == _OF) for column, other in (links or {}).items()]
    required |= {column for column in _KEY if pk == _OF}
    table: Table = db.table(name).create(dict(columns), pk=pk, not_null=required, foreign_keys=keys, strict=True)
    for index in indexes:
        table.create_index(index)


def _link(name: str, column: str, other: str, *, within: bool) -> ForeignKey:
    if other == "articles":
        return ForeignKey(name, column, other, "article")
    if not within:
        return ForeignKey(name, column, other, "id")
    return ForeignKey(name, None, other, None, columns=("article", column), other_columns=_OF, is_compound=True)


# Readers see what stands after review (`replaced = 0`), and of a report that went round its first printing only.
_ONCE = "NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = {}.article_id AND d.lead_id <> d.article_id)"

_COUNTS = ",\n".join(
    f"               sum((SELECT count(*) FROM {table} x WHERE x.article = c.article AND x.case_id = c.id"
    f" AND x.optional = 0 AND x.replaced = 0)) AS {name}"
    for table, name in (
        ("measures", "举措数"), ("actions", "行动数"), ("quantities", "数量数"), ("outcomes", "成效数"),
        ("honours", "荣誉数"),
    )
)  # fmt: skip

_VIEWS = {
    # One row a number that can be set beside others: not optional, with a code and a canonical value, of a case.
    # `级别` is that of the case; a `归属` says that the number is of a village or body in it, not its own.
    "指标": f"""
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码, c.name AS 地方,
               c.level AS 级别, q.owner AS 归属, q.code AS 指标代码, q.indicator AS 指标, q.bound AS 界限,
               q.canonical_min AS 下限, q.canonical_max AS 上限, q.canonical_unit AS 单位, q.rate AS 口径,
               q.time AS 时间, q.status AS 状态, q.threshold_min AS 门槛下限, q.threshold_max AS 门槛上限,
               q.threshold_unit AS 门槛单位, q.text AS 原文,
               substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS 引文,
               q.confidence AS 把握, q.flags AS 疑点, CASE WHEN q.review_id IS NOT NULL THEN q.rule END AS 审核,
               a.title AS 报道, a.published AS 发布时间, a.outlet AS 来源,
               q.article_id AS 报道编号, q.id AS 编号
        FROM quantities q JOIN cases c ON c.article = q.article AND c.id = q.case_id
             JOIN articles a ON a.article = q.article
        WHERE q.optional = 0 AND q.replaced = 0 AND q.code IS NOT NULL AND q.canonical_unit IS NOT NULL
              AND {_ONCE.format("q")}""",
    # Inner counts are by case, so a roundup adds to each county only what its part says.
    "县域档案": f"""
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码,
               count(DISTINCT c.article) AS 报道数, count(*) AS 案例数,
               min(a.published) AS 最早, max(a.published) AS 最晚,
{_COUNTS}
        FROM cases c JOIN articles a ON a.article = c.article
        WHERE c.county IS NOT NULL AND {_ONCE.format("c")}
        GROUP BY c.province, c.prefecture, c.county, c.county_code""",
    "举措矩阵": f"""
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码, m.category AS 举措类别,
               count(*) AS 举措数, count(DISTINCT m.article) AS 报道数
        FROM measures m JOIN cases c ON c.article = m.article AND c.id = m.case_id
        WHERE m.optional = 0 AND m.replaced = 0 AND m.category IS NOT NULL AND c.county IS NOT NULL
              AND {_ONCE.format("m")}
        GROUP BY c.province, c.prefecture, c.county, c.county_code, m.category""",
    # What is said to have been so, or won, at a stated time; plans are not history.
    "时间线": f"""
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码, c.name AS 地方,
               q.time AS 时间, '数量' AS 类型,
               CASE WHEN q.indicator IS NULL THEN q.text ELSE q.indicator || ' ' || q.text END AS 内容,
               a.title AS 报道, q.article_id AS 报道编号, q.id AS 编号
        FROM quantities q JOIN cases c ON c.article = q.article AND c.id = q.case_id
             JOIN articles a ON a.article = q.article
        WHERE q.optional = 0 AND q.replaced = 0 AND q.status = 'actual' AND q.time IS NOT NULL
              AND {_ONCE.format("q")}
        UNION ALL
        SELECT c.province, c.prefecture, c.county, c.county_code, c.name, h.year, '荣誉', h.text, a.title,
               h.article_id, h.id
        FROM honours h JOIN cases c ON c.article = h.article AND c.id = h.case_id
             JOIN articles a ON a.article = h.article
        WHERE h.optional = 0 AND h.replaced = 0 AND h.year IS NOT NULL AND {_ONCE.format("h")}""",
    # Reports that repeat another one; each group is counted once, by its lead.
    "重复报道": """
        SELECT l.title AS 首发报道, l.published AS 首发时间, l.outlet AS 首发来源, a.title AS 报道,
               a.published AS 发布时间, a.outlet AS 来源, a.source AS 出处, round(d.similarity, 2) AS 相似度,
               d.lead_id AS 首发编号, d.article_id AS 报道编号
        FROM duplicates d JOIN articles a ON a.id = d.article_id JOIN articles l ON l.id = d.lead_id
        WHERE d.lead_id <> d.article_id""",
    **COMPARISON_VIEWS,
}

VIEWS = tuple(_VIEWS)
"""Names of the views of the schema of today."""
