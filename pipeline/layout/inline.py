"""What stands in one line with the body but is not body: a dateline before it, a credit after it."""

from __future__ import annotations

import re

_OUTLET = (
    r"(?:本报|本网|本台|本刊|[\u4e00-\u9fffA-Za-z0-9·•]{1,16}?"
    r"(?:网|报|社|台|刊|客户端|在线|新闻|融媒|融媒体中心?|传媒|频道|播报|发布|号|农村版))"
)
_OUTLETS = rf"{_OUTLET}(?:[·•、/\s]?{_OUTLET})?"
_CREDIT = r"[（(][^（）()。]{1,60}[)）]"
_BY_NAME = r"[（(][^（）()。]{0,30}(?:记者|通讯员|作者)[^（）()。]{1,60}[)）]"
_NAME = r"[\u4e00-\u9fff·]{2,4}"
_PEOPLE = rf"(?:{_NAME}\s+)?(?:(?:记者|通讯员)\s*{_NAME}(?:[、\s,，]+|(?=[报:：])))+"
_DATELINE = re.compile(
    r"[【\[]?(?:"
    # 央视网消息(新闻联播): ; 某某网讯 ; 本报讯(记者 …) ; 新华社北京1月1日电
    rf"{_OUTLETS}[\u4e00-\u9fff0-9\s·]{{0,18}}?(?:消息|讯|电)[】\]]?"
    rf"(?:\s*[:：]|\s*{_CREDIT}\s*[:：]?|\s+(?:{_PEOPLE}(?:报道)?[:：]?)?|(?<=[】\]]))"
    # 某某讯(通讯员 …) ; 3月2日讯: no outlet, so the credit or a gap must tell
    rf"|[\u4e00-\u9fff]{{2,8}}讯\s*{_BY_NAME}|[\u4e00-\u9fff]{{2,4}}讯\s+|(?:\d{{1,2}}月)?\d{{1,2}}日(?:讯|电)\s*(?:{_CREDIT}|\s)"
    # 某某报记者 张三 某地报道: ; 通讯员 张三 报道:
    rf"|(?:{_OUTLETS}[\u4e00-\u9fff]{{0,4}})?(?:记者|通讯员)\s?{_NAME}(?:[、\s,，]+(?:(?:记者|通讯员)\s?)?{_NAME}){{0,4}}\s?"
    r"(?:[\u4e00-\u9fff]{2,5})?(?:(?:摄影)?报道\s*[:：]?|(?<=[\u4e00-\u9fff])[:：](?=近|今|自|“))"
    # (某某报 记者 张三) before the first word
    rf"|{_BY_NAME}(?=[\u4e00-\u9fff“])"
    r")\s*(?:题\s*[:：][^。！？\n]{2,40}(?:\s{1,}|$))?"
)
_SUFFIX = re.compile(
    r"\s*(?:[（(]\s*(?:(?:本报|本网|本刊|本台)?(?:全媒体|融媒体|见习|实习|特约)?(?:记者|通讯员)|作者|供稿|供词|撰稿|文[/／字]|图[/／]"
    r"|编辑|责编|责任编辑|来源|稿源|摄影|图片|采写|整理)[^（）()]{0,80}[)）]"
    r"|[（(][^（）()，。；]{0,40}(?:供稿|供图|报道|撰稿|摄|整理|通讯员|文/图)[^（）()，。；]{0,12}[)）]"
    r"|[（(]完[)）]"
    r"|(?<=[。！？”])\s*(?:本报|本网|[\u4e00-\u9fff]{2,8}(?:社|报|网))?(?:记者|通讯员)?\s*[\u4e00-\u9fff]{2,4}\s?(?:摄影?|摄影报道)"
    r"|(?<=[。！？”）)])\s*(?:责任编辑|责编|编辑|来源|信息来源|作者|校对|审核|供稿|通讯员|记者)\s*[:：][^。！？]{1,60}"
    r"|\s[（(]?(?:责任编辑|责编|编辑|审核|校对)\s*[:：]?\s*[\u4e00-\u9fff·、\s]{2,20}[)）]?"
    r")\s*$"
)
_SIGNATURE = re.compile(r"\s*[（(][\u4e00-\u9fff·、\s]{2,30}[)）]\s*$")
_SENTENCE_END = "。！？!?”’"
_FULL_STOPS = ("。", "！", "？")


def dateline(text: str) -> int:
    """Length of the dateline that opens the line, 0 where none does."""
    hit = _DATELINE.match(text)
    return hit.end() if hit is not None else 0


def credit(text: str, *, last: bool) -> int:
    """Where the credit that closes the line begins; its length where none does. At the `last` paragraph a bare
    signature counts too: (县委组织部 张三)."""
    if text.rstrip()[-1:] in _FULL_STOPS:  # no credit ends so, and nearly every paragraph does
        return len(text)
    hit = _SUFFIX.search(text, max(0, len(text) - 140))
    if hit is None and last:
        hit = _SIGNATURE.search(text, max(0, len(text) - 40))
    if hit is None or not hit.start() or text[hit.start() - 1] not in _SENTENCE_END:
        return len(text)
    return hit.start()
