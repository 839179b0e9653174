"""Actions: what was done, by whom, with which number, where; and the outcomes beside them."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from extractors.actions.acts import practice, reading
from extractors.actions.lexicon import load
from extractors.actions.links import linked, measure_of
from extractors.actions.participants import actor, bare, place
from extractors.actions.reader import Act
from extractors.doc import document, findings
from models.measure import Action, Measure, Outcome
from models.span import Confidence, Provenance, provenance

VERSION = "1"

CERTAINTY: dict[str, tuple[Confidence, str | None]] = {
    "concrete_verb": ("high", None),
    "disposal": ("high", None),
    "appointment": ("high", None),
    "object_decides": ("medium", "the verb serves slogans too; its object made it an act"),
    "pivot": ("medium", "the deed is what the others did"),
    "without_object": ("medium", "the verb has no object of its own"),
    "loose_verb_counted": ("medium", "a loose verb, but with a number"),
    "loose_verb": ("low", "nobody could check it without more"),
    "outcome": ("medium", "a result, not a deed"),
}


@Language.factory("anliku_actions", default_config={"rules": None})
def create_actions(nlp: Language, name: str, rules: str | None) -> Callable[[Doc], Doc]:
    """Component that reads actions and outcomes, and links quantities to them. `rules`: folder of the user's own
    verbs.tsv and objects.toml."""
    lexicon = load(rules)

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        if not practice(nlp, doc):
            return doc
        text = document(doc).normal.text
        acts, _, known, leads = reading(doc, lexicon)
        places = sorted(found.places, key=lambda one: (one.start, -one.end))
        starts = [one.start for one in places]
        sentences = document(doc).layout.sentences
        for act in acts:
            if act.outcome:
                found.outcomes.append(_outcome(text, act, found.measures))
            else:
                start = sentences[act.clause.sentence][0]
                found.actions.append(
                    _action(
                        text,
                        act,
                        actor(text, act, start, known, leads),
                        place(act, places, starts, text),
                        found.measures,
                    )
                )
        found.quantities[:] = linked(found.quantities, found.actions, found.measures)
        return doc

    return component


def _provenance(act: Act) -> Provenance:
    confidence, reason = CERTAINTY.get(act.rule, ("medium", act.rule))
    return provenance("actions", act.rule, VERSION, confidence, reason)


def _action(text: str, act: Act, who: str | None, where: str | None, measures: list[Measure]) -> Action:
    return Action(
        start=act.start,
        end=act.end,
        text=text[act.start : act.end],
        norm=text[act.start : act.end],
        verb=act.verb,
        object=bare(text[act.object[0] : act.object[1]]) if act.object else None,
        actor=who,
        place=where,
        measure=measure_of(measures, act.start),
        optional=act.loose,
        provenance=_provenance(act),
    )


def _outcome(text: str, act: Act, measures: list[Measure]) -> Outcome:
    return Outcome(
        start=act.start,
        end=act.end,
        text=text[act.start : act.end],
        norm=text[act.start : act.end],
        verb=act.verb,
        object=text[act.object[0] : act.object[1]].strip() or None if act.object else None,
        measure=measure_of(measures, act.start),
        provenance=_provenance(act),
    )
