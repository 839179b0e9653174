"""kill -9 of the driver, or of a worker, at random moments; the library after resuming beside an undisturbed one.

    python -m benchmarks.kill [--rounds 50] [--articles 300] [--seed S]

Each round begins a run into a fresh library, in transactions of a tenth of the articles. Half of the rounds kill the
driver at a random moment, once to three times, and start it again; the others kill a random worker, and the run goes on
by itself. What was stored by then is told, so that one sees kills before, between and after. At the end the content
digest of the library (`Library.digest`) has to be that of the undisturbed run, its search index whole, the file sound,
and no process left behind. Exit status 1 where it is not.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks import processes
from corpus.generate import Generator, write
from outputs.library import Library, LibraryError


class Job(NamedTuple):
    """What each round does."""

    source: Path
    workers: int
    batch: int
    seconds: float
    """That it takes undisturbed."""


def start(job: Job, library: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.drive", str(job.source), str(library), "--workers", str(job.workers),
               "--batch", str(job.batch)]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    _, error = process.communicate(timeout=600)
    if process.returncode:
        raise SystemExit(f"a run ended with status {process.returncode}: {error[-500:]}")


def driver_killed(job: Job, library: Path, chance: random.Random) -> list[int]:
    """Kill the driver some times, then let it run to its end; how many articles were stored at each kill."""
    kills = []
    for _ in range(chance.randint(1, 3)):
        process = start(job, library)
        try:
            process.communicate(timeout=chance.uniform(0.05, 1.0) * job.seconds)
        except subprocess.TimeoutExpired:
            left = processes.workers(process.pid)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills.append(stored(library))
            gone(left)
    finish(start(job, library))
    return kills


def worker_killed(job: Job, library: Path, chance: random.Random) -> list[int]:
    """Kill a worker, or two, of one run; how many articles were stored at each kill."""
    kills = []
    process = start(job, library)
    until = time.monotonic() + chance.uniform(0.3, 1.0) * job.seconds
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    for _ in range(chance.randint(1, 2)):
        if process.poll() is None and (found := processes.workers(process.pid)):
            os.kill(chance.choice(found), signal.SIGKILL)
            kills.append(stored(library))
            time.sleep(chance.uniform(0.0, 0.5))
    finish(process)
    return kills


def stored(path: Path) -> int:
    """Articles in a library that somebody may be writing."""
    try:
        with Library(path, read_only=True) as library:
            return library.stats()["articles"]
    except LibraryError:  # not made yet
        return 0


def gone(pids: list[int]) -> None:
    """SystemExit unless these processes end by themselves, now that their driver is dead."""
    until = time.monotonic() + 20
    while any(processes.is_worker(pid) for pid in pids):
        if time.monotonic() > until:
            raise SystemExit(f"workers {pids} outlived their driver")
        time.sleep(0.05)


def state(path: Path) -> tuple[str, int, str]:
    """Digest of the content, articles in the search index, and what SQLite says of the file."""
    with Library(path) as library:
        indexed = next(library.rows("SELECT count(*) FROM search_index_docsize"))[0]
        sound = next(library.rows("PRAGMA integrity_check"))[0]
        return library.digest(), int(indexed), str(sound)


def rounds(count: int, articles: int, workers: int, seed: int, folder: Path) -> int:
    """Do them; how many went wrong."""
    source, whole = folder / "generated.jsonl.gz", folder / "whole.db"
    write(Generator(seed, repeats=0.1), articles, source)
    job = Job(source, workers, max(1, articles // 10), 0.0)
    began = time.monotonic()
    finish(start(job, whole))
    job = job._replace(seconds=time.monotonic() - began)
    wanted = state(whole)
    print(f"undisturbed: {job.seconds:.1f} s, digest {wanted[0][:12]}", flush=True)
    wrong = 0
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        library = folder / f"{number}.db"
        whom, kill = ("driver", driver_killed) if number % 2 == 0 else ("worker", worker_killed)
        at = kill(job, library, chance)
        same = state(library) == wanted
        wrong += not same
        said = f"{whom} killed {len(at)} times, with {at} articles stored"
        print(f"round {number + 1:3d}: {said}: {'same' if same else 'DIFFERENT'}", flush=True)
        for rest in folder.glob(f"{number}.db*"):
            rest.unlink()
    return wrong


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--rounds", type=int, default=50)
    cli.add_argument("--articles", type=int, default=300)
    cli.add_argument("--workers", type=int, default=2)
    cli.add_argument("--seed", type=int, default=1)
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        wrong = rounds(args.rounds, args.articles, args.workers, args.seed, Path(scratch))
    print(f"{args.rounds - wrong} of {args.rounds} libraries equal the undisturbed one")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
