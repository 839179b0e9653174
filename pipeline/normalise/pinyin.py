"""Pinyin in brackets after a character: 堅(jiān)持. A trace of pages made for learners, or of a broken converter."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from pipeline.normalise.draft import Edit

_BRACKETS = re.compile(r"(?<=[\u3007\u3400-\u9fff])[(（]([A-Za-zÀ-ɏɑɡ̀-̈ḿ’' ]{1,24})[)）]")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w"
_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu iou ian in iang ing iong u ua uo uai ui uei uan un uen "
    "uang ueng ü üe üan ün v ve van vn ue"
)
# Without tone marks a bracket is taken for pinyin only on a page that has many: (men), (ha), (an) also stand for units
# and English words.
_MANY = 8


@cache
def _syllables() -> re.Pattern[str]:
    initials = sorted(_INITIALS.split(), key=len, reverse=True)
    finals = sorted(_FINALS.split(), key=len, reverse=True)
    one = f"(?:(?:{'|'.join(initials)})(?:{'|'.join(finals)})|er|a|o|e|ai|ei|ao|ou|an|en|ang)r?"
    return re.compile(rf"{one}(?:[ '’]?{one}){{0,5}}")


def pinyin(text: str) -> list[Edit]:
    """Edits that remove readings in brackets; never a bracket with Chinese, figures or capitals in it."""
    marked: list[Edit] = []
    plain: list[Edit] = []
    for hit in _BRACKETS.finditer(text):
        spelt = normalize("NFD", hit.group(1).replace("ɑ", "a").replace("ɡ", "g"))
        bare = normalize("NFC", _TONES.sub("", spelt))
        if not _syllables().fullmatch(bare):
            continue
        (marked if _TONES.search(spelt) else plain).append(Edit(hit.start(), hit.end(), "", "pinyin"))
    if plain and len(marked) + len(plain) >= _MANY:
        return sorted(marked + plain)
    return marked
