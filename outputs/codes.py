"""Codes as people type them: the code itself or its Chinese name; what is neither is told by what is near it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from outputs.labels import labels

_LEAST = 0.5
"""Share of characters in common (`SequenceMatcher.ratio`) from which a code or name counts as near."""
_MOST = 6
_NOTE = re.compile(r"\([^()]*\)")


def code_of(group: str, typed: str) -> str | None:
    """The code of a group of `labels.toml` that was typed, as such or by its name (培训班次, 收入达标村数 without its
    brackets); None where it is neither, or the name of several."""
    names = labels()[group]
    said = _plain(typed)
    if said in names:
        return said
    found = [code for code, name in names.items() if said in (_plain(name), _NOTE.sub("", _plain(name)))]
    return found[0] if len(found) == 1 else None


def named(group: str, codes: Iterable[str]) -> str:
    """Codes with their names: `trainees 受训人数, talent 人才数`."""
    return ", ".join(f"{code} {labels()[group].get(code, '')}".rstrip() for code in codes)


def near(group: str, typed: str, own: Iterable[str] = ()) -> str:
    """The codes with their names that are nearest to what was typed, the nearest first; all where none is near. `own`:
    codes of the library that `labels.toml` does not know."""
    said = _plain(typed)
    codes = list(dict.fromkeys((*labels()[group], *own)))
    rated = sorted((-_alike(said, code, labels()[group].get(code, "")), nr) for nr, code in enumerate(codes))
    return named(group, [codes[nr] for rate, nr in rated if -rate >= _LEAST][:_MOST] or codes)


def _alike(said: str, code: str, name: str) -> float:
    within = any(said in one or one in said for one in (code, _plain(name)) if one and len(said) > 1)
    return max(float(within) * 0.9, *(SequenceMatcher(None, said, one).ratio() for one in (code, _plain(name))))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
