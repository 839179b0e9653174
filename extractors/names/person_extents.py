"""Where a name ends that begins at a known place, and the row of names that it may stand in."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extractors.doc import words
from extractors.names.page import CHINESE, Page
from extractors.names.person_lexicon import PersonLexicon
from models.span import Range

CLOSED = ("ADP", "CCONJ", "PART", "PRON", "ADV", "NUM")
OPEN = ("NOUN", "VERB", "ADJ")
ROW_REACH = 40
"""Characters on either side of a name in which the other members of its row are looked for."""
BEFORE = re.compile(f"(?:{CHINESE}{{2,4}}、)+$")
AFTER = re.compile(f"(?:、{CHINESE}{{2,4}}?(?=[、和\\d等，,。夫被]))+")


def name_at(lexicon: PersonLexicon, doc: Doc, page: Page, at: int, end: int, *, posted: bool = False) -> Range | None:
    """The name that begins at `at`: as the tagger has it where it is sure, else as long as what follows allows."""
    text = page.text
    tagged = next((run for run in page.tagged_in(at, at + 1, "PER")), None)
    longest = lexicon.name.match(text, at, end)
    if longest is None or (posted and lexicon.foreign.run(text, at, at + 3)):
        foreign = lexicon.foreign.run(text, at, end)
        whole = foreign and (foreign[1] - foreign[0] > 2 or tagged or lexicon.foreign.part_in(text, *foreign))
        if foreign and whole and posted and lexicon.follows.match(text, foreign[1], end):
            return foreign
        if tagged and lexicon.foreign.likely(text[tagged[0] : tagged[1]]):
            return tagged
    if posted and (run := lexicon.commonly(text, at, end)):
        return run
    if longest is None:
        return tagged if posted and tagged and lexicon.given.fullmatch(text, *tagged) else None
    if tagged:
        tagged = at, lexicon.trimmed(text, *tagged, end)
    surname = lexicon.surname.match(text, at)
    least = (surname.end() if surname else at + 1) + 1
    if tagged and tagged[1] > least and lexicon.fits(text, at, tagged[1], end):
        return tagged
    stops = list(range(min(longest.end(), least + 1), least - 1, -1))
    if len(stops) > 1 and lexicon.crossed(text, stops[0], end):
        stops.reverse()
    for stop in stops:
        if lexicon.fits(text, at, stop, end) and not is_word(lexicon, doc, text, at, stop, posted=posted):
            return at, stop
    if tagged and tagged[1] >= least and lexicon.plain(text[at : tagged[1]]):
        return tagged
    return None


def is_word(lexicon: PersonLexicon, doc: Doc, text: str, start: int, end: int, *, posted: bool = False) -> bool:
    """Whether the tagger sees everyday words there. After a post, a surname that stands alone and two characters
    that the tagger takes for some noun or verb are still a name: taggers guess at given names. So is what a word
    crosses whose rest is a verb of speaking (江春|分说)."""
    proved = posted and lexicon.strong_after(text, end, len(text))
    for token in words(doc, max(0, start - 3), end):
        stop = token.idx + len(token)
        if stop > end and proved:
            continue
        if stop <= start or token.pos_ in ("PROPN", "X") or (posted and start - token.idx > 1):
            continue
        if len(token) == 1:
            if token.idx == start and token.pos_ in CLOSED:
                return True
            continue
        if not (posted and start < token.idx and stop == end and token.pos_ in OPEN):
            return True
    return False


def is_no_row(lexicon: PersonLexicon, page: Page, a: int, b: int, start: int, end: int) -> bool:
    """Whether the run stands in a row in which some are not called as persons are: it is one of villages or of
    something else. False where it stands in no row."""
    members = _row_around(page.text, a, b, start, end)
    if members and page.text[a:b].endswith(lexicon.villages):
        return True
    return any(
        not lexicon.name.match(lexicon.to_post.sub("", one) or one) or one.endswith(lexicon.villages) for one in members
    )


def row_proves(lexicon: PersonLexicon, text: str, b: int, end: int) -> bool:
    """Whether the row that goes on at `b` ends in something that only persons do."""
    return lexicon.row_proof.match(text[b : min(end, b + ROW_REACH)]) is not None


def _row_around(text: str, a: int, b: int, start: int, end: int) -> list[str]:
    """The other members of the row that the run stands in: 李甲、王乙、赵丙, each of at most four characters."""
    left = BEFORE.search(text[max(start, a - ROW_REACH) : a])
    right = AFTER.match(text[b : min(end, b + ROW_REACH)])
    return [one for side in (left, right) if side for one in side.group().split("、") if one]
