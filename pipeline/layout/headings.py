"""Short lines between paragraphs: headings or captions; and how deep a heading is."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.layout.lines import Line
from pipeline.layout.markers import QUOTED_LEAD, find_markers

_LONGEST_HEADING = 40
# So many short lines in a row are the cells of a table, no headings.
_TABLE = 5
_SCENE = re.compile(
    r"现场|被[评授列]|讲解|主持|参观|合影|采摘|揭牌|签约|仪式|(?:正在|举行|举办|召开|开展|进行).{0,12}$"
)
_VIEW = re.compile(r"(?:现场|场景|一角|一隅|[全外夜近远]景|鸟瞰|俯瞰|航拍|合影|留影)图?$")
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章节部篇]?[，,、：:\s]"
    r"|0\d[\s./、]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[（(]?\d{1,2}[)）]|[①-⑳]|(?:【[^】]{2,20}】)$)"
)
# Depth by the written form, from the outside in; a heading without number stands outside numbered ones it precedes.
_FORMS = (
    re.compile(r"第[一二三四五六七八九十]{1,3}[章节部篇]"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[，,、：:\s]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[.．、]"),
    re.compile(r"[（(]?\d{1,2}[)）]|[①-⑳]"),
)


def numbered(text: str) -> bool:
    """It opens with the number of a heading: 一、 (二) 3. ④ 第五, or is all 【…】."""
    return _NUMBERED.match(text) is not None


def judge_short_lines(lines: list[Line]) -> None:
    """Settle the undecided short lines that stand between paragraphs; clusters of them are judged together."""
    body = [line for line in lines if line.kind in (None, "paragraph", "caption")]
    # paragraphs that carry their own titles need no headings; one alone may just open with a quotation
    titled = sum(line.kind == "paragraph" and QUOTED_LEAD.match(line.text) is not None for line in body) > 1
    index = 0
    above: list[Line] = []  # the paragraphs since the last heading
    while index < len(body):
        if body[index].kind is not None:
            if body[index].kind == "paragraph":
                above.append(body[index])
            index += 1
            continue
        end = index
        while end < len(body) and body[end].kind is None:
            end += 1
        cluster = body[index:end]
        after = body[end] if end < len(body) else None
        if (
            index
            and body[index - 1].kind == "caption"
            and _SCENE.search(cluster[0].text)
            and not numbered(cluster[0].text)
        ):
            cluster[0].settle("caption", "beside-caption")
        undecided = [line for line in cluster if line.kind is None]
        _judge(undecided, after, above, titled=titled, beside_caption=after is not None and after.kind == "caption")
        if any(line.kind == "heading" for line in cluster):
            above = []
        index = end


def promote_numbered(lines: list[Line]) -> None:
    """(一)建好两支队伍。 on a line of its own over an unnumbered paragraph is a heading, stop or no stop; the first of
    a sequence decides for the others, so a list of short items is none."""
    body = [line for line in lines if line.kind in ("paragraph", "heading")]
    heads: dict[int, bool] = {}
    for line, after in pairwise(body):
        rank = _rank(line)
        if rank < 10 or line.kind != "paragraph" or len(line.text) > _LONGEST_HEADING or line.stops > 1:
            continue
        if _first_ordinal(line.text) == 1:
            heads[rank] = _rank(after) < 10 and after.kind == "paragraph" and len(after.text) > len(line.text)
        if heads.get(rank) and after.kind == "paragraph" and _rank(after) != rank:
            line.settle("heading", "numbered-stop")


def _judge(cluster: list[Line], after: Line | None, above: list[Line], *, titled: bool, beside_caption: bool) -> None:
    ordinal = _first_ordinal(after.text) if after is not None else None
    splits_items = ordinal is not None and ordinal > 1 and ordinal == _last_ordinal(above) + 1
    if len(cluster) >= _TABLE and not any(line.strong or line.heading_tag or numbered(line.text) for line in cluster):
        for line in cluster:
            line.settle("paragraph", "table")
        return
    has_number = any(numbered(line.text) for line in cluster)
    titled = titled and after is not None and QUOTED_LEAD.match(after.text) is not None
    for line in cluster:
        if line.in_caption:
            line.settle("caption", "figcaption")
        elif numbered(line.text) or line.heading_tag is not None or line.strong:
            line.settle("heading", "numbered" if numbered(line.text) else "marked-up")
        elif line.after_image:
            line.settle("caption", "after-picture")
        elif has_number and _VIEW.search(line.text):  # 插秧现场 over 二、…: where headings have numbers, a picture's
            line.settle("caption", "view")
        elif splits_items:
            line.settle("caption", "splits-items")
        elif len(line.text) > _LONGEST_HEADING:
            line.settle("caption", "long-without-stop")
        elif titled:
            line.settle("caption", "before-titled-paragraph")
        elif beside_caption and _SCENE.search(line.text):
            line.settle("caption", "beside-caption")
        else:
            line.settle("heading", "between-paragraphs")


def _first_ordinal(text: str) -> int | None:
    markers = find_markers(text, 0, min(len(text), 12))
    return markers[0].ordinal if markers and markers[0].position == "start" else None


def _last_ordinal(above: list[Line]) -> int:
    """The number of the last item in these paragraphs, 0 where they have none."""
    for line in reversed(above):
        for marker in reversed(find_markers(line.text, 0, len(line.text))):
            if marker.position != "weak" and marker.ordinal is not None:
                return marker.ordinal
    return 0


def set_levels(lines: list[Line]) -> None:
    """Depths from 1: the forms that occur, in their usual order; a heading without number by its tag, else above the
    numbered ones."""
    headings = [line for line in lines if line.kind == "heading"]
    ranks = {rank for line in headings if (rank := _rank(line)) >= 0}
    order = {rank: level for level, rank in enumerate(sorted(ranks), 1)}
    numbered_first = bool(headings) and _rank(headings[0]) >= 10
    for line in headings:
        rank = _rank(line)
        line.level = min(order[rank], 6)
    if numbered_first and any(rank < 10 for rank in ranks):
        # numbered sections hold the unnumbered headings
        shift = len([rank for rank in ranks if rank >= 10])
        for line in headings:
            rank = _rank(line)
            inner = sorted(r for r in ranks if r < 10)
            outer = sorted(r for r in ranks if r >= 10)
            line.level = min(outer.index(rank) + 1 if rank >= 10 else shift + inner.index(rank) + 1, 6)


def _rank(line: Line) -> int:
    for index, form in enumerate(_FORMS):
        if form.match(line.text):
            return 10 + index
    return line.heading_tag or 7
