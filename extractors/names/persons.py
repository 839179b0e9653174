"""Persons of the story, with role and organisation. GUIDE §5."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from spacy.tokens import Doc

from extractors.doc import words
from extractors.either import either
from extractors.names.page import Page, Runs, overlaps, provenance
from extractors.names.roles import RoleReader
from extractors.names.transliterated import Transliterations
from models.name import Person
from models.span import Range

CHINESE = "[\u4e00-\u9fff]"
LONGEST = 20
"""Characters of the longest place name."""

QUOTED = ("“", "‘", "《", "「")
CLOSED = ("ADP", "CCONJ", "PART", "PRON", "ADV", "NUM")
OPEN = ("NOUN", "VERB", "ADJ")
ROW = re.compile(r"[、和与及]|以及")
DONE = re.compile(
    rf"(?![的是]){CHINESE}(?:{CHINESE}?[着了过]|[起出上下回完成退](?=[了过来去几一两0-9]))|[12][0-9]{{3}}年"
)
"""What somebody did, told by the mark of its aspect whatever the verb: 购置了, 守着, 退下来; or the year it was."""


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
        roles, given, after = rules["roles"], rules["given"], rules["after"]
        single = "".join(rules["surnames"]["single"].split())
        compound = either(rules["surnames"]["compound"])
        letter = f"(?![{given['never']}]){CHINESE}"
        pairs = either(given["pairs"])
        self._name = re.compile(f"(?:{compound}(?:{letter}){{1,2}}|[{single}]{pairs}|[{single}](?:{letter}){{1,3}})")
        common, wordlike = "".join(given["common"].split()), rules["surnames"]["wordlike"]
        self._common = re.compile(f"[{single}{wordlike}](?:[{common}]{{2}}|{pairs})")
        self._shaped = re.compile(f"(?:[{single}]|{compound})(?:[{common}]{{2}}|{pairs})")
        self._not_person = re.compile(either(after["not_person"]))
        self._given = re.compile(f"{CHINESE}[{common}]{{2}}")
        self._not_common = re.compile(either(given["not_names"]))
        self._compound = re.compile(compound)
        self._leading = re.compile(
            f"(?<![\u4e00-\u9fff\\d])(?P<name>(?:{compound}|[{single}])(?:{pairs}|(?:{letter}){{1,2}}))(?={either(after['proof'])})"
        )
        self._surname = re.compile(f"{compound}|[{single}]")
        self._foreign = Transliterations(given)
        role = either([*roles["posts"], *roles["callings"]])
        opening = either([*roles["posts"], *roles["callings"], "岁的", "名叫", "叫做"])
        first = f"{compound}|[{single}](?:{letter}|{pairs})|[{wordlike}][{common}]|{self._foreign.part}{{2}}"
        self._opening = re.compile(f"{opening}”?(?={first})")
        self._follows = re.compile(f"{either([*after['words'], *roles['posts']])}|[{re.escape(after['marks'])}]|$")
        self._strong = re.compile(either([*after["strong"], *roles["posts"]]))
        self._press = re.compile(f"{either(roles['press'])}[:： ]?$")
        self._role_end = re.compile(f"{role}$")
        self._titled = re.compile(
            f"(?<!{CHINESE})(?=[{single}])[^{rules['surnames']['not_titled']}]{either(roles['titled'])}(?!{CHINESE}{{0,1}}(?:员|部))"
            f"|(?<=[谢请找跟问叫像中])(?=[{single}])[^{rules['surnames']['not_titled']}]{either(roles['titled'])}"
        )
        self._before = re.compile(f"(?:{either(rules['before']['words'])}|^)$")
        self._never = frozenset(rules["not"]["words"])
        self._never_start = re.compile(either(rules["not"]["words"]))
        self._alone = frozenset(rules["not"]["dates"] + rules["not"]["things"])
        self._villages = tuple(rules["not"]["villages"])
        self._post = re.compile(either(roles["posts"]))

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
                confidence = "high" if first.proof or later else "medium"
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
                            "high" if confidence == "high" else "medium",
                            None if confidence == "high" else "no post and no verb of a person beside it",
                        ),
                    )
                )
        persons = [
            person
            if person.role
            else person.model_copy(update=dict(zip(("role", "organisation"), roles[person.text], strict=True)))
            for person in persons
        ]
        return sorted(persons + self._called(page, spans), key=lambda person: person.start)

    def _is_mention(self, page: Page, name: str, a: int, b: int, start: int, end: int) -> bool:
        """Two characters may meet by chance (李强调…): the tagger or the words beside them must agree."""
        if self._press.search(page.text[max(start, a - 5) : a]) or self._is_place(page, a, b):
            return False
        if len(name) > 2:
            return True
        if any(overlaps(a, b, [run]) for run in page.tagged_in(max(start, a - 2), b, "PER")):
            return True
        before = page.text[max(start, a - 4) : a]
        return bool(self._follows.match(page.text, b, end)) and bool(
            self._before.search(before) or self._role_end.search(before)
        )

    def _sentence(self, doc: Doc, page: Page, start: int, end: int) -> Iterator[Candidate]:
        text = page.text
        for match in self._foreign.dotted(text, start, end):
            if not page.in_place(*match.span()):
                yield Candidate(*match.span(), "dotted", proof=True)
        for match in self._foreign.known(text, start, end):
            if self._stands_alone(page, *match.span(), start, end):
                yield Candidate(*match.span(), "transliterated", proof=True)
        for match in self._opening.finditer(text, start, end):
            if found := self._after_role(doc, page, match, start, end):
                yield found
                yield from self._row(doc, page, found, start, end)
        for match in self._leading.finditer(text, start, end):
            run = match.span("name")
            if (
                self._plain(match["name"])
                and match["name"] not in self._alone
                and not self._is_word(doc, text, *run, posted=True)
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
        if self._press.search(page.text[max(start, at - 5) : at]):
            return None
        run = self._extent(doc, page, at, end, posted=True)
        if run is None or self._is_place(page, *run):
            return None
        return Candidate(*run, "age_before" if match.group() in ("岁的", "名叫", "叫做") else "role_before", proof=True)

    def _extent(self, doc: Doc, page: Page, at: int, end: int, *, posted: bool = False) -> Range | None:
        """The name that begins at `at`: as the tagger has it where it is sure, else as long as what follows allows."""
        text = page.text
        tagged = next((run for run in page.tagged_in(at, at + 1, "PER")), None)
        longest = self._name.match(text, at, end)
        if longest is None or (posted and self._foreign.run(text, at, at + 3)):
            foreign = self._foreign.run(text, at, end)
            whole = foreign and (foreign[1] - foreign[0] > 2 or tagged or self._foreign.part_in(text, *foreign))
            if foreign and whole and posted and self._follows.match(text, foreign[1], end):
                return foreign
            if tagged and self._foreign.likely(text[tagged[0] : tagged[1]]):
                return tagged
        if posted and (run := self._commonly(text, at, end)):
            return run
        if longest is None:
            return tagged if posted and tagged and self._given.fullmatch(text, *tagged) else None
        if tagged:
            tagged = at, self._trimmed(text, *tagged, end)
        surname = self._surname.match(text, at)
        least = (surname.end() if surname else at + 1) + 1
        if tagged and tagged[1] > least and self._fits(text, at, tagged[1], end):
            return tagged
        stops = list(range(min(longest.end(), least + 1), least - 1, -1))
        if len(stops) > 1 and self._crossed(text, stops[0], end):
            stops.reverse()
        for stop in stops:
            if self._fits(text, at, stop, end) and not self._is_word(doc, text, at, stop, posted=posted):
                return at, stop
        if tagged and tagged[1] >= least and self._plain(text[at : tagged[1]]):
            return tagged
        return None

    def _commonly(self, text: str, at: int, end: int) -> Range | None:
        """全胜利介绍, 向春花家: three characters that are a name in spite of what their surname means elsewhere."""
        match = self._common.match(text, at, end)
        if match is None or self._not_common.match(text, at) or not self._plain(match.group()):
            return None
        row = text[match.end() : match.end() + 1] == "、" and self._common.match(text, match.end() + 1, end)
        return match.span() if row or self._strong_after(text, match.end(), end) else None

    def _strong_after(self, text: str, at: int, end: int) -> bool:
        """Whether what follows can only be said of a person, in two characters at least or as a mark of the person."""
        follows = self._follows.match(text, at, end)
        if self._strong.match(text, at, end) or (follows is not None and len(follows.group()) > 1):
            return True
        return DONE.match(text, at, end) is not None

    def _trimmed(self, text: str, a: int, b: int, end: int) -> int:
        """End of what the tagger has for a name, less the first character of what follows: 魏秋菊|笑说, 简国安|深有."""
        least = 4 if self._compound.match(text, a) else 3
        if b - a < least:
            return b
        return b - 1 if self._crossed(text, b, end) else b

    def _crossed(self, text: str, b: int, end: int) -> bool:
        """Whether a word that follows persons begins one character before `b` and runs over it: 王林|常驻."""
        follows = self._follows.match(text, b - 1, end)
        return follows is not None and follows.end() > b

    def _stands_alone(self, page: Page, a: int, b: int, start: int, end: int) -> bool:
        """Whether the run is bounded as a person's name is: by a mark, a post or a word before, a follower after."""
        before = page.text[max(start, a - 12) : a]
        bounded = not before or before[-1] in "，,。、；：:“ 的" or bool(self._before.search(before))
        follows = self._follows.match(page.text, b, end)
        if follows is None or not (bounded or self._role_end.search(before)):
            return False
        return not self._is_place(page, a, b)

    def _fits(self, text: str, at: int, stop: int, end: int) -> bool:
        village = stop - at == 2 and text[stop - 1] in "村镇乡县"
        return not village and self._plain(text[at:stop]) and bool(self._follows.match(text, stop, end))

    def _plain(self, name: str) -> bool:
        return not self._never_start.match(name) and not self._post.search(name)

    def _is_word(self, doc: Doc, text: str, start: int, end: int, *, posted: bool = False) -> bool:
        """Whether the tagger sees everyday words there. After a post, a surname that stands alone and two characters
        that the tagger takes for some noun or verb are still a name: taggers guess at given names. So is what a word
        crosses whose rest is a verb of speaking (江春|分说)."""
        proved = posted and self._strong_after(text, end, len(text))
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

    def _is_place(self, page: Page, a: int, b: int) -> bool:
        """Whether a place stands there. A short place name inside what the tagger takes whole for a person is chance:
        卫东 in 秦卫东; so is one that runs from a transliterated name over a verb: 叶尔兰别克|当上|村."""
        if not page.in_place(a, b):
            return False
        over = next((end for begin, end, _ in page.places_in(a, a + 1) if end > b), b)
        if over > b and self._foreign.sure(page.text[a:b]):
            follows = self._follows.match(page.text, b, over)
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
        if not self._foreign.likely(text[a:b]):
            b = self._trimmed(text, a, b, end)
        shaped = self._name.fullmatch(text, a, b)
        if b - a == 2 and text[b : b + 1] == "和" and self._strong.match(text, b + 1, end):
            b += 1  # 邵景和|告诉: what stands after 和 is no person
        if b - a == 2 and self._shaped.match(text, a, b + 1) and not self._follows.match(text, b, end):
            b += self._strong_after(text, b + 1, end)  # 冷玉|强成了: the tagger stopped one character short
        name = text[a:b]
        before = text[max(start, a - 12) : a]
        if (
            len(name) < 2
            or name in self._never
            or name in self._alone
            or not self._plain(name)
            or self._is_place(page, a, b)
        ):
            return None
        if self._press.search(before) or text[b : b + 1] in "”’":
            return None
        if self._foreign.likely(name) and self._stands_alone(page, a, b, start, end):
            return Candidate(a, b, "tagger_foreign", proof=False)
        if not shaped or self._bad_row(page, a, b, start, end):
            return None
        if self._shaped.fullmatch(name) and before[-1:] not in QUOTED and not self._not_person.match(text, b, end):
            return Candidate(a, b, "tagger_and_shape", proof=False)
        if self._role_end.search(before) or not self._follows.match(text, b, end):
            return None
        if not self._before.search(before) and not page.chain_before(a) < a:
            return None
        if self._strong.match(text, b, end) or self._row_proves(text, b, end):
            return Candidate(a, b, "tagger_and_verb", proof=True)
        sure = (
            (len(name) < 4 or self._compound.match(name))
            and not self._is_word(doc, text, a, b)
            and text[b : b + 1] != "、"
            and not before.endswith("、")
        )
        return Candidate(a, b, "tagger", proof=False) if sure else None

    def _members(self, page: Page, a: int, b: int, start: int, end: int) -> list[str]:
        """The row that the run stands in: 李甲、王乙、赵丙, each of at most four characters."""
        text = page.text
        left = re.search(f"(?:{CHINESE}{{2,4}}、)+$", text[max(start, a - 40) : a])
        right = re.match(f"(?:、{CHINESE}{{2,4}}?(?=[、和\\d等，,。夫被]))+", text[b : min(end, b + 40)])
        return [one for side in (left, right) if side for one in side.group().split("、") if one]

    def _bad_row(self, page: Page, a: int, b: int, start: int, end: int) -> bool:
        """A row in which some are not called as persons are is a row of villages or of something else."""
        members = self._members(page, a, b, start, end)
        return any(
            not self._name.match(self._role_end_off(one)) or one.endswith(self._villages) for one in members
        ) or bool(members and page.text[a:b].endswith(self._villages))

    def _role_end_off(self, member: str) -> str:
        return re.sub(f"^.*?{self._post.pattern}", "", member) or member

    def _row_proves(self, text: str, b: int, end: int) -> bool:
        row = re.match(
            f"(?:、{CHINESE}{{2,4}}?)+?(?={self._strong.pattern}|被评|等人|等\\d)", text[b : min(end, b + 40)]
        )
        return row is not None

    def _row(self, doc: Doc, page: Page, first: Candidate, start: int, end: int) -> Iterator[Candidate]:
        """陈大河、李小川夫妇: the other names of a row, once one of them is a person."""
        if self._bad_row(page, first.start, first.end, start, end):
            return
        at = first.end
        while step := ROW.match(page.text, at, end):
            run = self._extent(doc, page, step.end(), end, posted=first.proof)
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
            for match in self._titled.finditer(page.text, start, end)
            if not spans.hit(*match.span())
        ]
