"""Articles that are no locality's practice: a leader's tour, national news, news in brief."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from models.document import Document

LEAD = 260
"""Characters of the body that say what an article is about."""


def about_nobody(page: Document, rules: Mapping[str, Any]) -> bool:
    """Whether it is a leader's tour, national news or news in brief. `rules`: the table `other` of subject.toml."""
    text = page.normal.text
    body = "\n".join(text[block.start : block.end] for block in page.layout.body())
    lead = f"{page.meta.title or ''}。{body[:LEAD]}"
    if _joined(tuple(rules["tour"])).search(lead) or _joined(tuple(rules["tour_anywhere"])).search(body):
        return True
    if _brief(page.meta.title or "", body, rules):
        return True
    first = body.split("。", 1)[0]
    return bool(_joined(tuple(rules["national"])).search(first)) and not _local(body)


def _brief(title: str, body: str, rules: Mapping[str, Any]) -> bool:
    """News in brief, weather, prices, a press conference: by its title, or by what it tells."""
    titled = _joined((rules["brief"],)).search(title) is not None
    practised = len(_joined((rules["practice"],)).findall(body)) > rules["practice_most"]
    if practised and not titled:
        return False  # nearly every article: the services need not be looked for
    kinds = sum(_joined((service,)).search(body) is not None for service in rules["service"])
    return (titled and kinds > 0) or (not practised and bool(kinds >= rules["service_least"]))


def _local(body: str) -> bool:
    """National news may open a local story: then the locality speaks of itself."""
    return len(re.findall("我[市县区州旗镇乡]|全[市县区州旗镇乡村]", body)) >= 2


@lru_cache(maxsize=64)
def _joined(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
