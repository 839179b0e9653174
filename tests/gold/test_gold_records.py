"""The project's own perfect records are sound: a slip of one character in them would be charged to the extractors."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HELDOUT = ROOT / "tests" / "heldout"
RECORDS = [*sorted(HERE.glob("*.json")), *sorted((HELDOUT / "gold").glob("*.json"))]
LAYERS = ("places", "quantities", "actions", "programmes", "documents", "persons", "organisations", "honours")


def raw_text(name: str) -> str:
    """The article as decoded text, line ends untouched; the one GBK file says so in its name."""
    folders = (ROOT / "corpus" / "demo", ROOT / "tests" / "articles", HELDOUT / "articles")
    path = next(folder / name for folder in folders if (folder / name).exists())
    return path.read_bytes().decode("gbk" if "gbk" in name else "utf-8")


def spans(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in LAYERS:
        yield from record[layer]
    yield from (measure["title"] for measure in record["measures"])


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_offsets_hold_and_stay_in_the_body(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    raw = raw_text(record["file"])
    wrong = [s for s in spans(record) if raw[s["start"] : s["end"]] != s["text"]]
    outside = [s for s in spans(record) if not any(a <= s["start"] and s["end"] <= b for a, b in record["body"])]
    assert not wrong
    assert not outside


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_bounds_agree_with_the_values(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    for quantity in record["quantities"]:
        low, high, bound = quantity["min"], quantity["max"], quantity["bound"]
        if bound in ("gt", "ge"):
            assert (low is None, high is None) == (False, True), quantity
        elif bound in ("lt", "le"):
            assert (low is None, high is None) == (True, False), quantity
        elif bound == "range":
            assert low < high, quantity
        else:
            assert low == high, quantity


def test_every_article_has_a_record() -> None:
    articles = [
        p for folder in ("corpus/demo", "tests/articles", "tests/heldout/articles") for p in (ROOT / folder).iterdir()
    ]
    texts = {p.stem for p in articles if p.suffix in (".txt", ".html", ".md") and p.name != "README.md"}
    assert {p.stem for p in RECORDS} == texts
