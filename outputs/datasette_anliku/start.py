"""The start page: what the library holds, and where to go in."""

from __future__ import annotations

from typing import Any

from outputs.article_name import name_sql
from outputs.datasette_anliku.county import counties
from outputs.datasette_anliku.kept import kept
from outputs.library import Library

LATEST = 12


def overview(library: Library) -> dict[str, Any]:
    """Counts, period, indicators, categories, counties, latest cases."""
    return {
        **_totals(library),
        "indicators": indicators(library),
        "counties": _counties(library),
        "latest": list(library.query(
            f"SELECT a.id, {name_sql('a')} AS title, a.published, a.outlet, a.kind,"
            " (SELECT group_concat(name, '、') FROM (SELECT name FROM cases WHERE article = a.article"
            " ORDER BY nr)) AS places"
            " FROM articles a WHERE a.kind <> 'other' ORDER BY a.published DESC, a.id LIMIT ?", (LATEST,))),
    }  # fmt: skip


_counties = kept(counties)


@kept
def _totals(library: Library) -> dict[str, Any]:
    counts = next(
        library.query("""
        SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM cases) AS cases,
               (SELECT count(DISTINCT county_code) FROM cases) AS counties,
               (SELECT count(*) FROM measures WHERE optional = 0 AND replaced = 0) AS measures,
               (SELECT count(*) FROM quantities WHERE optional = 0 AND replaced = 0) AS quantities,
               (SELECT count(*) FROM failures) AS failures,
               (SELECT min(published) FROM articles) AS first, (SELECT max(published) FROM articles) AS last
    """)
    )
    categories = library.query("""
        SELECT m.category, count(*) AS measures, count(DISTINCT c.county_code) AS counties
        FROM measures m LEFT JOIN cases c ON c.article = m.article AND c.id = m.case_id
        WHERE m.optional = 0 AND m.replaced = 0 AND m.category IS NOT NULL
        GROUP BY m.category ORDER BY measures DESC, m.category
    """)
    return {"counts": counts, "categories": list(categories)}


@kept
def indicators(library: Library) -> list[dict[str, Any]]:
    """Indicators of the library with the number of counties that are said something of (`counties`), and of those with
    a value of their own that may stand beside others (`comparable`); those that compare most first."""
    # `+code`: in the order of the table. In that of the index each row would be looked for by itself.
    return list(
        library.query("""
        SELECT code, count(*) AS observations, count(DISTINCT coalesce(county_code, county)) AS counties,
               count(DISTINCT CASE WHEN reason IS NULL AND level = 'county' AND article_id NOT IN
                   (SELECT article_id FROM duplicates WHERE lead_id <> article_id)
                   THEN coalesce(county_code, county) END) AS comparable
        FROM observations GROUP BY +code ORDER BY comparable DESC, counties DESC, observations DESC, code
    """)
    )
