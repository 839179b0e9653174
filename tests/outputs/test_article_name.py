"""An article without a title goes by its first words, the same wherever it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.article import Article
from models.case import CaseRecord
from models.document import Meta
from outputs.article_name import article_name
from outputs.library import Library
from outputs.search import search
from pipeline.cli import app
from tests.outputs.web.conftest import opened, tree

TEXT = "河湾县组建十二个联村党组织。\n各村轮流办培训班，请来老支书讲课，年底一起评议成效。"
OTHER = TEXT.replace("十二", "十三")
NAME = "（河湾县组建十二个联村党组织。 各村轮流办培训班，请来老支…）"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Library(tmp_path / "l.db") as library:
        for text in (TEXT, OTHER):
            article = Article(source="reports/a.txt", raw=text)
            record = CaseRecord(file=article.file, source=article.source, article_id=article.id, version="1",
                                kind="case", meta=Meta(), body=((0, len(text)),))  # fmt: skip
            library.write(None, [(article, record, text)])
        library.set_duplicates({Article(source="", raw=OTHER).id: (Article(source="", raw=TEXT).id, 0.95)})
    return tmp_path / "l.db"


def anliku(*words: str) -> list[str]:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_pages_search_and_commands_call_it_the_same(path: Path) -> None:
    first, second = (Article(source="", raw=text).id for text in (TEXT, OTHER))
    assert article_name(None, TEXT) == NAME
    with opened(path) as get:
        assert tree(get(f"/-/case/l/{first}")).xpath("//h1/text()") == [NAME]
        assert NAME in tree(get("/")).xpath("//a/text()")
        assert tree(get(f"/-/case/l/{second}")).xpath("//p[@class='notice']/a/text()") == [NAME]
    with Library(path, read_only=True) as library:
        assert [hit.title for hit in search(library, "十二个")] == [NAME]
    assert anliku("search", "十二个", "-l", str(path))[0] == f"{NAME}  reports/a.txt  {first}"
    assert anliku("duplicates", "-l", str(path)) == [
        f"{NAME}  reports/a.txt  {first}",
        f"    0.95  {NAME.replace('十二', '十三')}  reports/a.txt  {second}",
    ]
