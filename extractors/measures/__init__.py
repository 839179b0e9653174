"""Measures: what the author presents as one thing done; and what each sentence is there for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from extractors.actions.acts import practice, reading
from extractors.actions.leads import TRAIL, Unit
from extractors.actions.lexicon import load
from extractors.actions.reader import Act
from extractors.doc import document, findings
from extractors.measures.categories import NAMED, UNNAMED, Categories, choose, load_categories
from extractors.measures.chapters import unmarked
from extractors.measures.prose import Prose, load_topic_words, topics
from extractors.measures.roles import roles
from extractors.measures.summary import summary
from models.measure import Measure
from models.span import Confidence, Span, provenance

VERSION = "1"

CERTAINTY: dict[str, tuple[Confidence, str | None]] = {
    "item": ("high", None),
    "item_clause": ("medium", "the title is the first clause of the item"),
    "item_without_title": ("medium", "the item has no title of its own: its first clause stands for it"),
    "titled_paragraph": ("high", None),
    "topic": ("medium", "plain prose: the author marks no measure off"),
}


@Language.factory("anliku_measures", default_config={"rules": None})
def create_measures(nlp: Language, name: str, rules: str | None) -> Callable[[Doc], Doc]:
    """Component that reads measures, roles of sentences and the summary. `rules`: folder of the user's own
    categories.toml, topics.toml, verbs.tsv and objects.toml."""
    lexicon = load(rules)
    categories, words = load_categories(rules), load_topic_words(rules)

    def component(doc: Doc) -> Doc:
        if not practice(nlp, doc):
            return doc
        text = document(doc).normal.text
        layout = document(doc).layout
        acts, units, hints, _ = reading(doc, lexicon)
        prose = Prose(text, hints, partial(_field, categories), words)
        if units:
            marked = list(units)
            for blocks, own in unmarked(text, layout, units):
                inside = topics(prose, layout, acts, blocks)
                if inside:
                    marked = [unit for unit in marked if unit is not own] + inside
            marked.sort(key=lambda unit: unit.start)
        else:
            marked = topics(prose, layout, acts)
        found = findings(doc)
        found.measures += [_measure(text, unit, categories, _deeds(text, unit, acts)) for unit in marked]
        found.roles += roles(text, layout, acts, marked)
        found.summary += summary(text, acts, found.measures)
        return doc

    return component


def _field(categories: Categories, run: str) -> str | None:
    return choose(categories, "", run).code


def _deeds(text: str, unit: Unit, acts: list[Act]) -> list[str]:
    """What the acts of a measure say, in order; without any, its first sentence after the title."""
    first = bisect_left(acts, unit.start, key=lambda act: act.start)
    last = bisect_left(acts, unit.end, key=lambda act: act.start)
    told = [text[act.start : act.end] for act in acts[first:last] if not act.outcome]
    return told or [text[unit.title[1] : unit.end].lstrip(TRAIL).split("。")[0]]


def _measure(text: str, unit: Unit, categories: Categories, deeds: list[str]) -> Measure:
    start, end = unit.title
    standing = UNNAMED if unit.rule == "topic" else NAMED
    choice = choose(categories, text[start:end], text[unit.start : unit.end], unit.section or "", deeds, standing)
    confidence, reason = CERTAINTY[unit.rule]
    if not choice.clear and confidence == "high":
        confidence, reason = "medium", f"the category is close: {'、'.join(choice.evidence) or 'no cue'}"
    return Measure(
        start=unit.start,
        end=unit.end,
        text=text[unit.start : unit.end],
        norm=text[unit.start : unit.end],
        title=Span(start=start, end=end, text=text[start:end], norm=text[start:end]),
        category=choice.code,
        categories=choice.ties,
        section=unit.section,
        ordinal=unit.ordinal,
        provenance=provenance(
            extractor="measures", rule=unit.rule, version=VERSION, confidence=confidence, reason=reason
        ),
    )
