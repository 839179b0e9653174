"""Generated articles to a folder of pages, or to one file of JSON lines."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from corpus.generate.article import Generated, Generator
from corpus.generate.noise import Page, Rates, printed

FOLDER = 1000
"""Files in one folder."""


Put = Callable[[Generated, Page], None]


def write(
    generator: Generator,
    count: int,
    target: Path,
    rates: Rates | None = None,
    on_progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Write `count` articles: to `target` as JSON lines where it ends in .jsonl or .jsonl.gz, else as pages into that
    folder, a thousand to a subfolder. The same generator gives the same bytes."""
    rates = rates or Rates()
    lines = target.name.lower().endswith((".jsonl", ".jsonl.gz"))
    with (_lines if lines else _pages)(target) as put:
        for number in range(count):
            article = generator.article(number)
            put(article, printed(generator, article, rates))
            on_progress(number + 1)


@contextmanager
def _pages(folder: Path) -> Iterator[Put]:
    def put(article: Generated, page: Page) -> None:
        inner = folder / f"{article.number // FOLDER:04d}"
        if article.number % FOLDER == 0:
            inner.mkdir(parents=True, exist_ok=True)
        # Traditional script has characters that only the four bytes of GB18030 hold; none that it lacks.
        (inner / f"{article.number:07d}{page.suffix}").write_bytes(page.text.encode(page.encoding))

    yield put


@contextmanager
def _lines(target: Path) -> Iterator[Put]:
    with ExitStack() as stack:
        raw: IO[bytes] = stack.enter_context(target.open("wb"))
        if target.suffix.lower() == ".gz":
            # Neither name nor time in the header, so that the bytes are the same.
            raw = cast(IO[bytes], stack.enter_context(gzip.GzipFile("", "wb", 6, raw, mtime=0)))
        out = stack.enter_context(io.TextIOWrapper(raw, "utf-8", newline="\n"))

        def put(article: Generated, page: Page) -> None:
            said = {
                "id": article.number,
                "title": article.title,
                "source": article.outlet,
                "date": article.published.isoformat(),
                "text": page.text,
            }
            out.write(json.dumps(said, ensure_ascii=False) + "\n")

        yield put
