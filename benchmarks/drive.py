"""A run in a process of its own that tells how it went; started by the other benchmarks.

    python -m benchmarks.drive SOURCE LIBRARY [--tagger T] [--workers N] [--limit N] [--batch N] [--unmarked]

Prints a line of JSON at the end: counts, seconds, and articles over time, by the clock that all processes share.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from typing import Any

import corpus
from outputs.library import Library
from pipeline import batch
from pipeline.batch import Report, Settings, run

EVERY = 100
"""Articles from one line of the protocol to the next."""


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("source")
    cli.add_argument("library")
    cli.add_argument("--tagger", default="jieba")
    cli.add_argument("--workers", type=int, default=1)
    cli.add_argument("--limit", type=int)
    cli.add_argument("--batch", type=int, default=batch.BATCH, help="articles in one transaction")
    cli.add_argument("--unmarked", action="store_true", help="leave out the marking of duplicates at the end")
    args = cli.parse_args()
    batch.BATCH = args.batch
    if args.unmarked:
        batch.mark_duplicates = lambda library: 0
    told: list[tuple[float, int]] = []

    def tell(report: Report) -> None:
        done = report.done
        if done and (not told or done >= told[-1][1] + EVERY):
            told.append((time.monotonic(), done))

    with Library(args.library) as library:
        report = run(
            corpus.read([args.source]), library, Settings(tagger=args.tagger), workers=args.workers, limit=args.limit,
            on_progress=tell,
        )  # fmt: skip
        end: dict[str, Any] = {
            **report.counts(), "seconds": report.seconds, "storing": report.storing, "told": told,
            "ended": time.monotonic(),
        }  # fmt: skip
    # Once closed: then all is in the file, and nothing in the log beside it.
    print(json.dumps({**end, "bytes": os.path.getsize(args.library)}), flush=True)


if __name__ == "__main__":
    main()
