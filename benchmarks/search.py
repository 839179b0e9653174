"""Recall of the search against LIKE, its latency, and the size of its index.

    python -m benchmarks.search [--recall 10000] [--latency 100000] [--queries 400] [--keep FILE]

Two libraries of made-up reports of 1,000 characters (benchmarks/search_texts.py), written by the library's own writer.
Recall: of each query, the articles that a LIKE over all titles and bodies finds, in either script. Latency: the first
page of 20 with its snippets, warm; then the same of findings. Exit status 1 where recall is below 1 or the 95th
percentile above 50 ms.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from opencc import OpenCC

from benchmarks.search_texts import RARE, entry, reports
from outputs.library import Library
from outputs.search import search, words
from outputs.search_findings import search_findings

PAGE = 20
BATCH = 500
COMMON = ("党建", "合作社", "村", "的", "集体经济", "书记 村民", "党建引领 集体", "产值", "村党组织", "。")
"""What nearly every report holds."""
_MIXED = re.compile(r"[0-9A-Za-z][0-9A-Za-z.%-]+[^\s0-9]?")


def fill(path: Path, count: int) -> float:
    """Write a library of that many reports; the seconds it took."""
    began = time.perf_counter()
    with Library(path) as library:
        entries = (entry(nr, title, text) for nr, (title, text) in enumerate(reports(count)))
        while batch := list(islice(entries, BATCH)):
            assert not library.write(None, batch)
    return time.perf_counter() - began


def queries(count: int, articles: int) -> Iterator[tuple[str, str]]:
    """`(kind, query)`: cut from the reports at random, so that punctuation, digits and rare words are among them."""
    rng, traditional = random.Random(7), OpenCC("s2t")
    texts = [text for _, text in islice(reports(articles), 2000)]
    yield from (("common", query) for query in COMMON)
    kinds = ("1", "2", "3", "4", "5+", "mixed", "traditional", "rare", "two words", "absent")
    for nr in range(count):
        kind, text = kinds[nr % len(kinds)], rng.choice(texts)
        at = rng.randrange(len(text) - 20)
        cut = re.sub(r"\s", "", text[at : at + 12])
        if kind == "mixed":
            query = rng.choice(_MIXED.findall(text))
        elif kind == "traditional":
            query = traditional.convert(cut[: rng.randint(2, 5)])
        elif kind == "rare":
            query = rng.choice(RARE) + rng.choice(("", "”", "”牌A"))
        elif kind == "two words":
            query = f"{cut[:2]} {text[at // 2 :][:3].strip()}"
        elif kind == "absent":
            query = cut[:2] + rng.choice("鼗鼙鼐鼒")
        else:
            query = cut[: 8 if kind == "5+" else int(kind)]
        yield kind, query


def recall(library: Library, asked: list[tuple[str, str]]) -> dict[str, list[float]]:
    """By kind, for each query 1 where exactly the articles that LIKE finds were found, else the share found."""
    texts = [(id_, f"{title or ''}\n{body}".lower()) for id_, title, body in
             library.rows("SELECT id, title, body_text FROM articles")]  # fmt: skip
    out: dict[str, list[float]] = defaultdict(list)
    for nr, (kind, query) in enumerate(asked):
        wanted = [[form.lower() for form in word] for word in words(query)]
        expected = {id_ for id_, text in texts if all(any(form in text for form in word) for word in wanted)}
        if nr % 40 == 0:  # what Python compares is what LIKE does
            assert expected == liked(library, query), query
        found = {hit.article_id for hit in search(library, query, limit=None)}
        out[kind].append(1.0 if found == expected else len(found & expected) / max(1, len(expected)))
        if found != expected:
            print(f"  {kind} {query!r}: {len(found)} found, LIKE finds {len(expected)}")
    return out


def liked(library: Library, query: str) -> set[str]:
    like = "title LIKE ? ESCAPE '\\' OR body_text LIKE ? ESCAPE '\\'"
    held = " AND ".join(f"({' OR '.join(like for _ in word)})" for word in words(query))
    escaped = (re.sub(r"([%_\\])", r"\\\1", form) for word in words(query) for form in word)
    values = [f"%{form}%" for form in escaped for _ in range(2)]
    return {row[0] for row in library.rows(f"SELECT id FROM articles WHERE {held}", values)}


def latency(asked: list[tuple[str, str]], ask: Callable[[str], object]) -> dict[str, list[float]]:
    """By kind, the milliseconds of each query, the second time it is asked."""
    out: dict[str, list[float]] = defaultdict(list)
    for kind, query in asked:
        ask(query)
        began = time.perf_counter()
        ask(query)
        out[kind].append((time.perf_counter() - began) * 1000)
    return out


def show(title: str, times: dict[str, list[float]]) -> float:
    """Print a table; the 95th percentile of all."""
    print(title)
    everything = [ms for kind in times.values() for ms in kind]
    for name, kind in [*times.items(), ("all", everything)]:
        print(f"  {name:12} n {len(kind):4}  p50 {statistics.median(kind):6.1f} ms  p95 {percentile(kind):6.1f} ms  "
              f"most {max(kind):6.1f} ms")  # fmt: skip
    return percentile(everything)


def percentile(values: list[float], share: float = 0.95) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def size(library: Library) -> int:
    """Bytes of the index."""
    sql = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%' OR name LIKE 'idx_search%'"
    return int(next(library.rows(sql))[0])


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--recall", type=int, default=10_000, metavar="ARTICLES")
    cli.add_argument("--latency", type=int, default=100_000, metavar="ARTICLES")
    cli.add_argument("--queries", type=int, default=400)
    cli.add_argument("--keep", type=Path, help="the library of the latency: used where it exists, else made there")
    args = cli.parse_args()
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        if args.recall:
            path = Path(folder) / "recall.db"
            print(f"{args.recall:,} articles written in {fill(path, args.recall):.0f} s")
            with Library(path, read_only=True) as library:
                found = recall(library, list(queries(args.queries, args.recall)))
            everything = [share for shares in found.values() for share in shares]
            print(f"recall against LIKE on {len(everything)} queries: {statistics.mean(everything):.4f}, "
                  f"worst {min(everything):.4f}")  # fmt: skip
            bad = min(everything) < 1
        if args.latency:
            path = args.keep or Path(folder) / "latency.db"
            if not path.exists():
                print(f"{args.latency:,} articles written in {fill(path, args.latency):.0f} s")
            with Library(path, read_only=True) as library:
                asked = list(queries(args.queries, args.latency))
                print(f"index: {size(library) / args.latency:,.0f} bytes an article of 1,000 characters")
                slowest = show("articles", latency(asked, lambda query: search(library, query, PAGE)))
                for layer in ("measures", "quantities"):
                    some = asked[: len(COMMON) + 90]
                    show(layer, latency(some, lambda query, of=layer: search_findings(library, query, of, PAGE)))
                bad = bad or slowest > 50
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
