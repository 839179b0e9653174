"""Speed of the whole pipeline on one core, beside the tagger alone on the same text, in default and in fast mode.

    python -m benchmarks.pipeline [SOURCE...]     (default: the demo corpus)

Prints articles and characters a second, the ratio to the tagger alone, and where the time goes. Compare the ratios;
absolute speeds are those of the machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import corpus
from extractors.doc import document
from models.article import Article
from pipeline.assemble import assemble
from pipeline.extract import Extractor
from pipeline.nlp import Segmenter, prepare

DEMO = Path(__file__).parent.parent / "corpus" / "demo"


def timed(work: Callable[[], object], rounds: int) -> float:
    """Best of `rounds`, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def measure(tagger: str, articles: list[Article], rounds: int) -> dict[str, float]:
    """Seconds of the whole, of the tagger alone, and of each part, over all articles."""
    extractor = Extractor(tagger)
    segmenter = extractor.nlp.tokenizer
    assert isinstance(segmenter, Segmenter)
    pages = [prepare(article) for article in articles]
    texts = [[page.normal.text[a:b] for a, b in page.layout.sentences] for page in pages]
    for sentences in texts[:3]:
        segmenter.tagger.tag(sentences)
    parts = {
        "whole": timed(lambda: [extractor(article) for article in articles], rounds),
        "tagger": timed(lambda: [segmenter.tagger.tag(sentences) for sentences in texts], rounds),
        "prepare": timed(lambda: [prepare(article) for article in articles], rounds),
        "segment": timed(lambda: [segmenter.segment(page) for page in pages], rounds),
    }
    docs = [segmenter.segment(page) for page in pages]
    for name, component in extractor.nlp.pipeline:
        parts[name] = timed(lambda component=component: [component(doc) for doc in docs], 1)  # type: ignore[misc]
    parts["assemble"] = timed(lambda: [assemble(doc, extractor.version) for doc in docs], 1)
    assert document(docs[0]) is pages[0]
    return parts


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("sources", nargs="*", default=[str(DEMO)])
    cli.add_argument("--rounds", type=int, default=3)
    args = cli.parse_args()
    articles = [item for item in corpus.read(args.sources) if isinstance(item, Article)]
    characters = sum(len(article.raw) for article in articles)
    print(f"{len(articles)} articles, {characters:,} characters")
    speed: dict[str, float] = {}
    for tagger in ("lac", "jieba"):
        parts = measure(tagger, articles, args.rounds)
        speed[tagger] = characters / parts["whole"]
        print(f"\n{tagger}: {len(articles) / parts['whole']:.1f} articles/s, {speed[tagger]:,.0f} characters/s, "
              f"{parts['tagger'] / parts['whole']:.2f} times the speed of the tagger alone")  # fmt: skip
        for name, seconds in parts.items():
            print(f"  {name:20s} {seconds * 1e3 / len(articles):8.2f} ms/article")
    print(f"\nfast mode is {speed['jieba'] / speed['lac']:.1f} times the default")


if __name__ == "__main__":
    main()
