"""Markers of numbered items: 一是, (二), 3., ④, 第五, 其次, and leads in quotation marks."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from extractors.numerals import whole
from extractors.scan import scan

Form = Literal[
    "yishi", "paren_cn", "cn", "paren_digit", "digit", "circled", "di", "ordinal_word", "quoted_lead"
]  # fmt: skip

_CN = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CIRCLED = {chr(first + i): i + 1 for first, size in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x2776, 10),
            (0x2780, 10), (0x278A, 10), (0x3220, 10)) for i in range(size)}  # fmt: skip
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": None}

# What may stand before a marker inside a paragraph. A comma is weak: it needs its neighbour in the sequence.
PATTERN = re.compile(
    rf"(?P<yishi>(?<![\u4e00-\u9fff])(?P<yishi_n>{_CN})(?:是|要(?![求点素件领])|则)|(?<![\u4e00-\u9fff])其(?P<qi_n>[一二三四五六])[是，,、：:]?)"
    rf"|(?P<paren_cn>[（(](?P<paren_cn_n>{_CN})[)）])"
    rf"|(?P<cn>(?<![\u4e00-\u9fff第])(?P<cn_n>{_CN})[、.．])"
    r"|(?P<paren_digit>(?:[（(]|(?<![\d(（A-Za-z]))(?P<paren_digit_n>[1-9]\d?)[)）])"
    r"|(?P<digit>(?<![\d.．%—\-/:：~～+×A-Za-z])(?P<digit_n>[1-9]\d?)(?:[.．](?!\d)|、))"
    rf"|(?P<circled>[{''.join(_CIRCLED)}])"
    rf"|(?P<di>(?<![\u4e00-\u9fff])第(?P<di_n>{_CN})(?:[，,、：:]|是))"
    r"|(?P<ordinal_word>(?<![\u4e00-\u9fff])(?:首先|其次|再次|再者|最后)(?:是|[，,、：:])?)"
)
FIRST = re.compile(rf"[（(\d一二三四五六七八九十其第首再最{''.join(_CIRCLED)}]")
# “亮灯引路”式。 but not “路修好了”，… nor “真好”赵老四说：
QUOTED_LEAD = re.compile(
    r"“[^”\n，。！？,!?…]{2,12}”(?![\u4e00-\u9fff]{0,5}[说道问讲称])[\u4e00-\u9fff]{0,6}(?=[。：:])"
)
_STRONG_BEFORE = "。；;：:！？!?”"
_PLAIN = ("paren_cn", "cn", "paren_digit", "digit", "circled")


class Marker(NamedTuple):
    """A candidate. `position`: `start` of its block, `strong` after a stop, `weak` after a comma or nothing."""

    start: int
    end: int
    form: Form
    ordinal: int | None
    position: Literal["start", "strong", "weak"]


def find_markers(text: str, start: int, end: int) -> list[Marker]:
    """Candidates in the block `[start, end)`, in order."""
    found: list[Marker] = []
    lead = QUOTED_LEAD.match(text, start, end)
    if lead is not None:
        found.append(Marker(start, lead.end(), "quoted_lead", None, "start"))
    for hit in scan(FIRST, PATTERN, text, start, end):
        form = _form(hit)
        position = _position(text, start, hit.start())
        if position == "weak" and form in ("cn", "digit", "ordinal_word"):
            continue  # a comma or a word before 一、 or 1. : an enumeration, a figure
        if form == "cn" and position != "start" and text[hit.end() - 1] != "、":
            continue
        found.append(Marker(hit.start(), hit.end(), form, _ordinal(hit, form), position))
    return found


def _form(hit: re.Match[str]) -> Form:
    for form in ("yishi", "paren_cn", "cn", "paren_digit", "digit", "circled", "di", "ordinal_word"):
        if hit[form] is not None:
            return form
    raise AssertionError(hit)


def _ordinal(hit: re.Match[str], form: Form) -> int | None:
    if form == "circled":
        return _CIRCLED[hit.group()]
    if form == "ordinal_word":
        return _WORDS[hit.group()[:2]]
    if form == "yishi" and hit["qi_n"]:
        return whole(hit["qi_n"])
    return whole(hit[f"{form}_n"])


def _position(text: str, block: int, at: int) -> Literal["start", "strong", "weak"]:
    before = at - 1
    while before >= block and text[before] in " \t“（(":
        before -= 1
    if before < block:
        return "start"
    return "strong" if text[before] in _STRONG_BEFORE else "weak"
