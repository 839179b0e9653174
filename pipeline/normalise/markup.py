"""Tags, entities and source line breaks of a page, however broken, in one linear pass.

No library keeps the offsets of the raw page (facts: trafilatura, lxml drop them), so this is a scanner of our own: it
never builds a tree, it only says what each tag leaves behind. A block tag leaves a line break, any other nothing.
"""

from __future__ import annotations

import re
from html import unescape

from models.text import Reason
from pipeline.normalise.draft import Edit

BLOCK = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre "
        "section select summary table tbody td tfoot th thead title tr ul",
    )
)
# Never text for a reader; or, at the end, what the page itself says is not its article.
DROPPED = frozenset(
    re.findall(
        r"\S+",
        "script style noscript template svg math iframe object head textarea button select nav footer",
    )
)
# A tag's attributes may hold a > in quotes; a quote that is never closed must not swallow the page.
_TOKEN = re.compile(
    r"(?P<comment><!--)|(?P<cdata><!\[CDATA\[|\]\]>)|(?P<declaration><[!?][^<>]*>)"
    r"|</?(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?=[\s/>])(?:[^<>\"']++|\"[^\"<]{0,800}\"|'[^'<]{0,800}'|[\"'])*+>"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)"
    r"|(?P<newline>[ \t]*\r?\n\s*)"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LOOKS = re.compile(
    r"<(?:/(?:p|div|span|strong|td|li|a|h[1-6])|br\s*/?|p|div)>|<(?:p|div|span|a|img)\s[^<>]{1,400}>", re.I
)
_SENTENCE_END = "。！？!?；;：:”’」』）)…"


def looks_marked_up(text: str) -> bool:
    """A text that calls itself plain and holds tags all the same, as fields of dumps do."""
    return _LOOKS.search(text) is not None


def entities(text: str) -> list[Edit]:
    """Entities of a plain text: only those closed by a semicolon."""
    return [edit for hit in _ENTITY.finditer(text) if (edit := _entity(hit.group(), hit.start())) is not None]


def markup(text: str) -> list[Edit]:
    """Edits that leave the text of a page."""
    edits: list[Edit] = []
    never_closed: set[str] = set()
    lowered = ""
    at = 0
    shown = "\n"  # the last character that a reader sees
    while (hit := _TOKEN.search(text, at)) is not None:
        start, end = hit.span()
        if start > at:
            shown = text[start - 1]
        name = hit["name"]
        if name is not None:
            name = name.lower()
            if name in DROPPED and text[start + 1] != "/" and text[end - 2] != "/" and name not in never_closed:
                lowered = lowered or _lower(text)
                closed = lowered.find(f"</{name}", end)
                close = lowered.find(">", closed) if closed >= 0 else -1
                if close < 0:
                    never_closed.add(name)
                else:
                    end = close + 1
            if name in BLOCK:
                edits.append(Edit(start, end, "\n", "tag"))
                shown = "\n"
            else:
                edits.append(Edit(start, end, "", "tag"))
        elif hit["entity"] is not None:
            if (edit := _entity(hit.group(), start)) is not None:
                edits.append(edit)
        elif hit["newline"] is not None:
            edits.append(_line_break(text, start, end, shown))
        else:
            if hit["comment"] is not None:
                close = text.find("-->", end) if "--" not in never_closed else -1
                if close < 0:
                    never_closed.add("--")
                else:
                    end = close + 3
            edits.append(Edit(start, end, "", "tag"))
        at = end
    return edits


def _lower(text: str) -> str:
    """Lower case for A–Z only, so that offsets stay."""
    return text.translate({code: code + 32 for code in range(65, 91)})


def _entity(entity: str, start: int) -> Edit | None:
    decoded = unescape(entity)
    if decoded == entity or len(decoded) != 1:
        return None
    return Edit(start, start + len(entity), decoded, "entity")


def _line_break(text: str, start: int, end: int, before: str) -> Edit:
    """A line break in the source is white space to a browser; dumps of text with a few tags mean it, though: then a
    sentence ends before it or an indent follows."""
    reason: Reason = "newline"
    after = text[end] if end < len(text) else "\n"
    if before in _SENTENCE_END or "\u3000" in text[start:end] or text.count("\n", start, end) > 1:
        return Edit(start, end, "\n", reason)
    if before == "\n" or after == "<" or before > "\u2e80" or after > "\u2e80":
        return Edit(start, end, "", reason)
    return Edit(start, end, " ", reason)
