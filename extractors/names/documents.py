"""Documents: issued papers, with the document number where one stands. GUIDE §5."""

from __future__ import annotations

import re
from typing import Any

from extractors.either import either
from extractors.names.page import QUOTES, Page, overlaps, provenance, quoted
from models.name import DocumentName
from models.span import Range

TITLE = re.compile(r"《([^《》\n]{1,80})》|〈([^〈〉\n]{2,80})〉")
NUMBER = re.compile(r"[\u4e00-\u9fff]{0,8}[〔\[\(（【]\s*(?:19|20)\d\d\s*[〕\]\)）】]\s*(?:第\s*)?\d{1,4}\s*号")
"""中发〔2018〕1号: issuing code, year, serial number. The year's brackets are seldom the right ones in web pages."""

LEADING_VERB = re.compile(
    r"^.*?(?:根据|依据|按照|印发|下发|出台|发布|落实|关于|了|的|为|以|与|和|及|见|由)(?=[\u4e00-\u9fff]{2,6}$)"
)
TRIAL = re.compile(r"\s*[\(（](?:试行|暂行|修订|草案|征求意见稿|以下简称[^)）]*)[\)）]$")
STOPS = "(?:等(?!级)|[的了着将把被由与并到在让向对是,，、。；：“”《》()（）])"


class DocumentReader:
    """Reads documents with the rules of `documents.toml`."""

    def __init__(self, rules: dict[str, Any]) -> None:
        named, works, by_title = rules["named"], rules["works"], rules["quoted"]
        self._kind = re.compile(f".*{either(rules['kinds']['words'])}")
        verbs, kinds = either(named["verbs"]), either(named["kinds"])
        self._issued = re.compile(f"{verbs}了?$")
        self._before = re.compile(f"{either(works['before'])}[:：]?$")
        self._after = re.compile(either(works["after"]))
        self._work = re.compile(f".*{either(works['endings'])}")
        self._row = re.compile(r"》[、和及与,，]?$")
        name = f"(?:(?!{STOPS}|{verbs})[\u4e00-\u9fffA-Za-z0-9“”+·]){{2,30}}?{kinds}(?![\u4e00-\u9fff]*?》)"
        self._named = re.compile(f"(?P<verb>{verbs})了?(?P<name>{name})(?:[和及、与](?P<second>{name}))?(?!征|收)")
        self._least: dict[str, int] = named["least"]
        self._starts = re.compile(either(named["starts"]))
        self._quote_verb = re.compile(f"{either(by_title['verbs'])}(?:了|成)?$")
        self._quote_kind = re.compile(f".*{either(by_title['kinds'])}")
        self._quote_tail = re.compile(f"(?:[\u4e00-\u9fff]{{0,6}}?){kinds}(?![\u4e00-\u9fff]{{0,2}}征)")

    def read(self, page: Page) -> list[DocumentName]:
        """Documents of the body, in order."""
        found: list[DocumentName] = []
        for start, end in page.sentences:
            spans: list[Range] = []
            found += self._titles(page.text, start, end, spans)
            found += self._quoted(page.text, start, end, spans)
            found += self._plain(page.text, start, end, spans)
            found += self._numbers(page.text, start, end, spans)
        found.sort(key=lambda name: name.start)
        seen: set[str] = set()
        documents = []
        for name in found:
            bare = name.text.strip("《》“”")
            documents.append(name.replaced(optional=True) if bare in seen else name)
            seen.add(bare)
        return documents

    def _titles(self, text: str, start: int, end: int, spans: list[Range]) -> list[DocumentName]:
        found = []
        was_document = False
        for match in TITLE.finditer(text, start, end):
            a, b = match.span()
            title = TRIAL.sub("", match[1] or match[2])
            before = text[max(start, a - 12) : a]
            issued = bool(self._issued.search(before)) or (was_document and bool(self._row.search(before)))
            typed = bool(self._kind.fullmatch(title))
            work = bool(self._before.search(before)) or bool(self._after.match(text, b, end))
            was_document = (typed and not (work and not issued)) or (
                issued and not work and not self._work.fullmatch(title)
            )
            spans.append((a, b))
            if was_document:
                number = NUMBER.match(text, b + 1) if text[b : b + 1] in "(（" else None
                found.append(
                    _document(text, a, b, "title" if typed else "issued_title", number=number and number.group())
                )
        return found

    def _quoted(self, text: str, start: int, end: int, spans: list[Range]) -> list[DocumentName]:
        """“亮绩”考核意见 and 编印“…典型案例”."""
        found = []
        for match in QUOTES.finditer(text, start, end):
            a, b = match.span()
            if overlaps(a, b, spans):
                continue
            tail = self._quote_tail.match(text, b, end)
            if tail and not tail.group().endswith("办法") and not re.search(STOPS, tail.group()):
                spans.append((a, tail.end()))
                found.append(_document(text, a, tail.end(), "quoted_kind"))
            elif self._quote_verb.search(text[max(start, a - 6) : a]) and self._quote_kind.fullmatch(quoted(match)):
                spans.append((a, b))
                found.append(_document(text, a, b, "quoted_title"))
        return found

    def _plain(self, text: str, start: int, end: int, spans: list[Range]) -> list[DocumentName]:
        found = []
        for match in self._named.finditer(text, start, end):
            names = [match.span("name")] + ([match.span("second")] if match["second"] else [])
            for a, b in names:
                if not overlaps(a, b, spans) and self._is_name(text[a:b]):
                    spans.append((a, b))
                    found.append(_document(text, a, b, "named"))
        return found

    def _numbers(self, text: str, start: int, end: int, spans: list[Range]) -> list[DocumentName]:
        """A document number that stands for the paper itself: 中办发〔2020〕12号."""
        found = []
        for match in NUMBER.finditer(text, start, end):
            a, b = match.span()
            if verb := LEADING_VERB.match(text[a:b].split("〔")[0].split("[")[0].split("(")[0].split("（")[0]):
                a += verb.end()
            if text[max(start, a - 1) : a] in ("(", "（") and spans and any(b_ == a - 1 for _, b_ in spans):
                continue
            if not overlaps(a, b, spans):
                spans.append((a, b))
                found.append(_document(text, a, b, "number", number=text[a:b]))
        return found

    def _is_name(self, name: str) -> bool:
        if self._starts.match(name):
            return False
        kind = max((word for word in self._least if name.endswith(word)), key=len, default="")
        return len(name) - len(kind) >= self._least.get(kind, 2)


def _document(text: str, start: int, end: int, rule: str, *, number: str | None = None) -> DocumentName:
    named = rule == "named"
    return DocumentName(
        start=start,
        end=end,
        text=text[start:end],
        number=number,
        provenance=provenance(
            "documents",
            rule,
            "medium" if named else "high",
            "no title marks: a kind of paper after a verb of issuing" if named else None,
        ),
    )
