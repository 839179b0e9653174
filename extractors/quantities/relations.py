"""How the numbers of a sentence belong together: thresholds, changes, brackets, enumerations, totals."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.quantities.context import Sentence
from models.quantity import Quantity

BOUNDS = ("gt", "ge", "lt", "le")
COUNTED = ("count", "people", "households", "none", "groups", "share")
LONGEST_GAP = 34
"""Two numbers further apart than this, in characters, are not ends of one change."""
TOLERANCE = Decimal("0.6")
"""A percentage written without decimals is right to half a point; a bit more, since authors also cut off."""

_OF = re.compile(r"^[）)]?的[^，,。；;、0-9]{0,14}$")
_GROUP = re.compile(r"^的?[\u4e00-\u9fff]{1,8}$")
_NOW = re.compile(r"^(?:人员|党员|群众|村干部)?(?:为|在|是|达到|均为|都是|均在)[^，,。；;]{0,4}$")
_ALL = re.compile(r"(?:全部|(?<![人户村年月亩平])均|都|全|普遍)(?:达到?|超过?|突破|实现)?[^，,。；;、]{0,3}$")
_EARNING = re.compile(
    r"^的?(?:行政|薄弱)?村(?!民)(?:[到至]?[0-9]{4}年(?:度|底|末)?)?(?:[^，,。；;0-9]{0,6}、)?[^，,。；;、0-9]{0,10}(?:收入|收益)[^，,。；;、0-9均全都]{0,4}$"
)
_FROM = re.compile(r"(?:由|从|自)[^，,。；;]{0,22}$")
_TO = re.compile(
    r"^(?:的|不等)?[^。；;0-9]{0,6}(?:提高|增加|增长|提升|上升|发展|扩大|扩展|下降|减少|降低|压减|缩短|缩减|降|升|增|涨|跃升|攀升|跃|壮大|拓展|调整|变为|变成|翻)"
    r"[^。；;]{0,3}(?:到了|到|至|为)?[^。；;0-9]{0,12}(?:[0-9]{4}年[^。；;0-9]{0,8})?$"
    r"|^[^。；;0-9]{0,8}(?:到|至)(?:现在|如今|目前|今天)的?$"
)


def holds_for_each(sentence: Sentence, i: int) -> bool:
    """Whether an amount is said of each of the things counted before it: 67行政村收入全部达到3万元以上."""
    gap = sentence.gap(i)
    return i > 0 and len(gap) < LONGEST_GAP and bool(_ALL.search(gap))


def threshold_of(sentence: Sentence, i: int) -> int | None:
    """Index of the reading that is the threshold on the things that reading `i` counts, or null.

    收入超过10万元的村达到90%: the amount is on the left; 160名35岁以下 and 51.2%为45岁以下: the age is on the right.
    67行政村收入全部达到3万元以上: the amount is on the right, and 全部 says that it holds for each.
    """
    readings, dimensions, text = sentence.readings, sentence.dimensions, sentence.text
    reading = readings[i]
    if dimensions[i] not in COUNTED or reading.bound in ("lt", "le"):
        return None
    j = i - 2 if i > 1 and _in_bracket(sentence, i) else i - 1
    if j >= 0 and _limits(sentence, j):
        if dimensions[j] == "money" and readings[j].end == reading.start:
            return j  # 50万元以上11个村
        if _OF.match(text[readings[j].end : readings[j + 1].start]):
            return j
        if dimensions[j] == "age" and _GROUP.match(text[readings[j].end : reading.start]):
            return j  # 35岁以下党员2300名
    if i + 1 < len(readings) and _limits(sentence, i + 1):
        gap = sentence.gap(i + 1)
        if dimensions[i + 1] == "age" and (not gap.strip() or _NOW.match(gap)):
            return i + 1
        if dimensions[i + 1] == "money" and dimensions[i] in ("count", "share") and _EARNING.match(gap):
            return i + 1  # 38个村集体收入在30万元以下, 85%的村集体收入超过10万元
        if dimensions[i + 1] == "money" and dimensions[i] != "share" and holds_for_each(sentence, i + 1):
            return i + 1
    return None


def _limits(sentence: Sentence, i: int) -> bool:
    if sentence.readings[i].bound == "range" and sentence.dimensions[i] == "money":
        return True  # 收入5万元至10万元的村
    return sentence.readings[i].bound in BOUNDS and sentence.dimensions[i] not in (
        "share",
        "count",
        "people",
        "households",
    )


def change_from(sentence: Sentence, i: int) -> int | None:
    """Index of the value that reading `i` grew or fell from (由300元/亩提高到500元/亩), or null."""
    if i == 0 or sentence.dimensions[i - 1] != sentence.dimensions[i]:
        return None
    first, second, text = sentence.readings[i - 1], sentence.readings[i], sentence.text
    gap = text[first.end : second.number]
    if len(gap) > LONGEST_GAP or not _TO.match(gap):
        return None
    return i - 1 if _FROM.search(text, max(sentence.floor(i - 1), first.start - 26), first.start) else None


def bracketed(sentence: Sentence, i: int) -> bool:
    """Whether reading `i` is a second reading of the one before, in brackets behind it: 17个(26%)."""
    return i > 0 and _in_bracket(sentence, i) and len(sentence.gap(i)) <= 8


def _in_bracket(sentence: Sentence, i: int) -> bool:
    start = sentence.readings[i].start
    return sentence.text[start - 1 : start] in ("(", "（")


def flags(sentence: Sentence, i: int, made: list[Quantity]) -> tuple[str, ...]:
    """What does not add up in the sentence: a part that exceeds its whole, a share that contradicts two counts.

    Only like is compared with like: the total is the nearest number of that unit and indicator, a plain sum and
    nothing that holds for each (14个村收入均在8万元以上，其中X村达56万元 is no contradiction).
    """
    readings, dimensions = sentence.readings, sentence.dimensions
    low = readings[i].low
    if low is None or not i:
        return ()
    if bracketed(sentence, i) and readings[i].unit == "%":
        part, whole = readings[i - 1].low, _whole(sentence, i - 1)
        if part and whole and abs(part * 100 / whole - low) > TOLERANCE:
            return ("share_contradicts_counts",)
        return ()
    if "其中" not in sentence.gap(i) or made[i].code is None or readings[i].bound in BOUNDS:
        return ()
    for j in range(i - 1, -1, -1):
        total = readings[j].low
        if dimensions[j] != dimensions[i]:
            continue
        sums = not made[j].rate and not made[i].rate and readings[j].bound not in BOUNDS and bool(total)
        alike = made[j].code == made[i].code and made[j].unit == made[i].unit and dimensions[i] != "share"
        return ("part_exceeds_whole",) if total and sums and alike and low > total else ()
    return ()


def _whole(sentence: Sentence, i: int) -> Decimal | None:
    """The total that a part with a bracketed share belongs to: the largest earlier count of the sentence."""
    part = sentence.readings[i].low
    counts = [
        reading.low
        for reading, dimension in zip(sentence.readings[:i], sentence.dimensions, strict=False)
        if reading.low is not None and dimension in ("count", "people", "households", "none")
    ]
    return max(counts) if counts and part is not None and max(counts) > part else None
