"""Metadata of an article: GUIDE §1."""

from __future__ import annotations

from models.article import Article
from models.document import Layout, Meta
from models.text import NormalText


def read_metadata(article: Article, normal: NormalText, layout: Layout) -> Meta:
    """What the page and the dump's columns say of the article."""
    return Meta(script=normal.script)
