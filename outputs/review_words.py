"""What a review changed, in words."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from models.review import Review
from outputs.labels import label, plain
from outputs.library.reviewed import Stale
from outputs.quotes import one_line
from outputs.tables import code_group, title

# Worked out from the others, or shown elsewhere.
_LEFT_OUT = {"canonical", "candidates", "flags"}
LONGEST = 80
"""Characters of one value."""
_WORDS = 40
"""Characters of a passage that is worth typing into a command again."""
_NAMES = {"optional": "两可", "threshold": "门槛"}
"""Fields that the forms call otherwise than the tables, or that are no column."""

_NEXT = {
    "no_article": "重新读入这篇报道即可恢复；不再需要：{undo}",
    "other_text": "在新的位置重新审核；再撤回这一条：{undo}",
    "no_finding": "先撤回：{undo}；值若还对，再补充：{add}",
    "found_otherwise": "机器现在读得对：{undo}；不对：先剔除机器读出的那一条（anliku review reject）",
    "agreed": "不用做什么；也可撤回：{undo}",
    "unfit": "打开这一处重新审核一次；不再需要：{undo}",
}


def field_name(layer: str, field: str) -> str:
    """What the forms call a field of a layer: 下限, 指标."""
    return _NAMES.get(field) or title(layer, "from_value" if field == "from" else field)


def differences(review: Review) -> str:
    """Fields of a corrected finding, before → after, under their Chinese titles; empty where nothing differs."""
    if not review.was:
        return ""
    return "；".join(
        f"{field_name(review.layer, field)} {before} → {after}"
        for field, before, after in changes(review)
        if field != "optional"
    )


def changes(review: Review) -> list[tuple[str, str, str]]:
    """The fields that a review changed: name, before and after as a reader sees them; of an addition, all it has."""
    was, value = review.was or {}, review.value or {}
    return [
        (field, _shown(review.layer, field, was.get(field)), _shown(review.layer, field, value[field]))
        for field in sorted(value.keys() - _LEFT_OUT)
        if was.get(field) != value[field]
    ]


def step(review: Review, *, after: bool = False) -> str:
    """What a review did: 更正（下限 81 → 85）. `after` another one: 后经确认, 后又更正（…）."""
    done, changed = label("decision", review.decision), differences(review)
    first = ("后经" if review.decision == "accepted" else "后又") if after else ""
    return f"{first}{done}{f'（{changed}）' if changed else ''}"


def signed(review: Review) -> str:
    """Who, when and why: 王编辑，2024-05-01：看错."""
    return f"{review.reviewer}，{review.at[:10]}{f'：{review.why}' if review.why else ''}"


def told(chain: Iterable[Review]) -> str:
    """All that reviewers did with a value, each with who, when and why."""
    return "；".join(f"{step(review, after=nr > 0)}，{signed(review)}" for nr, review in enumerate(chain))


def next_step(stale: Stale) -> str:
    """What to do with a review that no longer fits, with the commands."""
    review = stale.review
    words = shlex.quote(review.text) if len(review.text) <= _WORDS and review.text.isprintable() else "原话"
    undo = f"anliku review undo {review.id}"
    return _NEXT[stale.reason].format(
        undo=undo, add=f"anliku review add {review.article_id} {review.layer} {words} 字段=值"
    )


def _shown(layer: str, field: str, value: Any) -> str:
    if value is None or value == [] or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return plain(Decimal(str(value)))
    if isinstance(value, dict):
        parts = [value["text"]] if "text" in value else [part for part in value.values() if part is not None]
        return one_line(" ".join(_shown(layer, "", part) for part in parts))[:LONGEST]
    items = value if isinstance(value, list) else [value]
    group = code_group(layer, "from_value" if field == "from" else field)
    return one_line("、".join(label(group, str(item)) if group else str(item) for item in items))[:LONGEST]
