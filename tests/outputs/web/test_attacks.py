"""What an attacker would try on `anliku serve`. The lists are in `attacks/`; a control in each shows that it can fail."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.article import Article, Columns, Failure
from models.case import CaseRecord
from models.document import Meta
from models.measure import Action, Measure
from models.name import Programme
from models.place import Jurisdiction, Place
from models.quantity import Quantity
from models.span import Span
from outputs.datasette_anliku.desk import Desk
from outputs.datasette_anliku.headers import OURS
from outputs.datasette_anliku.server import datasette
from outputs.library import Library
from outputs.quotes import visible
from outputs.reviews import accept, state
from tests.outputs.samples import Marker, county_article, county_record, entries, roundup_entry
from tests.outputs.web.conftest import many
from tests.outputs.web.visitor import Answer, Visitor, form, visiting

HERE = Path(__file__).parent / "attacks"
READS, WRITES, TEXTS = (json.loads((HERE / f"{name}.json").read_text("utf-8")) for name in ("reads", "writes", "texts"))
ID, OTHER = county_article().id, roundup_entry()[0].id
KEY = f"q{county_article().raw.index('81名')}-{county_article().raw.index('81名') + 3}"
SECRET = "/very-secret/"
SECONDS = 15


def library_of(path: Path) -> None:
    """A library that knows where things lie on the machine."""
    with Library(path) as library:
        run = library.start_run("1", {"sources": [f"{SECRET}dump.jsonl"]})
        library.write(run, entries())
        secret = county_article(f"{SECRET}dump.jsonl#4", county_article().raw + "\n另一篇。")
        library.write(run, [(secret, county_record(secret), secret.raw), *many(4)])
        message = f"{SECRET}broken.pdf: cannot be read"
        failure = Failure(source=f"{SECRET}broken.pdf", stage="read", error="Damaged", message=message)
        library.store(run, [], [failure, *failures_that_name_folders()])
        accept(library, f"{ID}-q{county_article().raw.index('12个')}-{county_article().raw.index('12个') + 3}",
               reviewer="王编辑", at="2024-05-01T09:00:00+00:00", why="王编辑的理由")  # fmt: skip


def failures_that_name_folders() -> Iterator[Failure]:
    """The folder in the source, and in every way in which a message may speak of one."""
    folder = SECRET.strip("/")
    sources = (f"{SECRET}a b/x y.zip!in/c.txt", f"{folder}/d.jsonl#3", f"C:\\{folder}\\e.txt", f"/{folder}!/f.txt",
               f"/a  b/{folder}.zip!/g.txt", f"/{folder} !/h.tar.gz!i/{folder}/j.html")  # fmt: skip
    said = ("{source}: damaged ({source} is cut)", "cannot open '{folder}k.txt'", "[Errno 2] No such file: '{folder}a b/l m.txt'",
            "see C:\\Users\\{bare} a\\n.txt", "{bare}/o.txt is gone", "~/x y/{bare}/p.txt is gone",
            "file://{folder}q.txt", "\\\\{bare}\\{bare}\\r.txt", "a\n{folder}s.txt", "no permission ({folder}t)",
            "at (/u v w/{bare} v/w, {folder}x)")  # fmt: skip
    for nr, source in enumerate(sources):
        for at, text in enumerate(said):
            named = source.replace("c.txt", f"c{at}.txt") if nr == 0 else f"{source}{at}"
            message = text.format(source=named, folder=SECRET, bare=folder)
            yield Failure(source=named, stage="read", error="Damaged", message=message)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Who entered the desk, so that nothing is refused for want of that."""
    folder = tmp_path_factory.mktemp("attacks") / SECRET.strip("/")
    folder.mkdir()
    library_of(folder / "lib.db")
    with visiting(datasette(folder / "lib.db", desk=Desk(reviewer="王编辑"))) as entered:
        entered.enter()
        yield entered


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[tuple[Visitor, Path]]:
    library_of(tmp_path / "lib.db")
    with visiting(datasette(tmp_path / "lib.db", desk=Desk(reviewer="王编辑"))) as entered:
        entered.enter()
        yield entered, tmp_path / "lib.db"


def sound(answer: Answer) -> None:
    """What holds of every answer."""
    said = answer.body.decode("utf-8", "replace") + repr(answer.headers)
    assert SECRET.strip("/") not in said, "no path of the machine"
    assert "Traceback" not in said
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("referrer-policy") in ("same-origin", "no-referrer")
    assert "frame-ancestors 'none'" in answer.header("content-security-policy")
    assert (
        "'unsafe-inline'" not in answer.header("content-security-policy").partition("script-src")[2].partition(";")[0]
    )
    assert "'unsafe-eval'" not in answer.header("content-security-policy")
    assert not answer.header("x-evil")
    assert "evil" not in answer.header("set-cookie")
    where = answer.header("location")
    assert not where or (where.startswith("/") and not where.startswith(("//", "/\\")) and "\n" not in where), where
    if answer.header("content-type").startswith("text/html") and answer.body:
        assert not answer.tree.xpath("//@href[starts-with(., 'javascript:')]")


@pytest.mark.parametrize("case", READS, ids=[case["attack"] for case in READS])
def test_reading(visitor: Visitor, case: dict[str, Any]) -> None:
    target = case["target"].replace("{case}", f"/-/case/lib/{ID}").replace("{id}", ID)
    began = time.monotonic()
    answer = visitor.ask(case.get("method", "GET"), target, case.get("headers"))
    assert time.monotonic() - began < SECONDS
    assert answer.status in case["status"], answer.body[:500]
    sound(answer)
    text = answer.body.decode("utf-8", "replace")
    for part in case.get("present", ()):
        assert part in text, part
    for part in case.get("absent", ()):
        assert part not in text.replace(target, ""), part
    assert text.startswith(case.get("starts", ""))


def test_what_reading_hides_is_there(visitor: Visitor) -> None:
    """Else the list above could not fail."""
    with Library(Path(visitor.served.databases["lib"].path), read_only=True) as library:
        for sql in ("SELECT source FROM articles", "SELECT source FROM failures", "SELECT message FROM failures",
                    "SELECT settings FROM runs"):  # fmt: skip
            assert any(SECRET in str(row[0]) for row in library.rows(sql)), sql
    assert "灵丘县建强组织" in visitor.get("/-/search/lib?q=建强").text
    assert "王编辑的理由" in visitor.get("/-/reviews/lib").text
    assert "柳泉村" in visitor.get("/-/queue/lib").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_failures_names_files_and_no_folder(visitor: Visitor, language: str) -> None:
    answer = visitor.get(f"/-/failures/lib?lang={language}")
    assert answer.status == 200
    sound(answer)
    assert len(answer.tree.xpath("//tbody/tr")) == 1 + len(list(failures_that_name_folders()))
    said = answer.tree.xpath("//main")[0].text_content()
    for name in ("broken.pdf", "x y.zip!c0.txt", "d.jsonl#3", "e.txt", "h.tar.gz!j.html", "damaged"):
        assert name in said, name


def test_no_table_or_view_tells_where_things_lie(visitor: Visitor) -> None:
    path = Path(visitor.served.databases["lib"].path)
    with Library(path) as library:
        library.db.execute(f"INSERT OR REPLACE INTO files VALUES ('{SECRET}dump.jsonl', 1, 1, 'x', NULL)")
        library.db.execute(f"UPDATE runs SET report = '{SECRET}'")
        names = [row[0] for row in library.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    assert {"articles", "failures", "runs", "files", "指标"} <= set(names)
    for name in names:
        for kind in ("json?_shape=array&_size=max", "csv?_size=max"):
            encoded = "".join(f"~{byte:02X}" for byte in name.encode()) if not name.isascii() else name
            answer = visitor.get(f"/lib/{encoded}.{kind}")
            assert answer.status in (200, 400), (name, answer.status)
            assert SECRET.strip("/") not in answer.text, name


def test_nothing_was_written_by_reading(visitor: Visitor) -> None:
    with Library(Path(visitor.served.databases["lib"].path), read_only=True) as library:
        assert len(library.reviews()) == 1


@pytest.mark.parametrize("case", WRITES, ids=[case["attack"] for case in WRITES])
def test_writing(writer: tuple[Visitor, Path], case: dict[str, Any]) -> None:
    visitor, path = writer
    address, fields = form(visitor.get(f"/-/case/lib/{ID}?review={KEY}"), "accepted")
    known = {"{empty}": state(None, None), "{other}": OTHER}
    for name, value in case.get("fields", {}).items():
        fields[name] = [known.get(value, value)]
    for name, times in case.get("repeat", {}).items():
        fields[name] = [fields[name][0] * times]
    for name in case.get("drop", ()):
        del fields[name]
    for nr in range(case.get("many", 0)):
        fields[f"x{nr}"] = ["1"]
    for name, value in case.get("jar", {}).items():
        if value is None:
            del visitor.jar[name]
        else:
            visitor.jar[name] = value
    if "article" in case:
        address = address.replace(ID, known.get(case["article"], case["article"]))
    address = address.replace("/lib/", f"/{case.get('database', 'lib')}/")
    if "body" in case:
        headers = {"origin": "http://127.0.0.1", "content-type": "application/x-www-form-urlencoded"}
        answer = visitor.ask("POST", address, headers, case["body"].encode("latin-1"))
    elif "method" in case:
        answer = visitor.ask(
            case["method"], address, {"content-type": "application/x-www-form-urlencoded"}, b"_method=POST"
        )
    else:
        answer = visitor.post(address, fields, case.get("headers"))
    expected = case["status"] if case.get("method") is None else None
    assert answer.status == expected or (expected is None and answer.status in (403, 405)), answer.body[-1500:]
    sound(answer)
    with Library(path, read_only=True) as library:
        made = library.reviews()[1:]
        assert len(made) == (1 if case.get("written") else 0)
        assert {review.reviewer for review in made} <= {"王编辑"}
        record = library.record(ID, reviewed=True)
        record.check(county_article())
        assert [q.min for q in record.quantities if q.text == "81名"] == [81]


def hostile(text: str) -> tuple[Article, CaseRecord, str]:
    """An article in which every text is the attack."""
    raw = f"{text}在灵丘县建成{text}5个{text}。"
    article = Article(source=text, raw=raw, columns=Columns(url=f"javascript:{text}"))
    m = Marker(raw)
    number = Quantity(**m.find("5个"), min=5, max=5, unit=text, bound="eq", indicator=text, code=text, owner=text, action=0,
                      measure=0, flags=(text,))  # fmt: skip
    record = CaseRecord(
        file=article.file, source=article.source, article_id=article.id, version="1", kind="case",
        meta=Meta(title=text, published="2024-05-01", outlet=text, authors=(text,), contributor=text),
        jurisdictions=(Jurisdiction(name=text, level="county", path=(text,)),), body=((0, len(raw)),),
        places=(Place(**m.find("灵丘县"), level="county", path=(text,)),), quantities=(number,), summary=((0, len(raw)),),
        measures=(Measure(**m.find(raw), title=Span(**m.at(text)), category=text, section=text),),
        actions=(Action(**m.find(f"建成{text}5个"), verb=text, object=text, measure=0),),
        programmes=(Programme(**m.find(text)),),
    )  # fmt: skip
    return article, record, raw


@pytest.fixture(scope="module")
def hostile_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    path = tmp_path_factory.mktemp("hostile") / "lib.db"
    with Library(path) as library:
        library.write(None, [hostile(text) for text in TEXTS])
        for text in TEXTS:
            article = hostile(text)[0]
            start = article.raw.index("5个")
            accept(
                library, f"{article.id}-q{start}-{start + 2}", reviewer=text, at="2024-05-01T09:00:00+00:00", why=text
            )
            library.store(None, [], [Failure(source=text, stage="read", error=text, message=text)])
    with visiting(datasette(path, desk=Desk(reviewer="王编辑"))) as entered:
        entered.enter()
        yield entered


def quiet(answer: Answer) -> None:
    """No element or attribute of an attack came to be one of the page."""
    page = answer.tree
    own = ("/-/static", "/-/anliku", "/lib", "/-/", "?", "#", "/", "https://datasette.io", "http://127.0.0.1/lib")
    assert not page.xpath("//*[starts-with(local-name(), 'animate') or local-name() = 'iframe' or local-name() = 'base'"
                          " or local-name() = 'math' or local-name() = 'meta' and @http-equiv]")  # fmt: skip
    assert "192.0.2.1" not in "".join(page.xpath("//style/text()"))
    assert not page.xpath("//img")
    attributes = page.xpath("//@*[starts-with(name(), 'on')]")
    assert attributes == []
    for script in page.xpath("//script"):
        assert (script.get("src") or "/-/").startswith("/-/")
        assert "alert" not in (script.text or "")
    for link in page.xpath("//@href | //@src | //@action"):
        assert link == "" or (link.startswith(own) and not link.startswith(("//", "/\\"))), link


@pytest.mark.parametrize("nr", range(len(TEXTS)))
def test_text_of_an_article_and_of_a_review_stays_text(hostile_pages: Visitor, nr: int) -> None:
    article = hostile(TEXTS[nr])[0]
    start = article.raw.index("5个")
    row = json.loads(hostile_pages.get(f"/lib/articles.json?id={article.id}&_shape=array").text)[0]["article"]
    for address in (f"/-/case/lib/{article.id}", f"/-/case/lib/{article.id}?review=q{start}-{start + 2}",
                    f"/-/case/lib/{article.id}?add=measures&start=0&end=4", f"/-/reviews/lib?article={article.id}",
                    f"/lib/articles/{row}"):  # fmt: skip
        answer = hostile_pages.get(address)
        assert answer.status == 200, (address, answer.text[-500:])
        sound(answer)
        quiet(answer)
    visible_ = "".join(c for c in TEXTS[nr] if c not in "\u202e\u2066")
    shown = hostile_pages.get(f"/-/case/lib/{article.id}").tree.xpath("//h1")[0].text_content()
    assert shown == visible_, "shown as it is written"


@pytest.mark.parametrize(
    "address",
    ["/", "/-/queue/lib", "/-/reviews/lib", "/-/agreement/lib?a=%3Cscript%3Ealert(1)%3C/script%3E", "/-/map/lib", "/lib",
     "/lib/articles", "/lib/quantities?_facet=unit", "/lib/reviews", "/lib/failures", "/-/failures/lib",
     "/-/failures/lib?lang=en", "/-/desk"],
)  # fmt: skip
def test_lists_of_hostile_articles_stay_text(hostile_pages: Visitor, address: str) -> None:
    answer = hostile_pages.get(address)
    assert answer.status == 200
    sound(answer)
    quiet(answer)


def test_markup_would_be_noticed() -> None:
    bad = Answer(200, [("content-type", "text/html")], b"<p onclick=alert(1)><script>alert(1)</script></p>")
    with pytest.raises(AssertionError):
        quiet(bad)


def test_our_pages_allow_no_inline_script_and_datasettes_own_only_theirs(visitor: Visitor) -> None:
    assert visitor.get(f"/-/case/lib/{ID}").header("content-security-policy") == OURS
    stock = visitor.get("/lib?sql=select+1")
    assert stock.header("content-security-policy").count("sha256-") >= 3
    assert visitor.get("/lib.json").header("content-security-policy").startswith("default-src 'none'")
    assert visitor.get("/-/static-plugins/anliku/desk.js").header("x-content-type-options") == "nosniff"


def test_the_cookie_of_the_desk_is_out_of_reach(tmp_path: Path) -> None:
    library_of(tmp_path / "lib.db")
    said: list[str] = []
    with visiting(datasette(tmp_path / "lib.db", desk=Desk(port=8001, announce=said.append))) as visitor:
        token = visitor.served.desk.token
        assert len(token) >= 32
        answer = visitor.get(f"/-/desk?token={token}")
        cookie = answer.header("set-cookie")
        assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
        assert cookie.startswith("anliku_desk_8001=")
        assert token not in cookie
        assert answer.header("location") == "/"
        assert answer.header("cache-control") == "private, no-store"
        stranger = Visitor(visitor.served, visitor.loop)
        assert stranger.get(f"/-/desk?token={token}").status == 403, "an address opens once"
        assert said == [visitor.served.desk.token]
        assert said[0] != token
        for wrong in ("", "x", token[:-1], "令牌"):
            assert stranger.get(f"/-/desk?token={wrong}").status == 403
        assert stranger.ask("HEAD", f"/-/desk?token={said[0]}").status == 403
        assert "anliku_desk_8001" not in stranger.jar
        assert token not in visitor.get("/-/desk").text


def test_on_another_address_the_token_opens_nothing(tmp_path: Path) -> None:
    library_of(tmp_path / "lib.db")
    desk = Desk(reviewer="王编辑")
    with visiting(datasette(tmp_path / "lib.db", host="0.0.0.0", desk=desk), host="192.0.2.7:8001") as visitor:
        assert visitor.get(f"/-/desk?token={desk.token}").status == 404
        assert visitor.get("/").status == 200, "reading is open to other machines, under the address"
        assert visitor.get("/", host="evil.example").status == 400
        page = visitor.get(f"/-/case/lib/{ID}?review={KEY}")
        token = visitor.served.sign("x", "y")
        fields = {"decision": "rejected", "layer": "quantities", "start": "5", "end": "8", "csrftoken": token}
        assert not page.tree.xpath("//form[@method='post']")
        assert visitor.post(f"/-/review/lib/{ID}", fields).status == 403


def test_names_that_were_allowed_and_the_loopback_ones(tmp_path: Path) -> None:
    library_of(tmp_path / "lib.db")
    with visiting(datasette(tmp_path / "lib.db", hosts=["cases.example"])) as visitor:
        for host in ("localhost", "localhost:8001", "127.0.0.1:8001", "[::1]:8001", "Cases.Example:443", "LOCALHOST."):
            assert visitor.get("/", host=host).status == 200, host


def test_a_library_that_is_gone_names_no_path(tmp_path: Path) -> None:
    folder = tmp_path / SECRET.strip("/")
    folder.mkdir()
    library_of(folder / "lib.db")
    with visiting(datasette(folder / "lib.db", desk=Desk(reviewer="王编辑"))) as visitor:
        visitor.enter()
        _, fields = form(visitor.get(f"/-/case/lib/{ID}?review={KEY}"), "accepted")
        (folder / "lib.db").write_bytes((folder / "lib.db").read_bytes()[:200])
        for suffix in ("-wal", "-shm"):
            (folder / f"lib.db{suffix}").unlink(missing_ok=True)
        for answer in (visitor.get(f"/-/case/lib/{ID}"), visitor.get("/"), visitor.get("/-/queue/lib"),
                       visitor.get("/lib/articles"), visitor.post(f"/-/review/lib/{ID}", fields)):  # fmt: skip
            assert answer.status >= 400
            sound(answer)


@pytest.mark.parametrize(
    "text", ["<!--" * 100_000, "<" * 300_000, "<!--" * 50_000 + "-->", "&" * 300_000, "&#" * 200_000]
)
def test_markup_without_end_takes_no_time(text: str) -> None:
    article = Article(source="x.html", raw=text, media_type="text/html")
    began = time.process_time()
    visible(article, 0, len(text))
    assert time.process_time() - began < 3


@pytest.mark.parametrize("target", ["/-/search/lib?q=a&page=", "/-/map/lib?group=", "/-/reviews/lib?page="])
def test_a_number_of_thousands_of_digits_is_none(visitor: Visitor, target: str) -> None:
    answer = visitor.get(target + "9" * 6000)
    assert answer.status == 200, answer.body[:500]


def test_there_are_at_least_forty() -> None:
    assert len(READS) + len(WRITES) + len(TEXTS) >= 120
