"""The optional village list, built from a small package of the same form."""

from __future__ import annotations

import hashlib
import sqlite3
import tarfile
from pathlib import Path

import pytest

from extractors.places.component import Places
from extractors.places.errors import NoNpm, WrongPackage
from extractors.places.official import FILE, VillageList, build_from, build_villages, village_codes
from extractors.places.read import load_tools, read_places
from extractors.places.villages import Region


@pytest.fixture
def package(tmp_path: Path) -> Path:
    source = tmp_path / "data.sqlite"
    library = sqlite3.connect(source)
    with library:
        library.execute("CREATE TABLE street (code TEXT, name TEXT)")
        library.execute("CREATE TABLE village (code TEXT, name TEXT, streetCode TEXT)")
        # The Bureau's township code differs from the Ministry's on purpose.
        library.execute("INSERT INTO street VALUES ('370783199', '台头镇'), ('370783198', '侯镇')")
        library.execute(
            "INSERT INTO village VALUES ('370783199201', '甲兵村村委会', '370783199'), "
            "('370783199202', '乙庄村委会', '370783199'), ('370783198202', '乙庄村委会', '370783198')"
        )
    library.close()
    made = tmp_path / "package.tgz"
    with tarfile.open(made, "w:gz") as archive:
        archive.add(source, "package/dist/data.sqlite")
    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_codes_are_joined_on_names(package: Path, tmp_path: Path) -> None:
    target = tmp_path / "rules" / FILE
    assert build_from(package, target, digest(package)) == 3
    villages = VillageList(target)
    assert villages.code("370783", "台头镇", "甲兵村") == "370783199201"
    assert villages.code("370783", None, "乙庄村") is None  # two townships have one
    assert villages.code("370783", "侯镇", "乙庄村") == "370783198202"
    assert villages.code("370784", None, "甲兵村") is None
    text = "寿光市台头镇甲兵村种菜。"
    tools = load_tools()
    mentions = read_places(text, [Region(0, len(text), True)], tools).mentions
    assert village_codes(mentions, villages, tools.gazetteer) == {6: "370783199201"}
    assert Places(str(target.parent))._villages is not None


def test_other_file_is_refused(package: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPackage, match="SHA-256"):
        build_from(package, tmp_path / FILE)
    assert not (tmp_path / FILE).exists()


def test_without_npm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoNpm):
        build_villages(tmp_path / FILE)
