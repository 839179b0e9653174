"""Clauses: the runs between commas, with what stands inside quotes, brackets and adverbial phrases marked off."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from extractors.scan import scan
from models.span import Range

# Bounded: a page of opened quotes that nobody closes would else take quadratic time.
QUOTED = re.compile(
    r"“[^”\n]{0,1000}+”|《[^》\n]{0,1000}+》|「[^」\n]{0,1000}+」|『[^』\n]{0,1000}+』"
    r"|（[^）\n]{0,1000}+）|\([^)\n]{0,1000}+\)|【[^】\n]{0,1000}+】"
)
SPEECH = re.compile(r"[。！？!?]")
"""A quotation with a full stop inside is somebody's words, not a name."""
SAYS = re.compile(r"(?:说|道|表示|坦言|介绍|感慨|感叹|回忆|告诉记者|笑着说)[:：,，]?$")
STOP = re.compile(r"[，,；;：:。！？!?…\n]|——")
STOPS = re.compile(r"[，,；;：:。！？!?…\n—]")
"""What a stop begins with."""
DIGIT_COMMA = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")

CLOSED = re.compile(
    # adverbial phrases that hold verbs of their own and never the main one
    r"在(?:[^，,；;：:。、\n“”]|“[^”\n]*”){1,40}?(?:的?基础上|的?前提下|的?带动下|的?带领下|的?支持下|的?引领下|的?推动下|的?帮助下|的?指导下"
    r"|的?努力下|的?同时|过程中|工作中|实践中|活动中|建设中|行动中|方面)"
    r"|以(?:[^，,；;：:。\n“”]|“[^”\n]*”){1,60}?为(?:契机|抓手|目标|导向|主线|龙头|带头人|重点|基础|依托|载体|平台|主体|核心|引领|纽带|牵引|突破口|切入点"
    r"|总抓手|着力点|中心|根本|支撑|保障|主题|重要抓手|有效抓手|出发点|落脚点|先导|路径|桥梁|动力|主)"
    r"|(?:按照|根据|依据|本着|秉承|秉持|坚持|遵循|围绕|对照|依照|参照)(?:[^，,；;：:。\n“”]|“[^”\n]*”){1,40}?(?:原则|要求|标准|思路|规定|精神|部署|理念|目标|方针|政策|情况|程序|步骤|思想)"
    r"|(?:以|借助|运用)(?:[^，,；;：:。\n“”]|“[^”\n]*”){1,30}?(?:等|的|相结合)?(?:方式|形式|办法|方法|途径|渠道|手段|措施|举措)"
    r"|为(?:[^，,；;：:。\n“”]|“[^”\n]*”){1,25}?(?=提供|注入|奠定|打下|增添|创造|赋能|输送)"
)
OPENER = re.compile(r"(?:随着|自从|自(?=\d|今|去|上)|据|正值|每当|除|鉴于)")
"""A clause that opens so is adverbial as a whole."""


LONGEST = 1000
"""Characters of a clause. What goes on for longer without a comma is no prose (a list, a broken page), and looking from
each verb to the end of it would take hours."""


class Clause(NamedTuple):
    """`[start, end)` between two stops; `sentence` is the index of the sentence that holds it."""

    start: int
    end: int
    sentence: int
    stop: str
    """The stop that ends it, empty at the end of the text."""


class Masks(NamedTuple):
    """Ranges in order, none overlapping, that no verb is read in."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, at: int) -> bool:
        """Whether a range holds the character `at`."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.ends[index]

    def end(self, at: int) -> int:
        """End of the range that holds `at`, else `at`."""
        index = bisect_right(self.starts, at) - 1
        return self.ends[index] if index >= 0 and at < self.ends[index] else at


NOTHING = Masks((), ())


def quotes(text: str) -> tuple[Masks, Masks]:
    """Quoted or bracketed runs of `text`, and those of them that are speech."""
    spans = [match.span() for match in QUOTED.finditer(text)]
    speech = [
        (start, end)
        for start, end in spans
        if text[start] in "“「『"
        and (SPEECH.search(text, start, end) or (end - start > 12 and _spoken(text, start, end)))
    ]
    return _masks(spans), _masks(speech)


def clauses(text: str, sentences: tuple[Range, ...], quoted: Masks) -> list[Clause]:
    """The clauses of the sentences, in order; a stop inside quotes or in a number ends none."""
    found = []
    for index, (start, end) in enumerate(sentences):
        at = start
        for stop in scan(STOPS, STOP, text, start, end):
            if quoted.covers(stop.start()) or DIGIT_COMMA.match(text, stop.start()):
                continue
            found += _clause(text, at, stop.start(), index, stop.group())
            at = stop.end()
        found += _clause(text, at, end, index, "")
    return found


def closed(text: str, clause: Clause) -> Masks:
    """Adverbial phrases of a clause that hold no verb of its own."""
    if OPENER.match(text, clause.start):
        return _masks([(clause.start, clause.end)])
    return _masks([match.span() for match in CLOSED.finditer(text, clause.start, clause.end)])


def _spoken(text: str, start: int, end: int) -> bool:
    return bool(SAYS.search(text, max(0, start - 12), start)) or text[start - 1 : start] in (":", "：")


def _clause(text: str, start: int, end: int, sentence: int, stop: str) -> list[Clause]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Clause(at, min(at + LONGEST, end), sentence, stop) for at in range(start, end, LONGEST)]


def _masks(spans: list[Range]) -> Masks:
    if not spans:
        return NOTHING
    return Masks(tuple(start for start, _ in spans), tuple(end for _, end in spans))
