"""Townships named without their suffix where the article names them in full elsewhere (台头镇 … 六月的台头)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.either import either
from extractors.places.edges import SINGLE, Hints, boundary
from extractors.places.gazetteer import Gazetteer, Reading
from extractors.places.lexicon import Lexicon
from extractors.places.mention import Mention
from extractors.places.names import town_stem
from extractors.places.villages import CLEAR, Region

OTHER = re.compile(
    r"[镇乡村街苏屯庄社路河江湖海山岭桥港站寺岩沟巷区县市州旗族组精一二三四五六七八九十茶柚橙橘柑梨桃李枣杏莓蕉榴米酒醋瓷鸡鸭鹅鱼虾蟹猪羊牛菜椒薯豆蜜姜参菇菌笋藕]|枇杷|杨梅|葡萄|水库|会议|起义|战役|古城|古镇|古村"
)
"""What makes another name, or the name of a product, of the stem."""

WORD_AFTER = re.compile(r"籍|[:：](?!\d)")
"""What makes a place of a stem that is a word of the dictionary: 复兴籍, 复兴: …"""


def short_towns(
    mentions: Sequence[Mention],
    text: str,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    hints: Hints,
    regions: Sequence[Region],
) -> list[Mention]:
    """The further mentions, not linked to a chain, with their code. Stems that two townships of the article share, or
    that a larger division has, are left."""
    stems: dict[str, set[str]] = {}
    for mention in mentions:
        if (
            mention.code
            and mention.level == "township"
            and (short := town_stem(gazetteer.divisions[mention.code].name))
        ):
            stems.setdefault(short, set()).add(mention.code)
    clear = {
        stem: next(iter(codes)) for stem, codes in stems.items() if len(codes) == 1 and stem not in gazetteer.forms
    }
    if not clear:
        return []
    used = {at for mention in mentions for at in range(mention.start, mention.end)}
    ends = {mention.end for mention in mentions}
    pattern = re.compile(either(clear))
    never_words = lexicon.words["boundary"]["not_words"]
    found = []
    for region in regions:
        for match in pattern.finditer(text, region.start, region.end):
            start, end = match.span()
            if start in used or end - 1 in used or OTHER.match(text, end):
                continue
            if boundary(text, start, lexicon, ends, hints) < SINGLE or start in hints.persons:
                continue
            word = match[0] in never_words or lexicon.common(match[0]) or lexicon.common(text[end - 1 : end + 1])
            if word and not WORD_AFTER.match(text, end):
                continue
            code = clear[match[0]]
            mention = Mention(start, end, match[0], "town_stem", "township", (Reading(code, "town_short"),), CLEAR)
            mention.shown, mention.code, mention.via = region.shown, code, "same_name"
            found.append(mention)
    return found
