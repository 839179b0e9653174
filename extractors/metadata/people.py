"""Names in a credit: 记者 张三 通讯员 李四、王五."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.metadata.fields import Labels

_SPLIT = re.compile(r"[\s、,，;；/／|丨&]+|(?<=[\u4e00-\u9fff]{2})(?:和|与)(?=[\u4e00-\u9fff]{2})")
_ROLE = re.compile(
    r"(?:(?:本报|本网|本台|本刊|本社|[\u4e00-\u9fff]{2,10}(?:日报|晚报|报社|融媒|网|报|台))?(?:全媒体|融媒体|见习|实习|特约|首席)*"
    r"(?:记者|通讯员|实习生|报道员)|作者|撰稿|采写|文字|摄影报道|报道|整理|文图|图文|摄影|摄|供稿|联合|文\s*[/／]\s*图|图\s*[/／]\s*文)"
)
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,6}·[\u3400-\u9fff·]{1,12}")


class Credit(NamedTuple):
    """Persons and bodies of a credit."""

    persons: list[str]
    bodies: list[str]


def read_credit(text: str, known: Labels) -> Credit:
    """Persons and bodies named in the value of a credit field, in order."""
    persons: list[str] = []
    bodies: list[str] = []
    single = ""
    for token in _SPLIT.split(_ROLE.sub(" ", text.strip(" （）()【】[]:：。"))):
        name = token.strip("（）()【】[]:：。…-—")
        if len(name) == 1 and "\u3400" <= name <= "\u9fff":  # 李 明: a two-character name spaced out
            single += name
            if len(single) == 2:
                persons.append(single)
                single = ""
            continue
        single = ""
        if not name or known.nobody.match(name):
            continue
        if known.body_ends.search(name) and (len(name) > 3 or name[-1] in "部委办局厅院社台网报"):
            bodies.append(name)
        elif _NAME.fullmatch(name):
            persons.append(name)
        elif len(name) in (5, 6):
            persons += _two_names(name, known)
    return Credit(list(dict.fromkeys(persons)), list(dict.fromkeys(bodies)))


def _two_names(joined: str, known: Labels) -> list[str]:
    """Two names set without a space between them, where only one cut leaves two names."""
    cuts = [(joined[:at], joined[at:]) for at in (2, 3) if 2 <= len(joined) - at <= 3]
    fitting = [cut for cut in cuts if all(map(known.name.fullmatch, cut))]
    return list(fitting[0]) if len(fitting) == 1 else []
