"""Raw text to clean simplified text with origins."""

from __future__ import annotations

from models.article import Article
from models.text import NormalText
from pipeline.normalise.characters import characters
from pipeline.normalise.draft import Draft
from pipeline.normalise.markdown import markdown
from pipeline.normalise.markup import entities, looks_marked_up, markup
from pipeline.normalise.pinyin import pinyin
from pipeline.normalise.script import detect, simplify
from pipeline.normalise.wrapping import unwrap

__all__ = ["normalise"]


def normalise(article: Article) -> NormalText:
    """Clean simplified text of an article: tags and entities, odd characters, hard line breaks, pinyin, then
    script. Each pass reads
    what the one before it left, so pinyin is found in brackets that were entities."""
    draft = Draft(article.raw)
    if article.media_type == "text/html" or looks_marked_up(draft.text):
        draft.apply(markup(draft.text))
    elif article.media_type == "text/markdown":
        draft.apply(markdown(draft.text))
    draft.apply(entities(draft.text))
    if looks_marked_up(draft.text):  # a page whose tags were written as entities
        draft.apply(markup(draft.text))
    draft.apply(characters(draft.text))
    if article.media_type == "text/plain":
        draft.apply(unwrap(draft.text))
    draft.apply(pinyin(draft.text))
    script = detect(draft.text)
    draft.apply(simplify(draft.text, script))
    return draft.finish(script)
