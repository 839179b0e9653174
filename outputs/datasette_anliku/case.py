"""The case page: an article's case as a printed library tells it, beside the article itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from models.article import Article
from models.case import CaseRecord
from models.measure import Action, Measure, SentenceRole
from models.quantity import Quantity
from models.span import Finding
from outputs.article_name import name_sql
from outputs.datasette_anliku.passages import keys, paragraphs
from outputs.doubts import doubts
from outputs.labels import limit, value
from outputs.library import BY_ID, Library
from outputs.outline import outline
from outputs.quotes import link, reading, safe, visible

NAMED = ("programmes", "documents", "persons", "organisations", "honours")


class Value(NamedTuple):
    """A finding as it stands in the case, with the key of its passage."""

    key: str
    text: str
    note: str = ""


class Number(NamedTuple):
    """A quantity as an editor writes it; codes are named by the page."""

    key: str
    indicator: str
    code: str | None
    value: str
    rates: tuple[str, ...]
    time: str
    status: str
    threshold: str
    owner: str
    text: str
    confidence: str
    optional: bool


class Act(NamedTuple):
    """An action with its numbers."""

    key: str
    text: str
    optional: bool
    numbers: list[Number]


class Step(NamedTuple):
    """A measure with what belongs to it; the last may hold the actions of no measure."""

    key: str
    nr: int
    title: str
    category: str | None
    section: str
    case: str
    acts: list[Act]
    numbers: list[Number]


class Several(NamedTuple):
    """The same name in several passages."""

    text: str
    note: str
    code: str | None
    """Code of the county, where it has a page."""
    level: str
    keys: list[str]


def case(
    library: Library, article_id: str, pending: tuple[int, int] | None = None, spoken: str = "zh"
) -> dict[str, Any]:
    """What the template needs of an article; NoSuchArticle where there is none. `pending`: the raw run under review;
    `spoken`: the language of what is said about doubts."""
    article, record = library.article(article_id), library.record(article_id, reviewed=True)
    own = keys(library, article_id)
    numbers = [_number(q, key) for q, key in zip(record.quantities, own["quantities"], strict=True)]
    return {
        "article": article,
        "record": record,
        "title": safe(next(library.rows(f"SELECT {name_sql('a')} FROM articles a WHERE a.id = ?", (article_id,)))[0]),
        "link": link(article),
        "cases": list(library.query(f"SELECT * FROM cases WHERE article = {BY_ID} ORDER BY nr", (article_id,))),
        "lead": next(library.query(
            f"SELECT a.id, {name_sql('a')} AS title FROM duplicates d JOIN articles a ON a.id = d.lead_id"
            " WHERE d.article_id = ? AND d.lead_id <> d.article_id", (article_id,)), None),
        "summary": [visible(article, *run).strip() for run in record.summary],
        "parts": {role: _sentences(record, article, own["roles"], role)
                  for role in ("background", "practice", "result", "lesson", "quotation")},
        "steps": _steps(library, record, own, numbers),
        "outcomes": _values(record.outcomes, own["outcomes"]),
        "numbers": numbers,
        "times": _together((reading(t), t.value or "", None, "", key)
                           for t, key in zip(record.times, own["times"], strict=True)),
        "places": _together((reading(p), " › ".join(p.path), p.adcode if p.level == "county" else None, p.level, key)
                            for p, key in zip(record.places, own["places"], strict=True)),
        "names": {layer: named for layer in NAMED if (named := _names(record, layer, own[layer]))},
        "doubts": doubts(record, language=spoken),
        "paragraphs": list(paragraphs(record, article, own, pending)),
        "shown": [layer for layer in own if layer != "roles" and own[layer]],
        "counts": {layer: len(found) for layer, found in own.items()},
    }  # fmt: skip


def _sentences(record: CaseRecord, article: Article, own: list[str], role: str) -> list[Value]:
    # A heading is shown above its measures already.
    headings = {_bare(measure.section) for measure in record.measures if measure.section}

    def sentence(found: SentenceRole, key: str) -> Value:
        return Value(key, re.sub(r"\s+", " ", visible(article, found.start, found.end)).strip())

    said = (sentence(found, key) for found, key in zip(record.roles, own, strict=True) if found.role == role)
    return [one for one in said if _bare(one.text) not in headings]


def _bare(text: str) -> str:
    return re.sub(r"[\s。.:：]", "", text)


def _steps(library: Library, record: CaseRecord, own: dict[str, list[str]], numbers: list[Number]) -> list[Step]:
    whose = [row[0] for row in library.rows(
        "SELECT c.name FROM measures m LEFT JOIN cases c ON c.article = m.article AND c.id = m.case_id"
        f" WHERE m.article = {BY_ID} AND m.replaced = 0 ORDER BY m.nr",
        (record.article_id,))]  # fmt: skip
    several = len(record.jurisdictions) > 1
    # Findings are told apart by where they stand in the record: two may be equal.
    act_keys = {id(act): key for act, key in zip(record.actions, own["actions"], strict=True)}
    by_quantity = {id(q): number for q, number in zip(record.quantities, numbers, strict=True)}

    def acts(found: list[tuple[Action, list[Quantity]]]) -> list[Act]:
        return [Act(act_keys[id(act)], reading(act), act.optional, [by_quantity[id(q)] for q in q_s])
                for act, q_s in found]  # fmt: skip

    steps = []
    for nr, (measure, found, quantities) in enumerate(outline(record)):
        loose = [by_quantity[id(q)] for q in quantities]
        if isinstance(measure, Measure):
            of = whose[nr] or "" if several else ""
            key, section = own["measures"][nr], safe(measure.section or "").replace("\n", " ")
            steps.append(Step(key, nr + 1, reading(measure.title), measure.category, section, of, acts(found), loose))
        else:
            steps.append(Step("", 0, "", None, "", "", acts(found), loose))
    return steps


def _number(quantity: Quantity, key: str) -> Number:
    return Number(
        key=key,
        indicator=safe(quantity.indicator or ""),
        code=quantity.code,
        value=safe(value(quantity)),
        rates=quantity.rate,
        time=quantity.time or "",
        status=quantity.status,
        threshold=safe(limit(quantity.threshold)) if quantity.threshold else "",
        owner=safe(quantity.owner or ""),
        text=reading(quantity),
        confidence=quantity.provenance.confidence,
        optional=quantity.optional,
    )


def _values(findings: Iterable[Finding], own: list[str]) -> list[Value]:
    return [Value(key, reading(finding)) for finding, key in zip(findings, own, strict=True)]


def _names(record: CaseRecord, layer: str, own: list[str]) -> list[Several]:
    def note(finding: Finding) -> str:
        said = (getattr(finding, field, None) for field in ("role", "organisation", "number", "year"))
        return "，".join(str(one) for one in said if one)

    found = zip(record.layer(layer), own, strict=True)
    return _together((reading(finding), note(finding), None, "", key) for finding, key in found)


def _together(found: Iterable[tuple[str, str, str | None, str, str]]) -> list[Several]:
    """Equal names once, with all their passages."""
    seen: dict[tuple[str, str, str | None, str], list[str]] = {}
    for text, note, code, level, key in found:
        seen.setdefault((text, safe(note), code, level), []).append(key)
    return [Several(*what, keys=places) for what, places in seen.items()]
