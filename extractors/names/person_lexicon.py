"""The words of `persons.toml`, compiled: how names are written, and what stands around them."""

from __future__ import annotations

import re
from typing import Any

from extractors.either import either
from extractors.names.page import CHINESE
from extractors.names.transliterated import Transliterations
from models.span import Range

DONE = re.compile(
    rf"(?![的是]){CHINESE}(?:{CHINESE}?[着了过]|[起出上下回完成退](?=[了过来去几一两0-9]))|[12][0-9]{{3}}年"
)
"""What somebody did, told by the mark of its aspect whatever the verb: 购置了, 守着, 退下来; or the year it was."""


class PersonLexicon:
    """Expressions for names and their neighbours, and what a text by itself says of a run that may be a name."""

    def __init__(self, rules: dict[str, Any]) -> None:
        roles, given, after = rules["roles"], rules["given"], rules["after"]
        single = "".join(rules["surnames"]["single"].split())
        compound = either(rules["surnames"]["compound"])
        letter = f"(?![{given['never']}]){CHINESE}"
        pairs = either(given["pairs"])
        self.name = re.compile(f"(?:{compound}(?:{letter}){{1,2}}|[{single}]{pairs}|[{single}](?:{letter}){{1,3}})")
        common, wordlike = "".join(given["common"].split()), rules["surnames"]["wordlike"]
        self.common = re.compile(f"[{single}{wordlike}](?:[{common}]{{2}}|{pairs})")
        self.shaped = re.compile(f"(?:[{single}]|{compound})(?:[{common}]{{2}}|{pairs})")
        self.not_person = re.compile(either(after["not_person"]))
        self.given = re.compile(f"{CHINESE}[{common}]{{2}}")
        self.not_common = re.compile(either(given["not_names"]))
        self.compound = re.compile(compound)
        self.leading = re.compile(
            f"(?<![\u4e00-\u9fff\\d])(?P<name>(?:{compound}|[{single}])(?:{pairs}|(?:{letter}){{1,2}}))(?={either(after['proof'])})"
        )
        self.surname = re.compile(f"{compound}|[{single}]")
        self.foreign = Transliterations(given)
        role = either([*roles["posts"], *roles["callings"]])
        opening = either([*roles["posts"], *roles["callings"], "岁的", "名叫", "叫做"])
        first = f"{compound}|[{single}](?:{letter}|{pairs})|[{wordlike}][{common}]|{self.foreign.part}{{2}}"
        self.opening = re.compile(f"{opening}”?(?={first})")
        self.follows = re.compile(f"{either([*after['words'], *roles['posts']])}|[{re.escape(after['marks'])}]|$")
        self.strong = re.compile(either([*after["strong"], *roles["posts"]]))
        self.press = re.compile(f"{either(roles['press'])}[:： ]?$")
        self.role_end = re.compile(f"{role}$")
        self.titled = re.compile(
            f"(?<!{CHINESE})(?=[{single}])[^{rules['surnames']['not_titled']}]{either(roles['titled'])}(?!{CHINESE}{{0,1}}(?:员|部))"
            f"|(?<=[谢请找跟问叫像中])(?=[{single}])[^{rules['surnames']['not_titled']}]{either(roles['titled'])}"
        )
        self.before = re.compile(f"(?:{either(rules['before']['words'])}|^)$")
        self.never = frozenset(rules["not"]["words"])
        self.never_start = re.compile(either(rules["not"]["words"]))
        self.alone = frozenset(rules["not"]["dates"] + rules["not"]["things"])
        self.villages = tuple(rules["not"]["villages"])
        self.post = re.compile(either(roles["posts"]))
        self.to_post = re.compile(f"^.*?{self.post.pattern}")
        self.row_proof = re.compile(f"(?:、{CHINESE}{{2,4}}?)+?(?={self.strong.pattern}|被评|等人|等\\d)")

    def commonly(self, text: str, at: int, end: int) -> Range | None:
        """全胜利介绍, 向春花家: three characters that are a name in spite of what their surname means elsewhere."""
        match = self.common.match(text, at, end)
        if match is None or self.not_common.match(text, at) or not self.plain(match.group()):
            return None
        row = text[match.end() : match.end() + 1] == "、" and self.common.match(text, match.end() + 1, end)
        return match.span() if row or self.strong_after(text, match.end(), end) else None

    def strong_after(self, text: str, at: int, end: int) -> bool:
        """Whether what follows can only be said of a person, in two characters at least or as a mark of the person."""
        follows = self.follows.match(text, at, end)
        if self.strong.match(text, at, end) or (follows is not None and len(follows.group()) > 1):
            return True
        return DONE.match(text, at, end) is not None

    def trimmed(self, text: str, a: int, b: int, end: int) -> int:
        """End of what the tagger has for a name, less the first character of what follows: 魏秋菊|笑说, 简国安|深有."""
        least = 4 if self.compound.match(text, a) else 3
        if b - a < least:
            return b
        return b - 1 if self.crossed(text, b, end) else b

    def crossed(self, text: str, b: int, end: int) -> bool:
        """Whether a word that follows persons begins one character before `b` and runs over it: 王林|常驻."""
        follows = self.follows.match(text, b - 1, end)
        return follows is not None and follows.end() > b

    def fits(self, text: str, at: int, stop: int, end: int) -> bool:
        """Whether the run is no village and no everyday word, and something follows it that follows persons."""
        village = stop - at == 2 and text[stop - 1] in "村镇乡县"
        return not village and self.plain(text[at:stop]) and bool(self.follows.match(text, stop, end))

    def plain(self, name: str) -> bool:
        """Whether it neither begins with a word that is no name nor holds a post."""
        return not self.never_start.match(name) and not self.post.search(name)
