"""The role in which a person appears, and the organisation that the role belongs to."""

from __future__ import annotations

import re
from typing import Any

from extractors.either import either
from extractors.names.page import Page

BREAK = re.compile(r"[，,。；;：:！!？?“”‘’（）()《》\s]|在|由|被|让|(?<!中)和|与|以及|作为|随着|了(?!解)")
BODY = re.compile(
    r".*(?:党总支部|党总支|党支部|支部|党工委|党委|党组|委员会|常委会|村委会|居委会|政府|办公室|局|厅|公司|集团|合作社|联合社|联合会|协会|中心|医院|学校"
    r"|学院|大学|银行|信用社|基地|农场|工作队|国务院|政治局|组织部|宣传部|统战部|总社|商会|基金会|[^县]委|院|站|所|社区|村|镇|乡|县|市|街道)"
)


class RoleReader:
    """Reads what stands beside a name with the posts and callings of `persons.toml`."""

    def __init__(self, roles: dict[str, Any]) -> None:
        role = either([*roles["posts"], *roles["callings"]])
        self._end = re.compile(f"{role}$")
        self._part = re.compile(f"(?:^|.*?){role}$")
        self._tail = re.compile(f"{role}$")
        self._after = re.compile(
            rf"(?:，|,)?(?:现|现在|如今|曾|曾经|就|便|正)?(?:是|担任|任|当选为?|当上了?|出任)(?P<role>[^，,。；“”]{{0,30}}?{role}(?:、[^，,。；、“”]{{0,14}}?{role})*)(?=[，,。；“”（(]|$)"
        )
        self._verb = re.compile(
            r".*(?:认识|带您认识|访|见到|问|找到|是|有(?!限)|成为|当选|推选|担任|帮助|感谢|邀请|发挥|近日|日前|当时|时任|现任|是)"
        )

    def read(self, page: Page, start: int, end: int, a: int, b: int) -> tuple[str | None, str | None]:
        """`(role, organisation)` of the name at `[a, b)` in the sentence `[start, end)`; null where it is not said."""
        before = page.text[max(start, a - 48) : a]
        role = self._before(page, before, a) if self._end.search(before) else self._said_after(page.text, b, end)
        if role is None:
            return None, None
        bare = self._tail.sub("", role.split("、")[0])
        body = BODY.match(bare)
        return role, body.group() if body and len(body.group()) > 1 else None

    def _before(self, page: Page, before: str, a: int) -> str:
        """The noun phrase that ends in the post: from the last break, or from the chain of places in it."""
        pieces = list(BREAK.finditer(before))
        run = before[pieces[-1].end() :] if pieces else before
        parts = run.split("、")
        first = len(parts) - 1
        while first and self._part.match(parts[first - 1]):
            first -= 1
        role = "、".join(parts[first:])
        low = a - len(role)
        places = page.places_in(low, a)
        if places:
            return page.text[places[0][0] : a]
        if verb := self._verb.match(role):
            role = role[verb.end() :] or role
        return role.rpartition("的")[2] if not BODY.match(role.rpartition("的")[0]) else role

    def _said_after(self, text: str, b: int, end: int) -> str | None:
        """the role that is told of the name."""
        match = self._after.match(text, b, min(end, b + 60))
        return match["role"] if match else None
