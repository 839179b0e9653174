"""Made-up reports for the search benchmark: the sentences of the demo articles, recombined, with other names in them.

Every sentence may turn up in many reports, so common words stand everywhere, as they do in the genre; names of
villages, firms and products are drawn anew, so rare words abound too. Nothing is extracted: a record holds a few
findings taken from the text by their place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from opencc import OpenCC

from models.article import Article
from models.case import CaseRecord
from models.document import Meta
from models.measure import Action, Measure
from models.name import Organisation
from models.quantity import Quantity
from models.span import Provenance, Span

LENGTH = 1000
"""Characters of a report."""
FROM = Provenance(extractor="benchmark", rule="made", version="1")
RARE = "𠮷𬭚𫖯㙍䶮龘靐⺮々〇"

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:%|万元|亩|户|人|个|名)?")
_NAMED = re.compile(r"[\u4e00-\u9fa5]{2}(?=[县镇乡村市])")


def sentences() -> list[str]:
    """The sentences of the demo's plain articles, each once."""
    found: dict[str, None] = {}
    for path in sorted(files("corpus").joinpath("demo").iterdir(), key=lambda path: path.name):
        if (
            path.name[0].isdigit()
            and path.name.endswith((".txt", ".md"))
            and not re.search("gbk|traditional", path.name)
        ):
            text = re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùü]+\)", "", path.read_text("utf-8"))
            for sentence in re.findall(r"[^。\n]{12,120}。", text):
                found[_simplified().convert(sentence)] = None
    return list(found)


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def letters() -> list[str]:
    """Characters for names: those of GB 2312's first level, in its order."""
    return [
        bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)
    ]


def reports(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """`(title, text)` of each report."""
    rng = random.Random(seed)
    stock, names = sentences(), [letter for letter in letters() if letter]
    for nr in range(count):
        parts = [f"党建引领{''.join(rng.choices(names, k=2))}县走出新路第{nr}号报道。"]
        size = len(parts[0])
        while size < LENGTH:
            sentence = _NUMBER.sub(lambda hit: _other(rng, hit[0]), rng.choice(stock))
            sentence = _NAMED.sub(lambda _: "".join(rng.choices(names, k=2)), sentence)
            if rng.random() < 0.1:
                word = "".join(rng.choices(names, k=rng.randint(2, 4)))
                sentence = sentence[:-1] + f"，“{word}{rng.choice(RARE)}”牌A{rng.randint(1, 999)}-{word[:1]}b产品走俏。"
            parts.append(sentence + ("\n" if rng.random() < 0.25 else ""))
            size += len(sentence)
        text = "".join(parts)[:LENGTH]
        title = f"{'党建引领' if rng.random() < 0.3 else ''}{''.join(rng.choices(names, k=3))}县：{text[40:52]}"
        yield title.replace("\n", ""), text


def _other(rng: random.Random, number: str) -> str:
    unit = number.lstrip("0123456789.")
    return f"{rng.randint(1, 9999) / rng.choice((1, 1, 10, 100)):g}{unit}"


def entry(nr: int, title: str, text: str) -> tuple[Article, CaseRecord, str]:
    """What the library's writer takes: an article, a record with ten findings, and the clean body."""
    article = Article(source=f"{nr}.txt", raw=text)
    clauses = list(re.finditer(r"[^，。\n“”]{6,30}", text))[:12]

    def at(hit: re.Match[str]) -> dict[str, object]:
        return {"start": hit.start(), "end": hit.end(), "text": hit[0], "norm": hit[0], "provenance": FROM}

    record = CaseRecord(
        file=article.file, source=article.source, article_id=article.id, version="1", kind="other",
        meta=Meta(title=title, published=f"20{nr % 20 + 5:02}-{nr % 12 + 1:02}-{nr % 28 + 1:02}"),
        measures=tuple(
            Measure(**at(hit), title=Span(start=hit.start(), end=hit.end(), text=hit[0], norm=hit[0]), category=None)
            for hit in clauses[:4]
        ),
        actions=tuple(Action(**at(hit), verb=hit[0][:2], object=hit[0][2:]) for hit in clauses[4:8]),
        organisations=tuple(Organisation(**at(hit)) for hit in clauses[8:9]),
        quantities=tuple(
            Quantity(**at(hit), min=None, max=None, unit=None, bound="eq", indicator=None)
            for hit in list(_NUMBER.finditer(text))[:6]
        ),
    )  # fmt: skip
    return article, record, text
