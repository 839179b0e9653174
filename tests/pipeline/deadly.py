"""Work that kills its process at one article."""

from __future__ import annotations

import os
from collections.abc import Sequence

from models.article import Article
from pipeline.batch import Result, Settings, work


def deadly(settings: Settings, articles: Sequence[Article]) -> list[Result]:
    """Stands in for `pipeline.batch.work`; 4.txt kills its process."""
    if any(article.source == "4.txt" for article in articles):
        os._exit(9)
    return work(settings, articles)
