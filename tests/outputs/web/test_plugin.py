"""Ours within Datasette: tables that are described, questions that have answers, libraries that change while they are served."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest
import uvicorn
from datasette.app import Datasette
from typer.testing import CliRunner

from outputs.datasette_anliku.libraries import TooSlow, _within
from outputs.library import Library
from outputs.library.errors import NoLibrary, NotALibrary
from pipeline.cli import app
from tests.outputs.samples import roundup_entry
from tests.outputs.web.conftest import Get, hostile_entry, opened, tree

ROUNDUP = roundup_entry()[0].id
ATTACK = hostile_entry()[0].id


QUERIES = tomllib.loads(files("outputs.datasette_anliku").joinpath("queries.toml").read_text("utf-8"))


def test_there_are_ten_questions() -> None:
    assert len(QUERIES) == 10
    assert all(re.search("[一-龥]", query["title"]) and query["description"] for query in QUERIES.values())
    numbers = [[query[key].split()[0] for query in QUERIES.values()] for key in ("title", "title_en")]
    assert numbers[0] == numbers[1] == [str(nr) for nr in range(1, 11)]
    assert not any(re.search("[一-龥]", query["title_en"]) for query in QUERIES.values())
    assert all(query["description_en"] for query in QUERIES.values())


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_has_an_answer_whose_ids_lead_to_the_passage(get: Get, name: str) -> None:
    parameters = {"measures_of_category": "?category=", "timeline": "?county="}.get(name, "")
    response = get(f"/small/{name}{parameters}")
    assert response.status_code == 200
    rows = tree(response).xpath("//table//tbody/tr")
    assert rows, "the samples hold an answer"
    if name != "matrix":
        assert tree(response).xpath("//td/a[starts-with(@href, '/-/case/small/')]")


def test_tables_and_columns_are_described(get: Get) -> None:
    page = tree(get("/small/quantities"))
    assert "数量" in page.xpath("//h1")[0].text_content()
    described = dict(zip(page.xpath("//dl/dt/text()"), page.xpath("//dl/dd/text()"), strict=True))
    assert "单位" in described["canonical_min"]
    cells = page.xpath("//table//tbody//td[contains(@class, 'col-code')]")
    assert any("选派干部数" in cell.text_content() for cell in cells)


def test_metadata_names_only_what_is_there(small: Path) -> None:
    said = tomllib.loads(files("outputs").joinpath("descriptions.toml").read_text("utf-8"))
    with Library(small, read_only=True) as library:
        for name, about in said["tables"].items():
            columns = {row["name"] for row in library.query(f'SELECT name FROM pragma_table_info("{name}")')}
            assert columns, name
            named = {*about.get("show", []), *about.get("facets", []), about.get("sort"), about.get("label_column")}
            assert named - {None} <= columns, name
        hidden = {row[0] for row in library.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert {table for table in said["hidden"] if not table.startswith("search_index_")} <= hidden


def test_the_plugin_is_declared_and_loads_in_either_order() -> None:
    assert "outputs.datasette_anliku" in {point.value for point in entry_points(group="datasette")}
    for first in (
        "import datasette.app",
        "import outputs.datasette_anliku.server",
        "import outputs.datasette_anliku.routes",
    ):
        code = f"{first}\nfrom datasette.plugins import get_plugins\nprint([p['hooks'] for p in get_plugins() if p['name'] == 'anliku'])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert "register_routes" in done.stdout, first


def test_another_database_keeps_datasettes_start_page(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a TEXT)")
    connection.close()
    with pytest.raises(NotALibrary), opened(path):
        pass
    with pytest.raises(NoLibrary), opened(tmp_path / "none.db"):
        pass
    with opened(path, lambda path: Datasette([str(path)])) as get:
        response = get("/")
        assert response.status_code == 200
        assert "other" in response.text
        assert "/-/search/" not in response.text
        assert get("/other.json").json()["queries"] == []
        assert get("/-/case/other/1").status_code == 404


def test_serve_takes_a_library_and_nothing_else(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, int]] = []

    def run(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        server.started = True
        started.append(sockets[0].getsockname())

    monkeypatch.setattr(uvicorn.Server, "run", run)
    done = CliRunner().invoke(app, ["serve", str(small), "--port", "0"])
    assert (done.exit_code, done.stdout) == (0, "")
    ((host, port),) = started
    assert host == "127.0.0.1"
    assert f"http://127.0.0.1:{port}/" in done.stderr
    with pytest.raises(NoLibrary):
        CliRunner().invoke(app, ["serve", str(tmp_path / "none.db")], catch_exceptions=False)
    assert len(started) == 1


def test_rows_still_in_the_log_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "live.db"
    with Library(path) as library:
        library.write(None, [hostile_entry()])
        assert Path(f"{path}-wal").exists()
        with opened(path) as get:
            assert get(f"/-/case/live/{ATTACK}").status_code == 200
            library.write(None, [roundup_entry()])
            assert get(f"/-/case/live/{ROUNDUP}").status_code == 200


def test_a_page_that_takes_too_long_is_stopped(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.datasette_anliku.libraries.SECONDS", 0.05)
    endless = "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT max(n) FROM a"
    with pytest.raises(TooSlow):
        _within(small, lambda library: list(library.rows(endless)))


def test_the_library_cannot_be_written_through_sql(get: Get, small: Path) -> None:
    before = small.read_bytes()
    assert get("/small.json?sql=delete+from+articles").status_code == 400
    assert get("/small.json?sql=pragma+user_version=9").status_code == 400
    assert small.read_bytes() == before
