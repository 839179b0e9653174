"""What jionlp, cpca and ms-recognizers-text do together of our job; started by benchmarks/peers.py in an environment
that has them.

    python benchmarks/peers_peer.py SECONDS < texts.json

Reads a JSON list of clean texts, works through them until the time is up. Writes {"characters": n, "articles": n,
"seconds": {tool: s}, "found": {tool: n}}.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable

Tool = Callable[[str], int]


def tools() -> dict[str, Tool]:
    """Numbers with units and times; places; money, times and places. Each gives how many it found in a text."""
    import cpca
    import jionlp
    from ms_recognizers_number import Culture, NumberRecognizer
    from ms_recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = [numbers.get_number_model(), numbers.get_percentage_model(), units.get_currency_model(),
              units.get_dimension_model(), units.get_age_model()]  # fmt: skip

    def with_jionlp(text: str) -> int:
        places = jionlp.recognize_location(text)["domestic"] or []
        money = jionlp.ner.extract_money(text, with_parsing=False) or []
        times = jionlp.ner.extract_time(text, with_parsing=False) or []
        return len(places) + len(money) + len(times)

    return {
        "ms-recognizers": lambda text: sum(len(model.parse(line)) for line in text.split("\n") for model in models),
        "cpca": lambda text: len(cpca.transform_text_with_addrs(text)),
        "jionlp": with_jionlp,
    }


def main() -> None:
    warnings.simplefilter("ignore")
    sys.stdout, out = sys.stderr, sys.stdout  # a peer that greets on standard output
    chosen = tools()
    texts: list[str] = json.load(sys.stdin)
    for tool in chosen.values():
        tool("灵丘县投入资金12万元。")  # loading is not timed
    seconds: Counter[str] = Counter()
    found: Counter[str] = Counter()
    characters = articles = 0
    for text in texts:
        for name, tool in chosen.items():
            began = time.process_time()
            with contextlib.suppress(Exception):  # a peer that fails on a text found nothing in it
                found[name] += tool(text)
            seconds[name] += time.process_time() - began
        characters += len(text)
        articles += 1
        if sum(seconds.values()) > float(sys.argv[1]):
            break
    told = {"characters": characters, "articles": articles, "seconds": seconds, "found": found}
    print(json.dumps(told), file=out)


if __name__ == "__main__":
    main()
