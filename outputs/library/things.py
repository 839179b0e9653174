"""What a number is a number of, under one name for all that say the same; and what it is per."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Row = Mapping[str, Any]


def thing_of(code: str, q: Row) -> tuple[str, str | None]:
    """What is measured, by one name for all that say the same; and a reason where the name says nothing."""
    if code == "villages_at_income":
        return "村", None
    name = bare_name(q["indicator"], q["owner"]) or rules()["unnamed"].get(code, "")
    name = next((thing for thing, pattern in rules()["same"].get(code, ()) if pattern.search(name)), name)
    generic = rules()["generic"].get(code)
    if not name or (generic and generic.fullmatch(name) and q["extent"] != "whole"):
        verb = rules()["verbs"].get(code)
        if verb and q["verb"] and verb.fullmatch(q["verb"]):
            return f"{q['verb']}{name}", None
        return name or "（未说明）", f"只说“{name}”，没有说清是哪些" if name else "没有说清是什么的数"
    return name, None


def bare_name(indicator: str | None, owner: str | None) -> str:
    """The name of a thing without place, time, rate, quotation marks and 面积."""
    name = re.sub(r"[“”\"‘’「」『』《》\s]", "", indicator or "")
    if owner and name.startswith(owner) and len(name) > len(owner):
        name = name[len(owner) :]
    patterns = rules()["rules"]
    whole = name
    name = patterns["lead"].sub("", name)
    name = patterns["tail"].sub("", name)
    return name or whole


def rates(code: str, q: Row) -> tuple[str, ...]:
    """What it is per; also what only its name says (人均收入), and the year where it is what came in during one."""
    found = {rate for rate in (q["rate"] or "").split(",") if rate}
    patterns = rules()["rules"]
    found |= {rate for rate, pattern in patterns["named_rate"].items() if pattern.search(q["indicator"] or "")}
    if code in patterns["yearly"] and re.fullmatch(r"\d{4}", q["time"] or "") and not found & {"month", "week", "day"}:
        found.add("year")
    return tuple(sorted(found))


@cache
def rules() -> dict[str, dict[str, Any]]:
    """`comparable.toml`, compiled."""
    data: dict[str, dict[str, Any]] = tomllib.loads(
        files("outputs.library").joinpath("comparable.toml").read_text("utf-8")
    )
    own = data["rules"]
    return {
        "same": {
            code: [(thing, re.compile(pattern)) for thing, pattern in pairs] for code, pairs in data["same"].items()
        },
        "generic": {code: re.compile(pattern) for code, pattern in data["generic"].items()},
        "verbs": {code: re.compile(pattern) for code, pattern in data["verbs"].items()},
        "unnamed": data["unnamed"],
        "never": data["never"],
        "bare": data["bare"],
        "rules": {
            **own,
            "lead": re.compile(f"^{own['lead']}+"),
            "tail": re.compile(f"{own['tail']}$"),
            "increase": re.compile(own["increase"]),
            "named_rate": {rate: re.compile(pattern) for rate, pattern in own["named_rate"].items()},
        },
    }
