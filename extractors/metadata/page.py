"""What a page shows its reader: title, byline, dateline, credits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.metadata.dates import find_date, read_date
from extractors.metadata.fields import Labels, fields, outlet
from extractors.metadata.people import read_credit
from models.document import Layout
from models.text import NormalText

_DATELINE_OUTLET = re.compile(
    r"[【\[]?((?:[\u4e00-\u9fffA-Za-z0-9]{1,14}?)(?:新闻客户端|客户端|新闻网|网|日报|晚报|报|通讯社|社|电视台|台|在线|时刻新闻|新闻|融媒体中心|融媒体?|传媒|频道)"
    r"(?:[·•][\u4e00-\u9fff]{2,8}?(?:新闻|客户端|网|报))?)"
)
_OUTLETS_REPORTER = re.compile(
    r"[（(□■\s]*([\u4e00-\u9fff·]{2,10}(?:报|刊|网|社|台|新闻|客户端|融媒体中心))\s*(?:全媒体|融媒体|首席|见习|实习|特约)*(?:记者|通讯员)"
)
_COLUMN = re.compile(r"^(?:【[^】]{2,10}】|\[[^\]]{2,10}\])\s*(?=\S{6})")
_OWN = re.compile(r"[【\[]?(?:本报|本网|本台|本刊|本社|本站)")
_BRACKET = re.compile(r"[（(]([^（）()]{2,80})[)）]")
_PEOPLE = re.compile(r"记者|通讯员|作者|实习生|报道员|文/图|撰稿")
_NOT_OURS = re.compile(r"摄影|摄$|供图|编辑|责编|校对|审核")
_PICTURES = re.compile(r"图片|照片|资料图|本版")
_CONTRIBUTED = re.compile(r"供稿|供词|来稿|报送")


@dataclass
class Shown:
    """Values as the page shows them, in order of appearance."""

    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    bare_outlet: str | None = None
    """Beside the date, without a label."""
    publisher: str | None = None
    dateline_outlet: str | None = None
    authors: list[str] = field(default_factory=list)
    contributor: str | None = None


def read_page(normal: NormalText, layout: Layout, known: Labels) -> Shown:
    """Read the blocks that the layout found to be about the article."""
    shown = Shown()
    title = next((index for index, block in enumerate(layout.blocks) if block.kind == "title"), 0)
    # what stands above the title may belong to other stories: it is believed last
    for block in layout.blocks[title:] + layout.blocks[:title]:
        text = normal.text[block.start : block.end]
        if block.kind == "title" and shown.title is None:
            shown.title = clean_title(text)
        elif block.kind == "dateline":
            _dateline(text, shown, known)
        elif block.kind == "byline":
            if block.rule in ("credit", "byline.bracketed"):
                _credit(text, shown, known)
            elif block.rule == "byline.reporter":
                if not _OWN.match(text) and (hit := _OUTLETS_REPORTER.match(text)) is not None:
                    shown.dateline_outlet = shown.dateline_outlet or hit.group(1)
                _add_people(_OUTLETS_REPORTER.sub("", text), shown, known)
            elif block.rule == "byline.account":
                *people, account = text.split()[1:]
                shown.bare_outlet = shown.bare_outlet or account
                _add_people(" ".join(name for name in people if known.name.fullmatch(name)), shown, known)
            elif block.rule == "byline.names":
                _add_people(text.lstrip("□■◎●◆▲ "), shown, known)
            else:
                _byline(text, shown, known)
    return shown


def clean_title(text: str) -> str:
    """A title in one line, without the name of the column before it: 【基层快讯】."""
    return _COLUMN.sub("", " ".join(text.split()))


def _byline(text: str, shown: Shown, known: Labels) -> None:
    for name, value in fields(text, known):
        if name in ("published", "updated"):
            iso = read_date(value)
            if iso is not None:
                setattr(shown, name, getattr(shown, name) or iso)
            _bare(value, shown, known, after_date=True)
        elif name in ("outlet", "publisher"):
            setattr(shown, name, getattr(shown, name) or outlet(value))
            _date_in(value, shown)
        elif name == "authors":
            for body in _add_people(value, shown, known):
                if known.outlet_ends.search(body):  # 记者：张三 | 某某日报
                    shown.bare_outlet = shown.bare_outlet or body
            _date_in(value, shown)
        elif name == "contributor":
            _contributed(value, shown, known)
        elif name == "":
            _bare(value, shown, known)


def _date_in(value: str, shown: Shown) -> None:
    shown.published = shown.published or read_date(value)


def _bare(value: str, shown: Shown, known: Labels, *, after_date: bool = False) -> None:
    """A line or its beginning without label: 2023-10-26 10:20 某某网; 某某日报 2023年10月26日; an account's name, the
    date and 发表于 with a province."""
    date = find_date(value)
    if date is None:
        return
    if not after_date:
        shown.published = shown.published or date[2]
    before, after = value[: date[0]].split(), value[date[1] :].split()
    for token in before + after:
        name = token.strip("《》【】[]()（）|丨·-—:：")
        if _PEOPLE.match(name):
            _add_people(name, shown, known)
        elif len(name) >= 3 and known.outlet_ends.search(name):
            shown.bare_outlet = shown.bare_outlet or name
        elif known.name.fullmatch(name) and not known.body_ends.search(name) and name not in shown.authors:
            shown.authors.append(name)
    if before and any(token.startswith("发表于") for token in after):
        shown.bare_outlet = shown.bare_outlet or before[-1]


def _dateline(text: str, shown: Shown, known: Labels) -> None:
    if not _OWN.match(text):
        hit = _DATELINE_OUTLET.match(text)
        if hit is not None:
            shown.dateline_outlet = shown.dateline_outlet or hit.group(1)
    people = [inner for inner in _BRACKET.findall(text) if _PEOPLE.search(inner) or re.search(r"电\s*[（(]", text)]
    if not people and (hit := re.search(r"(?:记者|通讯员).*", text)) is not None:
        people = [re.sub(r"(?:[\u4e00-\u9fff]{2,4})?(?:摄影)?报道.*", "", hit.group())]
    for inner in people:
        _add_people(inner, shown, known)


def _credit(text: str, shown: Shown, known: Labels) -> None:
    """What closes the last paragraph: (记者 张三), (县委组织部 张三), (供稿:…)."""
    inner = text.strip(" （）()【】[]")
    if _PICTURES.search(inner):
        return
    if _CONTRIBUTED.search(inner):
        _contributed(_CONTRIBUTED.sub(" ", inner), shown, known)
    elif re.search(r"[:：]", inner):
        _byline(inner, shown, known)
    elif _PEOPLE.search(inner) or not _NOT_OURS.search(inner):
        credit = read_credit(inner, known)
        shown.authors += [name for name in credit.persons if name not in shown.authors]
        if credit.bodies and not _PEOPLE.search(inner):
            shown.contributor = shown.contributor or credit.bodies[0]


def _add_people(value: str, shown: Shown, known: Labels) -> list[str]:
    """Note the authors of a value; the bodies that it names."""
    credit = read_credit(value, known)
    shown.authors += [name for name in credit.persons if name not in shown.authors]
    return credit.bodies


def _contributed(value: str, shown: Shown, known: Labels) -> None:
    credit = read_credit(value, known)
    accounts = [name for name in credit.persons if len(name) == 4 and not known.transliterated.match(name)]
    if bodies := credit.bodies or accounts:
        shown.contributor = shown.contributor or bodies[0]
    shown.authors += [name for name in credit.persons if name not in (*shown.authors, *accounts)]
