"""Recall and precision of duplicates on the clean body text of the pipeline, and what finding them costs.

    python -m benchmarks.duplicates [--pairs 1000] [--articles 20000]

Makes reports on one topic from the genre's set phrases, and of each a copy as sites make them: in traditional script,
as a page with navigation and footer, under another header, cut to 70 %, with pinyin after characters, and several of
these at once. Beside each stand two hard negatives: the same report with another county's names and figures, and one
form of words that every county fills in, where the fixed words outweigh what differs. All go through the pipeline's
normaliser and layout. Recall: pairs that are found. Precision: of all pairs in one cluster, those that are true. Then
clusters that many articles and prints time and memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from opencc import OpenCC

from corpus.duplicates import cluster
from models.article import Article
from pipeline.nlp import prepare
from tests.corpus.test_duplicates import filled, report, sibling

TRADITIONAL = OpenCC("s2t")
SYLLABLES = ("jiān", "dǎng", "zǔ", "zhī", "cūn", "xiàn", "shēng", "lǜ", "rén", "yuán")
KINDS = ("script", "page", "header", "cut", "pinyin", "script+page", "header+cut", "pinyin+script", "page+cut")


def body(article: Article) -> str:
    """The clean body, as the library keeps it."""
    page = prepare(article)
    return "\n".join(page.normal.text[block.start : block.end] for block in page.layout.body())


def paragraphs(seed: int) -> list[str]:
    """A report in paragraphs of one to four sentences."""
    rng, sentences, out = random.Random(seed), report(seed), []
    while sentences:
        size = rng.randint(1, 4)
        out.append("".join(sentences[:size]))
        sentences = sentences[size:]
    return out


def copy(seed: int, kind: str) -> Article:
    """The report of that seed as another site prints it."""
    rng, parts = random.Random(seed), paragraphs(seed)
    if "cut" in kind:
        whole, kept = sum(map(len, parts)) * 0.7, []
        for part in parts:
            room = int(whole - sum(map(len, kept)))
            if room > 0:
                kept.append(part[:room])
        parts = [*kept[:-1], kept[-1] + "……"]
    if "header" in kind:
        head = ["首页 > 新闻 > 县区动态", "柳湾县探索强村新路径", "发布时间：2023-05-12 10:21 来源：柳湾融媒"]
        parts = [*head, *parts, "责任编辑：某某", "（来源：柳湾县委组织部）"]
    text = "\n".join(parts)
    if "pinyin" in kind:
        text = "".join(f"{c}({rng.choice(SYLLABLES)})" if "一" <= c <= "龥" and rng.random() < 0.2 else c for c in text)
    if "script" in kind:
        text = TRADITIONAL.convert(text)
    if "page" not in kind:
        return Article(source=f"{seed}-{kind}.txt", raw=text)
    lines = "".join(f"<p>　　{line}</p>" for line in text.splitlines())
    page = (
        "<html><head><title>柳湾县探索强村新路径_三农网</title></head><body><div class='nav'><a href='#'>首页</a>"
        "<a href='#'>登录</a></div><h1>柳湾县探索强村新路径</h1><div>2023-05-13 | 来源：三农网 | 阅读 56</div>"
        f"<div class='text'>{lines}</div><div class='hot'><h4>热门推荐</h4><ul><li>夏季果园怎样施肥</li>"
        "<li>羊肉批发价格行情</li></ul></div><div class='foot'>版权所有 备案号20230512 联系我们</div></body></html>"
    )
    return Article(source=f"{seed}-{kind}.html", raw=page, media_type="text/html")


def quality(pairs: int) -> tuple[float, float, Counter[str]]:
    """Recall, precision, and the pairs that were missed by kind."""
    original = [
        (("a", seed), body(Article(source=f"{seed}.txt", raw="\n".join(paragraphs(seed))))) for seed in range(pairs)
    ]
    copies = [(("b", seed), body(copy(seed, KINDS[seed % len(KINDS)]))) for seed in range(pairs)]
    others = [(("c", seed), body(Article(source=f"{seed}-other.txt", raw="\n".join(sibling(seed)))))
              for seed in range(pairs)]  # fmt: skip
    forms = [(("d", seed), body(Article(source=f"{seed}-form.txt", raw="\n".join(filled(seed)))))
             for seed in range(pairs)]  # fmt: skip
    leads = cluster([*original, *copies, *others, *forms])
    missed = Counter(KINDS[n % len(KINDS)] for n in range(pairs) if leads["a", n] != leads["b", n])
    members: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for id_, lead in leads.items():
        members.setdefault(lead, []).append(id_)
    together = [
        {a[0], b[0]} == {"a", "b"} and a[1] == b[1] for ids in members.values() for a, b in combinations(ids, 2)
    ]
    return 1 - missed.total() / pairs, sum(together) / len(together) if together else 1.0, missed


def many(count: int) -> Iterator[tuple[int, str]]:
    """Reports, every fifth of them a copy."""
    for n in range(count):
        yield n, "".join(report(n if n % 5 else n // 5))


def cost(count: int) -> tuple[float, float, float]:
    """Seconds to make the texts alone, seconds with the clustering, and megabytes that the clustering added."""
    began = time.perf_counter()
    characters = sum(len(text) for _, text in many(count))
    alone = time.perf_counter() - began
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cluster(many(count))
    print(f"{count:,} articles, {characters / count:.0f} characters each")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return alone, time.perf_counter() - began - alone, (after - before) / 1024


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pairs", type=int, default=1000)
    cli.add_argument("--articles", type=int, default=20_000)
    args = cli.parse_args()
    recall, precision, missed = quality(args.pairs)
    found = f"recall {recall:.4f}, precision {precision:.4f}; missed {dict(missed)}"
    print(f"{args.pairs} pairs among {args.pairs * 2} hard negatives: {found}")
    if args.articles:
        alone, seconds, memory = cost(args.articles)
        print(f"{seconds - alone:.1f} s, {memory:.0f} MB more at the peak")
    return int(recall < 0.98 or precision < 0.99)


if __name__ == "__main__":
    sys.exit(main())
