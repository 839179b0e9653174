"""The county page: all that the library knows of a county (县域档案)."""

from __future__ import annotations

from typing import Any

from models.errors import AnlikuError
from outputs.article_name import name_sql
from outputs.datasette_anliku.coordinates import locate
from outputs.library import Library
from outputs.quotes import quoted

SHOWN = 200
"""Rows of a list; Datasette's own pages have them all."""

_OF = {
    True: "c.county_code = ?",
    False: "c.county = ? AND c.county_code IS NULL",
}
# A report that repeats another is listed, but what it says is not said twice.
_ONCE = "NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = c.article_id AND d.lead_id <> d.article_id)"
_CASES = f"""
SELECT a.id, {name_sql("a")} AS title, a.published, a.outlet,
       c.name, c.level
FROM cases c JOIN articles a ON a.article = c.article WHERE {{of}} ORDER BY a.published DESC, a.id LIMIT ?
"""
_HEAD = """
SELECT c.province, c.prefecture, c.county, c.county_code, count(DISTINCT c.article) AS articles,
       min(a.published) AS first, max(a.published) AS last
FROM cases c JOIN articles a ON a.article = c.article WHERE {of}
GROUP BY c.province, c.prefecture, c.county, c.county_code ORDER BY articles DESC LIMIT 1
"""
_MEASURES = """
SELECT m.category, m.id, coalesce(m.title_norm, m.title) AS title, a.title AS article
FROM measures m JOIN cases c ON c.article = m.article AND c.id = m.case_id
     JOIN articles a ON a.article = m.article
WHERE {of} AND m.optional = 0 AND m.replaced = 0 AND {once}
ORDER BY m.category IS NULL, m.category, m.article_id, m.nr LIMIT ?
"""
_NUMBERS = """
SELECT q.id, q.code, q.indicator, coalesce(q.norm, q.text) AS text, q.rate, q.time, q.status, q.owner, c.name, c.level,
       substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS quote, a.media_type, o.reason
FROM quantities q JOIN cases c ON c.article = q.article AND c.id = q.case_id
     JOIN articles a ON a.article = q.article
     LEFT JOIN observations o ON o.article = q.article AND o.id = q.id
WHERE {of} AND q.optional = 0 AND q.replaced = 0 AND q.code IS NOT NULL AND {once}
ORDER BY q.code, q.time, q.article_id, q.nr LIMIT ?
"""
_NAMES = """
SELECT '{layer}' AS layer, min(x.id) AS id, coalesce(x.norm, x.text) AS text, count(*) AS times
FROM {layer} x JOIN cases c ON c.article = x.article AND c.id = x.case_id
WHERE {{of}} AND x.optional = 0 AND x.replaced = 0 AND {{once}}
GROUP BY coalesce(x.norm, x.text) ORDER BY times DESC, text LIMIT ?
"""


class NoSuchCounty(AnlikuError):
    """no case of {county!r} in this library"""


def county(library: Library, key: str) -> dict[str, Any]:
    """What the template needs of a county, by its code, or by its name where it has none. NoSuchCounty."""
    of = _OF[key.isdigit()]

    def rows(sql: str, *values: object) -> list[dict[str, Any]]:
        return list(library.query(sql.format(of=of, once=_ONCE), (key, *values)))

    head = next(iter(rows(_HEAD)), None)
    if head is None:
        raise NoSuchCounty(county=key)
    return {
        "county": head,
        "point": locate(head["county_code"]),
        "cases": rows(_CASES, SHOWN),
        "measures": _grouped(rows(_MEASURES, SHOWN), "category"),
        "numbers": _grouped(
            [{**row, "quote": quoted(row["quote"], row["media_type"])} for row in rows(_NUMBERS, SHOWN)], "code"),
        "names": {layer: found for layer in ("honours", "programmes", "documents", "organisations", "persons")
                  if (found := rows(_NAMES.format(layer=layer), SHOWN))},
        "full": SHOWN,
    }  # fmt: skip


def counties(library: Library) -> dict[str, list[dict[str, Any]]]:
    """The counties of the library by province, with the number of their reports."""
    sql = """
        SELECT coalesce(province, '') AS province, prefecture, county, county_code,
               count(DISTINCT article) AS articles
        FROM cases WHERE county IS NOT NULL GROUP BY 1, 2, 3, 4
        ORDER BY substr(county_code, 1, 2), 1, county_code, county
    """
    return _grouped(library.query(sql), "province")


def _grouped(rows: Any, by: str) -> dict[Any, list[dict[str, Any]]]:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append(row)
    return groups
