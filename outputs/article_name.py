"""What an article is called: its title, else its first words in brackets."""

from __future__ import annotations

NONE = "（无标题）"
WORDS = 28
"""Characters of the body that stand for a title."""
CUT = "…）"
"""End of a name whose words were cut short."""


def article_name(title: str | None, body: str = "") -> str:
    """The title, else the first words of the body."""
    words = " ".join(body[: 2 * WORDS].split())
    if title or not words:
        return title or NONE
    return f"（{words[:WORDS]}{CUT if len(words) > WORDS else '）'}"


def name_sql(articles: str) -> str:
    """The same of the columns `title` and `body_text`, as SQL; `articles` is the name of that table in the query."""
    words = f"trim(replace({articles}.body_text, char(10), ' '))"
    more = f"CASE WHEN length({words}) > {WORDS} THEN '{CUT}' ELSE '）' END"
    return (
        f"CASE WHEN {articles}.title <> '' THEN {articles}.title WHEN {words} <> ''"
        f" THEN '（' || substr({words}, 1, {WORDS}) || {more} ELSE '{NONE}' END"
    )
