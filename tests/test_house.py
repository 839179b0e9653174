"""What the documents say of the house is so."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from pipeline.nlp import COMPONENTS, build

ROOT = Path(__file__).parent.parent
ROOMS = ("models", "corpus", "extractors", "pipeline", "outputs")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_readme_has_exactly_two_set_up_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"<!-- ([\w-]+) -->\n```bash\n(.+)\n```", readme)
    assert [name for name, _ in commands] == ["main-job", "tests"]
    assert readme.count("pip install .") == 1
    assert "anliku demo" in commands[0][1]
    assert "pytest" in commands[1][1]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_guide(room: str) -> None:
    guide = (ROOT / room / "README.md").read_text("utf-8")
    assert "## Invariants" in guide
    assert "## To add" in guide


def test_relative_links_of_the_guides_lead_somewhere() -> None:
    broken = [
        (str(guide.relative_to(ROOT)), link)
        for guide in [ROOT / "README.md", *(path for room in ROOMS for path in (ROOT / room).rglob("*.md"))]
        for link in re.findall(r"\]\(([^)#:\s]+)\)", guide.read_text("utf-8"))
        if "demo" not in guide.parts and not (guide.parent / link).exists()
    ]
    assert broken == []


def test_the_components_are_the_declared_entry_points() -> None:
    declared = PROJECT["project"]["entry-points"]["spacy_factories"]
    assert set(declared) == set(COMPONENTS)
    assert set(COMPONENTS) <= {point.name for point in entry_points(group="spacy_factories")}
    assert tuple(build("jieba").pipe_names) == COMPONENTS


def test_the_locked_versions_are_those_that_the_project_allows() -> None:
    """After a change of the dependencies: the command that requirements.lock opens with."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==(\S+) \\\n +--hash=sha256:", lock, re.M))
    for line in PROJECT["project"]["dependencies"]:
        wanted = Requirement(line)
        assert locked.get(wanted.name.lower(), "not locked") in wanted.specifier, line


def test_the_version_is_one() -> None:
    assert version("anliku") == PROJECT["project"]["version"]


def test_top_level_packages_are_the_five_rooms() -> None:
    assert PROJECT["tool"]["importlinter"]["root_packages"] == list(ROOMS)
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"} == set(ROOMS)
