"""Speed of the whole pipeline on one core, beside the tagger alone on the same text, in default and in fast mode.

    python -m benchmarks.pipeline [SOURCE...] [--rounds 7]     (default: the demo corpus)

Prints a table in Markdown: milliseconds of processor time an article, the median of the rounds, after one round to warm
up. Every round measures everything once, one after the other, so that a busy machine is busy for all of it. Articles
are taken in chunks, as a worker of `anliku run` takes them. Compare the ratios; the times are those of the machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import corpus
from models.article import Article
from pipeline.assemble import assemble
from pipeline.batch import CHUNK
from pipeline.extract import extractor
from pipeline.nlp import Segmenter, prepare

DEMO = Path(__file__).parent.parent / "corpus" / "demo"

WHOLE = "**whole pipeline**"
ALONE = "tagger alone, an article a call"
TOGETHER = f"tagger alone, {CHUNK} articles a call"
REST = "all but the tagger"


class Bench:
    """One tagger's pipeline, measured over the same articles round by round."""

    def __init__(self, tagger: str, articles: list[Article]) -> None:
        self.extractor = extractor(tagger)  # as a worker loads it
        segmenter = self.extractor.nlp.tokenizer
        if not isinstance(segmenter, Segmenter):
            raise TypeError(segmenter)
        self.segmenter = segmenter
        self.articles = len(articles)
        self.chunks = [articles[at : at + CHUNK] for at in range(0, len(articles), CHUNK)]
        pages = [[prepare(article) for article in chunk] for chunk in self.chunks]
        self.sentences = [
            [[page.normal.text[a:b] for a, b in page.layout.sentences] for page in chunk] for chunk in pages
        ]
        self.rounds: list[dict[str, float]] = []
        """Milliseconds an article."""

    def round(self, *, keep: bool = True) -> None:
        """Measure everything once."""
        spent = {WHOLE: self._timed(self._whole), ALONE: self._timed(self._alone)}
        spent[TOGETHER] = self._timed(self._together)
        spent |= self._parts()
        if keep:
            self.rounds.append({name: seconds * 1e3 / self.articles for name, seconds in spent.items()})

    def table(self) -> dict[str, float]:
        """The median of each, and of what the whole takes beyond the tagger in the same round."""
        found = {name: median(each[name] for each in self.rounds) for name in self.rounds[0]}
        found[REST] = median(each[WHOLE] - each[TOGETHER] for each in self.rounds)
        return found

    def ratio(self, part: str) -> float:
        """Speed of the whole as a share of the speed of a part."""
        return median(each[part] / each[WHOLE] for each in self.rounds)

    def _timed(self, work: Callable[[], None]) -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    def _whole(self) -> None:
        for chunk in self.chunks:
            for article, tagged in zip(chunk, self.extractor.tagged(chunk), strict=True):
                self.extractor.extracted(article, tagged)

    def _alone(self) -> None:
        for chunk in self.sentences:
            for sentences in chunk:
                self.segmenter.tagger.tag(sentences)

    def _together(self) -> None:
        for chunk in self.sentences:
            self.segmenter.tagger.tag([sentence for sentences in chunk for sentence in sentences])

    def _parts(self) -> dict[str, float]:
        """Seconds of each step, in the order and the chunks of the whole."""
        spent: dict[str, float] = {}
        last = time.process_time()

        def lap(name: str) -> None:
            nonlocal last
            now = time.process_time()
            spent[name] = spent.get(name, 0.0) + now - last
            last = now

        for chunk in self.chunks:
            pages = [prepare(article) for article in chunk]
            lap("normalise, lay out, metadata")
            taggings = self.segmenter.tag(pages)
            lap("tag")
            for page, own in zip(pages, taggings, strict=True):
                doc = self.segmenter.segment(page, own)
                lap("make the `Doc`")
                for name, component in self.extractor.nlp.pipeline:
                    doc = component(doc)
                    lap(name.removeprefix("anliku_"))
                assemble(doc, self.extractor.version)
                lap("assemble the record")
        return spent


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("sources", nargs="*", default=[str(DEMO)])
    cli.add_argument("--rounds", type=int, default=7)
    args = cli.parse_args()
    articles = [item for item in corpus.read(args.sources) if isinstance(item, Article)]
    characters = sum(len(article.raw) for article in articles)
    default, fast = Bench("lac", articles), Bench("jieba", articles)
    for number in range(args.rounds + 1):
        for bench in (default, fast):
            bench.round(keep=number > 0)
    rows, other = default.table(), fast.table()
    print(
        f"{len(articles)} articles of {characters / len(articles):,.0f} characters, medians of {args.rounds} rounds\n"
    )
    print("| milliseconds of processor time an article | default (`lac`) | fast (`jieba`) |\n|---|---:|---:|")
    for name in rows:
        print(f"| {name} | {rows[name]:.2f} | {other[name]:.2f} |")
    per_second = [1e3 / table[WHOLE] for table in (rows, other)]
    print(f"| articles a second | {per_second[0]:.0f} | {per_second[1]:.0f} |")
    size = characters / len(articles)
    print(f"| characters a second | {per_second[0] * size:,.0f} | {per_second[1] * size:,.0f} |")
    print(f"\nThe whole pipeline runs at {default.ratio(ALONE):.2f} times the speed of the default tagger alone taken "
          f"article by article, {default.ratio(TOGETHER):.2f} times its speed in chunks. "
          f"Fast mode is {per_second[1] / per_second[0]:.1f} times the default.")  # fmt: skip


if __name__ == "__main__":
    main()
