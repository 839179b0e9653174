"""What a reader sees at the widths of a screen and of a phone: nothing is cut, no column is one character wide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.utils import to_css_class

from outputs.datasette_anliku.server import datasette
from tests.outputs.samples import county_article
from tests.outputs.web.browser import Browser
from tests.outputs.web.serving import running
from tests.outputs.web.test_browser import CHROMIUM, PAGES

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

CUT = """
(() => {
  const cut = [], wide = document.documentElement.clientWidth;
  const pen = document.createElement("canvas").getContext("2d");
  if (document.documentElement.scrollWidth > wide) cut.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const field of document.querySelectorAll("input[placeholder]")) {
    if (!field.offsetWidth) continue;
    const style = getComputedStyle(field);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(field.placeholder).width > room + 1) cut.push(`${field.name}: ${field.placeholder}`);
  }
  for (const cell of document.querySelectorAll("td, th")) {
    const style = getComputedStyle(cell), inside = document.createRange();
    const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    inside.selectNodeContents(cell);
    if (cell.offsetParent && room < 3 * parseFloat(style.fontSize) && inside.getBoundingClientRect().height > 3 * parseFloat(style.fontSize)) {
      cut.push(`column ${cell.cellIndex + 1}: ${cell.textContent.trim()}`);
    }
  }
  return cut;
})()
"""


@pytest.fixture(scope="module")
def server(large: Path) -> Iterator[str]:
    with running(datasette(large)) as address:
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(str(CHROMIUM), tmp_path_factory.mktemp("looks") / "profile") as opened:
        yield opened


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut(server: str, browser: Browser, width: int, language: str) -> None:
    browser.resize(width, 900)
    found = {}
    for page in PAGES:
        address, hash_, fragment = page.partition("#")
        browser.open(f"{server}{address}{'&' if '?' in address else '?'}lang={language}{hash_}{fragment}")
        found[page] = browser.run(CUT)
    assert {page: cut for page, cut in found.items() if cut} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_numbers_of_a_case_fit_a_phone(server: str, browser: Browser, language: str) -> None:
    browser.resize(390, 900)
    browser.open(f"{server}/-/case/large/{county_article().id}?lang={language}")
    boxes = browser.run("""[...document.querySelectorAll(".scroll")].map(box => [box.scrollWidth, box.clientWidth])""")
    assert boxes, "the case has numbers"
    assert all(inside <= wide for inside, wide in boxes), boxes


def test_the_column_of_quotes_is_known_to_the_sheet_by_its_class(get) -> None:
    assert f"td.col-{to_css_class('引文')} " in get("/-/static-plugins/anliku/stock.css").text
