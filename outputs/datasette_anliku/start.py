"""The start page: what the library holds, and where to go in."""

from __future__ import annotations

from typing import Any

from outputs.article_name import name_sql
from outputs.datasette_anliku.county import counties
from outputs.library import Library

LATEST = 12


def overview(library: Library) -> dict[str, Any]:
    """Counts, period, indicators, categories, counties, latest cases."""
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
    return {
        "counts": counts,
        "indicators": indicators(library),
        "categories": list(library.query("""
            SELECT m.category, count(*) AS measures, count(DISTINCT c.county_code) AS counties
            FROM measures m LEFT JOIN cases c ON c.id = m.case_id
            WHERE m.optional = 0 AND m.replaced = 0 AND m.category IS NOT NULL
            GROUP BY m.category ORDER BY measures DESC, m.category
        """)),
        "counties": counties(library),
        "latest": list(library.query(
            f"SELECT a.id, {name_sql('a')} AS title, a.published, a.outlet, a.kind,"
            " (SELECT group_concat(name, '、') FROM (SELECT name FROM cases WHERE article_id = a.id"
            " ORDER BY nr)) AS places"
            " FROM articles a WHERE a.kind <> 'other' ORDER BY a.published DESC, a.id LIMIT ?", (LATEST,))),
    }  # fmt: skip


_SAME = "code, thing, kind, unit, rate, status, limit_of, limit_low, limit_high, limit_bound, limit_unit"
"""What values of places share that stand side by side (`compare.Row.group`)."""


def indicators(library: Library) -> list[dict[str, Any]]:
    """Indicators of the library with the number of counties that are said something of (`counties`), and of those whose
    own value stands beside that of another county (`comparable`); those that compare most first."""
    # Few observations may be compared, so those are chosen before they are grouped: all of a million take 9 s.
    return list(
        library.query(f"""
        SELECT code, observations, counties, coalesce(comparable, 0) AS comparable FROM (
            SELECT code, count(*) AS observations, count(DISTINCT coalesce(county_code, county)) AS counties
            FROM observations GROUP BY code
        ) LEFT JOIN (
            SELECT code, count(DISTINCT at) AS comparable FROM (
                SELECT code, at, count(*) OVER (PARTITION BY {_SAME}) AS places FROM (
                    SELECT DISTINCT {_SAME}, coalesce(adcode, path, '') || ' ' || place AS at
                    FROM observations o WHERE reason IS NULL AND level = 'county' AND NOT EXISTS
                        (SELECT 1 FROM duplicates d WHERE d.article_id = o.article_id AND d.lead_id <> d.article_id)
                )
            ) WHERE places > 1 GROUP BY code
        ) USING (code) ORDER BY comparable DESC, counties DESC, observations DESC, code
    """)
    )
