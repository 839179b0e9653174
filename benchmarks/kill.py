"""kill -9 of the driver, or of a worker, at random moments; the library after resuming beside an undisturbed one.

    python -m benchmarks.kill [--rounds 50] [--articles 300] [--seed S]

Each round begins a run into a fresh library. Half of the rounds kill the driver at a random moment, once to three
times, and start it again; the others kill a random worker, and the run goes on by itself. At the end the content
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

from benchmarks import processes
from corpus.generate import Generator, write
from outputs.library import Library


def start(source: Path, library: Path, workers: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.drive", str(source), str(library), "--workers", str(workers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    _, error = process.communicate(timeout=600)
    if process.returncode:
        raise SystemExit(f"a run ended with status {process.returncode}: {error[-500:]}")


def driver_killed(source: Path, library: Path, workers: int, seconds: float, chance: random.Random) -> str:
    """Kill the driver some times, then let it run to its end."""
    kills = 0
    for _ in range(chance.randint(1, 3)):
        process = start(source, library, workers)
        try:
            process.communicate(timeout=chance.uniform(0.05, 1.0) * seconds)
        except subprocess.TimeoutExpired:
            left = processes.workers(process.pid)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
            gone(left)
    finish(start(source, library, workers))
    return f"driver killed {kills} times"


def worker_killed(source: Path, library: Path, workers: int, seconds: float, chance: random.Random) -> str:
    """Kill a worker, or two, of one run."""
    kills = 0
    process = start(source, library, workers)
    until = time.monotonic() + chance.uniform(0.3, 1.0) * seconds
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    for _ in range(chance.randint(1, 2)):
        if process.poll() is None and (found := processes.workers(process.pid)):
            os.kill(chance.choice(found), signal.SIGKILL)
            kills += 1
            time.sleep(chance.uniform(0.0, 0.5))
    finish(process)
    return f"{kills} workers killed"


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
        indexed = next(library.rows("SELECT count(DISTINCT article_id) FROM search_rows"))[0]
        sound = next(library.rows("PRAGMA integrity_check"))[0]
        return library.digest(), int(indexed), str(sound)


def rounds(count: int, articles: int, workers: int, seed: int, folder: Path) -> int:
    """Do them; how many went wrong."""
    source, whole = folder / "generated.jsonl.gz", folder / "whole.db"
    write(Generator(seed, repeats=0.1), articles, source)
    began = time.monotonic()
    finish(start(source, whole, workers))
    seconds = time.monotonic() - began
    wanted = state(whole)
    print(f"undisturbed: {seconds:.1f} s, digest {wanted[0][:12]}", flush=True)
    wrong = 0
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        library = folder / f"{number}.db"
        kill = driver_killed if number % 2 == 0 else worker_killed
        done = kill(source, library, workers, seconds, chance)
        same = state(library) == wanted
        wrong += not same
        print(f"round {number + 1:3d}: {done}: {'same' if same else 'DIFFERENT'}", flush=True)
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
