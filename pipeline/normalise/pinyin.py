"""Pinyin in brackets after a character: 堅(jiān)持. A trace of pages made for learners, or of a broken converter."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from pipeline.normalise.draft import Edit

_BRACKETS = re.compile(r"(?<=[\u3007\u3400-\u9fff])[(（]([A-Za-zÀ-ɏɑɡ̀-̈ḿ’' ]{1,24})[)）]")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
# Finals that each initial takes in Mandarin; `-` is no initial.
_SYLLABLES = """
b a ai an ang ao ei en eng i ian iao ie in ing o u
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f a an ang ei en eng o ou u
d a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
t a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo ü üe v ve
l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ü üe v ve
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un
q i ia ian iang iao ie in ing iong iu u uan ue un
x i ia ian iang iao ie in ing iong iu u uan ue un
zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r an ang ao e en eng i ong ou u ua uan ui un uo
z a ai an ang ao e ei en eng i ong ou u uan ui un uo
c a ai an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo
y a an ang ao e i in ing o ong ou u uan ue un
w a ai an ang ei en eng o u
- a ai an ang ao e ei en er o ou
"""
# Without tone marks a bracket is taken for pinyin only on a page that has many: (men), (ha), (an) also stand for units
# and English words.
_MANY = 8


@cache
def _syllables() -> re.Pattern[str]:
    rows = [line.split() for line in _SYLLABLES.strip().splitlines()]
    known = [row[0].strip("-") + final for row in rows for final in row[1:]]
    one = f"(?:{'|'.join(sorted(known, key=len, reverse=True))})r?"
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
