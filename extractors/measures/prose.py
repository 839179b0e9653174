"""Measures in plain prose: groups of sentences on one subject, where the author marks nothing off."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.actions.hints import Hints
from extractors.actions.leads import Unit
from extractors.actions.reader import Act
from models.document import Layout
from models.span import Range

BEFORE = re.compile(
    r"(?:全面|大力|先后|持续|积极|常态化|率先|新|集中|重点|深入|扎实|着力|注重|不断|统一|主动|累计|共|还|进一步|创新|逐步|广泛|在全[省市国县]率先)+$"
)
"""Adverbs that belong to the clause that names a measure."""
NUMBERED = re.compile(r"\d|“")
SUBJECTLESS = frozenset({"VERB", "ADP", "ADV"})


class _Sentence(NamedTuple):
    start: int
    end: int
    acts: list[Act]


def topics(text: str, layout: Layout, acts: list[Act], hints: Hints, taken: list[Range]) -> list[Unit]:
    """Groups of sentences in the paragraphs outside `taken`: each begins with a sentence that holds an action, and
    runs on to the next such sentence of its paragraph."""
    by_sentence: dict[int, list[Act]] = {}
    for act in acts:
        if not act.outcome:
            by_sentence.setdefault(act.clause.sentence, []).append(act)
    sentences = [
        _Sentence(start, end, by_sentence.get(index, [])) for index, (start, end) in enumerate(layout.sentences)
    ]
    found: list[Unit] = []
    at = 0
    for block in layout.body():
        while at < len(sentences) and sentences[at].end <= block.start:
            at += 1
        inside = at
        while inside < len(sentences) and sentences[inside].start < block.end:
            inside += 1
        if block.kind == "paragraph" and not any(start < block.end and block.start < end for start, end in taken):
            found += _groups(text, sentences[at:inside], hints)
        at = inside
    return found


def _groups(text: str, sentences: list[_Sentence], hints: Hints) -> list[Unit]:
    groups: list[list[_Sentence]] = []
    for sentence in sentences:
        strict = [act for act in sentence.acts if not act.loose]
        if strict and not (groups and _continues(sentence, hints)):
            groups.append([sentence])
        elif groups:
            groups[-1].append(sentence)
    if len(groups) == 1:
        lead = [sentence for sentence in sentences if sentence.start < groups[0][0].start]
        if sum(s.end - s.start for s in lead) * 2 < groups[0][-1].end - groups[0][0].start:
            groups[0] = lead + groups[0]
    found = []
    for group in groups:
        inside = [act for sentence in group for act in sentence.acts if not act.loose]
        title = _title(text, inside)
        found.append(Unit(group[0].start, group[-1].end, title, None, None, "topic"))
    return found


def _continues(sentence: _Sentence, hints: Hints) -> bool:
    """A sentence without a subject of its own goes on with the subject, and so with the topic, before it."""
    return hints.part(sentence.start) in SUBJECTLESS


def _title(text: str, acts: list[Act]) -> Range:
    """The clause that names the group: its first action, or the second where only that has a number or a name."""
    chosen = acts[0]
    if len(acts) > 1 and not NUMBERED.search(text, acts[0].start, acts[0].end):
        if NUMBERED.search(text, acts[1].start, acts[1].end):
            chosen = acts[1]
    before = BEFORE.search(text, chosen.clause.start, chosen.start)
    return (before.start() if before else chosen.start), chosen.end
