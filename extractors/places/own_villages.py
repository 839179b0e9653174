"""Villages of the user's own list (`villages.tsv`), in articles that speak of where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.places.gazetteer import Gazetteer
from extractors.places.mention import Mention
from extractors.places.villages import Region
from extractors.rules import BadRules, read_tsv

FILE = "villages.tsv"
SURE = 3.0


class OwnVillage(NamedTuple):
    """A name and the code of the township or county that holds it."""

    name: str
    parent: str


def load_own_villages(gazetteer: Gazetteer, rules: str | None = None) -> tuple[OwnVillage, ...]:
    """The user's list, longest names first. BadRules where a parent has no place in the table of divisions."""
    found = []
    for row in read_tsv("extractors.places", FILE, rules):
        division = gazetteer.divisions.get(row["parent"])
        if division is None or division.level not in ("county", "township") or len(row["name"]) < 2:
            problem = (
                f"{row['name']!r} needs two characters, and {row['parent']!r} must be the code of a township or county"
            )
            raise BadRules(file=FILE, problem=problem)
        found.append(OwnVillage(row["name"], row["parent"]))
    return tuple(sorted(found, key=lambda village: (-len(village.name), village)))


def add_own_villages(
    mentions: list[Mention], text: str, villages: Sequence[OwnVillage], regions: Sequence[Region]
) -> list[Mention]:
    """The mentions with the villages of the list that lie in a county of the article; they take the place of what was
    found there by form alone. A chain before the name is stronger evidence than the list, and is kept."""
    named = {mention.code[:6] for mention in mentions if mention.code and len(mention.code) >= 6}
    for village in villages:
        if village.parent[:6] not in named:
            continue
        for region in regions:
            at = text.find(village.name, region.start, region.end)
            while at >= 0:
                end = at + len(village.name)
                over = [m for m in mentions if m.start < end and at < m.end]
                if all(
                    m.pattern and m.left is None and m.right is None and m.start >= at and m.end <= end for m in over
                ):
                    mention = Mention(at, end, village.name, "village_own", "village", (), SURE, region.shown)
                    mention.parent, mention.via = village.parent, "own_list"
                    mentions = [m for m in mentions if m not in over] + [mention]
                at = text.find(village.name, end, region.end)
    return sorted(mentions, key=lambda m: (m.start, m.end))
