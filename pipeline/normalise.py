"""Raw text to NormalText (first version)."""

from __future__ import annotations

import re

from opencc import OpenCC

from models.article import Article
from models.text import NormalText, Run

PINYIN = r"(?<=[\u3400-\u9fff])\([a-zü\u00e0-\u01dc\u0251\u0261]{1,6}\)"
TAG = r"<[^>]*>|&nbsp;"


def normalise(article: Article) -> NormalText:
    """Clean text of an article, with origins."""
    raw = article.raw
    converter = OpenCC("t2s")
    out: list[str] = []
    runs: list[Run] = []
    at = 0
    length = 0
    pattern = TAG if article.media_type == "text/html" else PINYIN

    def keep(start: int, end: int) -> None:
        nonlocal length
        if end > start:
            out.append(raw[start:end])
            runs.append(Run(start=length, length=end - start, raw=start, raw_end=end))
            length += end - start

    for hit in re.finditer(pattern, raw):
        keep(at, hit.start())
        if re.match(r"</?(p|br|div|li|td|tr|figure)\b", hit.group()):
            out.append("\n")
            runs.append(Run(start=length, length=1, raw=hit.start(), raw_end=hit.end(), step=0))
            length += 1
        at = hit.end()
    keep(at, len(raw))
    text = "".join(out)
    simple = converter.convert(text)
    if len(simple) != len(text):
        simple = "".join(converter.convert(c)[:1] or c for c in text)
    return NormalText(text=simple, raw_length=len(raw), runs=tuple(runs), script="hans" if simple == text else "hant")
