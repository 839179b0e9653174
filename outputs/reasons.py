"""Why a finding is in doubt, in the reader's language (`reasons.toml`). Extractors give their reasons in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from outputs.labels import label


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(files("outputs").joinpath("reasons.toml").read_text("utf-8"))


def reason(text: str, language: str = "zh") -> str:
    """A reason of an extractor; as it is where no words are known for it, or English is asked for."""
    if language != "zh":
        return text
    # Several reasons come as one, and one may have a semicolon of its own.
    whole = _one(text)
    return whole or "；".join(_one(part) or part for part in text.split("; "))


def _one(text: str) -> str | None:
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
