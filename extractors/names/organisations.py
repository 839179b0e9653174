"""Organisations: named bodies, with the full name that a short form stands for. GUIDE §5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc

from extractors.doc import words
from extractors.either import either
from extractors.names.coreference import Hit, resolve
from extractors.names.page import CHINESE, Page, Runs, overlaps
from extractors.names.rows import RowReader
from models.name import Organisation
from models.span import Range

LONGEST = 26
"""Characters before a suffix that can belong to the name."""

QUOTED = ("“", "”", "「", "」")
BRACKET = re.compile(rf"{CHINESE}{{2,4}}[(（]{CHINESE}{{2,6}}[)）]$")
"""中国(寿光)…, 山东(寿光)…: where a name may run over brackets."""

CALLED = re.compile(rf"[“「]{CHINESE}{{2,8}}[”」]$")
"""A name in quotes right before the suffix: “山里红”合作社."""

NOT_AFTER = {"部": "门署队长分", "大": "代", "协": "委"}
"""What may not follow the last character of a known body: 商务部门, 全国人大代表, 全国政协委员."""

SERVED = "点化村城"
"""What may not follow the stations and centres of a place: 管理站点, 管理中心化."""

COUNTED = re.compile(r"[0-9一二三四五六七八九十两]+[个家大]")
"""What opens a slogan that counts bodies, and is no name: “三个合作社”."""

EDGE = re.compile(rf"[^\u4e00-\u9fffA-Za-z0-9·“”]|[“”](?={CHINESE}*$)|\d+{CHINESE}?(?={CHINESE}*$)")
FULL = re.compile(r"(?:省|市|县|区|旗|州|盟|镇|乡|街道|村|社区|苏木|中心)$")
NATIONAL = re.compile(
    rf"国家{CHINESE}{{2,10}}?(?:总局|局|委员会|银行|实验室)(?!面|势|部)"
    r"|国家(?:能源|电力投资|开发投资|管网|电投)集团"
    rf"|中国(?<!国中国){CHINESE}{{2,14}}?(?:协会|学会|研究院|科学院|大学|银行|集团|公司|联合会|基金会|研究会|促进会)"
    rf"|中国{CHINESE}{{2,6}}报(?![告道名考])"
    rf"|(?<![省市县区])(?:农商银行|农商行|农村商业银行|信用联社){CHINESE}{{2,6}}?(?:支行|分行)"
    rf"|总台央视{CHINESE}{{0,6}}频道|央视{CHINESE}{{0,6}}频道"
    rf"|中共中央{CHINESE}{{2,6}}?(?:办公厅|委员会|研究室)|中央{CHINESE}{{2,6}}?(?:办公厅|委员会|研究室)"
)


class OrganisationReader:
    """Reads organisations with the rules of `organisations.toml`."""

    def __init__(self, rules: dict[str, Any]) -> None:
        suffixes, edges, known = rules["suffixes"], rules["edges"], rules["known"]
        departments = [field + kind for field in suffixes["fields"] for kind in suffixes["department"]]
        self._services = frozenset(work + kind for work in suffixes["services"] for kind in suffixes["stations"])
        self._suffix = re.compile(either([*suffixes["place"], *departments, *suffixes["brand"], *self._services]))
        self._by_place = frozenset([*suffixes["place"], *departments, *self._services])
        self._by_brand = frozenset(suffixes["brand"])
        self._trade = re.compile(f"{either(suffixes['trade'])}(?!{either(suffixes['trade_not_after'])})")
        self._part = re.compile(f"(?:(?!{either(edges['stops'])}){CHINESE}){{0,4}}?{either(suffixes['parts'])}")
        self._branches = re.compile(either(suffixes["branches"]))
        self._divided = re.compile(f"{either(suffixes['divided'])}$")
        self._fields = re.compile(f"(?:{either([*suffixes['fields'], *edges['generic']])}|和)+")
        self._departments = frozenset(departments)
        self._firms = frozenset(suffixes["firms"])
        self._own = frozenset(suffixes["own"])
        self._official = frozenset(suffixes["official"])
        self._plural = frozenset(suffixes["plural"])
        self._village = frozenset(suffixes["village"])
        self._after: dict[str, str] = suffixes["after"]
        self._before: dict[str, str] = suffixes["before"]
        self._legal = frozenset(suffixes["legal"])
        self._branded = frozenset(suffixes["branded"])
        self._kinds = frozenset(suffixes["kinds"])
        self._joint = frozenset(suffixes["joint"])
        self._sole = frozenset(suffixes["sole"])
        self._heads = re.compile(f"{either(suffixes['heads'])}$")
        self._parties = re.compile(f"{either(suffixes['parties'])}$")
        self._only_quoted = frozenset(suffixes["only_quoted"])
        self._owners = re.compile(f"{either(suffixes['owners'])}$")
        self._naming = re.compile(f"{either(suffixes['naming'])}$")
        self._quotable = tuple(suffixes["quotable"])
        self._weak = frozenset(suffixes["weak"])
        self._stop = re.compile("|".join([either(edges["stops"]), *edges["patterns"]]))
        self._tail = re.compile(f"{either(word for word in edges['generic'] if word not in edges['not_tail'])}+$")
        self._generic = re.compile(f"{either([*edges['generic'], *edges['crops']])}+")
        self._rows = RowReader(rules, self._stop, self._generic)
        firms = f"{either(known['firms'])}(?:{either(known['tails'])}|[A-Z]{{2,}})?"
        self._known = re.compile(f"{firms}|{either([*known['state'], *known['press']])}")
        self._known_not_after = known["not_after"]
        self._again = re.compile(f"该{either(rules['honorific']['again'])}")

    def read(self, doc: Doc, page: Page, taken: Runs) -> list[Organisation]:
        """Organisations of the body in order, later mentions too; none inside `taken` (documents, honours)."""
        hits: list[Hit] = []
        for start, end in page.sentences:
            spans: list[Range] = []
            for hit in self._sentence(doc, page, start, end):
                if not overlaps(hit.start, hit.end, spans) and not taken.hit(hit.start, hit.end):
                    spans.append((hit.start, hit.end))
                    hits.append(hit)
        hits.sort()
        return resolve(page, hits, taken, self._again)

    def _sentence(self, doc: Doc, page: Page, start: int, end: int) -> Iterator[Hit]:
        text = page.text
        for match in NATIONAL.finditer(text, start, end):
            part = self._part.match(text, match.end(), end) if match.group().endswith("银行") else None
            yield Hit(match.start(), part.end() if part else match.end(), "national", "")
        at = start
        while suffix := self._suffix.search(text, at, end):
            at = suffix.end()
            if hit := self._suffixed(doc, page, start, end, suffix):
                yield hit
                at = hit.end
        for match in self._known.finditer(text, start, end):
            after = text[match.end() : match.end() + 1]
            if after and after in NOT_AFTER.get(match.group()[-1], ""):
                continue
            if len(match.group()) == 2 and self._in_person(page, *match.span()):
                continue
            if len(match.group()) > 2 or not after or after not in self._known_not_after:
                yield Hit(*match.span(), "known", "")
        for run in self._rows.read(doc, page, start, end):
            yield Hit(*run, "row", "", "medium", "in a row that a word for its kind closes")
        for match in self._trade.finditer(text, start, end):
            if hit := self._traded(doc, page, start, match):
                yield hit

    def _suffixed(self, doc: Doc, page: Page, start: int, end: int, match: re.Match[str]) -> Hit | None:
        text, suffix, a = page.text, match.group(), match.start()
        b = self._whole(page, match, end)
        follows = SERVED if suffix in self._services else self._after.get(suffix, "")
        if text[b : b + 1] and text[b] in follows:
            return None
        if a > start and text[a - 1] in self._before.get(suffix, ""):
            return None
        if text.startswith("部门", b - 1) or text.startswith("组织部门", b):
            return None
        if page.in_place(a, match.end()):
            return None
        low = self._left(text, start, a)
        places = [
            place for place in page.places_in(max(start, a - 2 * LONGEST), a + 1) if place[1] <= a and place[1] >= low
        ]
        if places:
            place = places[-1]
            core = text[place[1] : a]
            chain = page.chain_before(place[1])
            bracketed = core.startswith(("(", "（")) and not self._stop.search(core)
            if bracketed or (not EDGE.search(core) and not self._stop.search(core)):
                return self._with_place(doc, page, place, chain, core, suffix, a, b)
        return self._without_place(doc, page, low, a, b, suffix)

    def _in_person(self, page: Page, a: int, b: int) -> bool:
        """Whether a person's name runs into the two characters of a firm: 凌志华|为老人."""
        return any(run[0] < a <= run[1] < b for run in page.tagged_in(max(0, a - 3), a, "PER"))

    def _whole(self, page: Page, match: re.Match[str], end: int) -> int:
        """End of the name: 中学 + 东城校区, 集团 + 党委, 生态环境局 + 石门 + 分局."""
        text, at = page.text, match.end()
        if self._divided.search(match.group()):
            for place in page.places_in(at, at + 1):
                if (branch := self._branches.match(text, place[1], end)) and place[1] < end:
                    return branch.end()
        if match.group() in self._by_brand and (part := self._part.match(text, match.end(), end)):
            return part.end()
        return match.end()

    def _left(self, text: str, start: int, a: int) -> int:
        """How far left the name can reach: the last mark or word that no name runs over."""
        low = max(start, a - LONGEST)
        tail = self._tail.search(text[low:a])
        run = text[low : low + tail.start()] if tail else text[low:a]
        edges = [match.end() for match in EDGE.finditer(run)]
        if edges and (bracket := BRACKET.search(run[: edges[-1]])) and run[edges[-1] - 1] in ")）":
            stops = [match.end() for match in self._stop.finditer(bracket.group())]
            return low + bracket.start() + (stops[-1] if stops else 0)
        if edges:
            low, run = low + edges[-1], run[edges[-1] :]
        stops = [match.end() for match in self._stop.finditer(run)]
        return low + stops[-1] if stops else low

    def _with_place(
        self,
        doc: Doc,
        page: Page,
        place: tuple[int, int, str | None],
        chain: int,
        core: str,
        suffix: str,
        a: int,
        b: int,
    ) -> Hit | None:
        text = page.text
        name = text[place[0] : place[1]]
        if name in text[chain : place[0]]:
            chain = place[0]  # 柳溪镇|柳溪学院: the place said again opens the name
        village = place[2] == "village" or name.endswith(("村", "社区"))
        wide = place[2] in ("province", "prefecture", "county") or (place[2] is None and text[place[1] - 1] in "省市县")
        if any(stop.end() == place[1] - 1 for stop in self._stop.finditer(text, place[0], place[1])):
            return None  # no place: 依托|镇, 当上|村
        if not core:
            if suffix == "委" and text[place[1] - 1] not in "省市县区旗州盟":
                return None
            own = suffix in self._own and not FULL.search(name)
            if wide and suffix in self._plural and b == a + len(suffix) and not own:
                return None
            if suffix in self._joint:
                return Hit(place[0], b, "joint", suffix)
            if suffix == "委" and (party := self._parties.search(text, max(0, chain - 6), chain)):
                return Hit(party.start(), b, "place", suffix)
            if suffix in self._by_place or (village and suffix in self._village) or FULL.search(name):
                return Hit(chain, b, "place", suffix)
            return Hit(chain, b, "short_place", suffix, "medium", "the place is called by its short name")
        fielded = suffix in self._departments and self._fields.fullmatch(core)
        if suffix in self._services or fielded or self._is_generic(doc, place[1], a, core, suffix):
            if wide and suffix in self._kinds and len(core) < 4 and core not in self._sole:
                return None
            head = self._heads.search(text, max(0, chain - 4), chain)
            return Hit(head.start() if head else chain, b, "place_field", suffix)
        if suffix not in self._by_brand and suffix not in self._branded:
            return None
        if text[chain - 1 : chain] in QUOTED and text[b : b + 1] in QUOTED and chain:
            return Hit(chain - 1, b + 1, "quoted", suffix)
        registered = wide and (suffix in self._legal or suffix in self._official)
        if FULL.search(name) and place[2] != "province" and len(core) > 1 and not registered:
            return Hit(place[1], b, "brand_after_place", suffix)
        return Hit(chain, b, "place_brand", suffix)

    def _without_place(self, doc: Doc, page: Page, low: int, a: int, b: int, suffix: str) -> Hit | None:
        text = page.text
        if suffix not in self._by_brand:
            return None
        if text[a - 1 : a] in QUOTED and (called := CALLED.search(text, max(0, a - 12), a)):
            if suffix not in self._quotable or text[called.start() - 1] == "、":
                return None
            return Hit(called.start(), b, "quoted_name", suffix, "medium", "called by a name in quotes")
        if text[low - 1 : low] in QUOTED and text[b : b + 1] in QUOTED:
            quotable = suffix in self._quotable and not suffix.endswith("联盟") and a - low > 1
            if not quotable or COUNTED.match(text, low, a):
                return None
            return Hit(low - 1, b + 1, "quoted", suffix, "medium", "named in quotes")
        tagged = [run for run in page.tagged_in(max(low, a - LONGEST), a, "ORG") if run[1] >= a + 1 and run[0] >= low]
        first = tagged[0][0] if tagged else a
        if a - first > 1 and not self._is_generic(doc, first, a, text[first:a], suffix):
            return Hit(first if first - low > 4 else low, b, "brand", suffix)
        core = text[low:a]
        owned = self._owners.search(text[max(0, low - 3) : low])
        generic = self._generic.fullmatch(core) if owned else self._is_generic(doc, low, a, core, suffix)
        if (not core or generic) and suffix in self._legal:
            for run in page.tagged_in(max(0, a - LONGEST), low, "ORG"):
                if run[1] == b and run[0] + 2 < low and text[low - 1] in "和与及":
                    return Hit(run[0], b, "brand", suffix, "medium", "only the tagger joins what 和 parts")
        if not 2 <= len(core) <= 14 or core[0] in "省市县区镇乡村" or generic:
            return None
        proper = [token for token in words(doc, low, a) if token.pos_ == "PROPN"]
        named = owned or (suffix.endswith(self._quotable) and self._naming.search(text[max(0, low - 4) : low]))
        brand = suffix in self._firms and self._is_brand(doc, low, a)
        if suffix in self._only_quoted or (suffix in self._weak and not (proper or named or brand)):
            return None
        return Hit(low, b, "brand", suffix, "medium", "a name of its own that only its words show")

    def _is_brand(self, doc: Doc, low: int, a: int) -> bool:
        """Whether a brand of two to four characters opens the core and a trade closes it: 泰和源|食品. A brand is made
        for its firm, so no everyday word is as long as it is."""
        core = doc.text[low:a]
        tail = self._tail.search(core)
        brand = low + tail.start() if tail else low
        if not tail or not 2 <= brand - low <= 4:
            return False
        return not any(
            len(token) > 1 and token.idx + len(token) <= brand and token.pos_ not in ("PROPN", "X")
            for token in words(doc, low, brand)
        )

    def _traded(self, doc: Doc, page: Page, start: int, match: re.Match[str]) -> Hit | None:
        """青禾食品: a proper name of two or three characters at the start of a phrase, then a trade."""
        text, a = page.text, match.start()
        low = self._left(text, start, a)
        core = text[low:a]
        if not 2 <= len(core) <= 4 or self._generic.fullmatch(core) or page.in_place(low, a):
            return None
        proper = any(token.pos_ == "PROPN" and token.idx >= low for token in words(doc, low, a))
        return (
            Hit(low, match.end(), "trade", match.group(), "low", "brand and trade without a word for company")
            if proper
            else None
        )

    def _is_generic(self, doc: Doc, start: int, end: int, core: str, suffix: str) -> bool:
        """Whether the core says only what kind of body it is."""
        if self._generic.fullmatch(core.strip("()（）")):
            return True
        if suffix not in self._weak:
            return False
        tokens = list(words(doc, start, end))
        return (
            bool(tokens)
            and tokens[0].idx == start
            and all(
                len(token) > 1 and token.idx + len(token) <= end and token.pos_ in ("NOUN", "VERB", "ADJ", "ADV", "NUM")
                for token in tokens
            )
        )
