"""Names of codes that a user's own rules give: the `label` of a category in his categories.toml."""

from __future__ import annotations

from pathlib import Path

from extractors.rules import read_toml
from outputs.labels import Names, labels


def rule_names(rules: str | None) -> Names:
    """What the rules in that folder call their categories, where `labels.toml` has not the same name for the code."""
    if rules is None or not Path(rules, "categories.toml").exists():
        return {}
    table = read_toml("extractors.measures", "categories.toml", rules)
    named = {
        code: str(entry["label"]) for code, entry in table.items() if isinstance(entry, dict) and entry.get("label")
    }
    ours = labels()["measure"]
    own = {code: name for code, name in named.items() if ours.get(code) != name}
    return {"measure": own} if own else {}
