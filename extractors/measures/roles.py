"""What each sentence is there for: background, practice, result, lesson, quotation (背景 做法 成效 启示 引语)."""

from __future__ import annotations

import re

from extractors.actions.clauses import quotes
from extractors.actions.leads import Unit
from extractors.actions.reader import Act
from models.document import Layout
from models.measure import Role, SentenceRole

LESSON = re.compile(
    r"实践证明|实践表明|启示|事实证明|经验表明|关键在于|关键是|根本在于|只有.{2,40}才|唯有.{2,40}才|必须(?:坚持|始终|把)|离不开|给我们的|深刻体会"
)
RESULT = re.compile(
    r"^(?:截至|截止|目前|如今|现在|眼下|至此|到目前|通过努力|一年来|几年来|三年来).{0,60}?(?:达|超|突破|实现|增|覆盖|完成|减|降|受益|分红|\d)"
    r"|成效显著|取得.{0,12}(?:成效|成绩|效果)|有效(?:激发|提升|解决|破解|调动|增强)|被评为|荣获|获评|获得.{0,20}(?:称号|表彰|奖)|满意度|获得感"
)
TOLD = re.compile(
    r"[”」](?:[^，。]{0,24})(?:说|道|表示|介绍|感慨|坦言|告诉记者)|(?:说|道|表示|介绍|感慨|坦言|告诉记者)[:：，,][“「]"
)


def roles(text: str, layout: Layout, acts: list[Act], marked: list[Unit]) -> list[SentenceRole]:
    """One role for each sentence of a paragraph, in order; headings have none."""
    deeds: dict[int, int] = {}
    outcomes: dict[int, int] = {}
    for act in acts:
        layer = outcomes if act.outcome else deeds
        layer[act.clause.sentence] = layer.get(act.clause.sentence, 0) + 1
    _, speech = quotes(text)
    headings = {block.start for block in layout.blocks if block.kind == "heading"}
    found = []
    unit = 0
    begun = False
    for index, (start, end) in enumerate(layout.sentences):
        if start in headings:
            continue
        while unit < len(marked) and marked[unit].end <= start:
            unit += 1
        inside = unit < len(marked) and marked[unit].start <= start
        role, rule = _role(
            text[start:end],
            speech.covers(start) or speech.covers(end - 1),
            index in deeds,
            index in outcomes,
            inside,
            begun,
        )
        begun = begun or role == "practice"
        found.append(SentenceRole(start=start, end=end, role=role, rule=rule))
    return found


def _role(sentence: str, spoken: bool, deed: bool, outcome: bool, inside: bool, begun: bool) -> tuple[Role, str]:
    if spoken or TOLD.search(sentence):
        return "quotation", "speech"
    if LESSON.search(sentence) and not deed:
        return "lesson", "lesson_cue"
    if RESULT.search(sentence) and not (deed and inside and not outcome):
        return "result", "result_cue"
    if deed:
        return "practice", "action"
    if outcome:
        return "result", "outcome"
    if inside:
        return "practice", "in_measure"
    return "background", "after_practice" if begun else "before_practice"
