"""Measures in plain prose: groups of sentences on one subject, where the author marks nothing off."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from extractors.actions.hints import TIMES, Hints
from extractors.actions.leads import Unit
from extractors.actions.reader import Act
from extractors.rules import read_toml
from models.document import Block, Layout
from models.span import Range

BEFORE = re.compile(
    r"(?:全面|大力|先后|持续|积极|常态化|率先|新|集中|重点|深入|扎实|着力|注重|不断|统一|主动|进一步|创新|逐步|广泛|在全[省市国县]率先)+$"
)
"""Adverbs that belong to the clause that names a measure."""
SEMICOLON = re.compile(r"[;；]")
SHORTEST = 40
"""Characters on either side of a semicolon that parts two measures."""
WEAK = "without_object"
"""The rule whose acts seldom name a topic. What somebody made others do (组织党员外出考察) names one."""
NEW_TOPIC = re.compile(
    r"(?:随后|此外|另外|与此同时|如今|眼下|目前|除此之外|不仅如此|后来|接着|针对|围绕|聚焦|[为在]了?)"
)
SO_FAR = re.compile(r"截至|截止|至今|迄今|到目前")
"""A sentence that opens so sums up what stands before it."""
SCENE = re.compile(
    r"位于|地处|坐落|[\d一二三四五六七八九十几]年前|正在|忙着|忙碌|告诉记者|家住|过去|从前|此前|以前|往年|原先|原来|曾经|昔日|像"
)
"""Before its first verb, a sentence with one of these sets a scene or tells how things were."""
TALLIED = re.compile(
    r"截至|截止|目前|如今|眼下|现在|今年|去年|上半年|前年|近[年几两三]|\d{4}年|[一两三几]年[多来下]|全[县市镇乡村区]|这几年|每年"
)
AIM = re.compile(r"力争|计划|预计|目标")
LEAD_SHORT = 22
"""Characters of a sentence that with no figure in it only leads on to the next."""
EACH = re.compile(r"每[名个户家人位]")
"""Opens a sentence that tells more of what stands before it."""
ASIDE_OBJECT = re.compile(r"^.{1,4}[他她它](?!们?的?[家村])")
"""An act on somebody just named."""
ALSO = re.compile(r"[^，,]还")
LED_BY_YEAR = re.compile(r"\d{4}年")
PLAN = re.compile(r"下一?步|接下来|未来|今后|明年|到20\d\d年|按照?规划|预计|计划")
INTENDED = re.compile(r"(?:打算|准备|计划|盘算着?|预备|拟)(?![好了])[^，,。；;]{0,16}$")
"""Right before a deed: it is still to be done, and begins no measure."""
GAP = frozenset({"", "来", "用于", "用来", "并"})
TOWARDS = re.compile(r"(?:到|赴|任|担任|兼任|深入|进驻|返回|为)[^，,。；;、]{2,18}$")
HANDLED = re.compile(r"[把将][^，,。；;]{2,40}[，,](?:先后|并|再|又)?")
"""What a deed begins with; the next clause names it: 把十个村的钱拢到一起,成立公司."""
NEAR = 3
"""Sentences back that a subject may pick up its noun from."""


class TopicWords(NamedTuple):
    """The lists of `topics.toml`, which says what each is for."""

    tally: frozenset[str]
    private: frozenset[str]
    chores: frozenset[str]
    means: frozenset[str]
    general: frozenset[str]


def load_topic_words(rules: str | None = None) -> TopicWords:
    """The lists, with the user's topics.toml in the folder `rules` laid over them."""
    table = read_toml("extractors.measures", "topics.toml", rules)
    return TopicWords(**{name: frozenset(table[name]) for name in TopicWords._fields})


class Prose(NamedTuple):
    """What every step looks at. `field` gives the category of a run of the text, or null."""

    text: str
    hints: Hints
    field: Callable[[str], str | None]
    words: TopicWords


class _Sentence(NamedTuple):
    start: int
    end: int
    acts: list[Act]
    fresh: bool = False
    """Whether it follows a semicolon, and so begins a topic of its own."""


def topics(prose: Prose, layout: Layout, acts: list[Act], within: list[Block] | None = None) -> list[Unit]:
    """Groups of sentences in the paragraphs (those `within`, else all): each begins with a sentence that holds an
    action, and runs on to the next of its paragraph that is about something else."""
    text = prose.text
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
        if block.kind == "paragraph" and (within is None or block in within):
            groups = _groups(prose, sentences[at:inside], within is not None)
            found += [unit._replace(section=section) for unit in groups]
        elif block.kind == "heading":
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


def _groups(prose: Prose, sentences: list[_Sentence], strict: bool) -> list[Unit]:
    text = prose.text
    groups: list[list[_Sentence]] = []
    for sentence in sentences:
        opens = any(not act.loose and act.rule != WEAK for act in sentence.acts)
        if groups:
            fresh = opens and _begins(prose, groups[-1], sentence)
        else:
            fresh = (
                opens
                and not PLAN.match(text, sentence.start)
                and not _told(prose, sentence)
                and not _leads_on(text, sentence, sentences[-1])
            )
            fresh = fresh and not (strict and AIM.search(text, sentence.start, sentence.acts[0].start))
        if fresh:
            groups.append([sentence])
        elif groups:
            groups[-1].append(sentence)
    if not groups:
        return []
    lead = [sentence for sentence in sentences if sentence.start < groups[0][0].start]
    if sum(s.end - s.start for s in lead) * 2 < groups[0][-1].end - groups[0][0].start:
        groups[0] = lead + groups[0]
    found = []
    for group in groups:
        inside = [act for sentence in group for act in sentence.acts if not act.loose]
        first = next((at for at, act in enumerate(inside) if act.start >= _opening(group, lead)), 0)
        found.append(Unit(group[0].start, group[-1].end, _title(prose, inside[first:]), None, None, "topic"))
    return found


def _opening(group: list[_Sentence], lead: list[_Sentence]) -> int:
    """Where the sentence begins that opened the group: not in what leads on to it."""
    return next(sentence.start for sentence in group if sentence not in lead)


def _leads_on(text: str, sentence: _Sentence, last: _Sentence) -> bool:
    return (
        sentence is not last
        and sentence.end - sentence.start <= LEAD_SHORT
        and not any(char.isdigit() for char in text[sentence.start : sentence.end])
    )


def _told(prose: Prose, sentence: _Sentence) -> bool:
    """Whether the sentence sets a scene, sums up or tells of one villager, so that its deeds open no topic."""
    first = next(act for act in sentence.acts if not act.loose)
    before = prose.text[sentence.start : first.start]
    if INTENDED.search(before):
        return True
    verbs = {act.verb for act in sentence.acts if not act.loose}
    if SCENE.search(before) or verbs <= prose.words.private | prose.words.chores:
        return True
    return bool(TALLIED.match(before)) and verbs <= prose.words.tally


def _begins(prose: Prose, group: list[_Sentence], sentence: _Sentence) -> bool:
    """Whether a new topic begins: after a question of the author's, with another year, with 还, or where the sentence
    has a subject of its own and is of another field than the topic before it."""
    text = prose.text
    if text[sentence.start - 1 : sentence.start] in ("？", "?"):
        return True
    if _told(prose, sentence) or PLAN.match(text, sentence.start) or _continues(prose, group, sentence):
        return False
    first = sentence.acts[0]
    if EACH.match(text, sentence.start) or ASIDE_OBJECT.match(text[first.start : first.end]):
        return False
    if LED_BY_YEAR.match(text, sentence.start) or ALSO.search(text, sentence.start, first.start):
        return True
    old = prose.field(text[group[0].start : group[-1].end])
    new = prose.field(text[sentence.start : sentence.end])
    return new is not None and old != new


def _continues(prose: Prose, group: list[_Sentence], sentence: _Sentence) -> bool:
    """Whether the sentence is still about what the group is about: it has no subject of its own, or its subject is
    what the group acted on. After a result a new topic begins."""
    if sentence.fresh or (not group[-1].acts and len(group) > 1):
        return False
    text, hints = prose.text, prose.hints
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
            return len(word) > 1 and word in known and word not in prose.words.general
    return True


def _minor(prose: Prose, act: Act, after: Act | None) -> bool:
    """Whether the act seldom names a topic; `after`: the act that would name it instead."""
    if act.rule == WEAK or act.verb in prose.words.chores:
        return True
    if after is None or prose.text[act.end : after.start] in GAP:
        return False
    return act.verb in prose.words.means and after.clause.sentence == act.clause.sentence


def _title(prose: Prose, acts: list[Act]) -> Range:
    """The clause that names the group: its first action of its own weight, with what 、 joins to it, with the act that
    follows in the same breath (拿出50万元设立基金), and with where to (到村任职)."""
    text = prose.text
    chosen = 0
    if len(acts) > 1 and _minor(prose, acts[0], acts[1]) and not _minor(prose, acts[1], None):
        chosen = 1
    start, end = acts[chosen].start, acts[chosen].end
    for before, after in zip(acts[chosen:], acts[chosen + 1 :], strict=False):
        gap = text[before.end : after.start]
        if (gap[:1] != "、" and gap not in GAP) or after.clause is not before.clause:
            break
        end = after.end
    towards = TOWARDS.match(text, end, max(end, acts[chosen].clause.end))
    if towards:
        end = towards.end()
    handled = HANDLED.match(text, start, end)
    if handled:
        return handled.end(), end
    adverb = BEFORE.search(text, acts[chosen].clause.start, start)
    return (adverb.start() if adverb else start), end
