"""Villages of one article together: which weak ones are names, where a name begins, what holds each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.places.edges import Hints
from extractors.places.gazetteer import Gazetteer
from extractors.places.lexicon import Lexicon
from extractors.places.mention import Mention

CLEAR = 2.0
FAIR = 1.5
NEAR = 300
"""Characters within which a village without a chain lies in the division named next to it."""

COMMITTEE = re.compile(r"(?P<stem>[一-龥]{2,4}?)(?=(?:联合|片区|中心)?(?:党委|党总支|党支部|村委会|两委|村两委))")
"""What may follow a village that is named without 村 after its township: 景芝镇黑石头联合党委."""


class Region(NamedTuple):
    """A part of the text that is read. `shown`: its names are findings; else they are evidence only (a title)."""

    start: int
    end: int
    shown: bool


def bare_villages(text: str, divisions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Villages without suffix between their township and a committee of theirs."""
    endings = lexicon.words["village"]["bare_endings"]
    found = []
    for town in divisions:
        if not any(reading.code[6:] for reading in town.readings):
            continue
        match = COMMITTEE.match(text, town.end)
        if match and match["stem"][-1] in endings and not lexicon.common(match["stem"]):
            found.append(Mention(town.end, match.end(), match["stem"], "village_bare", "village", (), CLEAR))
    return found


def settle_villages(mentions: list[Mention], text: str, hints: Hints, regions: Sequence[Region]) -> list[Mention]:
    """Keep the villages that are clear, or that a clear one of the same name supports; mend edges by the clear ones;
    add their other occurrences."""
    patterns = [m for m in mentions if m.rule in ("village", "township")]
    trusted = {m.text for m in patterns if _trusted(m, hints)}
    kept = [m for m in mentions if m.rule not in ("village", "township") or _keep(m, text, trusted, hints)]
    return _again(kept, text, trusted, regions)


def _trusted(mention: Mention, hints: Hints) -> bool:
    if mention.rule == "township":
        return mention.left is not None or mention.right is not None
    return mention.score >= CLEAR + 0.2 and (len(mention.text) > 2 or mention.left is not None)


def _keep(mention: Mention, text: str, trusted: set[str], hints: Hints) -> bool:
    if mention.rule == "township" and mention.left is None and mention.right is None:
        # A township that is not in the table needs a parent, a village, or the tagger to vouch for it.
        return mention.text in trusted or (mention.score >= CLEAR and mention.start in hints.located)
    for length in range(2, 10):
        start = mention.end - length
        if start < 0 or start == mention.start:
            continue
        run = text[start : mention.end]
        if run in trusted and (mention.text not in trusted or (start < mention.start and mention.left is None)):
            if start > mention.start and mention.left is not None:
                continue
            mention.start, mention.text, mention.score = start, run, CLEAR
            return True
    if mention.text in trusted or mention.score >= CLEAR or (mention.left is not None and mention.score >= FAIR):
        return True
    return mention.score >= FAIR and mention.start in hints.located


def _again(mentions: list[Mention], text: str, trusted: set[str], regions: Sequence[Region]) -> list[Mention]:
    """Add occurrences of clear names that their own context did not show."""
    used: set[int] = set()
    for mention in mentions:
        used.update(range(mention.start, mention.end))
    first = {m.text: m for m in reversed(mentions) if m.text in trusted}
    added = []
    for name in sorted(trusted, key=lambda each: (-len(each), each)):
        model = first.get(name)
        if model is None or len(name) < 3:
            continue
        for region in regions:
            at = text.find(name, region.start, region.end)
            while at >= 0:
                if used.isdisjoint(range(at, at + len(name))) and text[
                    at + len(name) : at + len(name) + 1
                ] not in tuple("民级庄"):
                    added.append(Mention(at, at + len(name), name, model.rule, model.level, (), CLEAR, region.shown))
                    used.update(range(at, at + len(name)))
                at = text.find(name, at + 1, region.end)
    return sorted([*mentions, *added], key=lambda m: (m.start, m.end))


LIES = re.compile(r"[^。！？]{0,6}(?:地处|位于|坐落于?|隶属于?|属于?)$")


def place_in(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Give villages, zones and unlisted townships the division that holds them: by their chain, by another mention of
    theirs, else the division that the same paragraph named last."""
    chained: dict[str, tuple[str | None, str | None]] = {}
    for mention in mentions:
        if mention.pattern and mention.left is not None:
            upper = mention.left
            if upper.pattern:
                mention.parent, mention.parent_name = upper.parent, upper.text
            else:
                mention.parent = upper.code
            if mention.parent:
                mention.via = "chain"
                known = chained.get(stem_of(mention))
                if known is None or len(known[0] or "") < len(mention.parent):
                    chained[stem_of(mention)] = (mention.parent, mention.parent_name)
    for mention in mentions:
        known = chained.get(stem_of(mention)) if mention.pattern else None
        if known and (mention.parent is None or len(mention.parent) < len(known[0] or "")):
            mention.parent, mention.parent_name = known
            mention.via = mention.via or "same_name"
    _nearest(text, mentions, gazetteer)
    _nearest(text, mentions[::-1], gazetteer)


def _nearest(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
    """Give the rest the county or township that was named last before them, in the order of `mentions`."""
    last: Mention | None = None
    for mention in mentions:
        if mention.pattern:
            if mention.parent is None and last is not None and abs(mention.start - last.end) < NEAR:
                mention.parent, mention.via = last.code, "nearest_parent"
                mention.confidence, mention.reason = "medium", "no chain: the division that is named next to it"
        elif (
            mention.code
            and gazetteer.divisions[mention.code].level in ("county", "township")
            and (last is None or not _locates(text, mention, last))
        ):
            last = mention


def _locates(text: str, county: Mention, town: Mention) -> bool:
    """Whether a county is named only to say where the town before it lies: 青石镇地处某某县南部."""
    if not (town.code or "").startswith(county.code or "-") or town.code == county.code:
        return False
    opening = county
    while opening.left is not None:
        opening = opening.left
    return LIES.match(text, town.end, opening.start) is not None


def stem_of(mention: Mention) -> str:
    """Village name without its suffix, so that 周老实 and 周老实村 are one."""
    return mention.text.removesuffix("村") if mention.level == "village" else mention.text
