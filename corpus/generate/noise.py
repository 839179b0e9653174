"""How a site prints an article: plain or HTML, with what real pages have around and inside the text."""

from __future__ import annotations

import html
import re
from functools import cache
from random import Random
from typing import NamedTuple

from opencc import OpenCC

from corpus.generate.article import Generated, Generator, Scene, grammar
from models.base import Record


class Rates(Record):
    """Shares of the articles, 0 to 1."""

    html: float = 0.45
    traditional: float = 0.05
    """In traditional script."""
    pinyin: float = 0.04
    """With the sound in brackets after some characters."""
    twice: float = 0.05
    """With the body a second time."""
    gbk: float = 0.08
    """In GB18030. In folders only: JSON is UTF-8."""


class Page(NamedTuple):
    """A printed article."""

    text: str
    suffix: str
    """`.txt` or `.html`."""
    encoding: str


def printed(generator: Generator, article: Generated, rates: Rates) -> Page:
    """The page of an article; the same each time."""
    chance = generator.random(article.number, "page")
    scene = Scene(chance, article.place, article.published)
    body = list(article.paragraphs)
    if chance.random() < rates.pinyin:
        body = [_sounded(paragraph, chance) for paragraph in body]
    if chance.random() < rates.twice:
        body += body
    for caption in article.captions:
        body.insert(chance.randrange(1, len(body) + 1), caption)
    as_html = chance.random() < rates.html
    text = (_html if as_html else _plain)(article, body, scene, chance)
    if chance.random() < rates.traditional:
        text = _traditional().convert(text)
    encoding = "gb18030" if chance.random() < rates.gbk else "utf-8"
    return Page(text.replace("charset=utf-8", f"charset={encoding}"), ".html" if as_html else ".txt", encoding)


def _plain(article: Generated, body: list[str], scene: Scene, chance: Random) -> str:
    lines = [article.title]
    if chance.random() < 0.7:
        lines.append(scene.line("meta"))
    if chance.random() < 0.3:
        lines.insert(0, scene.line("header"))
    indent = "\u3000\u3000" if chance.random() < 0.5 else ""
    lines += [indent + paragraph for paragraph in body]
    if chance.random() < 0.4:
        lines.append(scene.line("byline"))
    if chance.random() < 0.3:
        lines += [scene.line("footer") for _ in range(chance.randint(1, 4))]
    return "\n".join(lines) + "\n"


def _html(article: Generated, body: list[str], scene: Scene, chance: Random) -> str:
    def tag(name: str, text: str) -> str:
        return f"<{name}>{html.escape(text, quote=False)}</{name}>"

    page = grammar()["page"]
    parts = ["<!DOCTYPE html>\n<html><head><meta charset=utf-8>", tag("title", article.title), "</head><body>"]
    if chance.random() < 0.8:
        links = chance.sample(page["navigation"], chance.randint(5, len(page["navigation"])))
        parts.append(
            "<div class=nav>" + "".join(f'<a href="/c{i}/">{link}</a> ' for i, link in enumerate(links)) + "</div>"
        )
        parts.append(tag("div", scene.line("header")))
    parts += [tag("h1", article.title), tag("div", scene.line("meta"))]
    for paragraph in body:
        text = html.escape(paragraph, quote=False)
        if paragraph in article.captions:
            parts.append(f'<p align=center><img src="/u/{chance.randrange(10**8)}.jpg"></p><p align=center>{text}</p>')
        elif len(paragraph) < 30 and chance.random() < 0.7:
            parts.append(f"<p><strong>{text}</strong></p>")
        else:
            parts.append(f"<p>{'&nbsp;' * 4 if chance.random() < 0.3 else '　　'}{text}</p>")
    if chance.random() < 0.5:
        parts.append(tag("p", scene.line("byline")))
    if chance.random() < 0.5:
        related = "".join(f'<li><a href="/a{i}.html">{html.escape(scene.line("related"))}</a></li>' for i in range(5))
        parts.append(f"<h3>相关新闻</h3><ul>{related}</ul>")
    parts.append("<div>" + "<br>".join(scene.line("footer") for _ in range(chance.randint(1, 5))) + "</div>")
    return "\n".join([*parts, "</body></html>\n"])


def _sounded(text: str, chance: Random) -> str:
    sounds: dict[str, str] = grammar()["pinyin"]
    return re.sub(
        f"[{''.join(sounds)}]", lambda hit: f"{hit[0]}({sounds[hit[0]]})" if chance.random() < 0.3 else hit[0], text
    )


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")
