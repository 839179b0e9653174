"""One sentence at a time: its readings, made into quantities with name, indicator, rate, time, status and relations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.quantities.codes import MONEY, Codes, load_codes
from extractors.quantities.context import NO_SECTION, Section, Sentence
from extractors.quantities.extents import Extents, load_extents
from extractors.quantities.grammar import Grammar, load_grammar
from extractors.quantities.names import load_names
from extractors.quantities.naming import LARGE, Named, Naming
from extractors.quantities.owners import Owners, load_owners
from extractors.quantities.relations import change_from, flags, holds_for_each, threshold_of
from extractors.quantities.scope import Scope, load_scope
from extractors.quantities.units import DURATIONS
from models.place import Place
from models.quantity import Quantity, Rate, Threshold, Time
from models.span import Confidence, Range, provenance

TOGETHER = 64
"""No sentence has more numbers that belong together; a longer run (a table on one line) is read in pieces, so that
the cost stays linear."""
POINTS = 40
"""More points than this are no enumeration of the author's own."""
_DOUBTS = {
    "left": "the name beside it is not one that is measured in money",
    "right": "the name beside it is not one that is measured in money",
    "carried": "the name is that of an earlier clause",
    "predicate": "no noun names the people counted, only what they do",
    "verb": "only the verb says what the money is",
}
"""Why the thing measured is not certain, by the rule that found it."""
_OF_THEM = re.compile(r"[，,(（]?(?:约|已)?占(?:比|全[省市县区镇乡团]|总数)?的?(?:达到?|为)?|[(（]")


@dataclass(frozen=True)
class Reader:
    """Everything that reads quantities. Make one with `load_reader`, use it for any number of texts."""

    grammar: Grammar
    naming: Naming
    codes: Codes
    scope: Scope
    owners: Owners
    extents: Extents
    release: str

    def read(
        self,
        text: str,
        span: Range,
        times: list[Time],
        places: list[Place],
        year: int | None = None,
        time_before: str | None = None,
        section: Section = NO_SECTION,
    ) -> list[Quantity]:
        """Quantities of `text[span]`, a sentence. `times`, `places`: those of the sentence; `year`: of the article;
        `time_before`: the time that the sentence before ended with; `section`: what its heading says."""
        readings = list(self.grammar.read(text, *span))
        if readings:
            covered = {i for found in (*places, *times) for i in range(found.start, found.end)}
            readings = [reading for reading in readings if reading.number not in covered]
        dimensions = [self.grammar.units.dimension(reading.unit) for reading in readings]
        made: list[Quantity] = []
        start = span[0]
        for first in range(0, len(readings), TOGETHER):
            part = readings[first : first + TOGETHER]
            end = span[1] if first + TOGETHER >= len(readings) else part[-1].end
            part_dimensions = dimensions[first : first + TOGETHER]
            made += self._sentence(
                Sentence(text, (start, end), part, part_dimensions, times, places, year, time_before, section)
            )
            start = part[-1].end
        return made

    def section(self, heading: str, times: list[Time]) -> Section:
        """What a heading says of the numbers below it. `times`: those inside it."""
        years = [time.value for time in times if time.value and not time.relative]
        return Section(years[0] if len(years) == 1 else None, bool(self.scope.plan.search(heading)))

    def _sentence(self, sentence: Sentence) -> list[Quantity]:
        """Number by number from the left: a later one may go on with an earlier one; then what relates them."""
        count = range(len(sentence.readings))
        thresholds = [threshold_of(sentence, i) for i in count]
        owners = self.owners.of(sentence)
        named: list[Named] = []
        codes: list[str | None] = []
        made: list[Quantity] = []
        for i in count:
            origin = change_from(sentence, i)
            named.append(self.naming.name(sentence, i, named, origin))
            codes.append(self._code(sentence, i, named[i], codes, origin))
            made.append(self._quantity(sentence, i, named[i], codes[i], origin, made, owners[i]))
        for i, j in enumerate(thresholds):
            if j is not None:
                made[i] = _limited(made[i], made[j], sentence.dimensions[j])
        for i in range(1, len(made)):
            if made[i - 1].code == "villages_at_income" and self._goes_on(sentence, i, named[i]):
                made[i] = made[i].replaced(code="villages_at_income")
        doubts = [flags(sentence, i, made) for i in count]
        return [q.replaced(flags=doubt) if doubt else q for q, doubt in zip(made, doubts, strict=True)]

    def _goes_on(self, sentence: Sentence, i: int, found: Named) -> bool:
        """Whether a number says more of the villages counted before it: 由8个增至17个, 18个，占52.9%."""
        if found.rule == "change":
            return sentence.dimensions[i] == sentence.dimensions[i - 1]
        return sentence.dimensions[i] == "share" and _OF_THEM.fullmatch(sentence.gap(i)) is not None

    def _code(
        self, sentence: Sentence, i: int, found: Named, codes: list[str | None], origin: int | None
    ) -> str | None:
        reading, dimension = sentence.readings[i], sentence.dimensions[i]
        if dimension in DURATIONS:
            return None
        if origin is not None and codes[origin] != "collective_increase":
            return codes[origin]
        if found.rule == "carried" and dimension in MONEY:
            for j in range(i - 1, -1, -1):
                if sentence.dimensions[j] in MONEY:
                    return codes[j]
        large = (reading.low or reading.high or Decimal(0)) >= LARGE
        left, right = sentence.sides(i)
        return self.codes.code(found.name, dimension, reading.unit, left, right, sentence.before(i, 60), large)

    def _quantity(
        self,
        sentence: Sentence,
        i: int,
        found: Named,
        code: str | None,
        origin: int | None,
        made: list[Quantity],
        owner: str | None,
    ) -> Quantity:
        reading, dimension = sentence.readings[i], sentence.dimensions[i]
        status, status_rule = self.scope.status(sentence, i)
        rate = self._rate(sentence, i, found, code, origin, made)
        source = made[origin] if origin is not None else None
        unsure = None if found.sure else _DOUBTS.get(found.rule, "nothing beside it names what is measured")
        reasons = [reason for reason in (reading.doubt, unsure) if reason]
        confidence: Confidence = "high" if not reasons else "medium" if found.name else "low"
        point = code == "measures" and dimension in ("count", "none", "rounds") and (reading.low or LARGE) <= POINTS
        text = sentence.text[reading.start : reading.end]
        return Quantity(
            start=reading.start,
            end=reading.end,
            text=text,
            norm=text,
            min=reading.low,
            max=reading.high,
            unit=reading.unit,
            bound=reading.bound,
            indicator=found.name,
            code=code,
            rate=rate,
            time=None if status == "standard" else self.scope.time(sentence, i, rate),
            status=status,
            from_=None if source is None else source.min if source.min is not None else source.max,
            canonical=self.grammar.units.canonical(reading.low, reading.high, reading.unit),
            owner=owner,
            extent=self.extents.of(sentence, i),
            optional=reading.optional or point,
            provenance=provenance(
                extractor="quantities",
                rule=f"{reading.rule}/{found.rule}/{status_rule}",
                version=self.release,
                confidence=confidence,
                reason="; ".join(reasons) or None,
            ),
        )

    def _rate(
        self, sentence: Sentence, i: int, found: Named, code: str | None, origin: int | None, made: list[Quantity]
    ) -> tuple[Rate, ...]:
        """What stands beside the number, else what held for the number that it goes on with."""
        rate = self.scope.rate(sentence, i)
        dimension = sentence.dimensions[i]
        if made and (origin is not None or (found.rule == "respectively" and not rate)):
            rate = max(rate, made[-1].rate, key=len)
        elif not rate and made and dimension in MONEY and found.rule in ("carried", "bracket"):
            rate = next((quantity.rate for quantity in reversed(made) if quantity.indicator == found.name), ())
        if code == "collective_income" and "village" not in rate and holds_for_each(sentence, i):
            rate = ("village", *rate)
        return rate


def _limited(quantity: Quantity, limit: Quantity, dimension: str) -> Quantity:
    """With its threshold; villages above an income are an indicator of their own."""
    of = limit.indicator or ("年龄" if dimension == "age" else None)
    update: dict[str, object] = {"threshold": Threshold(of=of, min=limit.min, max=limit.max, unit=limit.unit)}
    unnamed = quantity.indicator is None and quantity.unit == "个"
    if limit.code == "collective_income" and (quantity.code in ("villages", "share") or unnamed):
        update["code"] = "villages_at_income"
    return quantity.replaced(**update)


def load_reader(rules: str | None, release: str) -> Reader:
    """Compile all tables, with the user's own laid over them."""
    codes, grammar = load_codes(rules), load_grammar(rules)
    naming = Naming(load_names(codes.nouns, rules), codes)
    return Reader(grammar, naming, codes, load_scope(rules), load_owners(rules), load_extents(rules), release)
