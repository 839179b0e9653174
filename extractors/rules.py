"""Rules as data: TOML and TSV beside the extractor, with a user's own folder laid over them.

A user's `units.toml` in the folder given as `--rules` is merged over ours: tables deeply, other values replaced; a list
that opens with "+" is added to ours. A user's `verbs.tsv` adds rows; a row with the same first column replaces ours.
What would be passed over in silence is refused: a file that nobody reads, a key that no rule of ours has, a value of
another kind than ours.
"""

from __future__ import annotations

import csv
import difflib
import inspect
import tomllib
from collections.abc import Callable
from functools import lru_cache, wraps
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from models.errors import AnlikuError

P = ParamSpec("P")
T = TypeVar("T")

SUFFIXES = (".toml", ".tsv", ".sqlite")
"""Endings of the tables in a rules folder. Anything else in it, as notes, is the user's own affair."""
OPEN = {
    "categories.toml:": "cues", "indicators.toml:": "definition", "units.toml:": "units",
    "units.toml:data.units": None, "traps.toml:patterns": None,
}  # fmt: skip
"""Tables (file, place in it) whose keys are names that a user may add to. Where each name has a table of its own, the
key by which that is told from other tables beside it. A table of Chinese words is open too; in all others the code asks
for each key by its name, so another one would have no effect."""
SCALARS = frozenset({"word", "number"})
"""Kinds that stand for each other: an exact decimal is written as a word."""


class BadRules(AnlikuError):
    """{file}: {problem}. Mend the file, or run without --rules."""


def read_toml(package: str, name: str, rules: str | None = None) -> dict[str, Any]:
    """The TOML file `name` beside `package`, with the user's file of that name in the folder `rules` merged over it."""
    ours = tomllib.loads(files(package).joinpath(name).read_text("utf-8"))
    mine = _users(rules, name)
    if mine is None:
        return ours
    try:
        return _merge(ours, tomllib.loads(mine.read_text("utf-8")), mine)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRules(file=mine, problem=f"not readable as TOML ({error})") from error


def read_tsv(package: str, name: str, rules: str | None = None) -> list[dict[str, str]]:
    """Rows of the TSV file `name` beside `package`, then the user's. The first line names the columns; # starts a
    comment line."""
    columns, ours = _rows(files(package).joinpath(name).read_text("utf-8"), name)
    mine = _users(rules, name)
    if mine is None:
        return ours
    try:
        its, added = _rows(mine.read_text("utf-8"), str(mine))
    except UnicodeDecodeError as error:
        raise BadRules(file=mine, problem="not UTF-8") from error
    if added and set(its) != set(columns):
        raise BadRules(file=mine, problem=f"its columns must be {', '.join(columns)}")
    replaced = {row[columns[0]] for row in added}
    return [row for row in ours if row[columns[0]] not in replaced] + added


def _users(rules: str | None, name: str) -> Path | None:
    if rules is None:
        return None
    path = Path(rules) / name
    return path if path.is_file() else None


def until_changed(load: Callable[P, T]) -> Callable[P, T]:
    """Keep what `load(…, rules)` made of a rules folder, as long as no file in it changes: who edits a rule in a
    notebook and extracts again has it read again. The last two calls are kept."""
    parameters = inspect.signature(load)
    kept = lru_cache(maxsize=2)(lambda _, args, kwargs: load(*args, **dict(kwargs)))

    @wraps(load)
    def loaded(*args: P.args, **kwargs: P.kwargs) -> T:
        rules = parameters.bind(*args, **kwargs).arguments.get("rules")
        return kept(_state(rules), args, tuple(kwargs.items()))

    return loaded


def _state(rules: str | None) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of each table of a rules folder."""
    if rules is None:
        return ()
    tables = (path for path in Path(rules).glob("*") if path.suffix in SUFFIXES)
    return tuple(sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in tables))


def check_folder(rules: str) -> list[Path]:
    """The files of a rules folder that are read, in order. BadRules where it is none, or holds a table that nobody
    reads: a slip in a file's name would otherwise pass as a rule that does nothing."""
    folder = Path(rules)
    if not folder.is_dir():
        raise BadRules(file=folder, problem="there is no such folder")
    found = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    known = known_files()
    for path in found:
        if path.name not in known:
            raise BadRules(file=path, problem=f"nobody reads a file of this name{_meant(path.name, known)}")
    return found


def known_files() -> tuple[str, ...]:
    """Names of the files that a rules folder may hold, in order."""
    return (*our_files(), "villages.sqlite")


def our_files() -> dict[str, Traversable]:
    """Our tables that a user's may be laid over, by name."""
    rooms = (room for room in files("extractors").iterdir() if room.is_dir() and room.name != "metadata")
    tables = (file for room in rooms for file in room.iterdir() if file.name.endswith((".toml", ".tsv")))
    return {file.name: file for file in sorted(tables, key=lambda file: file.name)}


def _merge(
    ours: dict[str, Any], mine: dict[str, Any], file: Path, at: tuple[str, ...] = (), like: dict[str, Any] | None = None
) -> dict[str, Any]:
    """`mine` laid over `ours`, the table at `at`. `like`: what else may stand there, by key."""
    known, here = {**(like or {}), **ours}, f"{file.name}:{'.'.join(at)}"
    is_open = here in OPEN or not all(map(str.isascii, known))
    mark = OPEN.get(here)
    tables = [value for value in ours.values() if isinstance(value, dict) and mark in value]
    beside = {key: value for table in tables for key, value in table.items()}
    kinds = {"table"} if tables else {_kind(value) for value in known.values()}
    merged = dict(ours)
    for key, value in mine.items():
        where, kind, old = ".".join((*at, key)), _kind(value), ours.get(key)
        if key not in known and not is_open:
            raise BadRules(file=file, problem=f"no rule has a key {where}{_meant(key, tuple(known))}")
        allowed = {_kind(known[key])} if key in known else kinds
        if allowed & SCALARS and is_open:
            allowed = allowed | SCALARS
        if allowed and kind not in allowed:
            raise BadRules(file=file, problem=f"{where} must be a {' or a '.join(sorted(allowed))}, not {value!r}")
        if isinstance(value, dict):
            named = tables and (old is None or mark in old)
            merged[key] = _merge(old or {}, value, file, (*at, key), beside if named else known.get(key))
            missing = set.intersection(*map(set, tables)) - set(merged[key]) if named else set()
            if missing:
                problem = f"{where} is new{_meant(key, tuple(ours))}; a new one needs {', '.join(sorted(missing))}"
                raise BadRules(file=file, problem=problem)
        elif isinstance(value, list) and value[:1] == ["+"]:
            merged[key] = [*(old or []), *value[1:]]
        else:
            merged[key] = value
    return merged


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "table"
    if isinstance(value, list):
        return "list"
    return "word" if isinstance(value, str) else "number"


def _meant(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.7)
    return f" (did you mean {near[0]}?)" if near else f" (there are {', '.join(known)})"


def _rows(text: str, name: str) -> tuple[list[str], list[dict[str, str]]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise BadRules(file=name, problem=f"this row does not have {len(reader.fieldnames or ())} columns: {row}")
        rows.append(row)
    return list(reader.fieldnames or ()), rows
