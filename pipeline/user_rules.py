"""Corrections and additions that may become rules of the user's own, which the next run reads (`--rules`).

Only what the extractors read: a measure's title becomes a cue of its category (`categories.toml`), a name of a division
one of its names (`aliases.tsv`), the name of a village one of its township's or county's (`villages.tsv`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from extractors.measures.categories import load_categories
from extractors.places.gazetteer import load_gazetteer
from extractors.rules import BadRules
from models.article import Article
from models.review import Review
from pipeline.normalise import normalise

CUE = 3
"""Weight of a title as a cue: the words alone settle the category."""
SHORTEST = 2
COLUMNS = {"aliases.tsv": "alias\tcode\tsource", "villages.tsv": "name\tparent\tsource"}
"""First line of each table of names."""

_QUOTABLE = re.compile(r'[^"\\\x00-\x1f\x7f]+')


class Rule(NamedTuple):
    """One rule that a correction gives."""

    file: str
    key: str
    """The words: a title, a name."""
    value: str
    """What they say: a category, a code."""
    source: str
    """Who corrected it and when."""


class Unruly(NamedTuple):
    """A correction that gives no rule, and why not."""

    review: Review
    problem: str


def rules_from(reviews: Iterable[Review]) -> tuple[list[Rule], list[Unruly]]:
    """Rules of the corrections, in their order, each once; and the corrections of a category or a code that give none.
    Where two corrections contradict each other, neither does."""
    found: dict[tuple[str, str], tuple[Rule, Review]] = {}
    refused: list[Unruly] = []
    clashing: set[tuple[str, str]] = set()
    for review in reviews:
        if review.decision not in ("corrected", "added") or not (rule := _rule(review)):
            continue
        if isinstance(rule, Unruly):
            refused.append(rule)
            continue
        known = found.setdefault((rule.file, rule.key), (rule, review))
        if known[0].value != rule.value:
            clashing.add((rule.file, rule.key))
            refused.append(Unruly(review, f"{rule.key} is {known[0].value} in another correction"))
    return [rule for at, (rule, _) in found.items() if at not in clashing], refused


def _rule(review: Review) -> Rule | Unruly | None:
    was, value = review.was or {}, review.value or {}
    source = f"{review.reviewer}, {review.at[:10]}".replace("\t", " ").replace("\n", " ")
    if review.layer == "measures" and value.get("category") != was.get("category") and value.get("category"):
        title = str(value["title"].get("norm") or value["title"]["text"])
        if value["category"] not in load_categories().codes:
            return Unruly(review, f"there is no category {value['category']}")
        if len(title) < SHORTEST or not _QUOTABLE.fullmatch(title):
            return Unruly(review, "the title has no words that a cue could be")
        return Rule("categories.toml", title, str(value["category"]), source)
    if review.layer == "places" and value.get("adcode") != was.get("adcode") and value.get("adcode"):
        gazetteer, code = load_gazetteer(), str(value["adcode"])
        name = normalise(Article(source="name", raw=review.text)).text.strip()
        if code not in gazetteer.divisions:
            return Unruly(review, f"the table of divisions has no code {code}")
        if any(reading.code == code for reading in gazetteer.forms.get(name, ())):
            return Unruly(review, f"{name} is known as a name of {code}; here the article decided otherwise")
        if len(name) < SHORTEST or not _QUOTABLE.fullmatch(name):
            return Unruly(review, "the name is too short to be told from other words")
        return Rule("aliases.tsv", name, code, source)
    if review.layer == "places" and value.get("level") == "village" and value.get("path") != was.get("path"):
        return _village(review, value.get("path"), source)
    return None


def _village(review: Review, path: object, source: str) -> Rule | Unruly:
    """A village of the division that its path ends in, itself left out: 山西省, 大同市, 灵丘县, 武灵镇, (黑石村)."""
    gazetteer = load_gazetteer()
    name = normalise(Article(source="name", raw=review.text)).text.strip()
    above = [str(part) for part in path] if isinstance(path, (list, tuple)) else []
    if above and above[-1].removesuffix("村") == name.removesuffix("村"):
        above.pop()
    readings = gazetteer.forms.get(above[-1], ()) if above else ()
    fitting = {
        reading.code
        for reading in readings
        if gazetteer.path(reading.code) == tuple(above)
        and gazetteer.divisions[reading.code].level in ("county", "township")
    }
    if len(fitting) != 1:
        return Unruly(
            review, f"{' '.join(above) or 'its path'} leads to no township or county of the table of divisions"
        )
    if len(name) < SHORTEST or not _QUOTABLE.fullmatch(name):
        return Unruly(review, "the name is too short to be told from other words")
    return Rule("villages.tsv", name, fitting.pop(), source)


def write_rules(rules: Iterable[Rule], folder: Path) -> list[Path]:
    """Add rules to the files of a rules folder, which keep what they hold; the files written. BadRules."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = list(rules)
    written = []
    for name, add in (("categories.toml", _cues), ("aliases.tsv", _rows), ("villages.tsv", _rows)):
        own = [rule for rule in rules if rule.file == name]
        path = folder / name
        if own:
            path.write_text(add(path.read_text("utf-8") if path.exists() else "", own, path), "utf-8")
            written.append(path)
    return written


def _cues(text: str, rules: list[Rule], path: Path) -> str:
    """The TOML with the cues added. Lines go under the table's own heading: TOML lets a table be opened only once."""
    held = _parsed(text, path)
    lines = text.splitlines() or ["# Titles that reviewers gave another category."]
    for rule in rules:
        if rule.key in held.get(rule.value, {}).get("cues", {}):
            continue
        line = f'"{rule.key}" = {CUE} # {rule.source}'
        heading = f"[{rule.value}.cues]"
        if heading in lines:
            lines.insert(lines.index(heading) + 1, line)
        else:
            lines += ["", heading, line]
    out = "\n".join(lines) + "\n"
    _parsed(out, path)
    return out


def _parsed(text: str, path: Path) -> dict[str, dict[str, dict[str, int]]]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRules(file=path, problem=f"not readable as TOML ({error})") from error


def _rows(text: str, rules: list[Rule], path: Path) -> str:
    lines = text.splitlines() or [COLUMNS[path.name]]
    held = {line.split("\t")[0] for line in lines}
    return "\n".join([*lines, *(f"{r.key}\t{r.value}\t{r.source}" for r in rules if r.key not in held)]) + "\n"
