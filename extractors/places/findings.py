"""Mentions to `Place` records."""

from __future__ import annotations

from importlib.metadata import version

from extractors.places.gazetteer import Gazetteer
from extractors.places.mention import Mention
from models.place import Level, Place
from models.span import provenance

NAME = "places"
VERSION = version("anliku")


def official_name(mention: Mention) -> str:
    """The full name as the article gives it: 周老实 → 周老实村, 石桥街道办事处 → 石桥街道."""
    if mention.level == "village" and mention.rule in ("village_list", "village_bare"):
        return f"{mention.text}村"
    if mention.level == "township":
        return mention.text.removesuffix("办事处")
    return mention.text


def path_of(mention: Mention, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Official names from the province down to the place, as far as the article tells."""
    if mention.code is not None:
        return gazetteer.path(mention.code)
    if not mention.pattern:
        return ()
    above = gazetteer.path(mention.parent) if mention.parent else ()
    between = (mention.parent_name,) if mention.parent_name else ()
    return (*above, *between, official_name(mention))


def to_place(mention: Mention, gazetteer: Gazetteer, nbs_code: str | None = None) -> Place:
    """The record of a mention; `nbs_code` from the user's own village list."""
    level: Level = mention.level or "county"
    return Place(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        norm=mention.text,
        level=level,
        adcode=mention.code,
        path=path_of(mention, gazetteer),
        via=mention.via,
        candidates=mention.candidates,
        nbs_code=nbs_code,
        provenance=provenance(
            extractor=NAME,
            rule=f"places.{mention.rule}",
            version=VERSION,
            confidence="medium" if mention.pattern and mention.score < 2.0 else mention.confidence,
            reason=mention.reason,
        ),
    )
