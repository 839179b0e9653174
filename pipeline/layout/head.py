"""The top of a page: its title, its unlabelled byline, and what else stands before the first paragraph."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.layout.headings import numbered
from pipeline.layout.lines import Line

_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*日?(?:\s*(?:星期|周)[一二三四五六日天])?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_WRITTEN_OUT = re.compile(
    r"[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日(?:\s*(?:星期|周)[一二三四五六日天])?"
    r"|(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s(?:\d{1,2},?\s)?(?:19|20)\d\d"
)
_SUBTITLE = re.compile(r"^(?:—|－|-|–|─){1,3}|^[（(].*[)）]$|^副标题")
_SAYS_WHEN_OR_WHENCE = re.compile(
    r"(?:时间|日期|来源|稿源)\s*[:：]\s*\S|(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}"
)
_SERIES = re.compile(r"^[^，。：:“]{2,18}(?:简报|专报|快报|通报|信息|动态|参考|通讯|交流|内参|专刊)$")
_SIGNED = re.compile(
    r"(?:中共)?[\u4e00-\u9fff]{2,24}(?:[省市州县区旗镇乡村]|街道|社区)(?:委|委员会|党委|党工委|工委|政府|人民政府|办事处|管委会|管理委员会"
    r"|委组织部|委宣传部|委办公室|政府办公室|村民委员会|居民委员会|党支部|党总支|[\u4e00-\u9fff]{2,8}局)"
)
# A title has at least this many Chinese characters; menus have fewer in a line.
_SHORTEST_TITLE = 6
_DATED_TITLE = re.compile(r"(?:19|20)\d\d年\S")
_SITE_NAME = 9
_LONGEST_TITLE = 60
# A byline counts as the head's when no more than this share of the running text stands before it.
_BEFORE_BYLINE = 0.15


def read_head(lines: list[Line]) -> None:
    """Settle the lines before the body."""
    told = [len(line.text) if line.kind is None and line.prose else 0 for line in lines]
    total = sum(told)
    first = next((index for index, size in enumerate(told) if size), None)
    if first is None:
        return
    _dated(lines, first)
    _name_of_brief(lines[:first])
    byline = _byline(lines, told, total)
    if byline is not None and byline > first:
        # running text above the byline: a greeting, a summary
        for line in lines[first:byline]:
            if line.kind is None and line.prose:
                line.settle("note", "above-byline")
        first = next((index for index in range(byline, len(lines)) if told[index]), byline)
    head = lines[:first]
    title = _title(head, byline)
    if title is not None:
        head[title].settle("title", "before-body")
    if title is not None:
        for line in head[title + 1 :]:
            if signed(line):
                line.settle("note", "signature")
    later = {len(line.text) for line in lines[first:] if line.kind is None and not line.prose and line.han >= 4}
    for index, line in enumerate(head):
        if line.kind is not None:
            continue
        if title is not None and index < title:
            line.settle("noise", "before-title")
        elif title is not None and not _opens_section(line, later, after_byline=byline is not None):
            line.settle("noise", "between-title-and-body")


def signed(line: Line) -> bool:
    """Nothing but the full name of a body with its place: 青石县柳塘街道办事处."""
    return line.kind is None and line.heading_tag is None and _SIGNED.fullmatch(line.text) is not None


def _dated(lines: list[Line], first: int) -> None:
    """A date with little beside it: 2023-10-26 10:20 某某网; 某某日报 2023年10月26日; 2022-05-07张三. In the body a
    date may be a heading, so this holds at both ends of the page only."""
    last = max(index for index, line in enumerate(lines) if line.kind is None and line.prose)
    for index, line in enumerate(lines):
        if first <= index <= last or len(line.text) > 80 or line.stops:
            continue
        if line.kind is not None and (line.kind != "noise" or index > last):
            continue
        rest = _DATE.sub("", line.text, count=1)
        if len(rest) == len(line.text):
            rest = _WRITTEN_OUT.sub("", line.text, count=1)
        # after the body a longer one is another story's headline
        if len(rest) < len(line.text) and len(rest.strip()) <= (32 if index < first else 14):
            line.settle("byline", "byline.dated")


def _name_of_brief(head: list[Line]) -> None:
    """党建工作简报 beside 第18期 is the series, not the article, where a title follows."""
    for index, line in enumerate(head):
        beside = head[max(0, index - 2) : index + 3]
        if line.kind is None and _SERIES.search(line.text) and any(each.rule == "noise.masthead" for each in beside):
            if any(each.kind is None and each.han >= _SHORTEST_TITLE for each in head[index + 1 :]):
                line.settle("noise", "series")
            return


def _byline(lines: list[Line], told: list[int], total: int) -> int | None:
    """The last line of the head that says when or whence."""
    found = None
    before = 0
    for index, line in enumerate(lines):
        if before > _BEFORE_BYLINE * total:
            break
        if line.kind == "byline" and _SAYS_WHEN_OR_WHENCE.search(line.text):
            found = index
        before += told[index]
    return found


def _title(head: list[Line], byline: int | None) -> int | None:
    dateline = next((i for i, line in enumerate(head) if line.kind == "dateline"), len(head))
    free = [
        i
        for i, line in enumerate(head[:dateline])
        if line.kind is None and _long_enough(line) and len(line.text) <= _LONGEST_TITLE
    ]
    tagged = [i for i in free if head[i].heading_tag is not None]
    if tagged:  # the highest, but a site may give its own name the h1
        return min(tagged, key=lambda i: (len(head[i].text) < _SITE_NAME, head[i].heading_tag or 6, -i))
    plain = [
        i
        for i in free
        if not numbered(head[i].text) and not _SUBTITLE.match(head[i].text) and head[i].text[-1] not in ":："
    ]
    above = [i for i in plain if byline is not None and i < byline]
    if above:
        return above[-1]
    if byline is None and len(plain) > 1 and len(head) <= 3:
        return plain[0]
    times = Counter(line.text for line in head)  # a site's motto stands twice
    plain = [i for i in plain if times[head[i].text] == 1] or plain
    return max(plain, key=lambda i: (len(head[i].text) >= 10, i), default=None)


def _long_enough(line: Line) -> bool:
    return line.han >= _SHORTEST_TITLE or (
        line.han >= _SHORTEST_TITLE - 1 and _DATED_TITLE.match(line.text) is not None
    )


def _opens_section(line: Line, later: set[int], *, after_byline: bool) -> bool:
    """A heading of the first section: numbered or marked, or about as long as a short line between later paragraphs
    (`later`: their lengths)."""
    if numbered(line.text) or line.strong or line.heading_tag is not None:
        return True
    if not 4 <= line.han <= 30 or _SUBTITLE.match(line.text):
        return False
    return any(len(line.text) + more in later for more in range(-2, 3)) or (
        not after_byline and line.han >= 8 and bool(later)
    )
