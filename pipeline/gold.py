"""Reviewed records as gold files (the annotation guide's format) with their articles, and as spaCy training data."""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.lang.zh import Chinese
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as DocSpan

from models.article import Article
from models.case import LAYERS, CaseRecord
from models.measure import Measure
from models.name import Honour
from models.place import Place
from models.quantity import Quantity
from models.span import Finding
from models.text import NormalText
from pipeline.nlp import prepare

GOLD_LAYERS = {
    "places": ("level", "adcode", "path"),
    "quantities": ("min", "max", "unit", "bound", "indicator", "code", "rate", "time", "status", "threshold", "from"),
    "measures": ("title", "category", "section"),
    "actions": ("verb", "object", "measure"),
    "programmes": (),
    "documents": (),
    "persons": ("role",),
    "organisations": (),
    "honours": ("year", "level", "recipients"),
}
"""The layers of a gold file with the keys of each, after start, end and text."""

_ONLY_WHERE_SAID = ("threshold", "from")
_SUFFIX = {"text/plain": ".txt", "text/html": ".html", "text/markdown": ".md"}
_NOT_IN_NAMES = re.compile(r"[^\w-]+")


def gold(record: CaseRecord, *, whole: bool = False) -> dict[str, Any]:
    """A record as a gold file has it. What no reviewer has judged is `optional`, so that finding it counts neither way;
    `whole` says that the article was reviewed from end to end, so that it is right as it stands."""
    fields = record.model_dump(mode="json", by_alias=True)
    jurisdictions = [{key: j[key] for key in ("name", "level", "adcode")} for j in fields["jurisdictions"]]
    out = {key: fields[key] for key in ("file", "kind", "meta")} | {"jurisdictions": jurisdictions}
    out |= {key: fields[key] for key in ("body", "captions")}
    for layer, keys in GOLD_LAYERS.items():
        out[layer] = [
            _entry(finding, values, keys, whole)
            for finding, values in zip(record.layer(layer), fields[layer], strict=True)
        ]
    return out


def _entry(finding: Finding, values: dict[str, Any], keys: tuple[str, ...], whole: bool) -> dict[str, Any]:
    entry = {key: values[key] for key in ("start", "end", "text")}
    if isinstance(finding, Measure):
        del entry["text"]
        values["title"] = {key: values["title"][key] for key in ("start", "end", "text")}
    entry |= {key: values[key] for key in keys if key not in _ONLY_WHERE_SAID or values[key] is not None}
    if finding.optional or not (whole or finding.provenance.extractor == "review"):
        entry["optional"] = True
    return entry


def write_gold(records: Iterable[tuple[Article, CaseRecord]], folder: Path, *, whole: bool = False) -> list[Path]:
    """Write `gold/NAME.json` and `articles/NAME.txt` (.html, .md) a record, for `anliku evaluate`; the gold files."""
    written = []
    for part in ("gold", "articles"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for article, record in records:
        name = f"{_NOT_IN_NAMES.sub('_', Path(article.file).stem)[:40]}_{article.id}"
        target = folder / "articles" / (name + _SUFFIX[article.media_type])
        # With a byte mark no charset that the page declares is believed, and the offsets stay.
        target.write_bytes(codecs.BOM_UTF8 + article.raw.encode("utf-8"))
        path = folder / "gold" / f"{name}.json"
        content = {**gold(record, whole=whole), "file": target.name}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        written.append(path)
    return written


def training_doc(article: Article, record: CaseRecord, nlp: Chinese) -> Doc:
    """The clean page as a `Doc` of characters, with a span group a layer. Characters are the tokens of spaCy's own
    Chinese, so every span is whole tokens, whatever tagger is used later."""
    normal = prepare(article).normal
    doc = Doc(nlp.vocab, words=list(normal.text), spaces=[False] * len(normal.text))
    starts, ends = _origins(normal)
    for layer in LAYERS:
        doc.spans[layer] = [
            DocSpan(doc, first, last, label=_label(layer, finding))
            for finding in record.layer(layer)
            if not finding.optional
            and (first := bisect_right(ends, finding.start)) < (last := bisect_left(starts, finding.end))
        ]
    return doc


def write_training(records: Iterable[tuple[Article, CaseRecord]], path: Path) -> int:
    """Write a `.spacy` file for `spacy train`; number of documents."""
    nlp = Chinese()
    docs = DocBin(attrs=[])
    for article, record in records:
        docs.add(training_doc(article, record, nlp))
    docs.to_disk(path)
    return len(docs)


def _origins(normal: NormalText) -> tuple[list[int], list[int]]:
    """Raw start and end of each character."""
    starts: list[int] = []
    ends: list[int] = []
    for run in normal.runs:
        for at in range(run.length):
            starts.append(run.raw + at * run.step)
            ends.append(run.raw + at + 1 if run.step else run.raw_end)
    return starts, ends


def _label(layer: str, finding: Finding) -> str:
    """What a model should learn to tell of the span, else the layer."""
    if isinstance(finding, Quantity):
        return finding.code or layer
    if isinstance(finding, Measure):
        return finding.category or layer
    if isinstance(finding, Place):
        return finding.level
    if isinstance(finding, Honour):
        return finding.level or layer
    return layer
