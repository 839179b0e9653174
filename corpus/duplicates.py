"""Near-duplicates: the same article on another site, under another header, or cut short.

Texts are compared by their runs of five characters (Jaccard similarity, estimated by MinHash), without spaces,
punctuation, width and case, which sites change at will. What is alike must also agree in its figures: two counties that
fill in one form of words are two reports. Pass the body in simplified script: tags, navigation and script are the
caller's to remove.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Hashable, Iterable
from typing import TypeVar
from zlib import crc32

from rensa import RMinHash, RMinHashLSH

Id = TypeVar("Id", bound=Hashable)

SHINGLE = 5
"""Characters in a run. Two reports on one topic share words and set phrases of two to four characters, seldom five."""
THRESHOLD = 0.5
"""Similarity from which two texts are one article. An article cut to 70 % has 0.7 with the whole, less what was put
around it; two different reports on one topic, filled from the same set phrases, stay below 0.3."""
PERMUTATIONS, BANDS = 128, 32
"""Four values a band: a pair at 0.5 shares one with 87 %, at 0.6 with 99 %, at 0.7 with 99.98 %. The standard error of
the estimate is 0.044 at the threshold."""
SAME = 0.9
"""From here a text is not indexed beside the one it repeats: what is near to it is near to that one. So a press release
printed a thousand times costs a thousand look-ups, not a million comparisons."""
FIGURES, AGREED = 5, 0.5
"""With so many figures of two digits and more on either side, this share of the fewer has to stand on the other too. A
copy keeps its figures, however it is cut; years and round numbers are what two reports share by chance."""
SEED = 20260101

_NOISE = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"[0-9]{2,}(?:[.,][0-9]+)*")


def signature(text: str) -> RMinHash | None:
    """MinHash of a text; null where it has no letter or digit. Texts of under five characters are one run."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if not plain:
        return None
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update([plain[at : at + SHINGLE] for at in range(max(1, len(plain) - SHINGLE + 1))])
    return sketch


def figures(text: str) -> array[int]:
    """The figures of a text, four bytes each, without those of one digit, which any two texts share."""
    found = set(_FIGURE.findall(unicodedata.normalize("NFKC", text)))
    return array("I", sorted(crc32(figure.replace(",", "").encode()) for figure in found))


def agree(one: array[int], other: array[int]) -> bool:
    """Whether two texts may tell of the same thing, by their figures; where one has few, they may."""
    fewer = min(len(one), len(other))
    return fewer < FIGURES or len(set(one) & set(other)) >= AGREED * fewer


def cluster(items: Iterable[tuple[Id, str]], threshold: float = THRESHOLD) -> dict[Id, Id]:
    """The lead of every item: the first given of those it is near to, directly or through others; itself if there are
    none. So give the originals first, for instance by date. The same items in the same order give the same leads. Of an
    id that comes twice the first text counts.
    """
    leads: dict[Id, Id] = {}
    index = RMinHashLSH(threshold, PERMUTATIONS, BANDS)
    ids: list[Id] = []
    sketches: list[RMinHash] = []
    counted: list[array[int]] = []
    parent: list[int] = []
    belongs: dict[Id, int] = {}
    for id_, text in items:
        if id_ in leads:
            continue
        leads[id_] = id_
        sketch = signature(text)
        if sketch is None:
            continue
        near = [(at, sketch.jaccard(sketches[at])) for at in sorted(index.query(sketch))]
        own = figures(text)
        near = [(at, likeness) for at, likeness in near if likeness >= threshold and agree(own, counted[at])]
        if near and max(likeness for _, likeness in near) >= SAME:
            at = max(near, key=lambda pair: pair[1])[0]
        else:
            at = len(ids)
            ids.append(id_)
            sketches.append(sketch)
            counted.append(own)
            parent.append(at)
            index.insert(at, sketch)
        belongs[id_] = at
        for other, _ in near:
            _join(parent, at, other)
    for id_, at in belongs.items():
        leads[id_] = ids[_root(parent, at)]
    return leads


def _join(parent: list[int], a: int, b: int) -> None:
    """One set of two; the earlier root stays, so the lead is the first given."""
    low, high = sorted((_root(parent, a), _root(parent, b)))
    parent[high] = low


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at
