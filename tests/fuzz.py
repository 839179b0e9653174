"""Fuzzing of what reads text that others wrote: nothing may raise, hang, or say what does not stand in the text.

    python -m tests.fuzz TARGET [--seconds 60] [--seed 1] [--plain]

Targets: readers, charset, normalise, layout, numbers, pipeline (the whole way, places and times included), repeats (the
same with one piece over and over), search.
With atheris (`pip install atheris`) the input is led by coverage; without it, or with --plain, sound inputs are spoilt
at random. An input that breaks something is printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import FrameType, ModuleType

TARGETS = ("readers", "charset", "normalise", "layout", "numbers", "pipeline", "repeats", "search")
ROOMS = ["corpus", "extractors", "models", "outputs", "pipeline"]
SLOW = 5
"""Processor seconds that an input of a few kB may take: on a busy machine the clock says nothing."""


class Slow(BaseException):
    """An input took too long."""


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise Slow(f"longer than {SLOW} s")


def timed(target: Callable[[bytes], None], size: int) -> Callable[[bytes], None]:
    """The target with a time limit."""

    def one(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
        try:
            target(data[:size])
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    return one


def loop(target: Callable[[bytes], None], fuzzed: ModuleType, seconds: float, seed: int) -> int:
    """Spoilt inputs until the time is up; how many broke something."""
    rng, end, count, broken = random.Random(seed), time.monotonic() + seconds, 0, 0
    while time.monotonic() < end and broken < 5:
        data = fuzzed.spoilt(rng)
        count += 1
        try:
            target(data)
        except (Exception, Slow) as error:
            broken += 1
            print(f"{type(error).__name__}: {error}\n  {data!r}\n  {fuzzed.text(data)!r}")
    print(f"{count} inputs, {broken} broke something")
    return broken


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("target", choices=TARGETS)
    cli.add_argument("--seconds", type=int, default=60)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--plain", action="store_true", help="without atheris")
    args = cli.parse_args()
    atheris = None
    if not args.plain and importlib.util.find_spec("atheris") is not None:
        atheris = importlib.import_module("atheris")
    # Only what is ours is instrumented, and only what is imported here: libraries would take minutes.
    with atheris.instrument_imports(include=ROOMS) if atheris else nullcontext():
        fuzzed = importlib.import_module("tests.fuzz_targets")
    signal.signal(signal.SIGVTALRM, _too_long)
    fuzzed.TARGETS[args.target](b"\0abc")  # loads its tables, which counts for no input
    target = timed(fuzzed.TARGETS[args.target], fuzzed.SIZE)
    if atheris is None:
        return int(loop(target, fuzzed, args.seconds, args.seed) > 0)
    with tempfile.TemporaryDirectory() as folder:
        for nr, data in enumerate(fuzzed.SEEDS):
            for first in range(0, 16, 5):
                (Path(folder) / f"{nr}-{first}").write_bytes(bytes([first]) + data)
        options = [f"-max_total_time={args.seconds}", f"-seed={args.seed}", f"-max_len={fuzzed.SIZE}", "-timeout=20",
                   f"-artifact_prefix={os.getcwd()}/fuzz-", folder]  # fmt: skip
        atheris.Setup([sys.argv[0], *options], target)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
