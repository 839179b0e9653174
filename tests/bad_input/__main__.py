"""Reads every case in a process of bounded memory, then extracts, stores and exports what was read; writes what became of
each.

    python -m tests.bad_input FOLDER

Beside each case lies a sound article, which has to be read too.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from corpus import read
from models.article import Article, Failure
from outputs.document_book import Selection
from outputs.document_file import document
from outputs.export import export
from outputs.library import Library
from outputs.report_page import report
from pipeline.batch import Settings, run
from tests.bad_input.cases import OPTIONS, Case, cases

MEMORY = 3 << 30
"""Bytes of address space, most of it for libraries; no case needs a hundredth of it."""
SECONDS = 10
"""For one case, on a busy machine."""
SHORT = 300
"""Characters of the articles that are exported: each number goes out with its sentence, so that one line of thousands of
numbers would make files of hundreds of MB."""
BESIDE = "好的报道：柳湾镇有12户。"


class TooSlow(BaseException):
    """Not an Exception, so that no reader takes it for a fault of its source."""


def _slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def outcome(folder: Path, case: Case) -> tuple[dict[str, object], list[Article]]:
    """What reading a case gives, and the articles in it."""
    place = folder / case.name
    place.mkdir()
    bad, good = place / case.name, place / "zz-beside.txt"
    bad.write_bytes(case.data)
    good.write_text(BESIDE, "utf-8")
    found: list[Article | Failure] = []
    raised = ""
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        found.extend(read([str(bad), str(good)], OPTIONS))
    except (Exception, TooSlow):
        raised = traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    shown = [
        {"source": item.source, "raw": item.raw, "encoding": item.encoding} if isinstance(item, Article)
        else {"source": item.source, "error": item.error, "message": item.message}
        for item in found
    ]  # fmt: skip
    beside = bool(found) and isinstance(found[-1], Article) and found[-1].raw == BESIDE
    became = {"found": shown[:-1] if beside else shown, "beside": beside, "raised": raised,
              "seconds": time.monotonic() - began}  # fmt: skip
    return became, [item for item in found[:-1] if isinstance(item, Article)]


def exports(library: Library, folder: Path) -> dict[str, str]:
    """What became of each form in which the library leaves the house: empty, or what was raised."""
    forms: dict[str, Callable[[], object]] = {
        "xlsx": lambda: export(library, "all", "xlsx", folder / "all.xlsx"),
        "csv": lambda: export(library, "all", "csv", folder / "csv", bom=True),
        "jsonl": lambda: export(library, "all", "jsonl", folder / "jsonl", redact=True),
        "parquet": lambda: export(library, "all", "parquet", folder / "parquet"),
        "md": lambda: document(library, "md", folder / "cases.md", Selection()),
        "html": lambda: document(library, "html", folder / "cases.html", Selection()),
        "docx": lambda: document(library, "docx", folder / "cases.docx", Selection()),
        "report": lambda: report(library, folder / "report.html"),
    }
    became = {}
    for name, write in forms.items():
        try:
            write()
            became[name] = ""
        except Exception:
            became[name] = traceback.format_exc()
    return became


def main(folder: Path) -> None:
    signal.signal(signal.SIGALRM, _slow)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    out: dict[str, object] = {}
    articles: dict[str, Article] = {}
    for case in cases():
        out[case.name], read_ones = outcome(folder / "files", case)
        articles |= {article.id: article for article in read_ones}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Library(folder / "library.db") as library:
        began = time.monotonic()
        written = run(articles.values(), library, Settings(tagger="jieba"))
        stored = library.stats()["articles"]
        broken = [failure.model_dump() for failure in library.failures()]
        check = [row[0] for row in library.rows("PRAGMA integrity_check")]
        whole = [library.article(id_).raw == articles[id_].raw for id_ in library.articles()]
    out["__all__"] = {"articles": len(articles), "stored": stored, "failures": broken, "check": check, "whole": all(whole),
                      "seconds": time.monotonic() - began, "peak": peak, "written": written.written}  # fmt: skip
    with Library(folder / "short.db") as library:
        run([article for article in articles.values() if len(article.raw) < SHORT], library, Settings(tagger="jieba"))
        out["__exports__"] = exports(library, folder)
    (folder / "outcomes.json").write_text(json.dumps(out, ensure_ascii=True), "ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
