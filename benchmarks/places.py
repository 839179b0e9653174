"""Place codes against existing resolvers, on the sentences of the tests.

    python benchmarks/places.py [--peers PYTHON]

PYTHON is an interpreter that has cpca, jionlp and cnloc; keep it apart from the project's own environment. Compared
are codes down to the county, the lowest of each chain: right, wrong (in no reading of the sentence) and missed. A
parent of a right answer counts as nothing. Characters per second are of the same sentences, after loading.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from pathlib import Path
from typing import Any

from extractors.places.gazetteer import Gazetteer
from extractors.places.read import load_tools, read_places
from extractors.places.villages import Region

CASES = Path(__file__).parents[1] / "tests" / "extractors" / "places" / "cases"
PEERS = ("cpca", "jionlp", "cnloc")
REPEAT = 20


def lowest(codes: set[str], gazetteer: Gazetteer) -> set[str]:
    """Codes down to the county that lie over no other one of them."""
    counties = {code for code in codes if len(code) == 6}
    above = {parent for code in counties for parent in parents(code, gazetteer)}
    return counties - above


def parents(code: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    division = gazetteer.divisions.get(code)
    return division.parents if division else (code[:2] + "0000", code[:4] + "00")


def code_of(found: Any, gazetteer: Gazetteer) -> str | None:
    """A peer's answer as a code: it gives one, or names from the province down."""
    if isinstance(found, str):
        return found
    for code, division in gazetteer.divisions.items():
        if len(code) == 6 and division.name == found[-1] and set(found) <= {*gazetteer.path(code)}:
            return code
    return None


def tally(wanted: list[set[str]], found: list[set[str]], gazetteer: Gazetteer) -> tuple[int, int, int]:
    right = wrong = missed = 0
    for want, have in zip(wanted, found, strict=True):
        above = {parent for code in want for parent in parents(code, gazetteer)}
        right += len(want & have)
        wrong += len(have - want - above)
        missed += len(want - have)
    return right, wrong, missed


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--peers", metavar="PYTHON", help="interpreter that has cpca, jionlp and cnloc")
    args = cli.parse_args()
    tools = load_tools()
    cases = [
        case for name in ("wild", "synthetic", "negative")
        for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))
    ]  # fmt: skip
    sentences = [case["text"] for case in cases]
    wanted = [lowest({code for _, code in case["expect"] if code}, tools.gazetteer) for case in cases]
    characters = sum(map(len, sentences))

    begin = time.perf_counter()
    for _ in range(REPEAT):
        scenes = [read_places(text, [Region(0, len(text), True)], tools) for text in sentences]
    seconds = (time.perf_counter() - begin) / REPEAT
    ours = [lowest({m.code for m in scene.mentions if m.code}, tools.gazetteer) for scene in scenes]
    print(f"{len(sentences)} sentences, {characters} characters, {sum(map(len, wanted))} codes")
    print(f"{'':10s} {'right':>6s} {'wrong':>6s} {'missed':>6s} {'chars/s':>10s}")
    report("anliku", tally(wanted, ours, tools.gazetteer), characters / seconds)
    articles = [case["text"] for case in json.loads((CASES / "articles.json").read_text("utf-8"))]
    begin = time.perf_counter()
    for _ in range(REPEAT):
        for article in articles:
            read_places(article, [Region(0, len(article), True)], tools)
    whole = sum(map(len, articles)) * REPEAT / (time.perf_counter() - begin)
    print(f"{'':10s} whole articles (not sentences one by one): {whole:,.0f} chars/s")
    for peer in PEERS if args.peers else ():
        done = subprocess.run(
            [args.peers, str(Path(__file__).with_name("places_peer.py")), peer],
            input=json.dumps(sentences, ensure_ascii=False), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            print(f"{peer:10s} did not run: {done.stderr.strip().splitlines()[-1:]}")
            continue
        answer = json.loads(done.stdout[done.stdout.index('{"seconds"') :])
        found = [
            lowest({code for each in row if (code := code_of(each, tools.gazetteer))}, tools.gazetteer)
            for row in answer["found"]
        ]
        report(peer, tally(wanted, found, tools.gazetteer), characters / answer["seconds"])


def report(name: str, counts: tuple[int, int, int], speed: float) -> None:
    print(f"{name:10s} {counts[0]:6d} {counts[1]:6d} {counts[2]:6d} {speed:10,.0f}")


if __name__ == "__main__":
    main()
