"""Fuzzing of what reads text that others wrote: nothing may raise, hang, or say what does not stand in the text.

    python -m tests.fuzz TARGET [--seconds 60] [--seed 1] [--plain]

Targets: readers, charset, normalise, layout, numbers, pipeline (the whole way, places and times included), search.
With atheris (`pip install atheris`) the input is led by coverage; without it, or with --plain, sound inputs are spoilt
at random. An input that breaks something is printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType

from corpus import READERS, Limits, ReadOptions
from corpus.blob import Blob, Reading
from corpus.charset import decode
from corpus.errors import SourceError
from corpus.sources import read_blob
from extractors.quantities.explain import explain
from models.article import Article, Failure
from outputs.library import Library
from outputs.search import search
from pipeline.extract import extractor
from pipeline.nlp import prepare
from tests.corpus.make import excel, jsonl, pdf, response, tarred, word, zipped

SLOW = 5
"""Seconds that an input of a few kB may take on a busy machine."""
SIZE = 4000
"""Bytes of an input."""

SENTENCES = (
    "2023年以来，柳湾镇组建8个联村党委，选派36名干部驻村，村集体收入由12.5万元提高到30余万元，增长1.4倍。",
    "截至去年底，全县327个行政村中，收入10万元以上的村达到九成以上，其中二十至三十个村超过百万元。",
    "一是建强组织。实施“头雁领航”行动，出台《强村实施方案》（柳发〔2023〕5号），每亩1200—1500元。",
    "（一）柳湾县东坪镇、青石岭乡和马家沟村等3个乡镇村……镇党委书记张三说：“今年要干成十件事！”",
    "<p>来源：柳湾日报&nbsp;2023-05-06 10:21</p><h2>柳灣縣：黨建引領鄉村振興</h2>党(dǎng)建\u200b引领１２．５％",
    "# 标题\n\n**加粗** [链接](http://x)\n\n1. 第一\n2. 第二\n| 村 | 户 |\n|--|--|\n| 东坪 | 12 |",
)
PIECES = (
    *"零〇一二三四五六七八九十百千万亿两半多余几数点分之成倍至到约近超、，。；：“”（）《》—-~～%％.,0123456789年月日元亩户人个村镇县省市",
    "以上", "以下", "不足", "超过", "左右", "翻了一番", "万元", "平方公里", "党支部", "第一书记", "去年", "上半年", "十四五", "<p>", "</div>",
    "&nbsp;", "\n", "\r\n", "\u3000", "\u200b", "\ufeff", "𠮷", "😀", "\u202e", "<!--", "-->", "<script>", "(dǎng)", "一是", "（二）", "1.", "責任編輯",
)  # fmt: skip
SEEDS = [
    jsonl({"text": SENTENCES[0], "title": "题"}), b'[{"text": "x", "date": [1, {}]}, {"text": "y"}]',
    'title,text\n题,"村\n集"\n'.encode(), "title\ttext\n题\t村\n".encode("gbk"), word(), pdf("村集体"), excel(S=[["text"], ["文"]]),
    response("<p>村</p>".encode()) * 2, zipped({"a.txt": b"x"}), tarred({"a.txt": b"x"}), tarred({"a.txt": b"x"}, "w:gz"),
    *(sentence.encode(charset, "replace") for sentence in SENTENCES for charset in ("utf-8", "gb18030", "utf-16", "hz")),
]  # fmt: skip


class Broken(AssertionError):
    """What has to hold does not."""


class Slow(BaseException):
    """An input took too long."""


def readers(data: bytes) -> None:
    suffix = [*READERS][data[0] % len(READERS)] if data else ".txt"
    options = ReadOptions(limits=Limits(archive_floor=1 << 20, article_bytes=1 << 20, document_bytes=1 << 22))
    blob = Blob(f"a{suffix}", f"a{suffix}", lambda: io.BytesIO(data[1:]), len(data) - 1)
    for item in read_blob(blob, Reading(options, read_blob, tuple(READERS))):
        item.model_dump_json()
        if isinstance(item, Failure) and (item.error == "Unexpected" or "\n" in item.message):
            raise Broken(item.message)


def charset(data: bytes) -> None:
    try:
        found = decode(data, "a.txt")
    except SourceError:
        return
    found.text.encode("utf-8")


def normalise(data: bytes) -> None:
    raw = text(data)
    article = Article(source="a", raw=raw, media_type=media_type(data))
    normal = prepare(article).normal
    last = 0
    for at in range(0, len(normal.text), 7):
        start, end = normal.to_raw(at, at + 1)
        if not (last <= start <= end <= len(raw)):
            raise Broken(f"character {at} leads to [{start}, {end})")
        last = start


def layout(data: bytes) -> None:
    page = prepare(Article(source="a", raw=text(data), media_type=media_type(data)))
    end = 0
    for block in page.layout.blocks:
        if not end <= block.start < block.end <= len(page.normal.text):
            raise Broken(f"block {block}")
        end = block.end
    for start, stop in page.layout.sentences:
        if not 0 <= start < stop <= len(page.normal.text):
            raise Broken(f"sentence {start} {stop}")


def numbers(data: bytes) -> None:
    explained = explain(text(data))
    for quantity in explained.quantities:
        if quantity.min is not None and quantity.max is not None and quantity.min > quantity.max:
            raise Broken(f"{quantity.text}: {quantity.min} > {quantity.max}")


def pipeline(data: bytes) -> None:
    article = Article(source="a", raw=text(data), media_type=media_type(data))
    if not article.raw.strip():
        return
    made = extractor("jieba").extracted(article)
    record = made[1]
    for layer in ("measures", "actions", "quantities", "places", "times", "persons", "organisations", "honours"):
        for finding in record.layer(layer):
            if article.raw[finding.start : finding.end] != finding.text:
                raise Broken(f"{layer} {finding}")
    if isinstance(packed := Library.pack(made), Failure):
        raise Broken(packed.message)


@cache
def _library() -> Library:
    """Never closed: it goes with the process."""
    library = Library(Path(tempfile.mkdtemp()) / "library.db")
    articles = [Article(source=f"{nr}", raw=sentence) for nr, sentence in enumerate(SENTENCES)]
    library.write(None, [extractor("jieba").extracted(article) for article in articles])
    return library


def search_words(data: bytes) -> None:
    query = text(data)[:40]
    library = _library()
    found = {hit.article_id for hit in search(library, query, limit=None)}
    if len(query.split()) == 1 and (one := query.split()[0]) and one in SENTENCES[0] and not found:
        raise Broken(f"{one!r} is not found")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "readers": readers, "charset": charset, "normalise": normalise, "layout": layout, "numbers": numbers,
    "pipeline": pipeline, "search": search_words,
}  # fmt: skip


def text(data: bytes) -> str:
    """A text of the genre's own pieces where the first byte is even, else what the bytes say."""
    if data[:1] and data[0] % 2 == 0:
        return "".join(PIECES[byte % len(PIECES)] for byte in data[1:])
    return data[1:].decode("utf-8", "replace")


def media_type(data: bytes) -> str:
    return ("text/plain", "text/html", "text/markdown")[len(data) % 3]


def spoilt(rng: random.Random) -> bytes:
    """A sound input, with pieces of others in it."""
    data = bytearray(
        bytes([rng.randrange(256)]) + (rng.choice(SEEDS) if rng.random() < 0.6 else rng.randbytes(rng.randrange(200)))
    )
    for _ in range(rng.randrange(6)):
        at = rng.randrange(1, len(data) + 1)
        piece = rng.choice((rng.randbytes(rng.randrange(1, 9)), rng.choice(PIECES).encode(), rng.choice(SEEDS)[:200]))
        data[at : at + rng.randrange(20)] = piece * rng.choice((1, 1, 1, 2, 50))
    return bytes(data[:SIZE])


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise Slow(f"longer than {SLOW} s")


def timed(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target with a time limit."""

    def one(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_REAL, SLOW)
        try:
            target(data[:SIZE])
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    return one


def loop(target: Callable[[bytes], None], seconds: float, seed: int) -> int:
    """Spoilt inputs until the time is up; how many broke something."""
    rng, end, count, broken = random.Random(seed), time.monotonic() + seconds, 0, 0
    while time.monotonic() < end and broken < 5:
        data = spoilt(rng)
        count += 1
        try:
            target(data)
        except (Exception, Slow) as error:
            broken += 1
            print(f"{type(error).__name__}: {error}\n  {data!r}\n  {text(data)!r}")
    print(f"{count} inputs, {broken} broke something")
    return broken


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("target", choices=TARGETS)
    cli.add_argument("--seconds", type=int, default=60)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--plain", action="store_true", help="without atheris")
    args = cli.parse_args()
    signal.signal(signal.SIGALRM, _too_long)
    target = timed(TARGETS[args.target])
    if args.plain or importlib.util.find_spec("atheris") is None:
        return int(loop(target, args.seconds, args.seed) > 0)
    import atheris

    with tempfile.TemporaryDirectory() as folder:
        for nr, data in enumerate(SEEDS):
            for first in range(0, 16, 5):
                (Path(folder) / f"{nr}-{first}").write_bytes(bytes([first]) + data)
        atheris.instrument_all()
        options = [f"-max_total_time={args.seconds}", f"-seed={args.seed}", f"-max_len={SIZE}", "-timeout=20",
                   f"-artifact_prefix={os.getcwd()}/fuzz-", folder]  # fmt: skip
        atheris.Setup([sys.argv[0], *options], target)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
