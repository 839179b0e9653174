"""The whole pipeline beside the tagger alone and beside three libraries that together do a part of its job.

    python -m benchmarks.peers [--articles N] [--seconds S] [--peers PYTHON]

The same generated articles for all, in one process each, in processor time. Ours reads raw pages (script, layout,
sentences), finds names, places, times, quantities, measures and actions, and gives a checked record. The tagger alone
gets the clean sentences. The peers get the clean body: ms-recognizers-text finds numbers, percentages and units, cpca
places, jionlp places, money and times; what they find is neither joined nor lifted to the page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.generate import Generator, Rates
from corpus.generate.noise import printed
from models.article import Article
from pipeline.extract import Extractor
from pipeline.nlp import Segmenter, prepare


def generated(count: int) -> list[Article]:
    generator = Generator(21, repeats=0.0)
    pages = [printed(generator, generator.article(number), Rates()) for number in range(count)]
    return [
        Article(source=str(number), raw=page.text, media_type="text/html" if page.suffix == ".html" else "text/plain")
        for number, page in enumerate(pages)
    ]


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def line(name: str, characters: int, articles: int, seconds: float, note: str = "") -> None:
    speed = f"{characters / seconds:12,.0f} {articles / seconds:10.1f} {seconds / articles * 1e3:10.2f}"
    print(f"{name:34s} {speed}  {note}", flush=True)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--articles", type=int, default=200)
    cli.add_argument("--seconds", type=float, default=60.0, help="of processor time that the peers get")
    cli.add_argument("--peers", metavar="PYTHON", help="interpreter that has jionlp, cpca and ms-recognizers-text")
    args = cli.parse_args()
    articles = generated(args.articles)
    bodies = []
    print(f"{'':34s} {'body chars/s':>12s} {'articles/s':>10s} {'ms/article':>10s}")
    for tagger in ("jieba", "lac"):
        extractor = Extractor(tagger)
        segmenter = extractor.nlp.tokenizer
        assert isinstance(segmenter, Segmenter)
        pages = [prepare(article) for article in articles]
        texts = [[page.normal.text[a:b] for a, b in page.layout.sentences] for page in pages]
        bodies = ["\n".join(sentences) for sentences in texts]
        characters = sum(map(len, bodies))
        extractor(articles[0])
        whole = timed(lambda extractor=extractor: [extractor(article) for article in articles])  # type: ignore[misc]
        alone = timed(lambda tag=segmenter.tagger.tag, texts=texts: [tag(sentences) for sentences in texts])  # type: ignore[misc]
        line(f"anliku, {tagger}", characters, len(articles), whole, f"{alone / whole:.2f} of it the tagger's")
        line(f"{tagger} alone", characters, len(articles), alone)
    if args.peers:
        script = str(Path(__file__).with_name("peers_peer.py"))
        done = subprocess.run(
            [args.peers, script, str(args.seconds)], input=json.dumps(bodies, ensure_ascii=False),
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        told: dict[str, Any] = json.loads(done.stdout)
        for name, seconds in told["seconds"].items():
            line(name, told["characters"], told["articles"], seconds, f"{told['found'][name]} found")
        line("the three together", told["characters"], told["articles"], sum(told["seconds"].values()))


if __name__ == "__main__":
    main()
