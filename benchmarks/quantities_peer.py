"""Runs one existing number reader over lines; started by benchmarks/quantities.py in an environment that has the peers.

    python benchmarks/quantities_peer.py ms-recognizers|jionlp|cn2an SECONDS < text

Reads the text line by line until the time is up. Writes {"characters": n, "seconds": s, "found": n}.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
import warnings
from collections.abc import Callable

CANDIDATE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+")
"""What cn2an is asked about: it finds no spans of its own."""

Reader = Callable[[str], int]


def ms_recognizers() -> Reader:
    """Numbers, percentages and the units it has models for: what its suite offers for quantities in Chinese."""
    from ms_recognizers_number import Culture, NumberRecognizer
    from ms_recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = [
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_age_model(),
    ]
    return lambda line: sum(len(model.parse(line)) for model in models)


def jionlp() -> Reader:
    """Money and times: it has no other quantities."""
    import jionlp

    def read(line: str) -> int:
        found = 0
        for money in jionlp.ner.extract_money(line, with_parsing=False) or ():
            with contextlib.suppress(ValueError):
                jionlp.parse_money(money["text"])
                found += 1
        return found + len(jionlp.ner.extract_time(line, with_parsing=False) or ())

    return read


def cn2an() -> Reader:
    """Values of the candidates, without units."""
    import cn2an

    def read(line: str) -> int:
        found = 0
        for hit in CANDIDATE.findall(line):
            with contextlib.suppress(ValueError):
                cn2an.cn2an(hit, "smart")
                found += 1
        return found

    return read


PEERS = {"ms-recognizers": ms_recognizers, "jionlp": jionlp, "cn2an": cn2an}


def main() -> None:
    warnings.simplefilter("ignore")
    sys.stdout, out = sys.stderr, sys.stdout  # a peer that greets on standard output
    read = PEERS[sys.argv[1]]()
    read("投入资金12万元。")
    lines = sys.stdin.read().splitlines()
    characters = found = 0
    start = time.process_time()
    for line in lines:
        found += read(line)
        characters += len(line)
        if time.process_time() - start > float(sys.argv[2]):
            break
    print(json.dumps({"characters": characters, "seconds": time.process_time() - start, "found": found}), file=out)


if __name__ == "__main__":
    main()
