"""How fast quantities are read, beside existing readers, and that the cost does not grow with the text.

    python benchmarks/quantities.py [--peers PYTHON] [--seconds 30]

PYTHON is an interpreter that has ms-recognizers-text-suite, jionlp and cn2an; keep it apart from the project's own
environment. One text of a million characters, made of the sentences of the tests, is read by all: by ours whole, by a
peer for at most that many seconds. Times are processor times. A peer that is not there is left out with a message.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.quantities.explain import SENTENCE
from extractors.quantities.grammar import load_grammar
from extractors.quantities.sentence import load_reader
from extractors.times import as_time
from extractors.times.grammar import load_times

CASES = Path(__file__).parents[1] / "tests" / "extractors"
PEER = Path(__file__).with_name("quantities_peer.py")
PEERS = ("ms-recognizers", "jionlp", "cn2an")
SENTENCES_A_LINE = 5
LENGTH = 1_000_000
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
WORST = {"digits": "1", "一": "一", "commas": ",", "quantities": "5个、"}


def text_of(length: int) -> str:
    """The sentences of the tests, over and over, in lines (paragraphs) of five."""
    names = ("quantities/cases/wild", "quantities/cases/negative", "times/cases/wild", "quantities/cases/synthetic")
    sentences = [case["text"] for name in names for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]
    lines = ["".join(sentences[i : i + SENTENCES_A_LINE]) for i in range(0, len(sentences), SENTENCES_A_LINE)]
    page = "\n".join(lines) + "\n"
    return (page * (length // len(page) + 1))[:length]


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor time of this process, so that a busy machine does not count."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peers", metavar="PYTHON")
    options.add_argument("--seconds", type=float, default=30)
    arguments = options.parse_args()
    grammar, reader, times = load_grammar(), load_reader(None, "benchmark"), load_times()

    def whole(text: str) -> int:
        found = 0
        dates = [as_time(text, reading, "") for reading in times.read(text, 0, len(text), None)]
        at = 0
        for hit in SENTENCE.finditer(text):
            inside = []
            while at < len(dates) and dates[at].start < hit.end():
                inside.append(dates[at])
                at += 1
            found += len(reader.read(text, hit.span(), inside, []))
        return found

    text = text_of(LENGTH)
    took, found = seconds(lambda: sum(1 for _ in grammar.read(text)))
    ours = len(text) / took
    print(f"one text of {len(text):,} characters")
    print(f"{'grammar and units':22s} {ours:12,.0f} chars/s  {found:7,} found")
    took, found = seconds(lambda: whole(text))
    print(f"{'whole component':22s} {len(text) / took:12,.0f} chars/s  {found:7,} found")
    for peer in PEERS:
        row = run_peer(arguments.peers, peer, text, arguments.seconds)
        if row is None:
            print(f"{peer:22s} not installed{'' if arguments.peers else ' (give --peers PYTHON)'}: skipped")
            continue
        speed = row["characters"] / row["seconds"]
        print(
            f"{peer:22s} {speed:12,.0f} chars/s  {row['found']:7,} found in {row['characters']:,} characters; "
            f"grammar and units {ours / speed:,.1f} times as fast"
        )
    print("\ncost a character (ns), by length of the text")
    for size in SIZES:
        part = text_of(size)
        took, _ = seconds(lambda part=part: sum(1 for _ in grammar.read(part)))  # type: ignore[misc]
        print(f"{size:>12,} {took / size * 1e9:8.0f}")
    print("\nlines of one kind (ns a character), at 100,000 and at 1,000,000")
    for name, piece in WORST.items():
        row = []
        for size in (100_000, 1_000_000):
            line = piece * (size // len(piece))
            row.append(seconds(lambda line=line: sum(1 for _ in grammar.read(line)))[0] / size * 1e9)  # type: ignore[misc]
        print(f"{name:12s} {row[0]:8.0f} {row[1]:8.0f}")


def run_peer(python: str | None, peer: str, text: str, limit: float) -> dict[str, Any] | None:
    if python is None:
        return None
    done = subprocess.run(
        [python, str(PEER), peer, str(limit)], input=text, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return None
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    main()
