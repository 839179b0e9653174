"""Whether an article costs more in a large library than in an empty one, measured in turns.

    python -m benchmarks.growth --base 100000 --rounds 6 --articles 2000 --workers 2 --tagger jieba [--folder DIR]

The speed of a shared machine drifts by a third within half an hour, so what an article costs in a long run cannot be
set beside what one cost in a short run before it. Here a library of BASE articles is written once (as
`benchmarks.writer` does: rows of some hundred articles under ids of their own); then each round reads fresh articles
twice, into an empty library and into the large one, now the one first, now the other. What counts is the median of the
rounds' ratios: of processor time of driver and workers, of that for writing, and of articles a second. Duplicates are
not marked.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.scale import figures, measure, source
from benchmarks.writer import batches, sample
from outputs.library import Library
from outputs.library.packed import seal

SEED = 100
SHOWN = {"cpu_ms_per_article": "ms cpu", "writing_ms_per_article": "ms writing", "articles_per_s": "articles/s"}


def build(path: Path, count: int, tagger: str) -> None:
    """A library of `count` articles, under its name only once it is whole."""
    packed, part = sample(tagger), path.with_name(f"part-{path.name}")
    part.unlink(missing_ok=True)
    with Library(part) as library:
        for batch in batches(packed, count):
            library.store(None, [seal(one) for one in batch])
    part.rename(path)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--base", type=int, default=100_000)
    cli.add_argument("--rounds", type=int, default=6)
    cli.add_argument("--articles", type=int, default=2000)
    cli.add_argument("--workers", type=int, default=2)
    cli.add_argument("--tagger", default="jieba", help="jieba is the fast mode, lac the default mode")
    cli.add_argument("--folder", type=Path, help="where generated articles and the base are kept")
    args = cli.parse_args()
    pairs: list[dict[str, dict[str, float]]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        base = folder / f"base-{args.base}.db"
        if not base.exists():
            build(base, args.base, args.tagger)
        large = Path(scratch) / "large.db"  # a copy: the base does not grow
        shutil.copyfile(base, large)
        for number in range(args.rounds):
            path, characters = source(folder, args.articles, SEED + number)
            empty = Path(scratch) / f"empty-{number}.db"
            turns = {"empty": empty, "large": large}
            found = {}
            for name in turns if number % 2 == 0 else reversed(turns):
                run = measure(path, turns[name], args.tagger, args.workers, marked=False)
                found[name] = figures(run, characters, args.workers)
                told = ", ".join(f"{found[name][key]:.2f} {unit}" for key, unit in SHOWN.items())
                print(f"round {number + 1}, {name}: {told}", flush=True)
            empty.unlink()
            pairs.append(found)
    print(f"\nin a library of {args.base:,} articles against an empty one, median of {args.rounds} rounds")
    for key, unit in SHOWN.items():
        ratio = statistics.median(found["large"][key] / found["empty"][key] for found in pairs)
        empty_, large_ = (statistics.median(found[name][key] for found in pairs) for name in ("empty", "large"))
        print(f"  {unit:12s} {empty_:8.2f} {large_:8.2f} {ratio - 1:+8.1%}")


if __name__ == "__main__":
    main()
