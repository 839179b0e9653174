"""A record to what is printed of it.

What is printed is what stands after review. The text is the article's own, in simplified characters; notes quote the
article as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.article import Article
from models.case import CaseRecord
from models.quantity import Quantity
from models.review import Review
from models.span import Finding, Range
from outputs.article_name import NONE
from outputs.document import PARTS, Act, Case, Figure, Kind, Mark, Note, Part, Step
from outputs.document_source import moment, source, tables
from outputs.labels import NO_NAMES, Names, label, limit, rates, value, whereabouts
from outputs.library import Library, rows
from outputs.library.reviewed import BY_NAME, behind, decisions, standing
from outputs.library.reviewed import span as raw_span
from outputs.quotes import link, one_line, quotes, reading, safe, visible
from outputs.reasons import reason
from outputs.review_words import signed, step


def case(
    library: Library,
    article_id: str,
    case_id: str | None = None,
    *,
    reviewer: Callable[[str], str] = str,
    own: Names = NO_NAMES,
) -> Case:
    """The case of an article, or of one locality of a roundup. `reviewer` says by which name a reviewer is printed,
    `own` how the library's owner calls his categories. NoSuchArticle."""
    article = library.article(article_id)
    whole = library.record(article_id, reviewed=True)
    record = _part_of(whole, case_id) if case_id and len(whole.jurisdictions) > 1 else whole
    every = library.reviews(article_id)
    known = {review.id: review for review in every}
    reviews = {
        review.id: [one.model_copy(update={"reviewer": reviewer(one.reviewer)}) for one in behind(review, known)]
        for review in standing(every)
        if _mine(whole, case_id, review.start)
    }
    writer = _Writer(article, record, reviews, own)
    parts, others = writer.parts()
    meta = record.meta
    return Case(
        id=case_id or article_id,
        group=next((j.path[0] for j in record.jurisdictions if j.path), ""),
        title=title(whole.meta.title, next((j.name for j in record.jurisdictions), None), part=record is not whole),
        unit="；".join(f"{j.name}（{whereabouts(j)}）" for j in record.jurisdictions),
        published=moment(meta.published),
        outlet=meta.outlet or "",
        parts=parts,
        others=others,
        tables=tuple(tables(record)),
        source=tuple(source(library, article, record, list(reviews.values()))),
        link=link(article),
        notes=tuple(writer.notes),
    )


def title(title: str | None, locality: str | None, *, part: bool) -> str:
    """The title of a case: that of the article, behind the name of the locality where the case is a part of it, or
    where it has no title that would tell it from others."""
    said = one_line(title or NONE)
    return f"{locality}：{said}" if locality and (part or not title) else said


def _mine(record: CaseRecord, case_id: str | None, at: int) -> bool:
    return case_id is None or rows.case_of(record.article_id, record, at) in (case_id, None)


def _part_of(record: CaseRecord, case_id: str) -> CaseRecord:
    """What a roundup says of one locality. What stands in the lead is of nobody."""

    def mine(span: Finding) -> bool:
        return rows.case_of(record.article_id, record, span.start) == case_id

    kept = {name: [nr for nr, finding in enumerate(record.layer(name)) if mine(finding)] for name in BY_NAME}
    new = {name: {nr: at for at, nr in enumerate(nrs)} for name, nrs in kept.items()}

    def moved(finding: Finding) -> Finding:
        links = {
            link: new[layer].get(getattr(finding, link))
            for link, layer in (("measure", "measures"), ("action", "actions"))
            if hasattr(finding, link)
        }
        return finding.model_copy(update=links)

    nr = int(case_id.rpartition("-c")[2])
    return record.model_copy(
        update={name: tuple(moved(record.layer(name)[at]) for at in nrs) for name, nrs in kept.items()}
        | {
            "jurisdictions": (record.jurisdictions[nr],),
            "roles": tuple(r for r in record.roles if rows.case_of(record.article_id, record, r.start) == case_id),
        }
    )


class _Writer:
    """Lays the text and numbers of a record out in parts, and keeps the notes."""

    def __init__(self, article: Article, record: CaseRecord, reviews: dict[str, list[Review]], own: Names) -> None:
        self.article, self.record, self.reviews, self.own = article, record, reviews, own
        self.notes: list[Note] = []
        self.quote = quotes(article.raw, record)
        self.clean = _cleaner(article, record)
        self.sections = {_bare(measure.section) for measure in record.measures if measure.section}

    def parts(self) -> tuple[tuple[Part, ...], tuple[Figure, ...]]:
        """The four parts, and the numbers that stand in none of their sentences."""
        drafts: dict[Kind, list[_Draft]] = {kind: [] for kind in PARTS}
        numbers = [quantity for quantity in self.record.quantities if not quantity.optional]
        held: set[int] = set()
        kind: Kind = "background"
        block: Range | None = None
        blocks = _Walk(self.record.body)
        for sentence in self.record.roles:
            # A quotation belongs to what it illustrates: the part that it stands in.
            kind = sentence.role if sentence.role != "quotation" else kind
            at = next((nr for nr, m in enumerate(self.record.measures) if m.start <= sentence.start < m.end), None)
            measure = at if kind == "practice" else None
            drafted = drafts[kind]
            if not drafted or drafted[-1].measure != measure:
                drafted.append(_Draft(measure))
            here = blocks.at(sentence.start)
            drafted[-1].add(self.clean(sentence.start, sentence.end), new=here != block)
            block = here
            own = [nr for nr, q in enumerate(numbers) if sentence.start <= q.start < sentence.end]
            drafted[-1].numbers += [numbers[nr] for nr in own]
            held.update(own)
        parts = tuple(
            Part(kind=kind, steps=tuple(self._step(draft) for draft in drafts[kind] if self._tells(draft)))
            for kind in PARTS
        )
        return parts, tuple(self.figure(number) for nr, number in enumerate(numbers) if nr not in held)

    def _tells(self, draft: _Draft) -> bool:
        draft.paragraphs = [text for text in draft.paragraphs if _bare(text) not in self.sections]
        return bool(draft.paragraphs or draft.numbers or draft.measure is not None)

    def _step(self, draft: _Draft) -> Step:
        figures = tuple(self.figure(number) for number in draft.numbers)
        if draft.measure is None:
            return Step(paragraphs=tuple(draft.paragraphs), figures=figures)
        measure = self.record.measures[draft.measure]
        acts = (action for action in self.record.actions if action.measure == draft.measure and not action.optional)
        title = reading(measure.title)
        return Step(
            nr=draft.measure + 1,
            title=title,
            category=label("measure", measure.category, self.own),
            section=measure.section and one_line(measure.section),
            mark=self.mark(measure),
            # 一是建强组织。 alone, above which its title stands already.
            paragraphs=tuple(text for text in draft.paragraphs if not _only_title(text, title)),
            acts=tuple(Act(text=reading(action), mark=self.mark(action)) for action in acts),
            figures=figures,
        )

    def figure(self, quantity: Quantity) -> Figure:
        """A number with its note."""
        facts = [
            rates(quantity.rate), quantity.time or "",
            "" if quantity.status == "actual" else label("status", quantity.status),
            f"门槛：{limit(quantity.threshold)}" if quantity.threshold else "",
            f"属{quantity.owner}" if quantity.owner else "",
            *(label("flag", flag) for flag in quantity.flags),
        ]  # fmt: skip
        name = quantity.indicator or label("indicator", quantity.code) or "（未说明）"
        return Figure(
            name=one_line(name), value=safe(value(quantity)),
            facts=safe("，".join(fact for fact in facts if fact)), mark=self.mark(quantity), note=self.note(quantity),
        )  # fmt: skip

    def mark(self, finding: Finding) -> Mark:
        """What is to be said beside a value."""
        from_ = finding.provenance
        if from_.extractor == "review":
            return decisions(self.reviews.get(from_.version, [])) or from_.rule
        return "low" if from_.confidence == "low" else ""

    def note(self, finding: Finding) -> int:
        """Keep where a value comes from; the number of the note."""
        start, end = self.quote(finding)
        from_ = finding.provenance
        said = [f"字符 {finding.start}–{finding.end}"]
        chain = self.reviews.get(from_.version, []) if from_.extractor == "review" else []
        for nr, review in enumerate(chain):
            said += [step(review, after=nr > 0), signed(review)]
        if not chain:
            sure = f"把握{label('confidence', from_.confidence)}"
            said += [f"规则 {from_.rule}", f"{sure}（{reason(from_.reason)}）" if from_.reason else sure]
        self.notes.append(
            Note(
                nr=len(self.notes) + 1,
                before=self._seen(start, finding.start),
                text=self._seen(finding.start, finding.end),
                after=self._seen(finding.end, max(end, finding.end)),
                said=tuple(safe(one) for one in said),
            )
        )
        return len(self.notes)

    def _seen(self, start: int, end: int) -> str:
        return visible(self.article, start, end).replace("\n", " ")


class _Draft:
    """Text of one part that belongs to one measure, or to none."""

    def __init__(self, measure: int | None) -> None:
        self.measure = measure
        self.paragraphs: list[str] = []
        self.numbers: list[Quantity] = []

    def add(self, text: str, *, new: bool) -> None:
        if new or not self.paragraphs:
            self.paragraphs.append(text)
        else:
            self.paragraphs[-1] += text


class _Walk:
    """Which block of the body a sentence stands in, for sentences that only go forward."""

    def __init__(self, blocks: Sequence[Range]) -> None:
        self._blocks = sorted(blocks)
        self._nr = 0

    def at(self, start: int) -> Range | None:
        while self._nr < len(self._blocks) and self._blocks[self._nr][1] <= start:
            self._nr += 1
        return self._blocks[self._nr] if self._nr < len(self._blocks) else None


def _cleaner(article: Article, record: CaseRecord) -> Callable[[int, int], str]:
    """A function that gives the clean, simplified reading of a raw run; runs come in order."""
    changes = list(record.changes)
    at = 0

    def clean(start: int, end: int) -> str:
        nonlocal at
        while at < len(changes) and changes[at].start < start:
            at += 1
        upto = at
        while upto < len(changes) and changes[upto].start < end:
            upto += 1
        return safe(str(raw_span(article.raw, changes[at:upto], start, end)["norm"])).replace("\n", "").strip()

    return clean


def _only_title(text: str, title: str) -> bool:
    return len(text) <= len(title) + 6 and _bare(title) in _bare(text)


def _bare(text: str | None) -> str:
    return "".join((text or "").split()).strip("。:：;；,，")
