"""What a run found, and how far that is from the run before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from outputs.fill_rates import drift, fill_rates
from outputs.library import Library
from tests.outputs.samples import entries


def rates(articles: int, **found: int) -> dict[str, Any]:
    layers = {name: {"findings": count, "per_article": count / articles} for name, count in found.items()}
    return {"articles": articles, "layers": layers}


def test_rates_of_a_run(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        first, second = library.start_run("1", {}), library.start_run("1", {})
        library.write(first, entries()[:1])
        library.write(second, entries()[1:])
        found = fill_rates(library, first)
        quantities = len(entries()[0][1].quantities)
        assert found["articles"] == 1
        assert found["layers"]["quantities"]["findings"] == quantities
        assert found["layers"]["quantities"]["per_1000_characters"] == round(quantities * 1000 / found["characters"], 4)
        assert found["articles_with"]["title"] == 1
        assert fill_rates(library, 99)["layers"]["measures"]["per_article"] == 0


def test_drift_is_a_change_of_a_third_on_enough_articles() -> None:
    (one,) = drift(rates(50, quantities=1000, measures=200), rates(50, quantities=600, measures=190))
    assert one.line() == "quantities per article fell by 40% (20.0 before, 12.0 now)"
    assert drift(rates(10, quantities=1000), rates(50, quantities=100)) == []
    assert drift(rates(50, honours=8), rates(50, honours=2)) == []
    assert [found.change for found in drift(rates(50, places=0), rates(50, places=90))] == [float("inf")]
    assert drift({}, rates(50, quantities=100)) == []
