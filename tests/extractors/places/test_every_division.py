"""Each division of the table is found and linked in a plain sentence with its parent's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from extractors.places.gazetteer import Division
from extractors.places.mention import Mention
from extractors.places.read import Tools, load_tools, read_places
from extractors.places.villages import Region


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


def linked(sentence: str, name: str, tools: Tools) -> str | None:
    """Code given to the mention `name` of a sentence."""
    scene = read_places(sentence, [Region(0, len(sentence), True)], tools)
    found: list[Mention] = [mention for mention in scene.mentions if mention.text == name]
    return found[-1].code if found else None


def of_level(tools: Tools, level: str) -> Iterator[Division]:
    return (division for division in tools.gazetteer.divisions.values() if division.level == level)


def test_counties(tools: Tools) -> None:
    wrong = []
    for county in of_level(tools, "county"):
        parent = tools.gazetteer.divisions[county.parents[-1]].name
        sentence = f"近年来，{parent}{county.name}坚持党建引领。"
        if linked(sentence, county.name, tools) != county.code:
            wrong.append((parent, county.name, county.code))
    assert wrong == []
    assert sum(1 for _ in of_level(tools, "county")) == 2845


def test_counties_apart_from_their_prefecture(tools: Tools) -> None:
    """The prefecture stands in another clause: no chain, only evidence."""
    wrong = 0
    for county in of_level(tools, "county"):
        parent = tools.gazetteer.divisions[county.parents[-1]].name
        sentence = f"{parent}召开会议。会上，{county.name}介绍了做法。"
        code = linked(sentence, county.name, tools)
        assert code in (county.code, None), (sentence, code)
        wrong += code is None
    assert wrong <= 40  # names that need their parent right before them (城区, 郊区), and names of two characters


def test_townships(tools: Tools) -> None:
    """With their county; where two counties of one name have townships of one name, with the prefecture as well."""
    divisions = tools.gazetteer.divisions
    towns = list(of_level(tools, "township"))
    pairs = Counter((divisions[town.parents[-1]].name, town.name) for town in towns)
    wrong = []
    for town in towns:
        county = divisions[town.parents[-1]]
        single = pairs[county.name, town.name] == 1
        above = "" if single else divisions[county.parents[-1]].name
        if linked(f"在{above}{county.name}{town.name}，干部进村入户。", town.name, tools) != town.code:
            wrong.append((above, county.name, town.name, town.code))
    assert wrong == []
    assert len(towns) == 38723
    assert sum(count for count in pairs.values() if count > 1) < 20


def test_gazetteer_counts(tools: Tools) -> None:
    counted = {level: sum(1 for _ in of_level(tools, level)) for level in ("province", "prefecture")}
    assert counted == {"province": 33, "prefecture": 333}
