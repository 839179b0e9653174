"""Over five hundred inputs that are broken, hostile or odd, as small as they can be, and what is to become of each."""

from __future__ import annotations

from tests.bad_input.cases import containers, damage, dumps, texts
from tests.bad_input.cases.case import OPTIONS, Case

__all__ = ["OPTIONS", "Case", "cases"]

GROUPS = (
    texts.empty,
    texts.not_text,
    containers.not_containers,
    texts.charsets,
    texts.declared,
    texts.characters,
    dumps.json_cases,
    dumps.tables,
    texts.html,
    containers.archives,
    containers.members_that_are_no_files,
    containers.bombs,
    containers.office,
    containers.pdfs,
    containers.warcs,
    damage.truncated,
    damage.flips,
    texts.long_lines,
    dumps.columns,
)


def cases() -> list[Case]:
    """All cases, under names that are unique."""
    made: list[Case] = []
    for group in GROUPS:
        for nr, (suffix, data, *expect) in enumerate(group()):
            made.append(Case(f"{group.__name__}-{nr:03}.{suffix}", data, tuple(expect)))
    return made


Row = tuple[object, ...]
