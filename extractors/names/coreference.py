"""Organisations resolved inside an article: later mentions, short forms and 该公司, each with its full name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from extractors.either import either
from extractors.names.page import Page, Runs, provenance
from models.name import Organisation
from models.span import Confidence, Range


class Hit(NamedTuple):
    """A run read as a body, by which rule; `suffix` is the word for the kind of body, empty where there is none."""

    start: int
    end: int
    rule: str
    suffix: str
    confidence: Confidence = "high"
    reason: str | None = None


def resolve(page: Page, hits: list[Hit], taken: Runs, pronouns: re.Pattern[str]) -> list[Organisation]:
    """Later mentions, short forms and 该公司, each with the full name that it stands for."""
    text = page.text
    names: dict[str, Hit] = {}
    for hit in hits:
        names.setdefault(text[hit.start : hit.end], hit)
    runs: dict[Range, tuple[Hit, str | None]] = {(hit.start, hit.end): (hit, None) for hit in hits}
    spans = Runs((hit.start, hit.end) for hit in hits)
    short = {form: full for full, hit in names.items() for form in _short_forms(page, full, hit) if form not in names}
    forms = [name for name in [*names, *short] if len(name) > 2]
    if forms:
        again = re.compile(either(forms))
        for start, end in page.sentences:
            for match in again.finditer(text, start, end):
                if not spans.hit(*match.span()) and not taken.hit(*match.span()):
                    full = short.get(match.group())
                    later = Hit(*match.span(), "short_form" if full else "later_mention", "")
                    if full is None or match.start() > names[full].start:
                        runs[match.span()] = (later, full)
    for start, end in page.sentences:
        for match in pronouns.finditer(text, start, end):
            kind = match.group()[1:]
            before = bisect_left(hits, (match.start(),))
            near = next((hit for hit in reversed(hits[:before]) if kind in text[hit.start : hit.end]), None)
            if near:
                again_hit = Hit(*match.span(), "again", kind, "medium", "the nearest body of that kind before it")
                runs[match.span()] = (again_hit, text[near.start : near.end])
    return _organisations(text, runs, names)


def _short_forms(page: Page, full: str, hit: Hit) -> Iterator[str]:
    """石门县林业局 → 县林业局; (以下简称“…”)."""
    place = next((place for place in page.places_in(hit.start, hit.end)), None)
    if place and place[1] < hit.end and hit.rule in ("place", "place_field") and place[0] == hit.start:
        tail = full[place[1] - hit.start :]
        if len(tail) > 2 and full[place[1] - hit.start - 1] in "省市县区":
            yield full[place[1] - hit.start - 1] + tail
    if alias := re.match(
        "[(（](?:以下)?简称[:：]?[“「]?([^”」)）]{2,12})[”」]?[)）]", page.text[hit.end : hit.end + 24]
    ):
        yield alias[1]


def _organisations(text: str, runs: dict[Range, tuple[Hit, str | None]], names: dict[str, Hit]) -> list[Organisation]:
    found: list[Organisation] = []
    seen: set[str] = set()
    for (start, end), (hit, full) in sorted(runs.items()):
        if found and start < found[-1].end:
            continue
        name = text[start:end]
        canonical = full or _fuller(name, hit, names)
        found.append(
            Organisation(
                start=start,
                end=end,
                text=name,
                canonical=canonical,
                optional=name in seen or canonical is not None,
                provenance=provenance("organisations", hit.rule, hit.confidence, hit.reason),
            )
        )
        seen.add(name)
    return found


def _fuller(name: str, hit: Hit, names: dict[str, Hit]) -> str | None:
    """绿源公司 after 山东绿源农业科技有限公司: the longer name of the same kind that holds the brand."""
    brand = name[: -len(hit.suffix)] if hit.suffix and hit.rule in ("brand", "trade", "brand_after_place") else ""
    if len(brand) < 2:
        return None
    return next(
        (
            other
            for other, first in names.items()
            if other != name and brand in other and len(other) > len(name) and first.start < hit.start
        ),
        None,
    )
