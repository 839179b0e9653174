"""Numerals of Chinese text as exact values: Arabic, full-width, Chinese, formal, mixed, fractions, vague tens.

`numeral` reads what has one value (三万五 is 35000, 1万2千 is 12000), `vague` what has a lower and an upper end
(两三 is 2-3, 十几 is 11-19, 数十万 is 100,000-1,000,000) or none at all (几, 若干). Values are `Decimal`, never float.
"""

from __future__ import annotations

import re
from decimal import Decimal

from models.errors import AnlikuError

Ends = tuple[Decimal | None, Decimal | None]
"""Lower and upper end of a value; both null where the text gives no number at all (几个)."""

DIGITS = {
    c: d
    for d, group in enumerate(("零〇", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in group
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SHORT_TENS = {"廿": 20, "卅": 30}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

CHINESE = "".join(DIGITS) + "".join(TENS) + "".join(SHORT_TENS) + "".join(MYRIADS)
LONGEST = 40
"""No numeral of a text is longer; a longer run of numeral characters is a code, a drawing or noise."""

_WIDTH = {ord("０") + d: str(d) for d in range(10)} | {ord("．"): ".", ord("，"): ",", ord("％"): "%"}
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_PART = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)([十百千万亿]*)")
_VAGUE = re.compile(r"(几|数|若干)?([十百千]?)(几)?([十百千万亿]*)")
_PAIR = re.compile(
    r"([一二两三四五六七八九]?[十百千万]?)([一二两三四五六七八九])([一二两三四五六七八九])([十百千万亿]*)"
)


class NotANumeral(AnlikuError):
    """{text!r} is not one number. Give a numeral such as 3.4亿, 一百二十三万, 三分之一 or 1万2千."""


def numeral(text: str) -> Decimal:
    """The value of a numeral, full-width or not. `NotANumeral` where it is none or has no single value (两三, 十几).

    Shares keep their written number: 百分之三 is 3 (its unit is %), 三分之一 is 1/3 to 28 digits.

    >>> numeral("一百二十三万"), numeral("1万2千"), numeral("两千三"), numeral("４．５")
    (Decimal('1230000'), Decimal('12000'), Decimal('2300'), Decimal('4.5'))
    """
    plain = text.translate(_WIDTH).strip()
    if not plain or len(plain) > LONGEST:
        raise NotANumeral(text=text[:LONGEST])
    value = _share(plain) if "分之" in plain else _mixed(plain)
    if value is None:
        raise NotANumeral(text=text)
    return value


def whole(text: str) -> int:
    """The value of a numeral that counts or names a year. `NotANumeral` where it has none, or a broken one.

    >>> whole("12"), whole("十二"), whole("二〇二三")
    (12, 12, 2023)
    """
    value = numeral(text)
    if value != int(value):
        raise NotANumeral(text=text)
    return int(value)


def vague(text: str) -> Ends | None:
    """Lower and upper end of a numeral that names a span of values; null where it is not of that kind.

    >>> vague("三五百"), vague("十几"), vague("几")
    ((Decimal('300'), Decimal('500')), (Decimal('11'), Decimal('19')), (None, None))
    """
    if pair := _PAIR.fullmatch(text):
        head, low, high, scale = pair.groups()
        if DIGITS[high] <= DIGITS[low] or (head and head[-1] not in TENS and head[-1] not in MYRIADS):
            return None
        return _pair(head, DIGITS[low], DIGITS[high], scale)
    if not (hit := _VAGUE.fullmatch(text)):
        return None
    before, ten, after, scale = hit.groups()
    factor = scale_of(scale)
    if factor is None:
        return None
    if before and not after:
        if not ten and not scale:
            return None, None
        one = (TENS[ten] if ten else 1) * factor
        return one, one * 10
    if after and ten and not before:
        return (TENS[ten] + TENS[ten] // 10) * factor, (TENS[ten] * 2 - TENS[ten] // 10) * factor
    return None


def _pair(head: str, low: int, high: int, scale: str) -> Ends | None:
    """两三, 十二三, 三五百, 一百二三十: two digits in a row that stand for the span between them."""
    base = _chinese(head) if head else Decimal(0)
    ten = TENS.get(scale[:1], 1) if head and TENS.get(scale[:1], 10**5) < TENS.get(head[-1], 0) else 1
    factor = scale_of(scale[1:] if ten > 1 else scale)
    if base is None or factor is None or (head and ten == 1 and head[-1] != "十"):
        return None
    return (base + low * ten) * factor, (base + high * ten) * factor


def scale_of(text: str) -> Decimal | None:
    """The factor that a run of 十百千万亿 multiplies by (千万 is 10**7, nothing is 1); null for a run in no order."""
    if not text:
        return Decimal(1)
    return _SCALES.get(text) or _chinese("一" + text)


def _share(text: str) -> Decimal | None:
    whole, _, part = text.partition("分之")
    above = _mixed(part)
    if above is None:
        return None
    if whole in ("百", "千", "万"):
        return above
    below = _mixed(whole)
    return above / below if below else None


def _mixed(text: str) -> Decimal | None:
    """Arabic digits, with scales or not, or Chinese throughout."""
    if not text:
        return None
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text[0] in "0123456789":
        return _parts(text)
    return _chinese(text)


def _parts(text: str) -> Decimal | None:
    """1万2千, 3.4亿, 1亿2000万, 2万5: every part smaller than the one before."""
    total, at, last = Decimal(0), 0, None
    while at < len(text):
        part = _PART.match(text, at)
        if not part or not _ARABIC.fullmatch(part.group(1)):
            return None
        number, scale = Decimal(part.group(1).replace(",", "")), scale_of(part.group(2))
        if scale is None:
            return None
        if scale == 1 and last is not None and part.end() == len(text) and len(part.group(1)) == 1:
            scale = last / 10  # 2万5 is 25,000
        if last is not None and number * scale >= last:
            return None
        total, last, at = total + number * scale, scale, part.end()
    return total


def _chinese(text: str) -> Decimal | None:
    """Chinese numerals; null for a run in no order (十十, 千百) or in use as a name (三五)."""
    whole, point, decimals = text.partition("点")
    if point:
        if not decimals or any(c not in DIGITS for c in decimals):
            scale = decimals.lstrip("".join(DIGITS))
            digits = decimals[: len(decimals) - len(scale)]
            factor = scale_of(scale)
            if not digits or factor is None:
                return None
            inner = _chinese(f"{whole}点{digits}")
            return None if inner is None else inner * factor
        base = _chinese(whole)
        return None if base is None else base + Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))
    if text == "半":
        return Decimal("0.5")
    if not text:
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):  # 二〇二〇 is read digit by digit; 两三 has two ends
        if len(text) == 2 and vague(text):
            return None
        return Decimal("".join(str(DIGITS[c]) for c in text))
    return _grouped(text)


def _grouped(text: str) -> Decimal | None:
    """The place-value reading: `section` is the part below the next 万, `total` what is above it."""
    total = section = 0
    digit: int | None = None
    last_ten = 10**5
    """The last of 十百千 in this section: each must be smaller than the one before."""
    last = 1
    """The last factor of any kind, which a colloquial final digit is a tenth of (两千三)."""
    ceiling = 10**17
    zero = False
    for char in text:
        if char in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[char]
            zero = zero or digit == 0
        elif char in TENS or char in SHORT_TENS:
            ten = TENS.get(char, 10)
            if ten >= last_ten or (digit is None and ten > 10 and (section or total)):
                return None
            section += SHORT_TENS.get(char) or (digit or 1) * ten
            if digit == 0 and ten != 10:
                return None
            digit, last_ten, last, zero = None, ten, ten, False
        elif char in MYRIADS:
            myriad = MYRIADS[char]
            section += digit or 0
            if char in "亿億":
                if myriad >= ceiling and total % myriad == 0:
                    return None
                total, ceiling = (total + (section or (0 if total else 1))) * myriad, myriad
            elif section == 0 and total and total % myriad == 0 and ceiling > myriad:
                return None
            else:
                if ceiling <= myriad:
                    return None
                total, ceiling = total + (section or 1) * myriad, myriad
            section, digit, last_ten, last, zero = 0, None, 10**5, myriad, False
        else:
            return None
    if digit and last > 10 and not zero:
        return Decimal(total + section + digit * (last // 10))
    return Decimal(total + section + (digit or 0))


_SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
    "百万亿": Decimal(10**14),
    "千万亿": Decimal(10**15),
}
