"""All places of a text, found and linked: the one function behind the component, `where` and the tests."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.places.accept import acceptor, one_reading, sibling_lists
from extractors.places.chain import link_chains
from extractors.places.edges import MARK, NONE, PLACE, SINGLE, Hints, boundary
from extractors.places.evidence import Anchors, from_meta
from extractors.places.gazetteer import Gazetteer, Reading, load_gazetteer
from extractors.places.lexicon import Lexicon, load_lexicon
from extractors.places.link import anchor_certain, link
from extractors.places.lists import Listed, find_lists, village_mentions
from extractors.places.matching import Matcher, build_matcher, find_divisions, related
from extractors.places.mention import Mention
from extractors.places.own_villages import OwnVillage, add_own_villages, load_own_villages
from extractors.places.packages import many_objects
from extractors.places.patterns import ZONE, Patterns, build_patterns, find_townships, find_villages, find_zones
from extractors.places.towns import short_towns
from extractors.places.villages import CLEAR, Region, bare_villages, place_in, settle_villages
from extractors.rules import until_changed
from models.document import Meta

COMPASS = re.compile("[东西][南北]")
"""A name does not begin inside the words of the compass: 西南 + 山区."""


class Tools(NamedTuple):
    """Everything that is built once a process."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    matcher: Matcher
    patterns: Patterns
    gaps: frozenset[str]
    own_villages: tuple[OwnVillage, ...]
    """The user's."""


class Scene(NamedTuple):
    """What was read, in order, and the anchors that decided."""

    mentions: list[Mention]
    anchors: Anchors


@until_changed
@many_objects()
def load_tools(rules: str | None = None) -> Tools:
    """Gazetteer, word lists and automaton; under a second. `rules`: folder of the user's own rules."""
    gazetteer, lexicon = load_gazetteer(rules), load_lexicon(rules)
    return Tools(
        gazetteer,
        lexicon,
        build_matcher(gazetteer, lexicon),
        build_patterns(lexicon),
        frozenset(lexicon.words["chain"]["gaps"]),
        load_own_villages(gazetteer, rules),
    )


def read_places(
    text: str, regions: Sequence[Region], tools: Tools, meta: Meta | None = None, hints: Hints | None = None
) -> Scene:
    """Mentions of `text` inside `regions` (in order, without overlap), linked."""
    meta, hints = meta or Meta(), hints or Hints()
    gazetteer, lexicon = tools.gazetteer, tools.lexicon
    divisions = list(_inside(find_divisions(text, tools.matcher, gazetteer), regions))
    divisions = _well_bounded(divisions, text, lexicon, hints, gazetteer)
    by_end = {m.end: m for m in divisions if not m.bare or m.text not in lexicon.short.counties}
    listed = list(find_lists(text, lexicon, by_end.keys(), hints))
    found = [
        *find_zones(text, tools.patterns, by_end, hints),
        *find_townships(text, tools.patterns, by_end.keys(), hints),
    ]
    for mention in found:
        by_end.setdefault(mention.end, mention)
    bare = {m.end: all(reading.code[4:] != "00" for reading in m.readings) for m in divisions if m.bare}
    wide = {m.end for m in divisions if all(reading.code[4:] == "00" for reading in m.readings)}
    found += find_villages(text, tools.patterns, by_end.keys(), bare, wide, hints)
    found += village_mentions(listed, text)
    found += bare_villages(text, divisions, lexicon)
    spans = _chain_spans(divisions, gazetteer)
    found = [mention for mention in found if (mention.start, mention.end) not in spans]
    mentions = _without_overlap(divisions, list(_inside(found, regions)))
    link_chains(mentions, text, tools.gaps, gazetteer)
    anchors = Anchors(gazetteer)
    from_meta(meta, anchors, tools.matcher, gazetteer, lexicon)
    anchor_certain(mentions, anchors, gazetteer)
    mentions = _accept(mentions, text, tools, anchors, hints, listed)
    mentions = _add_towns(mentions, listed, text, tools, anchors, regions)
    link(mentions, anchors, gazetteer, _year(meta))
    more = short_towns(mentions, text, gazetteer, lexicon, hints, regions)
    mentions = sorted([*mentions, *more], key=lambda m: (m.start, m.end))
    if tools.own_villages:
        mentions = add_own_villages(mentions, text, tools.own_villages, regions)
    mentions = settle_villages(mentions, text, hints, regions)
    place_in(text, mentions, gazetteer)
    return Scene(mentions, anchors)


def _year(meta: Meta) -> int | None:
    return int(meta.published[:4]) if meta.published else None


def _inside(mentions: Iterable[Mention], regions: Sequence[Region]) -> Iterable[Mention]:
    """Mentions that lie in a region, with `shown` set from it."""
    at = 0
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        while at < len(regions) and regions[at].end <= mention.start:
            at += 1
        if at < len(regions) and mention.start >= regions[at].start and mention.end <= regions[at].end:
            mention.shown = regions[at].shown
            yield mention


def _well_bounded(
    divisions: list[Mention], text: str, lexicon: Lexicon, hints: Hints, gazetteer: Gazetteer
) -> list[Mention]:
    """Without names that begin inside another word or name: 和县 of 省和县, 新镇 of 高新镇, 巴彦 of 巴彦图嘎嘎查."""
    by_end = {mention.end: mention for mention in divisions}
    ends = {*by_end, *(match.end() for match in ZONE.finditer(text))}
    starts = {mention.start for mention in divisions}
    edges = {m.start: boundary(text, m.start, lexicon, ends, hints) for m in divisions if not m.bare}
    good = {m.text for m in divisions if edges.get(m.start, NONE) > NONE}
    tiny = _tiny_counties(divisions, edges, hints)
    kept = []
    for mention in divisions:
        before = by_end.get(mention.start)
        if (
            before is None
            and not mention.bare
            and COMPASS.fullmatch(text, max(0, mention.start - 1), mention.start + 1)
        ):
            continue
        if mention.bare:
            if before is not None and not before.bare and not related(before, mention, gazetteer):
                continue
        elif len(mention.text) == 2 and mention.end not in starts:
            edge = edges[mention.start]
            likely = edge >= SINGLE and mention.text in tiny and text[mention.end : mention.end + 1] not in ("级", "域")
            if edge < PLACE and not likely:
                continue
        elif edges[mention.start] == NONE and mention.text not in good and mention.readings[-1].code[6:]:
            continue
        kept.append(mention)
    return kept


def _tiny_counties(divisions: list[Mention], edges: dict[int, float], hints: Hints) -> frozenset[str]:
    """Names of two characters (威县, 和县) that the article makes likely: a parent is named, the tagger sees a place,
    or the name begins a clause more than once."""
    others = [mention for mention in divisions if len(mention.text) > 2 or mention.bare]
    named = {reading.code for mention in others for reading in mention.readings}
    opening: dict[str, int] = {}
    likely = set()
    for mention in divisions:
        if mention.bare or len(mention.text) != 2:
            continue
        if edges[mention.start] >= MARK:
            opening[mention.text] = opening.get(mention.text, 0) + 1
        parents = {code[:4] + "00" for code in (reading.code for reading in mention.readings)}
        parents |= {code[:2] + "0000" for code in parents}
        if mention.start in hints.located or not parents.isdisjoint(named):
            likely.add(mention.text)
    return frozenset(likely | {name for name, count in opening.items() if count > 1})


def _chain_spans(divisions: list[Mention], gazetteer: Gazetteer) -> set[tuple[int, int]]:
    """Spans of two short names that are one chain: 河南新乡 is no township 河南新."""
    return {
        (upper.start, lower.end)
        for upper, lower in itertools.pairwise(divisions)
        if upper.bare and lower.bare and upper.end == lower.start and related(upper, lower, gazetteer)
    }


def _without_overlap(divisions: list[Mention], found: list[Mention]) -> list[Mention]:
    """One list in order. An official name goes before a pattern, a pattern before a short name that it covers."""
    official = [m for m in divisions if not m.bare]
    taken = _Taken(official)
    chosen = list(official)
    rank = {"zone": 0, "village_list": 1, "village": 2, "township": 3, "village_bare": 4}
    for mention in sorted(found, key=lambda m: (rank[m.rule] if m.score >= CLEAR else 9, m.start, -m.end)):
        if taken.free(mention):
            taken.add(mention)
            chosen.append(mention)
    for mention in divisions:
        if mention.bare and taken.free(mention):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: (m.start, m.end))


class _Taken:
    """Characters that belong to a name already."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._used: set[int] = set()
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        self._used.update(range(mention.start, mention.end))

    def free(self, mention: Mention) -> bool:
        return self._used.isdisjoint(range(mention.start, mention.end))


def _accept(
    mentions: list[Mention], text: str, tools: Tools, anchors: Anchors, hints: Hints, listed: list[Listed]
) -> list[Mention]:
    """Without the short names that are no places here. Two rounds: a name may lean on a neighbour accepted first."""
    judge = acceptor(text, tools.lexicon, tools.gazetteer, anchors, hints)
    counties = {(item.start, item.end) for item in listed if item.kind == "county"}
    known: set[int] = {at for m in mentions if not m.bare and m.readings for at in (m.start, m.end)}
    hard = tools.lexicon.short.hard
    siblings = sibling_lists([m for m in mentions if m.bare and m.text not in hard], text, tools.gazetteer)
    waiting = [m for m in mentions if m.bare]
    for _ in range(3):
        refused = []
        for mention in waiting:
            sure = (mention.start, mention.end) in counties or id(mention) in siblings
            if sure or judge(mention, frozenset(known)):
                _take(mention, anchors, tools.gazetteer)
                known.update((mention.start, mention.end))
            else:
                refused.append(mention)
        waiting = refused
    gone = {id(mention) for mention in waiting}
    for mention in waiting:
        if mention.right is not None:
            mention.right.left = None
        if mention.left is not None:
            mention.left.right = None
    return [mention for mention in mentions if id(mention) not in gone]


def _take(mention: Mention, anchors: Anchors, gazetteer: Gazetteer) -> None:
    if mention.left is None or mention.left.pattern:
        mention.readings = one_reading(mention, anchors, gazetteer)
    if len({reading.code for reading in mention.readings}) == 1:
        anchors.add(mention.readings[0].code, "short_name", mention.start)


def _add_towns(
    mentions: list[Mention],
    listed: list[Listed],
    text: str,
    tools: Tools,
    anchors: Anchors,
    regions: Sequence[Region],
) -> list[Mention]:
    """Townships of a list that names them without suffix, where an anchored county has townships of these names."""
    items = [item for item in listed if item.kind == "township"]
    if not items:
        return mentions
    counties = [
        code for code in sorted({*anchors.named, *anchors.above})
        if len(code) == 6 and tools.gazetteer.divisions[code].level in ("county", "prefecture")
    ]  # fmt: skip
    stems: dict[str, list[Reading]] = {}
    for county in counties:
        for short, code in tools.gazetteer.town_stems.get(county, {}).items():
            stems.setdefault(short, []).append(Reading(code, "town_short"))
    taken = _Taken(m for m in mentions if not m.bare)
    added = []
    for item in items:
        for start in (item.start, item.end - 2, item.end - 3):
            run = text[start : item.end]
            if start >= item.start and run in stems:
                mention = Mention(start, item.end, run, "town_stem", "township", tuple(stems[run]))
                if taken.free(mention):
                    added.append(mention)
                break
    covered = _Taken(added)
    kept = [mention for mention in mentions if covered.free(mention)]
    return sorted([*kept, *_inside(added, regions)], key=lambda m: (m.start, m.end))
