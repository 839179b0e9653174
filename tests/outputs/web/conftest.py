"""Libraries to be looked at, and the pages of Datasette on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from models.article import Article, Columns, Failure
from models.case import CaseRecord
from models.document import Meta
from models.measure import Action, Measure
from models.name import Programme
from models.place import Jurisdiction, Place
from models.quantity import Canonical, Quantity
from models.span import Span
from outputs.datasette_anliku.server import datasette
from outputs.library import Library
from tests.outputs.samples import Marker, entries
from tests.outputs.web.serving import awake

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"
COUNTIES = (
    ("灵丘县", "140224", ("山西省", "大同市", "灵丘县")),
    ("寿光市", "370783", ("山东省", "潍坊市", "寿光市")),
    ("安丘市", "370784", ("山东省", "潍坊市", "安丘市")),
    ("乌有县", None, ("乌有县",)),
)

Get = Callable[..., Any]
"""`get(path, **headers)` gives the response of Datasette."""


def tree(response: Any) -> Any:
    """The elements of a page."""
    return html.fromstring(response.text)


def words(response: Any) -> str:
    """What the main part of a page says, on one line."""
    return " ".join(tree(response).xpath("//main")[0].text_content().split())


def hostile_entry() -> tuple[Article, CaseRecord, str]:
    """Every text that a page could show is an attack."""
    raw = f"{HOSTILE}在灵丘县建成{HOSTILE}5个{HOSTILE}。"
    article = Article(source=HOSTILE, raw=raw, columns=Columns(url="javascript:alert(1)"))
    m = Marker(raw)
    number = Quantity(
        **m.find("5个"),
        min=5,
        max=5,
        unit="个",
        bound="eq",
        indicator=HOSTILE,
        code="party_orgs",
        owner=None,
        canonical=Canonical(min=5, max=5, unit="个", dimension="count"),
        action=0,
        measure=0,
    )
    record = CaseRecord(
        file=article.file, source=article.source, article_id=article.id, version="1", kind="case",
        meta=Meta(title=HOSTILE, published="2024-05-01", outlet=HOSTILE, authors=(HOSTILE,), contributor=HOSTILE),
        jurisdictions=(Jurisdiction(name="灵丘县", level="county", adcode="140224", path=COUNTIES[0][2]),),
        body=((0, len(raw)),), places=(Place(**m.find("灵丘县"), level="county", path=(HOSTILE,)),),
        quantities=(number,), summary=((0, len(raw)),),
        measures=(Measure(**m.find(raw), title=Span(**m.at(HOSTILE)), category=HOSTILE, section=HOSTILE),),
        actions=(Action(**m.find(f"建成{HOSTILE}5个"), verb="建成", object=HOSTILE, measure=0),),
        programmes=(Programme(**m.find(HOSTILE)),),
    )  # fmt: skip
    return article, record, raw


def many(count: int) -> Iterator[tuple[Article, CaseRecord, str]]:
    """Articles of four counties, one of which has neither code nor coordinates."""
    for nr in range(count):
        name, code, path = COUNTIES[nr % 4]
        raw = f"{name}第{nr}篇。\n一是建强组织。组建{nr % 9 + 1}个联村党组织。"
        article = Article(source=f"many/{nr}.txt", raw=raw)
        m = Marker(raw)
        text = f"{nr % 9 + 1}个"
        number = Quantity(
            **m.find(text),
            min=nr % 9 + 1,
            max=nr % 9 + 1,
            unit="个",
            bound="eq",
            code="party_orgs",
            indicator="联村党组织",
            time=str(2018 + nr % 5),
            measure=0,
            canonical=Canonical(min=nr % 9 + 1, max=nr % 9 + 1, unit="个", dimension="count"),
        )
        record = CaseRecord(
            file=article.file, source=article.source, article_id=article.id, version="1", kind="case",
            meta=Meta(title=f"{name}建强组织之{nr}", published=f"2023-{nr % 12 + 1:02}-01", outlet="某某网"),
            jurisdictions=(Jurisdiction(name=name, level="county", adcode=code, path=path),),
            body=((0, raw.index("\n")), (raw.index("\n") + 1, len(raw))),
            places=(Place(**m.find(name), level="county", adcode=code, path=path),),
            quantities=(number,),
            measures=(Measure(**m.find(raw[raw.index("一是"):]), title=Span(**m.at("建强组织")), category="organisation"),),
        )  # fmt: skip
        yield article, record, raw


def broken(nr: int = 0) -> Failure:
    """A file that could not be read, in a folder of the machine."""
    source = f"/home/editor one/reports {nr}/news.zip!2024/page {nr}.pdf"
    reason = "cut at 'C:\\\\spare disk\\\\x.pdf', see /home/editor one/log/last.txt"
    return Failure(source=source, stage="read", error="Damaged",
                   message=f"{source}: damaged or cut short as PDF ({reason}); only what stands before that was read.")  # fmt: skip


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples and an attack."""
    path = tmp_path_factory.mktemp("web") / "small.db"
    with Library(path) as library:
        library.write(None, [*entries(), hostile_entry()])
        library.store(None, [], [broken(), Failure(source=HOSTILE, stage="extract", error=HOSTILE, message=HOSTILE)])
    return path


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """500 articles and the samples."""
    path = tmp_path_factory.mktemp("web") / "large.db"
    with Library(path) as library:
        library.write(None, [*entries(), hostile_entry(), *many(500)])
        library.store(None, [], [broken(nr) for nr in range(250)])
    return path


@contextmanager
def opened(path: Path, make: Callable[[Path], Any] = datasette) -> Iterator[Get]:
    """Datasette on a library, without a server."""
    served = make(path)
    with awake(served) as loop:

        def get(address: str, method: str = "GET", **headers: str) -> Any:
            named = {key.replace("_", "-"): value for key, value in headers.items()}
            return loop.run_until_complete(served.client.request(method, address, headers=named))

        yield get


@pytest.fixture(scope="session")
def get(small: Path) -> Iterator[Get]:
    """Pages of the small library."""
    with opened(small) as pages:
        yield pages


@pytest.fixture(scope="session")
def get_large(large: Path) -> Iterator[Get]:
    """Pages of the large library."""
    with opened(large) as pages:
        yield pages
