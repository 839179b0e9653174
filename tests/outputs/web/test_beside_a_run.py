"""Pages while a run writes into the same library, from another process as in life."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from outputs.datasette_anliku.server import datasette
from outputs.library import Library
from tests.outputs.samples import entries
from tests.outputs.web.visitor import visiting

ROOT = Path(__file__).parents[3]
WRITE = """
import sys
from outputs.library import Library
from tests.outputs.web.conftest import many
with Library(sys.argv[1]) as library:
    library.write(library.start_run(sys.argv[2], {}), list(many(int(sys.argv[2]))))
"""
PAGES = ("/", "/lib", "/lib/articles", "/lib/quantities.json?_size=3", "/-/search/lib?q=党")


def test_pages_go_on_while_runs_come_and_end(tmp_path: Path) -> None:
    path = tmp_path / "lib.db"
    with Library(path) as library:
        library.write(None, entries())
    with visiting(datasette(path)) as visitor:
        assert [visitor.get(page).status for page in PAGES] == [200] * len(PAGES)
        for count in (1, 2, 3):
            subprocess.run([sys.executable, "-c", WRITE, str(path), str(count)], check=True, cwd=ROOT)
            # Were the log taken away with readers on the file, they would hold a log that nobody writes.
            assert path.with_name("lib.db-wal").exists()
            assert [visitor.get(page).status for page in PAGES] == [200] * len(PAGES)
            told = json.loads(visitor.get("/lib/articles.json?_size=0").body)
            assert told["filtered_table_rows_count"] == 3 + count
    with Library(path) as library:
        assert next(library.rows("PRAGMA integrity_check"))[0] == "ok"
