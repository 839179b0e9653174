"""Persons of the story, with role and organisation. GUIDE §5."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from spacy.tokens import Doc

from extractors.either import either
from extractors.names.page import Page, Runs, overlaps, provenance
from extractors.names.person_extents import is_no_row, is_word, name_at, row_proves
from extractors.names.person_lexicon import PersonLexicon
from extractors.names.roles import RoleReader
from models.name import Person
from models.span import Range

LONGEST = 20
"""Characters of the longest place name."""

QUOTED = ("“", "‘", "《", "「")
ROW = re.compile(r"[、和与及]|以及")


class Candidate(NamedTuple):
    """A run that may be a person, and why. `proof` says that the words around leave no other reading."""

    start: int
    end: int
    rule: str
    proof: bool


class PersonReader:
    """Reads persons with the rules of `persons.toml`."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self._roles = RoleReader(rules["roles"])
        self._lexicon = PersonLexicon(rules)

    def read(self, doc: Doc, page: Page, taken: Runs) -> list[Person]:
        """Persons of the body in order, later mentions too; none inside `taken` (programmes, documents)."""
        accepted: dict[str, Candidate] = {}
        runs: dict[Range, Candidate] = {}
        for start, end in page.sentences:
            for found in self._sentence(doc, page, start, end):
                name = page.text[found.start : found.end]
                if name in page.authors or taken.hit(found.start, found.end):
                    continue
                runs.setdefault((found.start, found.end), found)
                accepted.setdefault(name, found)
        for name in [name for name in accepted if any(other != name and other.startswith(name) for other in accepted)]:
            longer = [other for other in accepted if other != name and other.startswith(name)]
            if all(page.text.startswith(tuple(longer), at) for at, end in runs if page.text[at:end] == name):
                del accepted[name]
        return self._persons(page, accepted, taken)

    def _persons(self, page: Page, accepted: dict[str, Candidate], taken: Runs) -> list[Person]:
        if not accepted:
            return self._called(page, [])
        everywhere = re.compile(either(accepted))
        persons: list[Person] = []
        roles: dict[str, tuple[str | None, str | None]] = {}
        spans: list[Range] = []
        seen: set[str] = set()
        for start, end in page.sentences:
            for match in everywhere.finditer(page.text, start, end):
                name, run = match.group(), match.span()
                if taken.hit(*run) or not self._is_mention(page, name, *run, start, end):
                    continue
                spans.append(run)
                role, organisation = self._roles.read(page, start, end, *run)
                if roles.get(name, (None, None))[0] is None:
                    roles[name] = (role, organisation)
                first = accepted[name]
                later = name in seen
                seen.add(name)
                sure = first.proof or later
                persons.append(
                    Person(
                        start=run[0],
                        end=run[1],
                        text=name,
                        role=role,
                        organisation=organisation,
                        optional=later,
                        provenance=provenance(
                            "persons",
                            "later_mention" if later else first.rule,
                            "high" if sure else "medium",
                            None if sure else "no post and no verb of a person beside it",
                        ),
                    )
                )
        for at, person in enumerate(persons):
            if not person.role:
                role, organisation = roles[person.text]
                persons[at] = person.replaced(role=role, organisation=organisation)
        return sorted(persons + self._called(page, spans), key=lambda person: person.start)

    def _is_mention(self, page: Page, name: str, a: int, b: int, start: int, end: int) -> bool:
        """Two characters may meet by chance (李强调…): the tagger or the words beside them must agree."""
        if self._lexicon.press.search(page.text[max(start, a - 5) : a]) or self._is_place(page, a, b):
            return False
        if len(name) > 2:
            return True
        if any(overlaps(a, b, [run]) for run in page.tagged_in(max(start, a - 2), b, "PER")):
            return True
        before = page.text[max(start, a - 4) : a]
        return bool(self._lexicon.follows.match(page.text, b, end)) and bool(
            self._lexicon.before.search(before) or self._lexicon.role_end.search(before)
        )

    def _sentence(self, doc: Doc, page: Page, start: int, end: int) -> Iterator[Candidate]:
        text = page.text
        for match in self._lexicon.foreign.dotted(text, start, end):
            if not page.in_place(*match.span()):
                yield Candidate(*match.span(), "dotted", proof=True)
        for match in self._lexicon.foreign.known(text, start, end):
            if self._stands_alone(page, *match.span(), start, end):
                yield Candidate(*match.span(), "transliterated", proof=True)
        for match in self._lexicon.opening.finditer(text, start, end):
            if found := self._after_role(doc, page, match, start, end):
                yield found
                yield from self._row(doc, page, found, start, end)
        for match in self._lexicon.leading.finditer(text, start, end):
            run = match.span("name")
            if (
                self._lexicon.plain(match["name"])
                and match["name"] not in self._lexicon.alone
                and not is_word(self._lexicon, doc, text, *run, posted=True)
                and not self._is_place(page, *run)
            ):
                yield Candidate(*run, "clause_start", proof=True)
        for a, b in page.tagged_in(start, end, "PER"):
            if found := self._tagged(doc, page, a, b, start, end):
                yield found
                yield from self._row(doc, page, found, start, end)

    def _after_role(self, doc: Doc, page: Page, match: re.Match[str], start: int, end: int) -> Candidate | None:
        """A post or calling, then a name."""
        at = match.end()
        if self._lexicon.press.search(page.text[max(start, at - 5) : at]):
            return None
        run = name_at(self._lexicon, doc, page, at, end, posted=True)
        if run is None or self._is_place(page, *run):
            return None
        return Candidate(*run, "age_before" if match.group() in ("岁的", "名叫", "叫做") else "role_before", proof=True)

    def _stands_alone(self, page: Page, a: int, b: int, start: int, end: int) -> bool:
        """Whether the run is bounded as a person's name is: by a mark, a post or a word before, a follower after."""
        before = page.text[max(start, a - 12) : a]
        bounded = not before or before[-1] in "，,。、；：:“ 的" or bool(self._lexicon.before.search(before))
        follows = self._lexicon.follows.match(page.text, b, end)
        if follows is None or not (bounded or self._lexicon.role_end.search(before)):
            return False
        return not self._is_place(page, a, b)

    def _is_place(self, page: Page, a: int, b: int) -> bool:
        """Whether a place stands there. A short place name inside what the tagger takes whole for a person is chance:
        卫东 in 秦卫东; so is one that runs from a transliterated name over a verb: 叶尔兰别克|当上|村."""
        if not page.in_place(a, b):
            return False
        over = next((end for begin, end, _ in page.places_in(a, a + 1) if end > b), b)
        if over > b and self._lexicon.foreign.sure(page.text[a:b]):
            follows = self._lexicon.follows.match(page.text, b, over)
            if follows and len(follows.group()) > 1:
                return False
        inside = all(
            a <= place[0] and place[1] <= b and place[1] - place[0] < b - a
            for place in page.places_in(max(0, a - LONGEST), b)
            if place[1] > a
        )
        return not (inside and (a, b) in page.tagged_in(a, b, "PER"))

    def _tagged(self, doc: Doc, page: Page, a: int, b: int, start: int, end: int) -> Candidate | None:
        """A name that only the tagger saw: taken where the words beside it speak of a person."""
        text = page.text
        if not self._lexicon.foreign.likely(text[a:b]):
            b = self._lexicon.trimmed(text, a, b, end)
        shaped = self._lexicon.name.fullmatch(text, a, b)
        if b - a == 2 and text[b : b + 1] == "和" and self._lexicon.strong.match(text, b + 1, end):
            b += 1  # 邵景和|告诉: what stands after 和 is no person
        if b - a == 2 and self._lexicon.shaped.match(text, a, b + 1) and not self._lexicon.follows.match(text, b, end):
            b += self._lexicon.strong_after(text, b + 1, end)  # 冷玉|强成了: the tagger stopped one character short
        name = text[a:b]
        before = text[max(start, a - 12) : a]
        if (
            len(name) < 2
            or name in self._lexicon.never
            or name in self._lexicon.alone
            or not self._lexicon.plain(name)
            or self._is_place(page, a, b)
        ):
            return None
        if self._lexicon.press.search(before) or text[b : b + 1] in "”’":
            return None
        if self._lexicon.foreign.likely(name) and self._stands_alone(page, a, b, start, end):
            return Candidate(a, b, "tagger_foreign", proof=False)
        if not shaped or is_no_row(self._lexicon, page, a, b, start, end):
            return None
        if (
            self._lexicon.shaped.fullmatch(name)
            and before[-1:] not in QUOTED
            and not self._lexicon.not_person.match(text, b, end)
        ):
            return Candidate(a, b, "tagger_and_shape", proof=False)
        if self._lexicon.role_end.search(before) or not self._lexicon.follows.match(text, b, end):
            return None
        if not self._lexicon.before.search(before) and not page.chain_before(a) < a:
            return None
        if self._lexicon.strong.match(text, b, end) or row_proves(self._lexicon, text, b, end):
            return Candidate(a, b, "tagger_and_verb", proof=True)
        sure = (
            (len(name) < 4 or self._lexicon.compound.match(name))
            and not is_word(self._lexicon, doc, text, a, b)
            and text[b : b + 1] != "、"
            and not before.endswith("、")
        )
        return Candidate(a, b, "tagger", proof=False) if sure else None

    def _row(self, doc: Doc, page: Page, first: Candidate, start: int, end: int) -> Iterator[Candidate]:
        """陈大河、李小川夫妇: the other names of a row, once one of them is a person."""
        if is_no_row(self._lexicon, page, first.start, first.end, start, end):
            return
        at = first.end
        while step := ROW.match(page.text, at, end):
            run = name_at(self._lexicon, doc, page, step.end(), end, posted=first.proof)
            if run is None or self._is_place(page, *run):
                return
            yield Candidate(*run, "row", proof=first.proof)
            at = run[1]

    def _called(self, page: Page, runs: Iterable[Range]) -> list[Person]:
        """刘书记: a surname and a title, borderline by the guide."""
        spans = Runs(runs)
        return [
            Person(
                start=match.start(),
                end=match.end(),
                text=match.group(),
                role=match.group()[1:],
                optional=True,
                provenance=provenance("persons", "surname_title", "low", "only the surname is said"),
            )
            for start, end in page.sentences
            for match in self._lexicon.titled.finditer(page.text, start, end)
            if not spans.hit(*match.span())
        ]
