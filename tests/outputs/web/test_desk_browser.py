"""The review desk in a headless Chromium: marking, keys, a phone; no script of a hostile article runs."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.article import Article
from models.case import CaseRecord
from models.document import Meta
from outputs.datasette_anliku.desk import Desk
from outputs.datasette_anliku.server import datasette
from outputs.library import Library
from outputs.reviews import accept
from tests.outputs.samples import county_article, entries
from tests.outputs.web.browser import Browser
from tests.outputs.web.conftest import many
from tests.outputs.web.serving import running
from tests.outputs.web.test_attacks import TEXTS, hostile

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
CASE = county_article().id
RAW = county_article().raw
MARKED = "<p>𠮷田村<b>建成</b>&amp;改造3个<!-- 注 -->站点。</p>"


def marked_entry() -> tuple[Article, CaseRecord, str]:
    """A page with tags, an entity, a comment and a character beyond the BMP."""
    article = Article(source="m.html", raw=MARKED, media_type="text/html")
    record = CaseRecord(file=article.file, source=article.source, article_id=article.id, version="1", kind="case",
                        meta=Meta(title="站点"), body=((3, len(MARKED) - 4),))  # fmt: skip
    return article, record, "𠮷田村建成&改造3个站点。"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "lib.db"
    with Library(path) as library:
        library.write(None, [*entries(), marked_entry(), *many(20), *(hostile(text) for text in TEXTS)])
        for text in TEXTS:
            article = hostile(text)[0]
            start = article.raw.index("5个")
            accept(
                library, f"{article.id}-q{start}-{start + 2}", reviewer=text, at="2024-05-01T09:00:00+00:00", why=text
            )
    return path


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    served = datasette(path, desk=Desk(reviewer="王编辑"))
    with running(served) as base:
        yield f"{base}/-/desk?token={served.desk.token}"


@pytest.fixture(scope="module")
def base(address: str) -> str:
    return address.partition("/-/")[0]


@pytest.fixture(scope="module")
def browser(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(CHROMIUM, tmp_path_factory.mktemp("profile")) as opened:
        opened.open(address)
        assert opened.run("location.pathname + location.search") == "/", "the token does not stay in the address bar"
        yield opened


def key(text: str) -> str:
    return f"q{RAW.index(text)}-{RAW.index(text) + len(text)}"


def pages() -> list[str]:
    found = [f"/-/case/lib/{CASE}", f"/-/case/lib/{CASE}?review={key('3.5万元')}#p-review", f"/-/case/lib/{CASE}?add=pick",
             f"/-/case/lib/{CASE}?add=quantities&start=0&end=3#p-review", "/-/queue/lib", "/-/queue/lib/next?county=140224",
             "/-/reviews/lib", "/-/agreement/lib", "/-/desk", "/lib", "/lib?sql=select+1", "/lib/quantities?_facet=code",
             "/lib/reviews", "/lib/articles"]  # fmt: skip
    for text in TEXTS:
        article = hostile(text)[0]
        start = article.raw.index("5个")
        found += [f"/-/case/lib/{article.id}", f"/-/case/lib/{article.id}?review=q{start}-{start + 2}#p-review"]
    return found


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_every_page_of_the_desk_is_quiet_and_no_attack_runs(
    browser: Browser, base: str, width: int, height: int
) -> None:
    browser.resize(width, height)
    problems = []
    for page in pages():
        browser.console.clear()
        browser.requests.clear()
        browser.open(base + page)
        problems += [(page, said) for said in browser.console]
        problems += [(page, url) for url in browser.requests if not url.startswith((base + "/", "data:image/"))]
        wide = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if page.startswith("/-/") and wide > 1:
            problems.append((page, f"{wide} pixels too wide"))
    assert problems == []
    browser.resize(1280, 900)


def test_an_attack_that_runs_would_be_noticed(browser: Browser, base: str) -> None:
    browser.open(f"{base}/-/queue/lib")
    browser.console.clear()
    browser.run("const s = document.createElement('script'); s.textContent = 'alert(1)'; document.body.append(s); 0")
    assert any("Content Security Policy" in said for said in browser.console), "it is refused, and that is told"


def test_datasettes_own_scripts_run_under_the_policy(browser: Browser, base: str) -> None:
    browser.open(f"{base}/lib?sql=select+1")
    assert browser.run("!!document.querySelector('.CodeMirror')")


SELECT = """
(() => {
  const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  const find = (words, after) => { for (const node of nodes) {
    const at = node.data.indexOf(words); if (at >= 0) return [node, at + (after ? words.length : 0)]; } };
  getSelection().setBaseAndExtent(...find(%r, false), ...find(%r, true));
})()
"""


@pytest.mark.parametrize(
    ("article", "first", "last", "passage"),
    [
        (CASE, "优秀", "任职", "优秀干部到柳泉村任职"),
        (CASE, "90%", "90%", "90%"),
        (marked_entry()[0].id, "田村", "改造", "田村<b>建成</b>&amp;改造"),
        (marked_entry()[0].id, "3个", "站点", "3个<!-- 注 -->站点"),
    ],
)
def test_a_marked_passage_gives_its_exact_offsets(
    browser: Browser, base: str, path: Path, article: str, first: str, last: str, passage: str
) -> None:
    browser.open(f"{base}/-/case/lib/{article}")
    browser.run(SELECT % (first, last))
    until = time.monotonic() + 5
    while browser.run("document.querySelector('.add-here').hidden") and time.monotonic() < until:
        time.sleep(0.05)
    browser.act("document.querySelector('.add-here').click()")
    with Library(path, read_only=True) as library:
        raw = library.article(article).raw
    start, end = (int(browser.run(f"document.querySelector('.desk [name={name}]').value")) for name in ("start", "end"))
    assert raw[start:end] == passage


def test_keys_decide_and_lead_on(browser: Browser, base: str, path: Path) -> None:
    browser.open(f"{base}/-/queue/lib?county=140224")
    loaded = browser._loaded
    browser.key("n")
    browser.wait(loaded)
    assert browser.run("document.querySelector('.desk blockquote').textContent") == "柳泉村"
    assert browser.run("document.querySelector('.pending').getBoundingClientRect().top") < 900, (
        "the passage is in sight"
    )
    browser.key("e")
    assert browser.run("document.activeElement.name").startswith("f.")
    browser.run("document.activeElement.blur()")
    loaded = browser._loaded
    browser.key("a")
    browser.wait(loaded)
    assert browser.run("document.querySelector('.desk blockquote').textContent") == "3.5万元"
    with Library(path, read_only=True) as library:
        assert [(r.decision, r.text) for r in library.reviews(CASE)][-1] == ("accepted", "柳泉村")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_passage_is_in_sight_beside_its_form(browser: Browser, base: str, width: int, height: int) -> None:
    browser.resize(width, height)
    browser.open(f"{base}/-/case/lib/{CASE}?review={key('20万元')}#p-review")
    top, bottom, buttons = browser.run("""
        (() => { const p = document.querySelector('.pending').getBoundingClientRect();
                 return [p.top, p.bottom, document.querySelector('#desk-accept').getBoundingClientRect().top]; })()
    """)
    assert 0 <= top < bottom <= height
    assert 0 <= buttons < height
    browser.resize(1280, 900)


def test_the_desk_works_without_scripts(browser: Browser, base: str, path: Path) -> None:
    browser.open(f"{base}/-/case/lib/{CASE}?review={key('12个')}#p-review")
    browser("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{base}/-/case/lib/{CASE}?review={key('12个')}#p-review")
    browser.act("document.querySelector('#desk-reject').click()")
    browser("Emulation.setScriptExecutionDisabled", value=False)
    assert "这一条已被剔除" in browser.run("document.body.textContent")
    with Library(path, read_only=True) as library:
        assert [(r.decision, r.text) for r in library.reviews(CASE)][-1] == ("rejected", "12个")
