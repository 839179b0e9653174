"""What the review desk shows beside an article: one finding with its form and its history, or a value to be added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from datasette.utils.asgi import Request

from models.case import LAYERS
from models.review import Review
from outputs.datasette_anliku.decisions import Form
from outputs.datasette_anliku.fields import Field, fields, shown
from outputs.library import BY_ID, Library
from outputs.library.reviewed import BY_NAME, behind, standing
from outputs.quotes import beginning, position, safe, visible
from outputs.review_values import DEFAULTS, Seen
from outputs.reviews import NoSuchFinding, basis, history, look, see, state

QUOTE = 2000
"""Characters of a passage that is added."""

_KEY = re.compile(r"[a-z][0-9]{1,9}-[0-9]{1,9}(-[0-9]{1,9})?(-r)?")
_MARK = re.compile(r"([0-9]{1,9}):([0-9]{1,6}):([0-9]{1,9}):([0-9]{1,6})")
_AFTER = re.compile(r"[0-9]{1,4}-[0-9a-f]{16}-[a-z][0-9-]{1,40}")
# A number as most texts write it, to begin a form with: 3.5万元, 46场.
_SAID = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*([万亿]?)\s*(\D{0,6})")


class Asked(NamedTuple):
    """What a reviewer opened."""

    review: str
    """Key of a finding, `q62-64`; empty where none is reviewed."""
    add: str
    """A layer; `pick` where it is not chosen yet; empty where nothing is added."""
    start: str
    end: str
    mark: str
    """A passage as marked on the page: raw start of a piece and visible characters into it, twice."""
    quote: str
    nth: str
    only: str
    """A layer: filter of the queue that the reviewer comes from."""
    county: str
    after: str
    """Place in that queue: points of doubt and id; empty where the reviewer does not come from it."""
    done: str
    """The decision just made."""


class Panel(NamedTuple):
    """The desk beside an article."""

    kind: Literal["review", "add", "pick"]
    layer: str
    start: int
    end: int
    quote: str
    ends: tuple[str, str] = ("", "")
    """The offsets as they stand in the form."""
    state: str = ""
    fields: tuple[Field, ...] = ()
    errors: Mapping[str, str] = {}
    why: str = ""
    stands: Review | None = None
    """The review that stands."""
    rejected: bool = False
    found: bool = False
    """Whether it was extracted; else a reviewer added it."""
    rule: str = ""
    confidence: str = "high"
    reason: str | None = None
    flags: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    history: tuple[Review, ...] = ()
    undone: frozenset[str] = frozenset()
    """Ids of reviews that were taken back."""


def asked(values: Mapping[str, list[str]]) -> Asked:
    """What an address, or a form, opens; what is no key, layer or place is nothing."""
    said = {name: (values.get(name) or [""])[0] for name in Asked._fields}
    return Asked(
        review=said["review"] if _KEY.fullmatch(said["review"]) else "",
        add=said["add"] if said["add"] in LAYERS else "pick" if said["add"] else "",
        start=said["start"] if re.fullmatch("[0-9]{1,9}", said["start"]) else "",
        end=said["end"] if re.fullmatch("[0-9]{1,9}", said["end"]) else "",
        mark=said["mark"] if _MARK.fullmatch(said["mark"]) else "",
        quote=said["quote"][:QUOTE],
        nth=said["nth"] if re.fullmatch("[0-9]{1,5}", said["nth"]) else "",
        only=said["only"] if said["only"] in LAYERS else "",
        county=safe(said["county"])[:40],
        after=said["after"] if _AFTER.fullmatch(said["after"]) else "",
        done=said["done"] if said["done"] in ("accepted", "corrected", "rejected", "added", "undone") else "",
    )


def query(request: Request) -> dict[str, list[str]]:
    """The values of an address."""
    return {name: request.args.getlist(name) for name in request.args}


def panel(
    library: Library, article_id: str, wanted: Asked, sent: Form | None = None, errors: Mapping[str, str] | None = None
) -> Panel | None:
    """The panel that was asked for; None where none was. `sent`: a form that could not be kept, shown again with what
    is wrong. NoSuchFinding, NoSuchArticle."""
    if sent is not None:
        seen = look(library, article_id, sent.layer, sent.start, sent.end)
        adds = sent.decision == "added" and seen.value is None
        return _shown(library, seen, "add" if adds else "review", sent, errors or {})
    if wanted.review:
        try:
            seen = see(library, f"{article_id}-{wanted.review}")
        except NoSuchFinding:
            try:
                seen = _moved(library, article_id, wanted.review)
            except NoSuchFinding:
                if wanted.done:  # what was added has just been taken back
                    return None
                raise
        return _shown(library, seen, "review", None, {})
    if wanted.add:
        return _added(library, article_id, wanted)
    return None


def _moved(library: Library, article_id: str, key: str) -> Seen:
    """A row that a review put there may have another span than the passage that was reviewed."""
    for layer in BY_NAME.values():
        if layer.letter == key[0]:
            sql = f"SELECT review_id FROM {layer.name} WHERE article = {BY_ID} AND id = ? AND review_id IS NOT NULL"
            for (review_id,) in library.rows(sql, (article_id, f"{article_id}-{key}")):
                review = next(r for r in library.reviews(article_id) if r.id == review_id)
                return look(library, article_id, review.layer, review.start, review.end)
    raise NoSuchFinding(path=library.path, id=f"{article_id}-{key}")


def _shown(
    library: Library, seen: Seen, kind: Literal["review", "add"], sent: Form | None, errors: Mapping[str, str]
) -> Panel:
    base = DEFAULTS.get(seen.layer, {}) if kind == "add" else basis(seen)
    typed = dict(sent.fields) if sent else _guess(seen, base) if kind == "add" else None
    past = history(library, seen.id)
    from_ = seen.found.provenance if seen.found else None
    return Panel(
        kind=kind, layer=seen.layer, start=seen.start, end=seen.end,
        ends=_typed_ends(seen, sent), quote=visible(seen.article, seen.start, seen.end),
        state=state(seen.review.id if seen.review else None, seen.value),
        fields=tuple(fields(seen.layer, base, typed, errors)), errors=errors, why=sent.why if sent else "",
        stands=seen.review, rejected=seen.value is None and seen.review is not None, found=seen.found is not None,
        rule=f"{from_.extractor}/{from_.rule}" if from_ else "", confidence=from_.confidence if from_ else "high",
        reason=from_.reason if from_ else None, flags=tuple(getattr(seen.found, "flags", ())),
        candidates=tuple(" › ".join(one.path) for one in getattr(seen.found, "candidates", ())),
        history=tuple(past), undone=frozenset(r.supersedes or "" for r in past if r.decision == "undone"),
    )  # fmt: skip


def _added(library: Library, article_id: str, wanted: Asked) -> Panel:
    article = library.article(article_id)
    run, problem = None, ""
    if hit := _MARK.fullmatch(wanted.mark):
        first, into, last, until = (int(group) for group in hit.groups())
        run = (beginning(article, position(article, first, into)), position(article, last, until))
    elif wanted.start and wanted.end:
        run = (int(wanted.start), int(wanted.end))
    elif wanted.quote:
        found = [hit.start() for hit in re.finditer(re.escape(wanted.quote), article.raw)]
        nth = int(wanted.nth or 1)
        if not found:
            problem = "bad_quote"
        elif len(found) > 1 and not wanted.nth:
            problem = "bad_which"
        elif not 1 <= nth <= len(found):
            problem = "bad_nth"
        else:
            run = (found[nth - 1], found[nth - 1] + len(wanted.quote))
    elif wanted.add != "pick":
        problem = "bad_quote"
    if run is not None and not (0 <= run[0] < run[1] <= len(article.raw) and run[1] - run[0] <= QUOTE):
        run, problem = None, "bad_span"
    if run is None or wanted.add == "pick":
        start, end = run or (0, 0)
        return Panel(
            kind="pick", layer="" if wanted.add == "pick" else wanted.add, start=start, end=end,
            quote=visible(article, start, end) if run else wanted.quote, errors={"": problem} if problem else {},
        )  # fmt: skip
    seen = look(library, article_id, wanted.add, *run)
    return _shown(library, seen, "add" if seen.value is None else "review", None, {})


def _typed_ends(seen: Seen, sent: Form | None) -> tuple[str, str]:
    typed = sent.fields if sent else {}
    return typed.get("f.start", [str(seen.start)])[0], typed.get("f.end", [str(seen.end)])[0]


def _guess(seen: Seen, base: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a form for an added value begins with: the number and the unit that stand there."""
    given = {f"f.{name}": [shown(value)] for name, value in base.items()}
    text = seen.article.raw[seen.start : seen.end]
    if seen.layer == "quantities" and (hit := _SAID.search(text)):
        given |= {"f.min": [hit[1] + hit[2]], "f.max": [hit[1] + hit[2]], "f.unit": [hit[3].strip()]}
    elif seen.layer == "measures":
        given["f.title"] = [re.split(r"[。;；,，\n]", text)[0]]
    return given


def seals(library: Library, article_id: str) -> dict[str, list[Review]]:
    """The reviews that show on a case, by the key of the value that they put there; before each what is behind it."""
    known = {review.id: review for review in library.reviews(article_id)}
    if not known:
        return {}
    cut = len(article_id) + 2
    return {
        key: behind(known[review_id], known)
        for layer in LAYERS
        for key, review_id in library.rows(
            f"SELECT substr(id, ?), review_id FROM {layer} WHERE article = {BY_ID} AND review_id IS NOT NULL",
            (cut, article_id),
        )
        if review_id in known
    }


def dropped(library: Library, article_id: str) -> list[tuple[str, str, Review]]:
    """What was rejected in an article: key, words, review."""
    found = []
    for review in standing(library.reviews(article_id)):
        if review.decision == "rejected":
            key = f"{BY_NAME[review.layer].letter}{review.start}-{review.end}"
            found.append((key, safe(review.text).replace("\n", " ")[:60], review))
    return found
