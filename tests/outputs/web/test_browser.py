"""Every page in a headless Chromium: no console message, no request that leaves the machine, a main element."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lxml import html

from outputs.datasette_anliku.server import datasette
from tests.outputs.samples import county_article, roundup_entry
from tests.outputs.web.conftest import hostile_entry
from tests.outputs.web.serving import running

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
SECONDS = 120
"""How long Chromium may take on a busy machine; a page takes about one."""
PAGES = (
    "/", f"/-/case/large/{county_article().id}", f"/-/case/large/{roundup_entry()[0].id}#p-q24-26",
    f"/-/case/large/{hostile_entry()[0].id}", "/-/county/large/140224", "/-/county/large/乌有县",
    "/-/compare/large/party_orgs", "/-/compare/large/collective_income", "/-/map/large", "/-/map/large/party_orgs",
    "/-/beside/large?places=140224,370783", "/-/compare/large/villages_at_income",
    "/-/map/large?province=37", "/-/search/large?q=联合党委", "/nowhere", "/large", "/large/quantities", "/large/honours",
    "/large/villages_at_income", "/-/failures/large",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def server(large: Path) -> Iterator[str]:
    """The large library on a free port of loopback."""
    with running(datasette(large)) as address:
        yield address


def look(address: str, folder: Path, width: int = 1280, *options: str) -> tuple[str, list[str], list[str]]:
    """The page as Chromium has it after loading, what it wrote on the console, and the addresses it asked for."""
    log = folder / "net.json"
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
         "--disable-extensions", "--no-pings", f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--enable-logging=stderr", f"--log-net-log={log}", *options, "--dump-dom", address],
        capture_output=True, text=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return done.stdout, console, requests(log)


def requests(log: Path) -> list[str]:
    """Addresses that pages asked for, in order, out of a log of Chromium's network; Chromium's own calls (the time, its
    updates) have no page as initiator. Chromium does not always end the log, so it is read by line."""
    text = log.read_text("utf-8", "replace")
    kinds = json.loads(re.search(r'"logEventTypes":(\{[^}]*\})', text)[1])  # type: ignore[index]
    wanted = kinds["URL_REQUEST_START_JOB"]
    found = []
    for line in text.splitlines():
        if f'"type":{wanted}' in line and re.search(r'"initiator":"http://127\.0\.0\.1', line):
            found += re.findall(r'"url":"([^"]*)"', line)
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_quiet_and_stays_here(server: str, tmp_path: Path, width: int) -> None:
    problems = []
    for nr, page in enumerate(PAGES):
        folder = tmp_path / str(nr)
        folder.mkdir()
        dom, console, asked = look(server + page, folder, width)
        tree = html.fromstring(dom)
        main = tree.xpath("//main") if page.startswith(("/-/", "/nowhere")) or page == "/" else tree.xpath("//h1")
        if not main or not main[0].text_content().strip():
            problems.append((page, "no main element"))
        # The status of the one address that leads nowhere is said on the console.
        problems += [(page, line) for line in console if not (page == "/nowhere" and "404" in line)]
        assert any(url.startswith(server) for url in asked), "the log is read"
        problems += [(page, url) for url in asked if not url.startswith(server + "/")]
    assert problems == []


def test_a_bad_page_would_be_noticed(tmp_path: Path) -> None:
    """What the test above relies on: a call to another machine and an error on the console are seen."""

    class Bad(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<img src='http://192.0.2.1/x.png'><script>console.error('oh')</script>")

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Bad) as bad:
        thread = threading.Thread(target=bad.serve_forever)
        thread.start()
        _, console, asked = look(f"http://127.0.0.1:{bad.server_port}/", tmp_path, 390, "--timeout=3000")
        bad.shutdown()
        thread.join(SECONDS)
    assert "http://192.0.2.1/x.png" in asked
    assert any("oh" in line for line in console)


def test_a_click_lights_the_whole_passage(server: str, tmp_path: Path) -> None:
    article = county_article()
    start = article.raw.index("组建12个联村党组织")
    key = f"a{start}-{start + len('组建12个联村党组织')}"
    dom, _, _ = look(f"{server}/-/case/large/{article.id}#p-{key}", tmp_path)
    lit = html.fromstring(dom).xpath("//*[contains(concat(' ', @class, ' '), ' lit ')]")
    assert len(lit) > 1, "the number in it is a piece of its own"
    assert "".join(piece.text_content() for piece in lit) == "组建12个联村党组织"
