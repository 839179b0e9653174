"""What a library holds, counted: the facts of its report. `outputs/report_page.py` shows them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, groupby

from models.base import Record
from outputs.agreement import agreement
from outputs.article_name import CUT, NONE
from outputs.compare import Comparison, compare
from outputs.duplicates import clusters
from outputs.library import Library
from outputs.library.layers import LAYERS
from outputs.quotes import one_line
from outputs.redact import Redactor
from outputs.review_queue import queue
from outputs.reviews import stale

SHOWN = 20
"""Rows of each table; the library has all of them."""
CHARTS = 6
"""Indicators that are drawn, those with the most observations."""
GROUPS = 2
"""Of an indicator that are drawn: what is not comparable needs an axis of its own."""
_REVIEWERS = 5
"""Of whom each pair is compared, those with the most reviews."""

Cell = str | int | float | None
Rows = tuple[tuple[Cell, ...], ...]


class Matrix(Record):
    """Measures by county and category."""

    categories: tuple[str, ...]
    """Codes, the most frequent first."""
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """County and its counts in that order, the county with the most measures first."""
    more: int
    """Counties that are not shown."""


class Overview(Record):
    """The facts of a report. Rows are in the order in which they are shown."""

    counts: dict[str, int]
    published: tuple[str | None, str | None]
    versions: tuple[str, ...]
    outlets: Rows
    """Outlet, articles."""
    runs: tuple[tuple[str, str | None, str, tuple[tuple[str, int], ...]], ...]
    """Started, finished, version, what it counted and how many."""
    provinces: Rows
    """Province (null: no place), articles, counties, measures, quantities."""
    counties: Rows
    """Province, prefecture, county, articles, measures, quantities, first and last day."""
    indicators: Rows
    """Code, observations, places, articles."""
    matrix: Matrix
    layers: Rows
    """Layer, articles that have any, share of articles, mean per article."""
    fields: Rows
    """Table, column, rows that have it, share."""
    doubts: Rows
    """Value, layer, why, quote, article."""
    clusters: Rows
    """Title of the lead, titles of its copies."""
    failures: Rows
    """Name of the file, stage, class of the error: its message would say where the file lay."""
    decisions: Rows
    """Reviewer, decision, count."""
    agreements: Rows
    """Two reviewers, passages both reviewed, on which they say the same, kappa."""
    stale: int
    reviewed_articles: int


def overview(library: Library, redactor: Redactor | None = None, language: str = "zh") -> Overview:
    """The facts of a library; without the names of persons where there is a `redactor`. `language`: of the doubts."""

    def said(article_id: str | None, text: str | None) -> str | None:
        shown = None if text is None else one_line(text)
        return redactor.text(article_id, shown) if redactor and shown else shown

    def who(reviewer: str) -> str:
        return redactor.reviewer(reviewer) if redactor else reviewer

    counts = library.stats()
    counts["counties"] = _one(library, "SELECT count(*) FROM 县域档案")
    counts["provinces"] = _one(library, "SELECT count(DISTINCT province) FROM cases")
    reviews = library.reviews()
    by_reviewer = Counter(review.reviewer for review in reviews)
    busiest = [name for name, _ in sorted(by_reviewer.items(), key=lambda item: (-item[1], item[0]))[:_REVIEWERS]]
    return Overview(
        counts=counts,
        published=next(library.rows("SELECT min(published), max(published) FROM articles")),
        versions=tuple(row[0] for row in library.rows("SELECT DISTINCT version FROM articles ORDER BY 1")),
        outlets=_rows(
            library,
            "SELECT outlet, count(*) FROM articles WHERE outlet IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10",
        ),
        runs=tuple(
            (run.started, run.finished, run.version, tuple((code, nr) for code, nr in run.counts.items() if nr))
            for run in library.runs()[:SHOWN]
        ),
        provinces=_rows(library, _PROVINCES),
        counties=_rows(library, _COUNTIES),
        indicators=_rows(library, _INDICATORS),
        matrix=_matrix(library),
        layers=_layers(library, counts["articles"]),
        fields=_fields(library),
        doubts=tuple(
            (said(one.article_id, one.text), one.layer, "；".join(one.doubts),
             said(one.article_id, one.quote),
             # Of a name cut in two, half would stay.
             said(one.article_id, NONE if redactor and one.title.endswith(CUT) else one.title))
            for one in queue(library, SHOWN, language=language)
        ),
        clusters=tuple(
            (said(one.lead.article_id, one.lead.title),
             " / ".join(_printing(said(copy.article_id, copy.title), copy.outlet, copy.published)
                        for copy in one.copies))
            for one in clusters(library)[:SHOWN]
        ),
        failures=tuple(
            (said(None, failure.source.replace("\\", "/").rsplit("/", 1)[-1]), failure.stage, failure.error)
            for failure in library.failures()[:SHOWN]
        ),
        decisions=tuple(
            (who(reviewer), decision, count)
            for (reviewer, decision), count in sorted(Counter((r.reviewer, r.decision) for r in reviews).items())
        ),
        agreements=tuple(
            (f"{who(a)} / {who(b)}", both.both, both.same_value, both.kappa)
            for a, b in combinations(busiest, 2)
            if (both := agreement(library, a, b)[-1]).both
        ),
        stale=len(stale(library)) if reviews else 0,
        reviewed_articles=len({review.article_id for review in reviews}),
    )  # fmt: skip


def comparisons(library: Library, indicators: Rows, redactor: Redactor | None = None) -> list[Comparison]:
    """The indicators with the most observations, county by county: of each the groups of comparable values that have
    the most places. A group of one place, in which nothing is compared, only where a library has no other."""
    every = [compare(library, str(code)) for code, *_ in indicators]
    for least in (2, 1):
        found = [one for one in (_largest(comparison, least) for comparison in every) if one.rows][:CHARTS]
        if found:
            return [redactor.answer(one) for one in found] if redactor else found
    return []


def _largest(comparison: Comparison, least: int) -> Comparison:
    groups = [list(rows) for _, rows in groupby(comparison.rows, key=lambda row: row.group)]
    # Sorting keeps the order of equals.
    wide = sorted((group for group in groups if len(group) >= least), key=len, reverse=True)
    return comparison._replace(rows=[row for group in wide[: GROUPS if least > 1 else 1] for row in group], left_out=[])


_PROVINCES = f"""
SELECT c.province, count(DISTINCT c.article), count(DISTINCT c.county_code),
       sum((SELECT count(*) FROM measures m WHERE m.article = c.article AND m.case_id = c.id
                   AND m.optional = 0 AND m.replaced = 0)),
       sum((SELECT count(*) FROM quantities q WHERE q.article = c.article AND q.case_id = c.id
                   AND q.optional = 0 AND q.replaced = 0))
FROM cases c
WHERE NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = c.article_id AND d.lead_id <> d.article_id)
GROUP BY 1 ORDER BY c.province IS NULL, 2 DESC, 1 LIMIT {SHOWN * 2}
"""
_COUNTIES = f"""
SELECT 省, 市, 县, 报道数, 举措数, 数量数, substr(最早, 1, 10), substr(最晚, 1, 10) FROM 县域档案
ORDER BY 报道数 DESC, 数量数 DESC, 县代码, 县 LIMIT {SHOWN}
"""
_INDICATORS = f"""
SELECT 指标代码, count(*), count(DISTINCT coalesce(县代码, 地方)), count(DISTINCT 报道编号) FROM 指标
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {SHOWN}
"""


def _matrix(library: Library) -> Matrix:
    rows = list(library.rows("SELECT coalesce(县代码, 省 || 县, 县), 县, 举措类别, 举措数 FROM 举措矩阵"))
    names = {key: county for key, county, _, _ in rows}
    cells = {(key, category): count for key, _, category, count in rows}
    by_county: Counter[str] = Counter()
    by_category: Counter[str] = Counter()
    for key, _, category, count in rows:
        by_county[key] += count
        by_category[category] += count
    counties = sorted(by_county, key=lambda key: (-by_county[key], key))
    categories = tuple(sorted(by_category, key=lambda category: (-by_category[category], category)))
    return Matrix(
        categories=categories,
        rows=tuple((names[key], tuple(cells.get((key, c), 0) for c in categories)) for key in counties[:SHOWN]),
        more=max(0, len(counties) - SHOWN),
    )


def _layers(library: Library, articles: int) -> Rows:
    out = []
    for layer in LAYERS:
        sql = f"SELECT count(DISTINCT article), count(*) FROM {layer.name} WHERE replaced = 0"
        having, found = next(library.rows(sql))
        out.append((layer.name, having, _share(having, articles), round(found / articles, 1) if articles else None))
    return tuple(out)


def _fields(library: Library) -> Rows:
    """How often the fields are filled that comparison needs."""
    out = []
    for table, columns, where in (
        ("articles", ("title", "published", "outlet"), "1"),
        ("quantities", ("code", "canonical_unit", "time", "measure_id"), "replaced = 0 AND optional = 0"),
        ("measures", ("category",), "replaced = 0 AND optional = 0"),
    ):
        counted = ", ".join(f"count({column})" for column in columns)
        total, *filled = next(library.rows(f"SELECT count(*), {counted} FROM {table} WHERE {where}"))
        out += [(table, column, count, _share(count, total)) for column, count in zip(columns, filled, strict=True)]
    return tuple(out)


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _printing(title: str | None, outlet: str | None, published: str | None) -> str:
    return "，".join(part for part in (title or NONE, outlet, (published or "")[:10]) if part)


def _rows(library: Library, sql: str) -> Rows:
    return tuple(tuple(row) for row in library.rows(sql))


def _one(library: Library, sql: str) -> int:
    return int(next(library.rows(sql))[0])
