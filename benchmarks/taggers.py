"""Compares taggers: load time, speed, peak memory, and F1 of the names that the names extractor makes of each.

    python -m benchmarks.taggers [--gold DIR --articles DIR] [--repeat N] [TAGGER ...]

Without taggers: all that are installed here (add hanlp:<path> or spacy:<path> by name). Each runs in a process of its
own, so that memory is its own. Without a gold folder the demo corpus is read and F1 is left out.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

LAYERS = ("persons", "organisations", "programmes", "documents", "places")
DEMO = Path(__file__).resolve().parents[1] / "corpus" / "demo"
SUFFIXES = (".txt", ".html", ".htm")


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("taggers", nargs="*", metavar="TAGGER")
    cli.add_argument("--gold", type=Path, help="folder of NAME.json files")
    cli.add_argument("--articles", type=Path, default=DEMO, help="folder of the articles NAME.txt, NAME.html")
    cli.add_argument("--repeat", type=int, default=3, help="passes over the articles for the speed of the tagger alone")
    cli.add_argument("--one", help=argparse.SUPPRESS)
    args = cli.parse_args()
    if args.one:
        print(json.dumps(measure(args.one, args.articles, args.gold, args.repeat)))
        return 0
    taggers = args.taggers or ["lac", "jieba", *(["hanlp"] if find_spec("hanlp") else [])]
    head = f"{'tagger':28s} {'load s':>7s} {'chars/s':>9s} {'whole':>9s} {'peak MB':>8s}"
    print(head + "".join(f" {layer[:9]:>9s}" for layer in LAYERS if args.gold))
    failed = 0
    for tagger in taggers:
        command = [
            sys.executable,
            "-m",
            "benchmarks.taggers",
            "--one",
            tagger,
            "--articles",
            str(args.articles),
            "--repeat",
            str(args.repeat),
        ]
        if args.gold:
            command += ["--gold", str(args.gold)]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            failed = 1
            print(f"{tagger:28s} {run.stderr.strip().splitlines()[-1] if run.stderr.strip() else 'failed'}")
            continue
        row = json.loads(run.stdout.splitlines()[-1])
        line = f"{tagger[-28:]:28s} {row['load']:7.2f} {row['tagger']:9,.0f} {row['pipeline']:9,.0f} {row['peak']:8.0f}"
        print(line + "".join(f" {row['f1'][layer]:9.3f}" for layer in LAYERS if args.gold))
    print("chars/s: the tagger alone on the sentences of the bodies; whole: all of the pipeline; both on one process")
    return failed


def measure(name: str, articles: Path, gold: Path | None, repeat: int) -> dict[str, object]:
    """One tagger, in this process."""
    import corpus
    from models.article import Article
    from pipeline.evaluate import evaluate, read_gold
    from pipeline.extract import Extractor
    from pipeline.nlp import prepare
    from pipeline.taggers import load_tagger

    started = time.perf_counter()
    tagger = load_tagger(name)
    tagger.tag(["预热一句。"])
    load = time.perf_counter() - started

    sources = sorted(str(path) for path in articles.iterdir() if path.suffix in SUFFIXES)
    pages = [article for article in corpus.read(sources) if isinstance(article, Article)]
    texts = [
        [page.normal.text[start:end] for start, end in page.layout.sentences]
        for page in (prepare(article) for article in pages)
    ]
    size = sum(len(sentence) for sentences in texts for sentence in sentences)
    started = time.perf_counter()
    for _ in range(repeat):
        for sentences in texts:
            tagger.tag(sentences)
    alone = size * repeat / (time.perf_counter() - started)

    extractor = Extractor(name)
    extractor(pages[0])
    started = time.perf_counter()
    records = [extractor(page) for page in pages]
    whole = size / (time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    scores = {}
    if gold:
        found = {Path(record.file).stem: record.model_dump(mode="json", by_alias=True) for record in records}
        scored = evaluate(read_gold(gold), found)
        scores = {layer: scored[layer].value for layer in LAYERS}
    return {"load": load, "tagger": alone, "pipeline": whole, "peak": peak, "f1": scores}


if __name__ == "__main__":
    sys.exit(main())
