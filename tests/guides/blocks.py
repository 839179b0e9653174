"""Code blocks of the guides, and a desk on which their commands find the files that they speak of."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
GUIDES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*.md")
    if not {"demo", "build", "articles", "heldout", "gold"} & set(path.relative_to(ROOT).parts)
    and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
)
BLOCK = re.compile(r"^(?:<!-- file: (\S+) -->\n)?```(\w+)\n(.*?)^```$", re.S | re.M)
"""A block after `<!-- file: NAME -->` is what the reader writes into that file."""


class Block(NamedTuple):
    """A fenced block: its language, its text, the line on which it begins (from 1), the file that it is to be."""

    language: str
    text: str
    line: int
    file: str | None


def blocks(guide: str) -> Iterator[Block]:
    """The fenced blocks of a guide, in order."""
    text = (ROOT / guide).read_text("utf-8")
    for match in BLOCK.finditer(text):
        yield Block(match[2], match[3], text.count("\n", 0, match.start(2)) + 1, match[1])


def lay_out(desk: Path) -> None:
    """What a reader of the guides has at hand: a folder of articles, a dump, an archive, a page, the project's tests."""
    demo = ROOT / "corpus" / "demo"
    pages = sorted(path for path in demo.iterdir() if path.suffix in (".txt", ".html"))
    (desk / "articles").mkdir()
    for page in pages:
        shutil.copy(page, desk / "articles")
    for dump in demo.glob("*.jsonl"):
        shutil.copy(dump, desk / "dump.jsonl")
    with zipfile.ZipFile(desk / "news.zip", "w") as archive:
        for page in pages[6:10]:
            archive.write(page, page.name)
    shutil.copy(next(page for page in pages if page.suffix == ".html"), desk / "article.html")
    for folder in ("tests", "corpus"):
        (desk / folder).symlink_to(ROOT / folder)


def last_review(library: Path) -> str:
    """Id of the review made last: what the guides call 审核编号."""
    with sqlite3.connect(library) as db:
        (found,) = db.execute("SELECT id FROM reviews ORDER BY at DESC, rowid DESC LIMIT 1").fetchone()
    return str(found)
