"""Precision, recall and F1 of records against gold files, a layer at a time, by the rules of the annotation guide.

Gold and records are plain JSON objects with the same keys. Finds that touch an optional gold span count neither way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import BadGold, NoGold

Json = dict[str, Any]
Pairs = list[tuple[int, int]]

SPAN_LAYERS = ("places", "programmes", "documents", "persons", "organisations")
SAME_SPAN = 0.999
QUANTITY_OVERLAP = 0.3
MEASURE_OVERLAP = 0.5
TITLE_OVERLAP = 0.8
ACTION_OVERLAP = 0.6
ALIKE = 0.6
"""Share of characters that two indicator names must have in common."""


@dataclass
class Score:
    """Counts of one layer. `kind` f1: spans found; `share`: attributes right (then `found` equals `gold`)."""

    kind: str
    right: int = 0
    gold: int = 0
    found: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right of those found; 1 where there was nothing to find and nothing was found."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Right of those in gold."""
        return self.right / self.gold if self.gold else float(not self.found)

    @property
    def value(self) -> float:
        """F1, or the share of attributes that are right."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def check(self, ok: bool, note: str) -> None:
        """Count one attribute."""
        self.gold += 1
        self.found += 1
        self.right += ok
        if not ok:
            self.misses.append(note)


class Scores(dict[str, Score]):
    """A score a layer, made when first asked for."""

    def f1(self, layer: str) -> Score:
        """The score of a layer of spans."""
        return self.setdefault(layer, Score("f1"))

    def share(self, layer: str) -> Score:
        """The score of an attribute."""
        return self.setdefault(layer, Score("share"))


def read_gold(directory: Path) -> dict[str, Json]:
    """Gold records by article name (file stem), sorted. NoGold, BadGold."""
    gold: dict[str, Json] = {}
    for path in sorted(directory.glob("*.json")):
        try:
            record = json.loads(path.read_text("utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise BadGold(path=path, problem=error) from error
        if not isinstance(record, dict) or not {"kind", "body", "meta"} <= record.keys():
            raise BadGold(path=path, problem="it has no kind, body and meta")
        gold[path.stem] = record
    if not gold:
        raise NoGold(path=directory)
    return gold


def evaluate(gold: dict[str, Json], records: dict[str, Json]) -> Scores:
    """Scores of `records` (by article name) against `gold`; an article without a record scores nothing right."""
    scores = Scores()
    for name, want in gold.items():
        have = records.get(name, {})
        _article(scores, name, want, have)
        for layer in SPAN_LAYERS:
            g, f = want.get(layer) or [], have.get(layer) or []
            pairs = match(g, f, overlap_share, SAME_SPAN)
            _tally(scores.f1(layer), name, g, f, pairs)
            if layer == "places":
                _codes(scores, name, g, f, dict(pairs))
        _quantities(scores, name, want.get("quantities") or [], have.get("quantities") or [])
        _measures(scores, name, want.get("measures") or [], have.get("measures") or [])
        g, f = want.get("actions") or [], have.get("actions") or []
        _tally(scores.f1("actions"), name, g, f, match(g, f, overlap_share, ACTION_OVERLAP))
    return scores


def overlap(a: Json, b: Json) -> int:
    """Characters that two spans share; zero or less where they do not touch."""
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def overlap_share(a: Json, b: Json) -> float:
    """Intersection over union of two spans, 0 to 1."""
    shared = overlap(a, b)
    return shared / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if shared > 0 else 0.0


def match(gold: list[Json], found: list[Json], likeness: Callable[[Json, Json], float], least: float) -> Pairs:
    """One-to-one pairs of indices, the most alike first, none below `least`."""
    ranked = sorted(
        (-score, i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if overlap(g, f) > 0 and (score := likeness(g, f)) >= least
    )
    pairs: Pairs = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in ranked:
        if i not in used_gold and j not in used_found:
            pairs.append((i, j))
            used_gold.add(i)
            used_found.add(j)
    return pairs


def _article(scores: Scores, name: str, want: Json, have: Json) -> None:
    scores.share("kind").check(want["kind"] == have.get("kind"), f"{name} {want['kind']} / {have.get('kind')}")
    wanted, got = set(_letters(want["body"])), set(_letters(have.get("body") or []))
    body = scores.f1("body")
    body.right += len(wanted & got)
    body.gold += len(wanted)
    body.found += len(got)
    meta = have.get("meta") or {}
    for key, value in want["meta"].items():
        scores.share("meta").check(
            (value or None) == (meta.get(key) or None), f"{name} {key}: {value} / {meta.get(key)}"
        )
    if want["kind"] == "case" and want["jurisdictions"]:
        first, mine = want["jurisdictions"][0], (have.get("jurisdictions") or [{}])[0]
        same = first["adcode"] == mine.get("adcode") and first["name"] == mine.get("name")
        scores.share("jurisdiction").check(
            same, f"{name} {first['name']} {first['adcode']} / {mine.get('name')} {mine.get('adcode')}"
        )


def _letters(ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    for start, end in ranges:
        yield from range(start, end)


def _tally(
    score: Score,
    name: str,
    gold: list[Json],
    found: list[Json],
    pairs: Pairs,
    good: Callable[[Json, Json], bool] = lambda g, f: True,
) -> None:
    hits = {(i, j) for i, j in pairs if not gold[i].get("optional") and good(gold[i], found[j])}
    paired = {j for _, j in pairs}
    free = {j for i, j in pairs if gold[i].get("optional")} | {
        j for j, f in enumerate(found) if j not in paired and any(g.get("optional") and overlap(g, f) > 0 for g in gold)
    }
    required = [i for i, g in enumerate(gold) if not g.get("optional")]
    score.right += len(hits)
    score.gold += len(required)
    score.found += len(found) - len(free)
    hit_gold, hit_found = {i for i, _ in hits}, {j for _, j in hits}
    score.misses += [f"{name} miss  {_show(gold[i])}" for i in required if i not in hit_gold]
    score.misses += [f"{name} extra {_show(f)}" for j, f in enumerate(found) if j not in free | hit_found]


def _show(span: Json) -> str:
    text = span["title"]["text"] if "title" in span else span.get("text", "")
    value = f" = {span['min']} to {span['max']} {span.get('unit')}" if "min" in span else ""
    return f"[{span['start']}, {span['end']}) {text:.60}{value}"


def _codes(scores: Scores, name: str, gold: list[Json], found: list[Json], pairs: dict[int, int]) -> None:
    code, trust = scores.share("places.code"), scores.share("places.code_trust")
    for i, place in enumerate(gold):
        if not place.get("adcode"):
            continue
        got = found[pairs[i]].get("adcode") if i in pairs else None
        note = f"{name} {place['text']} {place['adcode']} / {got}"
        if not place.get("optional"):
            code.check(got == place["adcode"], note)
        if got:
            trust.check(got == place["adcode"], note)


def _quantities(scores: Scores, name: str, gold: list[Json], found: list[Json]) -> None:
    pairs = match(gold, found, lambda g, f: overlap_share(g, f) + 2 * _same_value(g, f), QUANTITY_OVERLAP)
    _tally(scores.f1("quantities"), name, gold, found, pairs,
           lambda g, f: _same_value(g, f) and (g.get("unit") or None) == (f.get("unit") or None))  # fmt: skip
    for i, j in pairs:
        g, f = gold[i], found[j]
        if g.get("optional"):
            continue
        same = {
            "bound": g["bound"] == f.get("bound"),
            "status": g["status"] == f.get("status"),
            "indicator": _alike(g.get("indicator"), f.get("indicator")),
            "code": g.get("code") == f.get("code"),
            "rate": _listed(g.get("rate")) == _listed(f.get("rate")),
            "time": (g.get("time") or None) == (f.get("time") or None),
        }
        for key, ok in same.items():
            scores.share(f"quantities.{key}").check(
                ok, f"{name} {g['text']} ({g.get('indicator')}) {g.get(key)} / {f.get(key)}"
            )


def _same_value(g: Json, f: Json) -> bool:
    return all(_same_number(g[key], f.get(key)) for key in ("min", "max"))


def _same_number(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 1e-9 * max(1.0, abs(a))


def _alike(a: str | None, b: str | None) -> bool:
    if not a or not b:
        return not a and not b
    return a in b or b in a or 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b))) >= ALIKE


def _listed(rate: str | list[str] | None) -> list[str]:
    return sorted(rate if isinstance(rate, list) else [rate] if rate else [])


def _measures(scores: Scores, name: str, gold: list[Json], found: list[Json]) -> None:
    def likeness(g: Json, f: Json) -> float:
        return max(overlap_share(g, f), overlap_share(g["title"], f["title"]))

    pairs = match(gold, found, likeness, MEASURE_OVERLAP)
    _tally(scores.f1("measures"), name, gold, found, pairs)
    for i, j in pairs:
        g, f = gold[i], found[j]
        if g.get("optional"):
            continue
        title = g["title"]["text"]
        scores.share("measures.category").check(
            g["category"] == f.get("category"), f"{name} {title} {g['category']} / {f.get('category')}"
        )
        scores.share("measures.title").check(
            overlap_share(g["title"], f["title"]) >= TITLE_OVERLAP, f"{name} {title} / {f['title']['text']}"
        )
