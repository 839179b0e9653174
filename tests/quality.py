"""Quality floors. `python -m tests.quality` prints what is measured; `--raise` lifts floors to it, and never lowers one."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import corpus
from models.article import Article
from pipeline.batch import Settings, work
from pipeline.evaluate import Json, evaluate, read_gold
from pipeline.extract import Extracted

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "tests" / "quality.json"
SLACK = 0.005
"""A raised floor stays this far below what was measured, so that a harmless change of one find does not fail."""

SETS: dict[str, tuple[Path, list[Path]]] = {
    "own": (ROOT / "tests" / "gold", [ROOT / "corpus" / "demo", ROOT / "tests" / "articles"]),
    "heldout": (ROOT / "tests" / "heldout" / "gold", [ROOT / "tests" / "heldout" / "articles"]),
    "shared": (ROOT.parent / "shared" / "gold", [ROOT.parent / "shared" / "articles"]),
}


def present() -> list[str]:
    """Names of the sets that are on this machine."""
    return [name for name, (gold, _) in SETS.items() if gold.is_dir()]


def measure(name: str) -> dict[str, float]:
    """F1 or share of each layer, on one set."""
    directory, folders = SETS[name]
    gold = read_gold(directory)
    records: dict[str, Json] = {}
    for item in corpus.read([str(folder) for folder in folders if folder.is_dir()]):
        if isinstance(item, Article) and (stem := Path(item.file).stem) in gold:
            for result in work(Settings(), [item]):
                assert isinstance(result, Extracted), result
                records[stem] = result.record.model_dump(mode="json", by_alias=True)
    return {layer: score.value for layer, score in evaluate(gold, records).items()}


def main() -> None:
    """Print, and with --raise lift the floors."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))
    for name in present():
        for layer, value in measure(name).items():
            floor = floors.setdefault(name, {}).get(layer, 0.0)
            print(f"{name:8s} {layer:22s} {value:.3f}  floor {floor:.3f}{'  BELOW' if value < floor else ''}")
            if "--raise" in sys.argv:
                floors[name][layer] = max(floor, math.floor((value - SLACK) * 1000) / 1000)
    if "--raise" in sys.argv:
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
