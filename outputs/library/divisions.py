"""Which level each name of a path stands for, so that cases can be compared by county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Prefecture-level cities without counties: their townships stand straight below them.
_WITHOUT_COUNTIES = frozenset({"东莞市", "中山市", "儋州市", "嘉峪关市"})
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_PROVINCE_ENDS = ("省", "自治区", "特别行政区")
_PREFECTURE_ENDS = ("自治州", "地区", "盟")
_TOWNSHIP_ENDS = ("镇", "乡", "街道", "苏木", "办事处")
_VILLAGE_ENDS = ("村", "社区", "居委会", "嘎查")


class Levels(NamedTuple):
    """Official names by level; null where the path does not tell."""

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None
    village: str | None = None


class Division(NamedTuple):
    """A division with a code, as the `divisions` table has it."""

    adcode: str
    name: str
    level: str
    parent: str | None
    path: tuple[str, ...]


def levels(path: Sequence[str], level: str, adcode: str | None = None) -> Levels:
    """The names of a path by level. `level` and `adcode` are those of its last name; hierarchies are not always three
    deep (municipalities, counties straight under a province, cities without counties)."""
    found: dict[str, str] = {}
    rest = list(path)
    if rest and (rest[0] in _MUNICIPALITIES or rest[0].endswith(_PROVINCE_ENDS)):
        found["province"] = rest.pop(0)
    if rest and level in Levels._fields[1:]:
        found[level] = rest.pop()
    elif rest:  # a zone has no level of its own to be compared at
        rest.pop()
    for name in rest:
        found.setdefault(_level(name, found, level, adcode), name)
    return Levels(**found)


def _level(name: str, found: dict[str, str], level: str, adcode: str | None) -> str:
    if name.endswith(_PREFECTURE_ENDS) or name in _WITHOUT_COUNTIES:
        return "prefecture"
    if level == "county":
        return "prefecture"
    if name.endswith(_TOWNSHIP_ENDS) and ("county" in found or "prefecture" in found):
        return "township"
    if name.endswith(_VILLAGE_ENDS) and "township" in found:
        return "village"
    if "prefecture" in found or found.get("province") in _MUNICIPALITIES:
        return "county"
    # One name ending in 市 between province and township is a county-level city straight under the province where
    # the code says so (xx90xx), else the prefecture whose county the article leaves out.
    if name.endswith("市") and not (adcode and adcode[2:4] == "90"):
        return "prefecture"
    return "county"


def county_code(level: str, adcode: str | None) -> str | None:
    """Six-digit code of the county that a case belongs to; null above the county, and where it has no code."""
    if adcode is None or level in ("province", "prefecture") or adcode[4:6] == "00":
        return None
    return adcode[:6]


def parents(adcode: str, name: str, level: str, path: Sequence[str]) -> Iterator[Division]:
    """The division itself and those above it that the path names."""
    named = levels(path, level, adcode)
    codes = {"province": adcode[:2] + "0000", "prefecture": adcode[:4] + "00", "county": adcode[:6]}
    chain = [(codes[key], value, key) for key in codes if (value := getattr(named, key)) and codes[key] != adcode]
    chain.append((adcode, name, level))
    above: str | None = None
    names: tuple[str, ...] = ()
    for code, title, rank in chain:
        names = (*names, title)
        yield Division(code, title, rank, above, names)
        above = code
