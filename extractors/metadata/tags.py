"""What the head of a page says: meta tags, JSON-LD, title."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, NamedTuple

_META = re.compile(r"<meta\s([^<>]{1,2000}?)/?>", re.I)
_ATTRIBUTE = re.compile(r"([A-Za-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLE = re.compile(r"<title[^<>]*>([^<]{1,400})</title", re.I)
_LD = re.compile(r"<script[^<>]*application/ld\+json[^<>]*>", re.I)
_SITE = re.compile(r"\s*(?:[_|–—]|\s-\s|--|-(?=[^-]{2,20}$))\s*")

# Names of meta tags, in order of trust: the Chinese government's page standard (ArticleTitle, PubDate,
# ContentSource), Open Graph, and what common publishing systems write.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("articletitle", "og:title", "twitter:title", "dc.title"),
    "published": ("pubdate", "article:published_time", "og:published_time", "og:release_date", "publishdate",
                  "publish_date", "publishtime", "dc.date", "dc.date.issued", "weibo:article:create_at",
                  "datepublished", "article:published", "release_date", "date", "others"),
    "outlet": ("contentsource", "source", "mediaid", "article:source", "dc.source", "og:article:source"),
    "author": ("author", "article:author", "og:article:author", "dc.creator", "byl"),
    "site": ("og:site_name", "sitename", "application-name"),
}  # fmt: skip


class Head(NamedTuple):
    """Values as written, null where the page does not say."""

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    author: str | None = None
    site: str | None = None
    """Whose page it is: og:site_name, or what `<title>` ends with."""


def read_head(raw: str) -> Head:
    """What meta tags and JSON-LD say, the former first; `<title>` without the site's name where nothing better is."""
    values: dict[str, str] = {}
    for hit in _META.finditer(raw):
        attributes = {name.lower(): unescape(a or b or c).strip() for name, a, b, c in _ATTRIBUTE.findall(hit.group(1))}
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if key and attributes.get("content"):
            values.setdefault(key, attributes["content"])
    found = {field: next((values[name] for name in names if name in values), None) for field, names in _NAMES.items()}
    linked = _linked_data(raw)
    for field, value in linked.items():
        found[field] = found.get(field) or value
    page = _TITLE.search(raw)
    whole = unescape(page.group(1)).strip() if page else ""
    title, site = _parts(found["title"] or whole, found["site"])
    return Head(
        title, found["published"], found["outlet"], found["author"], found["site"] or site or _parts(whole, None)[1]
    )


def _parts(title: str, site: str | None) -> tuple[str | None, str | None]:
    """某县抓党建促振兴_某某网 → (某县抓党建促振兴, 某某网): the longest part of what stands between the usual
    separators, and the last one where it is not the longest."""
    parts = [part.strip() for part in _SITE.split(title) if part.strip() and part.strip() != site]
    if not parts:
        return title or None, None
    longest = max(parts, key=len)
    return longest, parts[-1] if parts[-1] is not longest else None


def _linked_data(raw: str) -> dict[str, str]:
    for hit in _LD.finditer(raw):
        end = raw.find("</script", hit.end())
        if end < 0:
            break
        try:
            data = json.loads(raw[hit.end() : end], strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            values = {
                "title": node.get("headline"),
                "published": node.get("datePublished") or node.get("pubDate"),
                "author": _name(node.get("author")),
                "outlet": _name(node.get("publisher")),
            }
            told = {key: value.strip() for key, value in values.items() if isinstance(value, str) and value.strip()}
            if told:
                return told
    return {}


def _nodes(data: Any) -> list[dict[str, Any]]:
    nodes = data if isinstance(data, list) else [data]
    found = [node for node in nodes if isinstance(node, dict)]
    return found + [inner for node in found for inner in node.get("@graph", []) if isinstance(inner, dict)]


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return " ".join(filter(None, map(_name, value))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None
