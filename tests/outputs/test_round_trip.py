"""Whatever a record holds, the library gives it back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.article import Article, Columns
from models.case import CaseRecord
from models.document import Kind, Meta
from models.measure import Action, Measure, Outcome, Role, SentenceRole
from models.name import Honour, Organisation, Person, Programme
from models.place import Candidate, Jurisdiction, Level, Place
from models.quantity import Bound, Canonical, Quantity, Rate, Status, Threshold, Time
from models.span import Confidence, Provenance, Span
from outputs.card import card_text
from outputs.highlight import html
from outputs.jsonl import to_json
from outputs.library import Library

# Half pairs cannot be stored, and are no text.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SOME = st.none() | TEXT
NUMBER = st.none() | st.integers(-(10**12), 10**12).map(Decimal) | st.decimals(-(10**9), 10**9, places=3)
PATH = st.lists(st.sampled_from(["山东省", "潍坊市", "寿光市", "重庆市", "东莞市", "相衙镇", "x"]), max_size=4).map(
    tuple
)
WORDS = st.lists(st.text("甲乙,[]\"'", min_size=1, max_size=3), max_size=3).map(tuple)
CODE = st.none() | st.from_regex(r"[0-9]{6}([0-9]{3})?", fullmatch=True)


def one_of(codes: object) -> st.SearchStrategy:
    return st.sampled_from(get_args(codes))


@st.composite
def records(draw: st.DrawFn) -> tuple[Article, CaseRecord, str]:
    raw = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
    article = Article(
        source=draw(TEXT), raw=raw, media_type=draw(st.sampled_from(["text/plain", "text/html"])),
        columns=Columns(title=draw(SOME), url=draw(SOME)),
    )  # fmt: skip

    def span() -> dict[str, object]:
        start = draw(st.integers(0, len(raw) - 1))
        end = draw(st.integers(start + 1, len(raw)))
        return {"start": start, "end": end, "text": raw[start:end], "norm": draw(st.just(raw[start:end]) | TEXT)}

    def finding() -> dict[str, object]:
        provenance = Provenance(extractor=draw(TEXT), rule=draw(TEXT), version=draw(TEXT),
                                confidence=draw(one_of(Confidence)), reason=draw(SOME))  # fmt: skip
        return {**span(), "provenance": provenance, "optional": draw(st.booleans())}

    def some() -> range:
        return range(draw(st.integers(0, 3)))

    def ranges() -> tuple[tuple[int, int], ...]:
        return tuple((s["start"], s["end"]) for s in (span() for _ in some()))  # type: ignore[misc]

    def link(layer: tuple[object, ...]) -> int | None:
        return draw(st.none() | st.integers(0, len(layer) - 1)) if layer else None

    measures = tuple(
        Measure(**finding(), title=Span(**span()), category=draw(SOME), categories=draw(WORDS), section=draw(SOME),
                ordinal=draw(st.none() | st.integers(0, 99))) for _ in some()
    )  # fmt: skip
    actions = tuple(
        Action(**finding(), verb=draw(TEXT), object=draw(SOME), actor=draw(SOME), place=draw(SOME),
               measure=link(measures)) for _ in some()
    )  # fmt: skip
    threshold = st.none() | st.builds(Threshold, of=TEXT, min=NUMBER, max=NUMBER, unit=SOME)
    canonical = st.none() | st.builds(Canonical, min=NUMBER, max=NUMBER, unit=TEXT, dimension=TEXT)
    quantities = tuple(
        Quantity(**finding(), min=draw(NUMBER), max=draw(NUMBER), unit=draw(SOME), bound=draw(one_of(Bound)),
                 indicator=draw(SOME), code=draw(SOME), rate=tuple(draw(st.lists(one_of(Rate), max_size=2))),
                 time=draw(SOME), status=draw(one_of(Status)), threshold=draw(threshold), from_=draw(NUMBER),
                 canonical=draw(canonical), owner=draw(SOME), flags=draw(WORDS), action=link(actions),
                 measure=link(measures)) for _ in some()
    )  # fmt: skip
    candidate = st.builds(Candidate, adcode=CODE, path=PATH, evidence=WORDS)
    record = CaseRecord(
        file=article.file, source=article.source, article_id=article.id, version=draw(TEXT), kind=draw(one_of(Kind)),
        meta=Meta(title=draw(SOME), published=draw(SOME), authors=draw(st.none() | WORDS), contributor=draw(SOME)),
        jurisdictions=tuple(
            Jurisdiction(name=draw(TEXT), level=draw(one_of(Level)), adcode=draw(CODE), path=draw(PATH),
                         via=draw(SOME), sections=ranges()) for _ in some()
        ),
        body=ranges(), captions=ranges(), summary=ranges(), measures=measures, actions=actions, quantities=quantities,
        outcomes=tuple(Outcome(**finding(), verb=draw(TEXT), measure=link(measures)) for _ in some()),
        places=tuple(
            Place(**finding(), level=draw(one_of(Level)), adcode=draw(CODE), path=draw(PATH), via=draw(SOME),
                  candidates=tuple(draw(st.lists(candidate, max_size=2)))) for _ in some()
        ),
        times=tuple(Time(**finding(), value=draw(SOME), relative=draw(st.booleans())) for _ in some()),
        programmes=tuple(Programme(**finding()) for _ in some()),
        persons=tuple(Person(**finding(), role=draw(SOME), organisation=draw(SOME)) for _ in some()),
        organisations=tuple(Organisation(**finding(), canonical=draw(SOME)) for _ in some()),
        honours=tuple(Honour(**finding(), year=draw(SOME), recipients=draw(WORDS)) for _ in some()),
        roles=tuple(SentenceRole(start=s[0], end=s[1], role=draw(one_of(Role)), rule=draw(TEXT)) for s in ranges()),
    )  # fmt: skip
    return article, record, draw(TEXT)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(entry=records())
def test_library_line_card_and_page_take_any_record(tmp_path: Path, entry: tuple[Article, CaseRecord, str]) -> None:
    article, record, _ = entry
    with Library(tmp_path / "library.db") as library:  # one for all examples, so rows are replaced too
        library.write(None, [entry])
        assert library.failures() == []
        assert library.article(article.id) == article
        assert library.record(article.id) == record
    assert CaseRecord.model_validate_json(to_json(record)) == record
    assert card_text(record, article)
    assert html(record, article).endswith("</html>\n")
