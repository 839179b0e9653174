"""From the name of a measured thing, its unit and the words around it to one of the 40 indicators of the field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extractors.quantities.units import PACKAGE
from extractors.rules import read_toml

MONEY = ("money", "money_rate", "dollar", "euro", "hongkong_dollar", "yen")
SHARES = ("share", "points", "multiple")
_HEAD = re.compile(r".{0,2}[区部长员会站室点队团者户家岗车屋院所园场社厂店卡库班组民率额量]$|.$")
_GENERIC = re.compile(
    r"(?<!旅游)(?<!综合)(?<!销售)(?<!营业)(?<!门票)(?<!财政)(?<!经济)(?<!游总)(?<!济总)(?<!合总)(?:收入|创收|收益)$"
)
_SHARED = re.compile(r"分红|分得|股金|租金收入|租金$")
_OF_VILLAGES = re.compile(r"^(?:、[0-9.]{1,6}[万千]?元){0,3}的[^，,。；;、0-9]{0,6}(?:村|村庄|社区)(?!民)")
_EARNED = re.compile(r"(?:进账|入账|收取|收租|收入|增收|创收)(?:了)?(?:近|约|超)?$")
"""A rent or a fee that comes in is somebody's income: 村集体收取管理费，一年|进账."""
_STAFF = re.compile(r"干部|书记|专干|网格员|主任|人员报酬|绩效")
_WAGE = re.compile(r"薪酬|报酬$|工资")
_LEVEL = re.compile(r"(?:增加到|增长到|增至|达到?|提高到|提升到|突破|超过?)了?(?:每年|年均)?$")
_GRANTED = re.compile(r"(?:拿出|出资|注资|列支)(?:了)?(?:近|约)?$")
_LENT = re.compile(r"贷[^。；;]{0,40}(?:发放|放款|放贷|放出)(?:了)?(?:[0-9]+笔、)?$")
_COINS = re.compile(r"(?:[挣赚卖收花交付掏贴省]|收入|工资|工钱|分红|租金|进账|领到?|拿到?|就?有)了?[^，,。；;]{0,4}$")
_PIECE = re.compile(r"[\u4e00-\u9fff]{0,3}[田地土板牌屏匾碑]")
"""挣了3000多块 is money, 有3000块碎田 is not."""
_BUSINESS = re.compile(
    r"公司|合作社|联合社|企业|集团|基地|园|景区|民宿|农家乐|店|厂|车间|旅游|门票|产业|经营|销售|直播|电商|订单"
    r"|全[县市镇乡区]|毛收入|总收入|每[亩斤吨]|亩均"
)
"""Whose income is a turnover."""
_INCREASE = re.compile(r"增(?:加|收|长|益)")


@dataclass(frozen=True)
class Shift:
    """A rule that turns one indicator into another beside a cue."""

    to: str
    of: frozenset[str]
    units: frozenset[str]
    cue: re.Pattern[str] | None
    after: re.Pattern[str] | None
    noun: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    wide: bool
    """Whether the cue may stand in an earlier clause of the sentence."""


@dataclass(frozen=True)
class Codes:
    """The indicators, compiled."""

    units: dict[str, frozenset[str]]
    nouns: dict[str, tuple[str, ...]]
    """Noun to the indicators that list it."""
    longest: int
    money: tuple[tuple[str, re.Pattern[str]], ...]
    shifts: tuple[Shift, ...]
    defaults: dict[str, str]
    owners: dict[str, re.Pattern[str]]
    livestock: frozenset[str]
    not_livestock: re.Pattern[str]
    kinds: frozenset[str]
    uncounted: frozenset[str]

    def known(self, name: str | None, dimension: str, large: bool = False) -> bool:
        """Whether a name is one that is measured in that dimension. `large`: a bare number that may be money."""
        if not name:
            return False
        if dimension in (*MONEY, *SHARES) or (dimension == "none" and large):
            if any(pattern.search(name) for _, pattern in self.money):
                return True
            if dimension in MONEY:
                return False
        return self._by_noun(name, dimension, at_end=True) is not None

    def measured_before(self, clause: str, dimension: str) -> int | None:
        """Where the last amount that a clause names ends (人均收入|连年增长); null where it names none."""
        if dimension not in MONEY:
            return None
        ends = [
            hit.end() for code, pattern in self.money for hit in pattern.finditer(clause) if code != "funds_invested"
        ]
        return max(ends, default=None)

    def code(
        self, name: str | None, dimension: str, unit: str | None, left: str, right: str, before: str, large: bool
    ) -> str | None:
        """Indicator code, or null. `left`, `right`: the clause around the number; `before`: the sentence up to it;
        `large`: 万 or more, as money is."""
        if dimension in MONEY:
            return self._money(name, before, right, dimension)
        if unit in self.uncounted:
            return None
        if unit == "块" and _COINS.search(left) and not _PIECE.match(right):
            return self._money(name, before, right, "money")
        if unit in self.kinds:
            return "measures"
        if unit in self.livestock and not self.not_livestock.search((name or "") + right[:6]):
            return "output"
        if dimension in SHARES or dimension == "score":
            return self.defaults[dimension]
        found = self._by_noun(name, dimension) if name else None
        if found is None and dimension == "none" and large:
            return self._money(name, before, right, "money")
        code = self._shifted(found or "", name or "", dimension, left, right, before)
        if code:
            return code
        if found == "none_of_these":
            return self.defaults[dimension] if dimension == "households" else None
        return found or self.defaults.get(dimension)

    def _by_noun(self, name: str, dimension: str, at_end: bool = False) -> str | None:
        """The indicator of the noun that ends furthest right; `at_end`: only of one that ends the name."""
        name = name.rstrip("等")
        bare = name.rstrip("”’」』")
        if bare != name and name[-8:] not in self.nouns:
            name = bare.replace("“", "")
        for end in range(len(name), len(name) - 1 if at_end else 0, -1):
            for length in range(min(end, self.longest), 0, -1):
                for code in self.nouns.get(name[end - length : end], ()):
                    if code == "none_of_these" or dimension in SHARES or dimension in self.units[code]:
                        if end < len(name) and (length == 1 or _HEAD.match(name[end:])):
                            continue  # a modifier is no head (村民, 责任区); a predicate left behind it does no harm
                        return code
        return "villages" if name[:1] == "村" and dimension == "count" and not at_end else None

    def _shifted(self, found: str, name: str, dimension: str, left: str, right: str, before: str) -> str | None:
        for rule in self.shifts:
            if found not in rule.of or (rule.units and dimension not in rule.units):
                continue
            if rule.unless and (rule.unless.search(left) or rule.unless.search(name)):
                continue
            if rule.noun and not rule.noun.search(name):
                continue
            if (rule.cue and rule.cue.search((before if rule.wide else left) + name)) or (
                rule.after and rule.after.search(right)
            ):
                return rule.to
        return None

    def _money(self, name: str | None, left: str, right: str, dimension: str) -> str | None:
        """The name decides; where it names nothing, the clause around it does."""
        if dimension == "money_rate":
            hit = next(
                (code for code, p in self.money if code in ("bonuses", "personal_income") and p.search(name or left)),
                None,
            )
            return hit or "price"
        if _OF_VILLAGES.match(right) and (not name or name.endswith(("收入", "收益", "村"))):
            return "collective_income"  # 收入10万元以上的村
        if _GRANTED.search(left) and "奖" not in right[:14]:
            return "funds_invested"
        if _LENT.search(left):
            return "loans"
        for run in (name or "", left[-14:], right[:10], left[-30:]):
            for code, pattern in self.money:
                if run and pattern.search(run):
                    return self._owner(code, run, left)
        return None

    def _owner(self, code: str, run: str, left: str) -> str:
        """Whose income it is, and whether a level or an increase is told."""
        if code == "bonuses" and _WAGE.search(run) and not _STAFF.search(left[-36:]):
            return "personal_income" if self.owners["personal"].search(left[-24:]) else code
        if code == "price" and _EARNED.search(left):
            owners = {who: [hit.end() for hit in p.finditer(left[-40:])] for who, p in self.owners.items()}
            if max(owners["collective"], default=-1) > max(owners["personal"], default=-1):
                return "collective_income"
        if code in ("personal_income", "price") and _SHARED.search(run):
            whose = max(
                ((hit.end(), who) for who, pattern in self.owners.items() for hit in pattern.finditer(left[-36:])),
                default=(0, ""),
            )
            if whose[1] == "collective":
                return "collective_income"
        if code not in ("turnover", "collective_increase", "collective_income", "personal_income"):
            return code
        if code == "turnover" and not _GENERIC.search(run):
            return code
        left = left[-36:]
        last = {
            who: max((hit.end() for hit in pattern.finditer(left)), default=-1) for who, pattern in self.owners.items()
        }
        named = {who: bool(pattern.search(run)) for who, pattern in self.owners.items()}
        if named["personal"] and not named["collective"]:
            return "personal_income"
        collective = named["collective"] or last["collective"] > last["personal"]
        if code == "turnover" and not collective:
            return code
        if not collective and last["personal"] >= 0:
            return "personal_income"
        if not collective and code == "personal_income":
            return code
        if code == "turnover" and run.endswith("收入") and not collective and not _BUSINESS.search(run + left):
            return "personal_income"
        if code == "turnover" and not re.search(r"(?:收入|收益|创收)$", run):
            return code
        tail = left[-16:]
        if re.search(r"增收|增益", run) or (_INCREASE.search(tail) and not _LEVEL.search(left)):
            return "collective_increase"
        return "collective_income"


def load_codes(rules: str | None = None) -> Codes:
    """Compile the indicators, with the user's own laid over them."""
    data = read_toml(PACKAGE, "indicators.toml", rules)
    shifts, defaults = data.pop("shift"), data.pop("default")
    owners, livestock, none, kinds = data.pop("owners"), data.pop("livestock"), data.pop("none"), data.pop("kinds")
    nouns: dict[str, tuple[str, ...]] = dict.fromkeys(none["heads"], ("none_of_these",))
    for code, entry in data.items():
        for noun in entry.get("nouns", ()):
            nouns[noun] = (*nouns.get(noun, ()), code)
    order = ("bonuses", "price", "loans", "fund_size", "collective_increase", "collective_income", "personal_income",
             "funds_invested", "turnover")  # fmt: skip
    return Codes(
        units={code: frozenset(entry["units"]) for code, entry in data.items()},
        nouns=nouns,
        longest=max(map(len, nouns)),
        money=tuple((code, re.compile("|".join(data[code]["regex"]))) for code in order),
        shifts=tuple(_shift(entry) for entry in shifts),
        defaults={unit: entry["to"] for entry in defaults for unit in entry["units"]},
        owners={who: re.compile(words) for who, words in owners.items()},
        livestock=frozenset(livestock["units"]),
        not_livestock=re.compile(livestock["unless"]),
        kinds=frozenset(kinds["units"]),
        uncounted=frozenset(kinds["uncounted"]),
    )


def _shift(entry: dict[str, Any]) -> Shift:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(entry[key]) if key in entry else None

    return Shift(
        to=entry["to"],
        of=frozenset(entry["of"]),
        units=frozenset(entry.get("units", ())),
        cue=pattern("cue"),
        after=pattern("after"),
        noun=pattern("noun"),
        wide=entry.get("wide", False),
        unless=pattern("unless"),
    )
