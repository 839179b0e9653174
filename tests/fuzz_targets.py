"""What is fuzzed (tests/fuzz.py), and sound inputs to begin with."""

from __future__ import annotations

import io
import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from corpus import READERS, Limits, ReadOptions
from corpus.blob import Blob, Reading
from corpus.charset import decode
from corpus.errors import SourceError
from corpus.sources import read_blob
from extractors.quantities.explain import explain
from models.article import Article, Failure
from models.case import LAYERS
from outputs.library import Library
from outputs.search import search
from pipeline.extract import extractor
from pipeline.nlp import prepare
from tests.corpus.make import excel, jsonl, pdf, response, tarred, word, zipped

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
    "推进了", "建成", "选派", "获评", "印发《", "张三", "柳湾镇", "等", "的", "&nbsp;", "\n", "\r\n", "\u3000", "\u200b", "\ufeff", "𠮷", "😀", "\u202e", "<!--", "-->", "<script>", "(dǎng)", "一是", "（二）", "1.", "責任編輯",
)  # fmt: skip
SEEDS = [
    jsonl({"text": SENTENCES[0], "title": "题"}), b'[{"text": "x", "date": [1, {}]}, {"text": "y"}]',
    'title,text\n题,"村\n集"\n'.encode(), "title\ttext\n题\t村\n".encode("gbk"), word(), pdf("村集体"), excel(S=[["text"], ["文"]]),
    response("<p>村</p>".encode()) * 2, zipped({"a.txt": b"x"}), tarred({"a.txt": b"x"}), tarred({"a.txt": b"x"}, "w:gz"),
    *(sentence.encode(charset, "replace") for sentence in SENTENCES for charset in ("utf-8", "gb18030", "utf-16", "hz")),
]  # fmt: skip


class Broken(AssertionError):
    """What has to hold does not."""


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
    for layer in LAYERS:
        for finding in record.layer(layer):
            if article.raw[finding.start : finding.end] != finding.text:
                raise Broken(f"{layer} {finding}")
    if isinstance(packed := Library.pack(made), Failure):
        raise Broken(packed.message)


def repeats(data: bytes) -> None:
    """One piece over and over: what takes the square or the cube of its length shows."""
    if piece := text(data)[:12].strip():
        pipeline(b"\1" + f"{SENTENCES[0]}\n柳湾镇{piece * (SIZE // len(piece))}。".encode())


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
    "pipeline": pipeline, "repeats": repeats, "search": search_words,
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
