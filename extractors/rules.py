"""Rules as data: TOML and TSV beside the extractor, with a user's own folder laid over them.

A user's `units.toml` in the folder given as `--rules` is merged over ours: tables deeply, other values replaced.
A user's `verbs.tsv` adds rows; a row with the same first column replaces ours.
"""

from __future__ import annotations

import csv
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from models.errors import AnlikuError


class BadRules(AnlikuError):
    """{file}: {problem}. Mend the file, or run without --rules."""


def read_toml(package: str, name: str, rules: str | None = None) -> dict[str, Any]:
    """The TOML file `name` beside `package`, with the user's file of that name in the folder `rules` merged over it."""
    ours = tomllib.loads(files(package).joinpath(name).read_text("utf-8"))
    mine = _users(rules, name)
    if mine is None:
        return ours
    try:
        return _merge(ours, tomllib.loads(mine.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRules(file=mine, problem=f"not readable as TOML ({error})") from error


def read_tsv(package: str, name: str, rules: str | None = None) -> list[dict[str, str]]:
    """Rows of the TSV file `name` beside `package`, then the user's. The first line names the columns; # starts a
    comment line."""
    ours = _rows(files(package).joinpath(name).read_text("utf-8"), name)
    mine = _users(rules, name)
    if mine is None:
        return ours
    try:
        added = _rows(mine.read_text("utf-8"), str(mine))
    except UnicodeDecodeError as error:
        raise BadRules(file=mine, problem="not UTF-8") from error
    key = next(iter(ours[0]))
    if added and set(added[0]) != set(ours[0]):
        raise BadRules(file=mine, problem=f"its columns must be {', '.join(ours[0])}")
    replaced = {row[key] for row in added}
    return [row for row in ours if row[key] not in replaced] + added


def _users(rules: str | None, name: str) -> Path | None:
    if rules is None:
        return None
    path = Path(rules) / name
    return path if path.is_file() else None


def _merge(ours: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    merged = dict(ours)
    for key, value in mine.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _rows(text: str, name: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise BadRules(file=name, problem=f"this row does not have {len(reader.fieldnames or ())} columns: {row}")
        rows.append(row)
    return rows
