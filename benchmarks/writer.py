"""The one writer: rows a second beside plain executemany, and whether an article costs more in a large library.

    python -m benchmarks.writer [--articles N] [--tagger T]

Some hundred generated articles are extracted once; then N articles are written that have their rows under ids of their
own, so that no time goes into extraction. Plain: the same rows into the same tables with the same indexes, as many
articles a transaction, by executemany and nothing else: no search index, no look at what was there, no failures.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus.generate import Generator, Rates
from corpus.generate.noise import printed
from models.article import Article
from outputs.library import Library
from outputs.library.library import _INSERT
from outputs.library.packed import Packed, pack, seal
from outputs.library.rows import UNNUMBERED
from pipeline.batch import BATCH
from pipeline.extract import Extractor

SAMPLE = 200


def sample(tagger: str) -> list[Packed]:
    """Packed articles."""
    extractor, generator = Extractor(tagger), Generator(11, repeats=0.0)
    found = []
    for number in range(SAMPLE):
        page = printed(generator, generator.article(number), Rates())
        media = "text/html" if page.suffix == ".html" else "text/plain"
        one = pack(extractor.extracted(Article(source=f"{number}", raw=page.text, media_type=media)))
        if isinstance(one, Packed):
            found.append(one)
    return found


def renamed(one: Packed, number: int) -> Packed:
    """The same article under another id."""
    id_ = hashlib.sha256(str(number).encode()).hexdigest()[:16]
    old = one.article_id
    rows = {
        table: [tuple(id_ + v[16:] if isinstance(v, str) and v[:16] == old else v for v in row) for row in values]
        for table, values in one.rows.items()
    }
    return Packed(id_, f"generated-{number}", rows, one.entry)


def batches(packed: list[Packed], count: int) -> Iterator[list[Packed]]:
    for begin in range(0, count, BATCH):
        yield [renamed(packed[n % len(packed)], n) for n in range(begin, min(count, begin + BATCH))]


def rows_of(batch: list[Packed]) -> int:
    return sum(len(values) for one in batch for values in one.rows.values())


def plainly(library: Library, batch: list[Packed], first: int) -> None:
    """The rows alone, the articles numbered from `first`."""
    numbered = list(enumerate(batch, first))
    with library.transaction() as db:
        for table, insert in _INSERT.items():
            own = table not in UNNUMBERED
            db.executemany(insert, [(nr, *row) if own else row for nr, one in numbered for row in one.rows[table]])


def measure(packed: list[Packed], count: int, folder: Path, *, plain: bool) -> list[tuple[int, float, float]]:
    """Articles, rows a second, and processor milliseconds an article of each tenth."""
    path = folder / ("plain.db" if plain else "library.db")
    tenths: list[tuple[int, float, float]] = []
    seconds = cpu = 0.0
    done = before = rows = 0
    with Library(path) as library:
        for batch in batches(packed, count):
            sealed = [seal(one) for one in batch]  # by the workers
            began, began_cpu = time.perf_counter(), time.process_time()
            if plain:
                plainly(library, batch, done + 1)
            else:
                library.store(None, sealed)
            seconds += time.perf_counter() - began
            cpu += time.process_time() - began_cpu
            done += len(batch)
            rows += rows_of(batch)
            if done * 10 >= count * (len(tenths) + 1):
                tenths.append((done, rows / seconds, cpu / (done - before) * 1e3))
                seconds = cpu = 0.0
                before, rows = done, 0
        size = os.path.getsize(path)
    print(f"{'plain executemany' if plain else 'library':18s} {size / count:10,.0f} bytes an article")
    path.unlink()
    return tenths


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--articles", type=int, default=5000)
    cli.add_argument("--tagger", default="jieba")
    args = cli.parse_args()
    packed = sample(args.tagger)
    print(f"{sum(map(rows_of, [packed])) / len(packed):.0f} rows an article")
    with tempfile.TemporaryDirectory() as scratch:
        ours = measure(packed, args.articles, Path(scratch), plain=False)
        plain = measure(packed, args.articles, Path(scratch), plain=True)
    print(f"{'articles':>10s} {'rows/s':>10s} {'ms cpu':>8s} {'plain':>10s} {'ratio':>6s}")
    for (done, speed, cpu), (_, other, _) in zip(ours, plain, strict=True):
        print(f"{done:10,d} {speed:10,.0f} {cpu:8.2f} {other:10,.0f} {speed / other:6.2f}")
    total, against = (len(times) / sum(1 / speed for _, speed, _ in times) for times in (ours, plain))
    print(f"together {total:,.0f} rows/s, plain {against:,.0f}: {total / against:.2f}")


if __name__ == "__main__":
    main()
