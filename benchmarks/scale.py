"""Speed, memory and size of whole runs on generated articles, by number of articles and of workers.

    python -m benchmarks.scale --sizes 1000 10000 --workers 1 2 --tagger jieba [--folder DIR] [--json FILE]

Articles come from `anliku bench corpus` (made once in DIR, kept). For each size and number of workers, in a fresh
process and library: articles and characters a second once articles come; cost of an article in processor time of
driver and workers; memory (PSS) of the driver and of a worker in the first and the last tenth of the reading; the
share of the processor time that went into writing; bytes of the library an article; then the marking of duplicates at
the end, which is timed apart. Give several sizes to see whether an article costs the same in a large library as in a
small one.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import corpus
from benchmarks import processes
from corpus.generate import Generator, write
from models.article import Article

EVERY = 0.5


class Sample(NamedTuple):
    at: float
    driver: int
    workers: list[int]
    cpu: float


def source(folder: Path, count: int, seed: int) -> tuple[Path, int]:
    """A file of generated articles and how many characters they have; made where it is not there yet."""
    path = folder / f"generated-{seed}-{count}.jsonl.gz"
    if not path.exists():
        part = folder / f"part-{path.name}"
        write(Generator(seed), count, part)
        part.rename(path)
    return path, sum(len(item.raw) for item in corpus.read([str(path)]) if isinstance(item, Article))


def measure(path: Path, library: Path, tagger: str, workers: int, *, marked: bool = True) -> dict[str, Any]:
    """One run: what it says of itself, with the samples taken from outside. `marked`: with its duplicates."""
    command = [sys.executable, "-m", "benchmarks.drive", str(path), str(library), "--tagger", tagger,
               "--workers", str(workers), *([] if marked else ["--unmarked"])]  # fmt: skip
    samples: list[Sample] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        over = threading.Event()
        began = time.monotonic()

        def watch() -> None:
            cpu: dict[int, float] = {}
            while not over.wait(EVERY):
                inside = processes.workers(process.pid)
                cpu.update({pid: processes.seconds(pid) for pid in (process.pid, *inside)})
                samples.append(Sample(time.monotonic(), processes.memory(process.pid),
                                      [processes.memory(pid) for pid in inside], sum(cpu.values())))  # fmt: skip

        watcher = threading.Thread(target=watch)
        watcher.start()
        lines = [json.loads(line) for line in process.stdout or ()]
        over.set()
        watcher.join()
    if process.returncode:
        raise SystemExit(f"the run ended with status {process.returncode}")
    return {**lines[-1], "began": began, "samples": samples}


def done(told: list[tuple[float, int]], at: float) -> float:
    """Articles done at a time, between two that were told."""
    for (before, few), (after, more) in pairwise(told):
        if at <= after:
            return few + (more - few) * max(0.0, at - before) / max(1e-9, after - before)
    return told[-1][1]


def figures(run: dict[str, Any], characters: int, workers: int) -> dict[str, float]:
    told: list[tuple[float, int]] = [tuple(pair) for pair in run["told"]]
    (start, first), (end, last) = told[0], told[-1]
    seconds, articles = end - start, last - first
    inside = [sample for sample in run["samples"] if start <= sample.at <= end]
    tenth = max(1, len(inside) // 10)
    early, late = inside[:tenth], inside[-tenth:]
    after = [sample.driver for sample in run["samples"] if sample.at > end]

    def of_worker(samples: list[Sample]) -> float:
        return statistics.median([m for sample in samples for m in sample.workers] or [0]) / 1e6

    # Samples do not fall on the first and the last article: what was done between two of them counts.
    between = done(told, late[-1].at) - done(told, early[0].at)
    cost = (late[-1].cpu - early[0].cpu) / between if len(inside) > 1 else 0.0
    return {
        "articles": run["written"],
        "failed": run["failed"],
        "workers": workers,
        "startup_s": start - run["began"],
        "articles_per_s": articles / seconds,
        "characters_per_s": articles / seconds * characters / run["read"],
        "cpu_ms_per_article": cost * 1e3,
        "driver_mb_first_tenth": statistics.median(s.driver for s in early) / 1e6,
        "driver_mb_last_tenth": statistics.median(s.driver for s in late) / 1e6,
        "worker_mb_first_tenth": of_worker(early),
        "worker_mb_last_tenth": of_worker(late),
        "writing_share": run["storing"] / run["written"] / max(1e-9, cost),
        "writing_ms_per_article": run["storing"] / max(1, run["written"]) * 1e3,
        "library_bytes_per_article": run["bytes"] / max(1, run["written"]),
        "duplicates_s": run["ended"] - end,
        "driver_mb_duplicates": max(after, default=0) / 1e6,
    }


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--sizes", type=int, nargs="+", default=[1000])
    cli.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    cli.add_argument("--tagger", default="jieba", help="jieba is the fast mode, lac the default mode")
    cli.add_argument("--seed", type=int, default=7)
    cli.add_argument("--folder", type=Path, help="where generated articles are kept")
    cli.add_argument("--json", type=Path, help="write the figures there too")
    args = cli.parse_args()
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for size in args.sizes:
            path, characters = source(folder, size, args.seed)
            for workers in args.workers:
                library = Path(scratch) / f"{size}-{workers}.db"
                rows.append(figures(measure(path, library, args.tagger, workers), characters, workers))
                library.unlink()
                print(f"\n{args.tagger}, {size:,} articles of {characters / size:,.0f} characters, {workers} workers")
                for name, value in rows[-1].items():
                    print(f"  {name:28s} {value:14,.2f}", flush=True)
                if args.json:
                    args.json.write_text(json.dumps({"tagger": args.tagger, "runs": rows}, indent=1) + "\n")
    compare(rows)


def compare(rows: list[dict[str, float]]) -> None:
    """How it scales: by workers at each size, and by size at each number of workers."""
    print()
    for row in rows:
        for other in rows:
            if row["articles"] == other["articles"] and row["workers"] == 1 < other["workers"]:
                times = other["articles_per_s"] / row["articles_per_s"]
                print(f"{row['articles']:,.0f} articles: {other['workers']:.0f} workers are {times:.2f} times one")
    for workers in sorted({row["workers"] for row in rows}):
        first, *others = (row for row in rows if row["workers"] == workers)
        for row in others:
            wall = first["articles_per_s"] / row["articles_per_s"] - 1
            cpu = row["cpu_ms_per_article"] / max(1e-9, first["cpu_ms_per_article"]) - 1
            sizes = f"an article of {row['articles']:,.0f} costs {wall:+.0%} against one of {first['articles']:,.0f}"
            print(f"{workers:.0f} workers: {sizes} (processor time {cpu:+.0%})")
    for row in rows:
        grown = row["driver_mb_last_tenth"] / row["driver_mb_first_tenth"] - 1
        print(
            f"{row['articles']:,.0f} articles, {row['workers']:.0f} workers: driver's memory {grown:+.0%} from first to"
            f" last tenth; {row['writing_share']:.1%} of the processor time for writing"
        )


if __name__ == "__main__":
    main()
