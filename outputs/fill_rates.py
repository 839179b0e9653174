"""How much was found an article, layer by layer, in one run; and what changed against an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from outputs.library import Library
from outputs.library.layers import LAYERS

DRIFT = 0.3
"""Share by which the findings of a layer an article must have changed to be reported. Two halves of one dump of a
hundred articles and more seldom differ by 15 %; a rule that broke, or another kind of source, by far more."""
DRIFT_ARTICLES = 20
"""Articles that both runs must have written: of fewer the mean says nothing."""
DRIFT_FINDINGS = 30
"""Findings that the richer of the two must have: rare layers vary by chance."""


class Drift(NamedTuple):
    """A layer of which an article has far more or fewer findings than in the run before."""

    layer: str
    before: float
    now: float
    """Findings an article."""

    @property
    def change(self) -> float:
        """-0.4: fell by 40 %."""
        return self.now / self.before - 1 if self.before else float("inf")

    def line(self) -> str:
        """As a warning."""
        moved = f"{'fell' if self.change < 0 else 'rose'} by {abs(self.change):.0%}" if self.before else "are new"
        return f"{self.layer} per article {moved} ({self.before:.1f} before, {self.now:.1f} now)"


def fill_rates(library: Library, run: int) -> dict[str, Any]:
    """Of the articles that the run wrote and nothing has replaced since: how many there are and of what, and for each
    layer the findings as extracted, an article, a thousand characters of body, and the share of articles with one."""
    sql = (
        "SELECT count(*), coalesce(sum(length(body_text)), 0), count(title), count(published), count(outlet),"
        " sum(kind <> 'other') FROM articles WHERE run_id = ?"
    )
    articles, size, titled, dated, outlets, cases = next(library.rows(sql, (run,)))
    layers = {}
    for layer in LAYERS:
        found, held = next(library.rows(
            f"SELECT count(*), count(DISTINCT article) FROM {layer.name} WHERE review_id IS NULL"
            " AND article IN (SELECT article FROM articles WHERE run_id = ?)", (run,)
        ))  # fmt: skip
        layers[layer.name] = {
            "findings": found,
            "per_article": _share(found, articles),
            "per_1000_characters": _share(found * 1000, size),
            "articles_with": _share(held, articles),
        }
    fields = {"title": titled, "published": dated, "outlet": outlets, "case": cases or 0}
    return {
        "articles": articles,
        "characters": size,
        "articles_with": {name: _share(count, articles) for name, count in fields.items()},
        "layers": layers,
    }


def drift(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Drift]:
    """Layers that changed by more than DRIFT between two results of `fill_rates`."""
    if min(before.get("articles", 0), now["articles"]) < DRIFT_ARTICLES:
        return []
    found = []
    for name, layer in now["layers"].items():
        earlier = before["layers"].get(name)
        if earlier is None or max(layer["findings"], earlier["findings"]) < DRIFT_FINDINGS:
            continue
        one = Drift(name, earlier["per_article"], layer["per_article"])
        if abs(one.change) > DRIFT:
            found.append(one)
    return found


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0
