"""One article and its record to the rows of the library, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.article import Article, Columns
from models.case import CaseRecord
from models.document import Meta
from models.measure import SentenceRole
from models.place import Jurisdiction, Place
from models.span import Finding, Range
from models.text import Change
from outputs.library.divisions import Division, county_code, levels, parents
from outputs.library.layers import LAYERS, Layer, Value, columns, load, pack, row, unpack
from outputs.quotes import quotes

REVIEWED = "-r"
"""At the end of the id of a row that a review put there; before it, the id that the extraction has or would have."""

Row = tuple[Value, ...]
Rows = dict[str, list[Row]]

ARTICLE = (
    "id", "title", "published", "outlet", "authors", "contributor", "script", "kind", "source", "file", "media_type",
    "encoding", "column_title", "column_date", "column_url", "column_outlet", "column_author", "version", "run_id",
    "body", "captions", "summary", "about", "raw", "body_text", "changes",
)  # fmt: skip
CASE = ("id", "article_id", "nr", "name", "level", "adcode", "province", "prefecture", "county", "township", "village",
        "county_code", "path", "via", "sections")  # fmt: skip
ROLE = ("id", "article_id", "case_id", "nr", "start", "end", "role", "rule")
DIVISION = Division._fields

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ARTICLE,
    "cases": CASE,
    **{layer.name: columns(layer) + (("quote_start", "quote_end") if layer.name == "quantities" else ())
       for layer in LAYERS},
    "roles": ROLE,
    "divisions": DIVISION,
}  # fmt: skip
"""Columns of every table that holds what was read, in the order in which rows are inserted; the number of the article
in the library (`article`) is told by `insert`."""

UNNUMBERED = ("divisions",)
"""Tables whose rows are of no article."""


def insert(table: str, columns: Sequence[str]) -> str:
    """The statement that stores a row; its first value is the number of the article, but for `UNNUMBERED`."""
    named = columns if table in UNNUMBERED else ("article", *columns)
    verb = "INSERT OR REPLACE" if table in UNNUMBERED else "INSERT"
    return f"{verb} INTO {table}({', '.join(named)}) VALUES ({', '.join('?' * len(named))})"


def rows(article: Article, record: CaseRecord, body_text: str, run: int | None) -> Rows:
    """The rows of one article by table. ValueError where the record is not that of the article, or does not hold
    together."""
    id_ = article.id  # a hash over the text: taken once
    if record.article_id != id_:
        raise ValueError(f"the record is that of article {record.article_id}")
    out: Rows = {table: [] for table in COLUMNS}
    out["articles"].append(_article(article, record, body_text, run))
    cases = _cases(id_, record)
    found: dict[str, Division] = {}
    places: list[Place | Jurisdiction] = [*record.places, *record.jurisdictions]
    for place in places:
        if place.adcode and place.path:
            for division in parents(place.adcode, place.path[-1], place.level, place.path):
                found[division.adcode] = division
    out["divisions"] = [(*d[:4], pack(d.path)) for _, d in sorted(found.items())]
    counties = {division.path: code for code, division in found.items() if division.level == "county"}
    out["cases"] = [_case(id_, nr, case_id, j, counties) for nr, (case_id, j) in enumerate(cases)]
    ids: dict[str, Sequence[str]] = {}
    for layer in LAYERS:
        findings = record.layer(layer.name)
        ids[layer.name] = own = finding_ids(id_, layer, findings)
        for nr, finding in enumerate(findings):
            head = (own[nr], id_, _case_of(cases, finding.start), nr)
            out[layer.name].append(row(layer, finding, head, ids))
    quote = quotes(article.raw, record)
    out["quantities"] = [values + quote(q) for values, q in zip(out["quantities"], record.quantities, strict=True)]
    own = _ids(id_, "r", [(role.start, role.end) for role in record.roles])
    out["roles"] = [
        (own[nr], id_, _case_of(cases, r.start), nr, r.start, r.end, r.role, r.rule)
        for nr, r in enumerate(record.roles)
    ]
    return out


def _article(article: Article, record: CaseRecord, body_text: str, run: int | None) -> Row:
    meta, column = record.meta, article.columns
    return (
        article.id, meta.title, meta.published, meta.outlet,
        # No authors said (null) is not the same as an empty list.
        None if meta.authors is None else json.dumps(meta.authors, ensure_ascii=False),
        meta.contributor, meta.script, record.kind, article.source, article.file, article.media_type, article.encoding,
        column.title, column.date, column.url, column.outlet, column.author, record.version, run,
        pack(record.body), pack(record.captions), pack(record.summary),
        pack([j.model_dump(mode="json") for j in record.jurisdictions]) if record.kind == "other" else None,
        article.raw, body_text, _pack_changes(article.raw, record.changes),
    )  # fmt: skip


def _pack_changes(raw: str, changes: Sequence[Change]) -> bytes | None:
    """Traditional script changes every third character: kept small. What stood there is in the raw text."""
    if not changes:
        return None
    for change in changes:
        if raw[change.start : change.end] != change.old:
            raise ValueError(f"the change at {change.start} does not say what stood there")
    flat = [[c.start, c.end - c.start, c.new, c.reason] for c in changes]
    return zlib.compress(json.dumps(flat, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _unpack_changes(raw: str, packed: bytes | None) -> list[dict[str, Any]]:
    flat = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass")) if packed else []
    return [
        {"start": at, "end": at + length, "old": raw[at : at + length], "new": new, "reason": reason}
        for at, length, new, reason in flat
    ]


def _case(article_id: str, nr: int, case_id: str, j: Jurisdiction, counties: dict[tuple[str, ...], str]) -> Row:
    """`counties`: codes of the counties that the article names, by path; a village has no code that tells its own."""
    named = levels(j.path or (j.name,), j.level, j.adcode)
    above = (counties.get(j.path[:length]) for length in range(len(j.path) - 1, 0, -1))
    county = county_code(j.level, j.adcode) or next((code for code in above if code), None)
    return (case_id, article_id, nr, j.name, j.level, j.adcode, *named, county, pack(j.path), j.via, pack(j.sections))


def finding_ids(article_id: str, layer: Layer, findings: Sequence[Finding]) -> list[str]:
    """Ids of the findings of a layer."""
    return _ids(article_id, layer.letter, [(finding.start, finding.end) for finding in findings])


def case_of(article_id: str, record: CaseRecord, at: int) -> str | None:
    """Id of the case that a finding at `at` belongs to; null where it is nobody's."""
    return _case_of(_cases(article_id, record), at)


def _cases(article_id: str, record: CaseRecord) -> list[tuple[str, Jurisdiction]]:
    in_library = () if record.kind == "other" else record.jurisdictions
    return [(f"{article_id}-c{nr}", jurisdiction) for nr, jurisdiction in enumerate(in_library)]


def _ids(article_id: str, letter: str, spans: Iterable[Range]) -> list[str]:
    """Ids that say what they are and never collide: article, layer and span, numbered where a layer has a span
    twice. They begin with the article, so the rows of one article lie together in every index."""
    seen: dict[Range, int] = {}
    ids = []
    for span in spans:
        seen[span] = again = seen.get(span, 0) + 1
        ids.append(f"{article_id}-{letter}{span[0]}-{span[1]}" + (f"-{again}" if again > 1 else ""))
    return ids


def _case_of(cases: Sequence[tuple[str, Jurisdiction]], at: int) -> str | None:
    """The case that a finding belongs to: the one whose part of the article it stands in, or the only one. In the
    lead of a roundup it is nobody's: giving it to the first locality would be a guess."""
    whole: str | None = None
    for id_, jurisdiction in cases:
        if any(start <= at < end for start, end in jurisdiction.sections):
            return id_
        if whole is None and not jurisdiction.sections:
            whole = id_
    if len(cases) == 1:
        return cases[0][0]
    return whole


def article(values: Mapping[str, Any]) -> Article:
    """The article of a row."""
    return Article(
        source=values["source"],
        raw=values["raw"],
        media_type=values["media_type"],
        encoding=values["encoding"],
        columns=Columns(**{name: values[f"column_{name}"] for name in Columns.model_fields}),
    )


def record(
    values: Mapping[str, Any],
    cases: Sequence[Mapping[str, Any]],
    layers: Mapping[str, Sequence[dict[str, Any]]],
    roles: Sequence[Mapping[str, Any]],
) -> CaseRecord:
    """The record of the rows of one article; rows of a table in the order of `nr`, either those as extracted or those
    that stand after review: links lead to what stands there, or nowhere where it was rejected."""
    nrs = {
        str(each["id"]).removesuffix(REVIEWED): nr
        for name in ("measures", "actions")
        for nr, each in enumerate(layers[name])
    }
    jurisdictions = [
        Jurisdiction(name=c["name"], level=c["level"], adcode=c["adcode"], path=unpack(c["path"]), via=c["via"],
                     sections=unpack(c["sections"])) for c in cases
    ] or [Jurisdiction.model_validate(item) for item in unpack(values["about"])]  # fmt: skip
    return CaseRecord.model_validate({
        "file": values["file"],
        "source": values["source"],
        "article_id": values["id"],
        "version": values["version"],
        "kind": values["kind"],
        "meta": Meta(
            title=values["title"], published=values["published"], outlet=values["outlet"],
            authors=None if values["authors"] is None else json.loads(values["authors"]),
            contributor=values["contributor"], script=values["script"],
        ),
        "jurisdictions": tuple(jurisdictions),
        "body": unpack(values["body"]),
        "captions": unpack(values["captions"]),
        "summary": unpack(values["summary"]),
        "changes": _unpack_changes(values["raw"], values["changes"]),
        "roles": tuple(SentenceRole(start=r["start"], end=r["end"], role=r["role"], rule=r["rule"]) for r in roles),
        **{layer.name: tuple(load(layer, item, nrs) for item in layers[layer.name]) for layer in LAYERS},
    })  # fmt: skip
