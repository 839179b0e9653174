"""The kind of each line."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.layout.head import read_head, signed
from pipeline.layout.headings import judge_short_lines, promote_numbered
from pipeline.layout.inline import dateline
from pipeline.layout.lines import Line
from pipeline.layout.repeats import mark_repeats
from pipeline.layout.rules import Rule, load_rules

# A line that ends the article (相关新闻, a licence) does so only when this much of the running text stands before it: a
# menu at the top may hold the same words.
_MOSTLY_TOLD = {"tail": 0.5, "records": 0.7, "closing": 0.85}
_CLOSING = re.compile(r"(?:责\s*任?\s*编\s*辑?|编\s*辑|审\s*[核签]|校\s*对|监\s*制|终\s*审|来\s*源|供\s*稿)\s*[:：|丨]")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]{1,4}(?=[\u4e00-\u9fff]\s*[\u4e00-\u9fff]?\s*[\u4e00-\u9fff]?\s*[:：])")
_SCENE = re.compile(r"[^，,：:“]{4,24}正在[^，,：:“]{2,16}。")
_PICTURED = re.compile(r"[^，,：:“0-9]{2,24}?(?:正?在|正|向|为|给|接受|查看)[^，,：:0-9]{3,32}。")
_SIGNATURE = re.compile(r"[（(][\u4e00-\u9fff·、\s]{2,30}[)）]")


def classify(lines: list[Line]) -> None:
    """Settle the kind of every line."""
    rules = load_rules()
    for line in lines:
        _by_rule(line, rules.lines)
    _reopen_picture_story(lines)
    _cut_tail(lines, rules.tail)
    read_head(lines)
    mark_repeats(lines)
    for line in lines:
        if line.kind is None and line.prose:
            line.settle("paragraph", "prose")
    _reopen_credits(lines)
    _captions_beside(lines)
    _scenes(lines)
    _after_body(lines)
    judge_short_lines(lines)
    promote_numbered(lines)


def _by_rule(line: Line, rules: list[Rule]) -> None:
    if line.in_caption:
        line.settle("caption", "figcaption")
        return
    if dateline(line.text) == len(line.text):
        line.settle("dateline", "dateline")
        return
    size = len(line.text)
    ends = line.text[-1] in "。？！?!"
    close = line.text if size > 120 else _SPACED.sub("", line.text)  # 来 源: spaced out to fill a column
    for rule in rules:
        if size > rule.longest or (ends and not rule.prose):
            continue
        if rule.pattern.search(close if rule.kind == "byline" else line.text):
            line.settle(rule.kind, rule.id)
            return
    if line.link_share > 0.8 and not line.stops:
        line.settle("noise", "link")


def _reopen_picture_story(lines: list[Line]) -> None:
    """Where nothing else is running text, a long caption is the article."""
    if any(line.kind is None and line.prose for line in lines):
        return
    for line in lines:
        if line.kind == "caption" and line.prose:
            line.kind, line.rule = None, ""


def _reopen_credits(lines: list[Line]) -> None:
    """审核把关严起来 between two paragraphs is a heading, 审核张三 after the last one a credit."""
    body = [index for index, line in enumerate(lines) if line.kind == "paragraph"]
    for line in lines[body[0] : body[-1]] if body else ():
        if line.rule == "byline.credit" and not re.search(r"[:：]", line.text):
            line.kind, line.rule = None, ""


def _cut_tail(lines: list[Line], tail: list[Rule]) -> None:
    """All after 相关新闻 and its like, or after the licence lines."""
    told = [len(line.text) if line.kind is None and line.prose else 0 for line in lines]
    total = sum(told)
    before = 0
    for index, line in enumerate(lines):
        rule = _ends_article(line, tail)
        if rule and before and before >= _MOSTLY_TOLD[rule.partition(".")[0]] * total:
            for rest in lines[index:]:
                if rest.kind not in ("byline", "caption"):
                    rest.settle("noise", rule)
            return
        before += told[index]


def _ends_article(line: Line, tail: list[Rule]) -> str:
    if line.kind == "byline" and _CLOSING.search(line.text):
        return "closing"  # what an account still asks of its readers
    if line.kind not in (None, "noise"):
        return ""
    for rule in tail:
        if len(line.text) <= rule.longest and rule.pattern.search(line.text):
            return rule.id
    return "records" if line.rule == "noise.records" else ""


def _captions_beside(lines: list[Line]) -> None:
    """A line of one sentence that opens like the caption of sentences beside it is a caption too."""
    for index, line in enumerate(lines):
        if line.kind != "paragraph" or line.stops > 1 or len(line.text) > 90:
            continue
        for other in (index - 1, index + 1):
            if not 0 <= other < len(lines):
                continue
            caption = lines[other]
            if caption.kind == "caption" and caption.stops and caption.text[:2] == line.text[:2]:
                line.settle("caption", "beside-caption")
                break


def _scenes(lines: list[Line]) -> None:
    """A line that only says what can be seen, after a paragraph or under a picture: 工人正在装车。"""
    for before, line in pairwise(lines):
        if line.kind == "paragraph" and line.after_image and line.stops == 1 and _PICTURED.fullmatch(line.text):
            line.settle("caption", "under-picture")
        if line.kind == before.kind == "paragraph" and len(line.text) <= 30 and _SCENE.fullmatch(line.text):
            line.settle("caption", "scene")


def _after_body(lines: list[Line]) -> None:
    last = max((i for i, line in enumerate(lines) if line.kind == "paragraph"), default=None)
    if last is None:
        return
    for line in lines[last + 1 : last + 4]:
        if signed(line):
            line.settle("note", "signature")
    for line in lines[last + 1 :]:
        if line.kind is None and _SIGNATURE.fullmatch(line.text):
            line.settle("byline", "credit")
        elif line.kind is None:
            line.settle("noise", "after-body")
