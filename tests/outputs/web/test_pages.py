"""Every page answers, shows what it should, loads nothing from elsewhere and lets no text of an article run."""

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
from typing import Any

import pytest
import uvicorn
from datasette.app import Datasette
from lxml import html
from typer.testing import CliRunner

from outputs.datasette_anliku.language import preferred, strings
from outputs.datasette_anliku.libraries import TooSlow, _within
from outputs.labels import labels
from outputs.library import Library
from outputs.library.errors import NoLibrary, NotALibrary
from outputs.reviews import correct
from pipeline.cli import app
from tests.outputs.samples import county_article, entries, roundup_entry
from tests.outputs.web.conftest import HOSTILE, Get, hostile_entry, opened

CASE = county_article().id
ROUNDUP = roundup_entry()[0].id
ATTACK = hostile_entry()[0].id
PAGES = (
    "/", f"/-/case/small/{CASE}", f"/-/case/small/{ROUNDUP}", f"/-/case/small/{ATTACK}", "/-/county/small/140224",
    "/-/compare/small/party_orgs", "/-/compare/small/collective_income", "/-/map/small", "/-/map/small/party_orgs",
    "/-/beside/small", "/-/beside/small?places=寿光市,安丘市",
    "/-/map/small?province=37", "/-/search/small", "/-/search/small?q=联合党委", "/-/search/small?q=没有的词",
)  # fmt: skip
STOCK = ("/small", "/small/quantities", "/small/articles", "/small/cases", "/small/measures", "/small/honours",
         "/small/~E6~8C~87~E6~A0~87")  # fmt: skip


def tree(response: Any) -> Any:
    return html.fromstring(response.text)


def words(response: Any) -> str:
    return " ".join(tree(response).xpath("//main")[0].text_content().split())


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_main_element_and_loads_only_from_here(get: Get, address: str) -> None:
    response = get(address)
    assert response.status_code == 200
    page = tree(response)
    assert len(page.xpath("//main[@id='main']")) == 1
    assert len(page.xpath("//h1")) >= 1
    loaded = page.xpath("//@src | //link/@href | //form/@action | //@data | //@srcset | //@poster")
    assert [one for one in loaded if not one.startswith("/") or one.startswith("//")] == []
    assert not page.xpath("//script[not(@src)] | //style | //@style | //iframe | //object | //embed")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]


@pytest.mark.parametrize("address", STOCK)
def test_datasettes_own_pages_answer_too(get: Get, address: str) -> None:
    response = get(address)
    assert response.status_code == 200
    external = [link for link in tree(response).xpath("//@src | //link[@rel != 'alternate']/@href") if "//" in link]
    assert external == []


def test_styles_load_nothing_from_elsewhere(get: Get) -> None:
    for sheet in ("/-/static-plugins/anliku/anliku.css", "/-/static-plugins/anliku/stock.css", "/-/anliku-layers.css"):
        response = get(sheet)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/css")
        assert not re.search(r"url\(|@import|https?:", response.text)
    script = get("/-/static-plugins/anliku/anliku.js").text
    assert not re.search(r"https?:|fetch|innerHTML|eval", script)


@pytest.mark.parametrize(
    "address", [*(page for page in PAGES if "case" not in page), f"/-/case/small/{ATTACK}", *STOCK]
)
def test_the_text_of_an_article_stays_text(get: Get, address: str) -> None:
    response = get(address)
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text
    assert not tree(response).xpath("//@href[starts-with(., 'javascript:')]")


def test_the_attack_is_shown_as_it_is_written(get: Get) -> None:
    assert HOSTILE in words(get(f"/-/case/small/{ATTACK}"))


@pytest.mark.parametrize("article", [CASE, ROUNDUP, ATTACK])
def test_every_value_leads_to_its_passage_and_back(get: Get, small: Path, article: str) -> None:
    page = tree(get(f"/-/case/small/{article}"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "each anchor once"
    links = [link[1:] for link in page.xpath("//main//a/@href") if link.startswith("#")]
    assert set(links) <= set(ids)
    with Library(small, read_only=True) as library:
        layers = [layer for layer in labels()["layers"] if layer != "roles"]
        found = {
            row[0][len(article) + 1 :]
            for layer in layers
            for row in library.rows(f"SELECT id FROM {layer} WHERE article_id = ? AND replaced = 0", (article,))
        }
    assert found, "the article has findings"
    assert found <= set(ids), "each has its value in the case"
    assert {f"p-{key}" for key in found} <= set(ids), "and its passage in the article"
    assert {f"p-{key}" for key in found} <= set(links)


def test_a_passage_holds_the_words_of_the_value(get: Get) -> None:
    page = tree(get(f"/-/case/small/{CASE}"))
    key = page.xpath("//a[contains(@class, 'number')][b[contains(., '81')]]/@href")[0].removeprefix("#p-")
    pieces = [piece for piece in page.xpath("//*[@data-keys]") if key in piece.get("data-keys").split()]
    assert "".join(piece.text_content() for piece in pieces) == "81名"


def test_the_article_is_shown_whole(get: Get) -> None:
    text = tree(get(f"/-/case/small/{CASE}")).xpath("//div[@class='text']")[0]
    for badge in text.xpath(".//span[@class='badge']"):
        badge.drop_tree()
    assert re.sub(r"\s", "", text.text_content()) == re.sub(r"\s", "", county_article().raw)


def test_a_case_has_its_parts_measures_and_names(get: Get) -> None:
    said = words(get(f"/-/case/small/{CASE}"))
    for part in ("背景", "做法", "成效", "启示", "建强组织", "组织设置与规范", "≥ 100,000 元", "2025，目标", "张三", "县委书记",
                 "山西省 › 大同市", "某某网", "李四", "存疑"):  # fmt: skip
        assert part in said, part


def test_the_link_of_a_page_of_the_web_is_kept(get: Get) -> None:
    assert tree(get(f"/-/case/small/{CASE}")).xpath("//a[@href='https://example.org/1']/@rel") == [
        "noreferrer nofollow"
    ]


@pytest.mark.parametrize(("id_", "anchor"), [("-c0", ""), ("-q62-64", "#q62-64")])
def test_an_id_of_the_library_leads_to_its_place(get: Get, id_: str, anchor: str) -> None:
    response = get(f"/-/case/small/{CASE}{id_}")
    assert (response.status_code, response.headers["location"]) == (302, f"/-/case/small/{CASE}{anchor}")


def test_a_comparison_shows_rows_quotes_chart_and_what_is_left_out(get: Get) -> None:
    page = get("/-/compare/small/collective_income")
    said = words(page)
    assert "没有混入上面的比较" in said
    assert "是村级的数，不是县级的" in said
    found = get("/-/compare/small/party_orgs")
    assert {"安丘市", "寿光市", "灵丘县"} <= set(re.findall(r"安丘市|寿光市|灵丘县", words(found)))
    assert len(tree(found).xpath("//figure//svg")) == 2, "one for a screen, one for a phone"
    dots = tree(found).xpath("//figure//svg//a/@href")
    assert dots
    assert all(re.match(r"/-/case/small/[0-9a-f]{16}#p-q\d+-\d+", dot) for dot in dots)


def test_a_comparison_as_files(get: Get) -> None:
    csv, json, svg, png = (get(f"/-/compare/small/party_orgs.{kind}") for kind in ("csv", "json", "svg", "png"))
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "寿光市" in csv.text
    assert {row["place"] for row in json.json()["rows"]} == {"安丘市", "寿光市", "灵丘县"}
    assert svg.text.startswith("<svg")
    assert svg.headers["content-security-policy"].startswith("default-src 'none'")
    assert png.content.startswith(b"\x89PNG")
    assert get("/-/map/small/reports.svg").text.startswith("<svg")


def test_a_bad_period_is_said_and_not_applied(get: Get) -> None:
    response = get("/-/compare/small/party_orgs?period=gestern")
    assert response.status_code == 200
    assert "gestern" in words(response)
    assert "安丘市" in words(response)


def test_places_narrow_a_comparison(get: Get) -> None:
    json = get("/-/compare/small/party_orgs.json?places=寿光市，370784").json()
    assert {row["place"] for row in json["rows"]} == {"安丘市", "寿光市"}


def test_places_stand_side_by_side(get: Get) -> None:
    said = words(get("/-/beside/small?places=寿光市，370784"))
    assert "几地对照：寿光市、安丘市" in said
    assert "党组织数 · 联合党委（总量，个，实际）75" in said
    assert "没有这个县" in words(get("/-/beside/small?places=没有这个县"))
    assert get("/-/beside/small/places.json?places=寿光市").json()["places"][0]["adcode"] == "370783"
    assert "联合党委" in get("/-/beside/small/places.csv?places=寿光市").text
    assert get("/-/beside/small/places.csv").status_code == 404


def test_who_reaches_a_limit_is_said_with_the_limit(get: Get) -> None:
    said = words(get("/-/compare/small/villages_at_income"))
    assert "谁说多少达到" in said
    assert "灵丘县90 %村集体收入 ≥ 100,000 元2023" in said
    assert "谁说多少达到" not in words(get("/-/compare/small/villages_at_income?at=5"))


def test_a_county_shows_what_is_known(get: Get) -> None:
    said = words(get("/-/county/small/140224"))
    for part in ("灵丘县", "大同市", "2023-10-26", "建强组织", "选派干部数", "81名", "“头雁领航”行动"):
        assert part in said, part


def test_a_county_without_code_is_found_by_name_and_flagged(get_large: Get) -> None:
    said = words(get_large("/-/county/large/乌有县"))
    assert "坐标不详" in said
    assert "乌有县" in words(get_large("/-/map/large")).split("坐标不详，未上图")[1]


def test_long_lists_are_cut_and_say_so(get_large: Get) -> None:
    for address in ("/", "/-/county/large/140224", "/-/compare/large/party_orgs", "/-/search/large?q=联村"):
        assert get_large(address).status_code == 200
    assert "另有 114 处，见 JSON" in words(get_large("/-/compare/large/party_orgs")), "126 of a county, 12 shown"
    second = get_large("/-/search/large?q=建强组织&page=2")
    assert tree(second).xpath("//a[@rel='prev']")
    assert tree(second).xpath("//a[@rel='next']")


def test_search_marks_the_words_in_either_script(get: Get) -> None:
    for query in ("联合党委", "聯合黨委"):
        marks = tree(get(f"/-/search/small?q={query}")).xpath("//mark/text()")
        assert set(marks) == {"联合党委"}
    assert "没有报道" in words(get("/-/search/small?q=没有的词"))


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/-/case/small/0000000000000000", 404), ("/-/case/none/1", 404), ("/-/county/small/999999", 404),
     ("/-/compare/small/nonsense", 404), ("/small?sql=selec", 400), ("/-/search/_internal?q=1", 404)],
)  # fmt: skip
def test_what_is_not_there_is_said_on_a_page(get: Get, address: str, status: int,
                                             capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    response = get(address)
    assert response.status_code == status
    assert tree(response).xpath("//main")
    assert capsys.readouterr() == ("", ""), "no variables of ours on the terminal"


def test_errors_are_json_where_json_was_asked_for(get: Get) -> None:
    response = get("/small.json?sql=selec")
    assert (response.status_code, response.json()["ok"]) == (400, False)


def test_endless_sql_stops_at_the_limit(get: Get) -> None:
    endless = "with recursive a(n) as (select 1 union all select n+1 from a) select max(n) from a"
    response = get("/small.json?_timelimit=50&sql=" + endless.replace("+", "%2B"))
    assert response.status_code == 400


def test_a_page_that_takes_too_long_is_stopped(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.datasette_anliku.libraries.SECONDS", 0.05)
    endless = "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT max(n) FROM a"
    with pytest.raises(TooSlow):
        _within(small, lambda library: list(library.rows(endless)))


@pytest.mark.parametrize("address", PAGES)
def test_nothing_takes_a_post(get: Get, address: str) -> None:
    assert get(address, method="POST").status_code in (403, 404, 405)


def test_the_library_cannot_be_written_through_sql(get: Get, small: Path) -> None:
    before = small.read_bytes()
    assert get("/small.json?sql=delete+from+articles").status_code == 400
    assert get("/small.json?sql=pragma+user_version=9").status_code == 400
    assert small.read_bytes() == before


def test_chinese_unless_the_browser_prefers_english(get: Get) -> None:
    assert tree(get("/")).get("lang") == "zh-Hans"
    assert tree(get("/", accept_language="de,fr")).get("lang") == "zh-Hans"
    english = get("/", accept_language="en-GB,en;q=0.9,zh;q=0.5")
    assert tree(english).get("lang") == "en"
    assert "Ten questions" in words(english)
    assert "Accept-Language" in english.headers["vary"]
    assert tree(get("/", accept_language="en", cookie="anliku_lang=zh")).get("lang") == "zh-Hans"
    assert "anliku_lang=en" in get("/?lang=en").headers["set-cookie"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "zh"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en", "en"), ("en-US,zh-TW;q=0.9", "en"), ("en;q=x", "zh"), ("*", "zh")],
)  # fmt: skip
def test_the_better_of_two_languages(header: str, language: str) -> None:
    assert preferred(header) == language


def test_every_string_is_there_in_both_languages_and_used() -> None:
    package = files("outputs.datasette_anliku")
    templates = "".join(path.read_text("utf-8") for path in (package / "templates" / "anliku").iterdir())
    used = set(re.findall(r"\bt\.(\w+)", templates))
    code = "".join(path.read_text("utf-8") for path in package.iterdir() if path.name.endswith(".py"))
    used |= {f"todo_{reason}" for reason in labels()["stale"]}
    by_code = {key for key in strings("zh") if f'"{key}"' in code + templates}
    assert used <= strings("zh").keys() == strings("en").keys()
    assert strings("zh").keys() - used - by_code == set()


QUERIES = tomllib.loads(files("outputs.datasette_anliku").joinpath("queries.toml").read_text("utf-8"))


def test_there_are_ten_questions() -> None:
    assert len(QUERIES) == 10
    assert all(re.search("[一-龥]", query["title"]) and query["description"] for query in QUERIES.values())


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


def test_a_page_shows_what_stands_after_review(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.db"
    with Library(path) as library:
        library.write(None, entries())
        numbers = library.record(CASE).quantities
        key = next(f"q{q.start}-{q.end}" for q in numbers if q.text == "81名")
        correct(
            library, f"{CASE}-{key}", {"value": "85"}, reviewer="王编辑", at="2024-05-01T09:00:00+00:00", why="看错"
        )
    with opened(path) as get:
        page = tree(get(f"/-/case/reviewed/{CASE}"))
        (row,) = page.xpath(f"//tr[@id='{key}-r']")
        assert "85 名" in row.text_content()
        assert page.xpath(f"//*[@id='p-{key}-r']")
        assert not page.xpath(f"//*[@id='{key}']")
        assert "81 名" not in page.text_content()
        assert "85" in get("/-/compare/reviewed/dispatched.csv").text


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
