"""Runs one existing resolver over sentences; started by benchmarks/places.py in an environment that has the peers.

    python benchmarks/places_peer.py cpca|jionlp|cnloc < sentences.json

Reads a JSON list of sentences, writes {"seconds": s, "found": [[...], ...]}: for each sentence the divisions it gives,
as a code or as names from the province down.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Found = list[Any]


def cpca_found(text: str) -> Found:
    import cpca

    return [str(code) for code in cpca.transform_text_with_addrs(text)["adcode"] if code]


def jionlp_found(text: str) -> Found:
    import jionlp

    found = jionlp.recognize_location(text)["domestic"] or []
    return [[place[key] for key in ("province", "city", "county") if place[key]] for place, _ in found]


def cnloc_found(text: str) -> Found:
    import cnloc

    row = cnloc.getlocation([text], mode=1).iloc[0]
    codes = [row[key] for key in ("county_id", "city_id", "province_id") if key in row and isinstance(row[key], str)]
    return [code[:6] for code in codes[:1]]


PEERS: dict[str, Callable[[str], Found]] = {"cpca": cpca_found, "jionlp": jionlp_found, "cnloc": cnloc_found}


def main() -> None:
    find = PEERS[sys.argv[1]]
    sentences: list[str] = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        find(sentences[0])  # loading is not timed
        begin = time.perf_counter()
        found = []
        for sentence in sentences:
            try:
                found.append(find(sentence))
            except Exception as error:  # a peer that fails on a sentence found nothing in it
                print(f"{sys.argv[1]}: {error!r} on {sentence}", file=sys.stderr)
                found.append([])
        seconds = time.perf_counter() - begin
    json.dump({"seconds": seconds, "found": found}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
