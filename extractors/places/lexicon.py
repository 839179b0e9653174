"""The words around place names: where a name may begin, and which runs are no name."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from extractors.places.packages import data_file
from extractors.rules import read_toml, until_changed

PACKAGE = "extractors.places"

ENTRY = re.compile(r"^(\S{2,4}) (\d{2,}) (\w+)$", re.MULTILINE)
"""Lines of jieba's dictionary (MIT): word, count, tag; those with a count of one digit are too rare."""

VERBAL = frozenset(("v", "vn", "vd", "vi", "vg", "d", "ad", "p", "c", "t", "r"))
"""Tags of words that can stand before a name: verbs, adverbs, prepositions, times."""

NOUN = frozenset(("n", "nz", "l", "b", "a", "an", "s", "f", "m", "q", "mq", "i", "j"))

RARE = 60
"""Below this count in jieba's dictionary an entry is as often part of a name as a word."""

COMMON_NOUN = 400


SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪"
    "舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸"
    "左石崔吉龚程邢裴陆荣翁荀甄曲储靳段焦巴牧山谷车侯班仰仲宫宁仇栾甘厉戎武符刘景詹龙叶司黎薄白蒲从鄂索籍赖卓蔺屠蒙池乔胥苍双党翟"
    "谭劳申冉宰郦雍桑桂牛边扈燕冀浦尚温庄晏柴瞿阎慕连习艾鱼容向古易廖庾终衡步耿满匡国文寇广东欧沃利蔚越隆师巩聂晁勾敖融冷辛阚简饶沙"
    "肖付闫涂邸覃代仝邝"
)
"""First characters of persons' names: a list with one of them may be of persons, one without is of places."""


class ShortNames(NamedTuple):
    """Which short names need what, from the table `short` of words.toml."""

    hard: frozenset[str]
    """Ordinary words even in an article about the place."""
    counties: frozenset[str]
    """Counties' short names that are words, and all of `hard`."""
    prefectures: frozenset[str]
    soft_prefectures: frozenset[str]
    blocked_before: dict[str, str]
    blocked_after: dict[str, re.Pattern[str]]
    landscape: re.Pattern[str]


class Lexicon(NamedTuple):
    """Word lists, ready for look-up."""

    before: frozenset[str]
    """Words of 2 to 4 characters that a name may follow at once, and that no name holds."""
    nouns: frozenset[str]
    """Other common words: a name may follow them, but they may be part of it as well."""
    single: frozenset[str]
    openers: frozenset[str]
    never_inside: frozenset[str]
    seldom_inside: frozenset[str]
    short: ShortNames
    words: dict[str, Any]
    """The whole of `words.toml`."""

    def common(self, word: str) -> bool:
        """Whether a run is a word of the dictionary that is no name."""
        return word in self.before or word in self.nouns


@until_changed
def load_lexicon(rules: str | None = None) -> Lexicon:
    """The lists of `words.toml` with the verbs and nouns of jieba's dictionary."""
    words = read_toml(PACKAGE, "words.toml", rules)
    boundary = words["boundary"]
    dictionary = data_file("jieba", "dict.txt").read_text("utf-8")
    never = frozenset(boundary["not_words"])
    entries = [(word, int(count), tag) for word, count, tag in ENTRY.findall(dictionary)]
    before = {word for word, count, tag in entries if tag in VERBAL and count >= RARE} - never
    nouns = {word for word, count, tag in entries if tag in NOUN and count >= COMMON_NOUN} - never
    before.update(boundary["words"])
    return Lexicon(
        frozenset(before),
        frozenset(nouns - before),
        frozenset(boundary["single"]),
        frozenset(boundary["openers"]),
        frozenset(boundary["never_inside"]),
        frozenset(boundary["seldom_inside"]),
        _short_names(words["short"]),
        words,
    )


def _short_names(short: dict[str, Any]) -> ShortNames:
    return ShortNames(
        frozenset(short["hard"]),
        frozenset((*short["hard"], *short["words_county"])),
        frozenset(short["words_prefecture"]),
        frozenset(short["soft_prefecture"]),
        dict(short["blocked_before"]),
        {name: re.compile(after) for name, after in short["blocked_after"].items()},
        re.compile(short["landscape"]),
    )
