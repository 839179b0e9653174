"""Why a finding is in doubt, or not compared, in the reader's language (`reasons.toml`). Extractors give their
reasons in English, the library says in Chinese why it does not compare."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from outputs.labels import label, labels


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(files("outputs").joinpath("reasons.toml").read_text("utf-8"))


def reason(text: str, language: str = "zh") -> str:
    """A reason of an extractor or of the comparison; as it is where no words are known for it in that language."""
    # Several reasons come as one, and one may have a semicolon of its own.
    one, apart, joined = (_chinese, "; ", "；") if language == "zh" else (_english, "；", "; ")
    return one(text) or joined.join(one(part) or part for part in text.split(apart))


def _english(text: str) -> str | None:
    for chinese, english in _texts()["comparison"].items():
        if hit := re.fullmatch(chinese, text, re.DOTALL):
            return str(english).format(*(_codes().get(part, part) for part in hit.groups()))
    return None


@cache
def _codes() -> dict[str, str]:
    """What stands in a reason by its name rather than in the words of the article."""
    groups = ("level", "measured", "per", "base")
    names = {name: code for group in groups for code, name in labels()[group].items()}
    return {**names, "所报地方": "the place of the report"}


def _chinese(text: str) -> str | None:
    texts = _texts()
    if known := texts["reasons"].get(text):
        return str(known)
    for english, chinese in texts["patterns"].items():
        if hit := re.fullmatch(english, text):
            return str(chinese).format(*hit.groups())
    return None


def said(key: str, language: str = "zh") -> str:
    """Words about doubt."""
    return str(_texts()["words"][key][language])


def certainty(flags: Sequence[str], confidence: str, why: str | None, language: str = "zh") -> list[str]:
    """What is to be said of a finding: what does not add up, and how sure its rule is where it is not."""
    chinese = language == "zh"
    out = [label("flag", flag) if chinese else flag.replace("_", " ") for flag in flags]
    if confidence != "high":
        sure = said("sure", language).format(label("confidence", confidence) if chinese else confidence)
        if why:
            sure += f"（{reason(why)}）" if chinese else f" ({why})"
        out.append(sure)
    return out
