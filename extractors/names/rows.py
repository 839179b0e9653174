"""Rows of firms and schools that a word for their kind closes: 引进A、B等企业5家, 与A、B等高校."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc

from extractors.doc import words
from extractors.either import either
from extractors.names.page import Page
from extractors.numerals import numeral
from models.span import Range

REACH = 80
"""Characters to the left of 等 in which a row can begin."""

ROW = re.compile(r"(?:[\u4e00-\u9fffA-Za-z0-9]+、)*[\u4e00-\u9fffA-Za-z0-9]+$")


class RowReader:
    """Reads the table `rows` of `organisations.toml`. `stop` ends a name to the left, `generic` says only a kind."""

    def __init__(self, rules: dict[str, Any], stop: re.Pattern[str], generic: re.Pattern[str]) -> None:
        rows, suffixes = rules["rows"], rules["suffixes"]
        many = "[0-9一二三四五六七八九十百多余几数]{1,4}[余多]?[家所]|一批"
        self._closer = re.compile(
            f"等(?:{many}|{either(rows['modifiers'])}){{0,4}}{either(rows['closers'])}"
            f"|(?P<count>[0-9]{{1,2}}|[两三四五六七八九十])家[\u4e00-\u9fff]{{0,8}}?{either(rows['closers'])}"
        )
        self._stop = stop
        self._generic = generic
        self._kinds = re.compile(f".*{either(rows['kinds'])}")
        endings = either([*suffixes["trade"], *suffixes["brand"], *rows["endings"]])
        self._ending = re.compile(f"(?P<core>.{{2,10}}?){endings}")

    def read(self, doc: Doc, page: Page, start: int, end: int) -> Iterator[Range]:
        """The members of every such row in the sentence that are names of their own."""
        for closer in self._closer.finditer(page.text, start, end):
            low = max(start, closer.start() - REACH)
            row = ROW.search(page.text[low : closer.start()])
            if row is None:
                continue
            at = low + row.start()
            members: list[Range] = []
            for member in row.group().split("、"):
                stops = list(self._stop.finditer(page.text, at, at + len(member)))
                if stops:
                    members = []
                members.append((stops[-1].end() if stops else at, at + len(member)))
                at += len(member) + 1
            named = [run for run in members if self._is_name(doc, page, *run)]
            if not closer["count"]:
                yield from named
            elif named and numeral(closer["count"]) == len(members):
                # 引进A、B、C3家企业: as many as the row says it has, so all are names once one of them is.
                yield from (run for run in members if run in named or self._may_be(page, *run))

    def _may_be(self, page: Page, a: int, b: int) -> bool:
        name = page.text[a:b]
        kind = self._generic.fullmatch(name) or self._kinds.fullmatch(name)
        return 2 <= len(name) <= 12 and not kind and not page.in_place(b - 1, b)

    def _is_name(self, doc: Doc, page: Page, a: int, b: int) -> bool:
        name = page.text[a:b]
        if not self._may_be(page, a, b):
            return False
        if ending := self._ending.fullmatch(name):
            return self._generic.fullmatch(ending["core"]) is None
        return len(name) <= 8 and any(token.pos_ == "PROPN" for token in words(doc, a, b))
