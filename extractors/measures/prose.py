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
    r"(?:全面|大力|先后|持续|积极|常态化|率先|新|集中|重点|深入|扎实|着力|注重|不断|统一|主动|进一步|创新|逐步|广泛|在全[省市国县]率先)+$"
)
"""Adverbs that belong to the clause that names a measure."""
SEMICOLON = re.compile(r"[;；]")
SHORTEST = 40
"""Characters on either side of a semicolon that parts two measures."""
WEAK = frozenset({"pivot", "without_object"})
"""Rules whose acts seldom name a topic."""
NEW_TOPIC = re.compile(r"(?:随后|此外|另外|与此同时|如今|眼下|目前|除此之外|不仅如此|后来|接着|[为在]了?)")
SO_FAR = re.compile(r"截至|截止|至今|迄今|到目前")
"""A sentence that opens so sums up what stands before it."""
TIMES = frozenset({"t", "TIME", "f"})
NEAR = 3
"""Sentences back that a subject may pick up its noun from."""
GENERAL = frozenset({"村民", "群众", "干部", "党员", "社区", "当地", "我市", "全县", "全市", "村里", "大家", "农户"})
"""Subjects so general that naming them again is no sign of the same topic."""


class _Sentence(NamedTuple):
    start: int
    end: int
    acts: list[Act]
    fresh: bool = False
    """Whether it follows a semicolon, and so begins a topic of its own."""


def topics(text: str, layout: Layout, acts: list[Act], hints: Hints) -> list[Unit]:
    """Groups of sentences in the paragraphs: each begins with a sentence that holds an action, and
    runs on to the next such sentence of its paragraph."""
    by_sentence: dict[int, list[Act]] = {}
    for act in acts:
        if not act.outcome:
            by_sentence.setdefault(act.clause.sentence, []).append(act)
    sentences = [
        part
        for index, (start, end) in enumerate(layout.sentences)
        for part in _parts(text, start, end, by_sentence.get(index, []))
    ]
    found: list[Unit] = []
    section: str | None = None
    at = 0
    for block in layout.body():
        while at < len(sentences) and sentences[at].end <= block.start:
            at += 1
        inside = at
        while inside < len(sentences) and sentences[inside].start < block.end:
            inside += 1
        if block.kind == "paragraph":
            found += [unit._replace(section=section) for unit in _groups(text, sentences[at:inside], hints)]
        else:
            section = text[block.start : block.end].strip("#* ") or None
        at = inside
    return found


def _parts(text: str, start: int, end: int, acts: list[Act]) -> list[_Sentence]:
    """A sentence, cut at the semicolons that part one deed from another."""
    parts: list[_Sentence] = []
    for stop in SEMICOLON.finditer(text, start, end):
        before = [act for act in acts if start <= act.start and act.end <= stop.start()]
        after = [act for act in acts if act.start >= stop.end()]
        if before and after and stop.start() - start >= SHORTEST and end - stop.end() >= SHORTEST:
            parts.append(_Sentence(start, stop.start(), before, bool(parts)))
            start = stop.end()
    return [*parts, _Sentence(start, end, [act for act in acts if act.start >= start], bool(parts))]


def _groups(text: str, sentences: list[_Sentence], hints: Hints) -> list[Unit]:
    groups: list[list[_Sentence]] = []
    for sentence in sentences:
        strict = [act for act in sentence.acts if not act.loose and act.rule != "without_object"]
        if strict and not (groups and _continues(text, groups[-1], sentence, hints)):
            groups.append([sentence])
        elif groups:
            groups[-1].append(sentence)
    if not groups:
        return []
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


def _continues(text: str, group: list[_Sentence], sentence: _Sentence, hints: Hints) -> bool:
    """Whether the sentence is still about what the group is about: it has no subject of its own, or its subject is
    what the group acted on. After a result a new topic begins."""
    if (
        sentence.fresh
        or text[sentence.start - 1 : sentence.start] in (";", "；")
        or (not group[-1].acts and len(group) > 1)
    ):
        return False
    subject = text[sentence.start : sentence.acts[0].start]
    if NEW_TOPIC.match(subject):
        return False
    if SO_FAR.match(subject):
        return True
    first, last = hints.at(sentence.start), hints.at(sentence.acts[0].start - 1)
    known = "".join(text[act.start : act.end] for one in group[-NEAR:] for act in one.acts)
    for token in range(first, last + 1):
        if hints.pos[token] in ("PROPN", "PRON", "NOUN") and hints.tags[token] not in TIMES:
            word = text[hints.starts[token] : hints.ends[token]]
            return len(word) > 1 and word in known and word not in GENERAL
    return True


def _title(text: str, acts: list[Act]) -> Range:
    """The clause that names the group: its first action of its own weight, with what 、 joins to it."""
    chosen = 0
    if len(acts) > 1 and acts[0].rule in WEAK and acts[1].rule not in WEAK:
        chosen = 1
    end = acts[chosen].end
    for before, after in zip(acts[chosen:], acts[chosen + 1 :], strict=False):
        if text[before.end : after.start][:1] != "、" or after.clause is not before.clause:
            break
        end = after.end
    adverb = BEFORE.search(text, acts[chosen].clause.start, acts[chosen].start)
    return (adverb.start() if adverb else acts[chosen].start), end
