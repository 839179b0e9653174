"""NormalText to Layout (first version)."""

from __future__ import annotations

import re

from models.document import Block, Layout
from models.text import NormalText


def lay_out(normal: NormalText) -> Layout:
    """Blocks, sentences and items of a page."""
    blocks = [Block(start=m.start(), end=m.end(), kind="paragraph")
              for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", normal.text)]  # fmt: skip
    sentences = [(block.start + m.start(), block.start + m.end()) for block in blocks
                 for m in re.finditer(r"[^。！？!?]+[。！？!?]*[”’」]?", normal.text[block.start : block.end])]  # fmt: skip
    return Layout(blocks=tuple(blocks), sentences=tuple(sentences))
