"""Pictures of the editor's guide, made of the demo library: `python -m tests.guides.pictures`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.guides.blocks import ROOT
from tests.outputs.web.browser import Browser

FOLDER = ROOT / "outputs" / "pictures"
ARTICLE = "0914b1e777d63943"
VALUE = f"{ARTICLE}-q107-110"
"""A number of sessions that the machine takes for sites."""
PAGES = {
    "start": "/",
    "case": f"/-/case/demo/{ARTICLE}",
    "desk": f"/-/case/demo/{ARTICLE}?review=q107-110",
    "queue": "/-/queue/demo",
    "reviews": "/-/reviews/demo",
    "compare": "/-/compare/demo/collective_income",
}


def main() -> None:
    """Write one PNG a page, 1280 pixels wide; `phone.png` is the case at 390."""
    chromium = shutil.which("chromium") or sys.exit("chromium is needed: apt-get install chromium")
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(Path(scratch)) as address,
        Browser(chromium, Path(scratch) / "profile", 1280, 800) as browser,
    ):
        browser.open(address)
        home = address.split("/-/", 1)[0]
        for name, page in PAGES.items():
            browser.open(home + page)
            browser.picture(FOLDER / f"{name}.png")
        browser.resize(390, 800)
        browser.open(home + PAGES["case"])
        browser.picture(FOLDER / "phone.png")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A demo library with one correction, served; the address that opens its review desk."""
    library = str(folder / "demo.db")
    anliku = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    subprocess.run([*anliku, "demo", "-o", library, "--quiet"], check=True)
    subprocess.run([*anliku, "review", "correct", VALUE, "code=training_sessions", "--why", "是场次", "--by", "王编辑",
                    "-l", library], check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    server = subprocess.Popen([*anliku, "serve", library, "--port", "8197", "--reviewer", "王编辑"],
                              stderr=subprocess.PIPE, text=True)  # fmt: skip
    try:
        assert server.stderr is not None
        yield next(found[0] for line in server.stderr if (found := re.search(r"http\S+token=\S+", line)))
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
