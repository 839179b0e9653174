"""Chinese unless the browser, or the visitor, asks for English."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal

from datasette.utils.asgi import Request

from outputs.labels import NO_NAMES, Names, label

Language = Literal["zh", "en"]
COOKIE = "anliku_lang"


@cache
def _toml(name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        files("outputs.datasette_anliku").joinpath(name).read_text("utf-8")
    )
    return found


@cache
def strings(language: Language) -> dict[str, str]:
    """What the pages say, by key."""
    return {key: said[language] for key, said in _toml("strings.toml").items()}


def things(language: Language) -> Callable[[int, str], str]:
    """What so many of something are called: `counties` of `strings.toml`, and of one county."""

    def called(count: int, key: str) -> str:
        said = _toml("strings.toml")[key]
        return said["one"] if language == "en" and count == 1 else said[language]

    return called


def chosen(request: Request) -> Language | None:
    """The language asked for by the link at the foot of a page."""
    asked = request.args.get("lang")
    return "en" if asked == "en" else "zh" if asked == "zh" else None


def language(request: Request) -> Language:
    """`?lang=`, else the cookie that it left, else what the browser prefers."""
    kept = request.cookies.get(COOKIE)
    if found := chosen(request):
        return found
    if kept in ("zh", "en"):
        return "en" if kept == "en" else "zh"
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> Language:
    """The better of zh and en in an `Accept-Language`; Chinese where it names neither."""
    weights: dict[str, float] = {}
    for part in header.split(","):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        base = tag.strip().lower().split("-")[0]
        weights[base] = max(weight, weights.get(base, 0.0))
    return "en" if weights.get("en", 0.0) > weights.get("zh", 0.0) else "zh"


def namer(language: Language, own: Names = NO_NAMES) -> Callable[[str, str | None], str]:
    """How codes are named: by the library's `own` names and `labels.toml`; in English by `english.toml`, else the code
    itself, which is English, with spaces."""

    def name(group: str, code: str | None) -> str:
        if language == "zh":
            return label(group, code, own)
        return _toml("english.toml").get(group, {}).get(code or "") or (code or "").replace("_", " ")

    return name
