"""Reviewing through the pages, without a script: forms pressed as a browser would send them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from datasette.app import Datasette

from outputs.datasette_anliku.desk import Desk
from outputs.datasette_anliku.server import datasette
from outputs.library import Library
from outputs.reviews import history, stale
from tests.outputs.samples import county_article, county_record, entries, take_out
from tests.outputs.web.conftest import hostile_entry, many
from tests.outputs.web.visitor import Answer, Visitor, form, press, visiting

ARTICLE = county_article()
RAW = ARTICLE.raw
CASE = f"/-/case/lib/{ARTICLE.id}"


def key(text: str, letter: str = "q") -> str:
    start = RAW.index(text)
    return f"{letter}{start}-{start + len(text)}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lib.db"
    with Library(path) as library:
        library.write(None, [*entries(), hostile_entry(), *many(8)])
    return path


@pytest.fixture
def editor(path: Path) -> Iterator[Visitor]:
    """Who entered with the token, under a name of the command line."""
    with visiting(datasette(path, desk=Desk(reviewer="王编辑"))) as visitor:
        visitor.enter()
        yield visitor


def desk(visitor: Visitor, text: str, letter: str = "q", **query: str) -> Answer:
    more = "".join(f"&{name}={value}" for name, value in query.items())
    answer = visitor.get(f"{CASE}?review={key(text, letter)}{more}")
    assert answer.status == 200, answer.text[-800:]
    return answer


def reviews(path: Path) -> list[tuple[str, str, str]]:
    with Library(path, read_only=True) as library:
        return [(r.decision, r.text, r.reviewer) for r in library.reviews()]


def test_the_desk_shows_the_passage_its_fields_by_name_and_its_doubts(editor: Visitor) -> None:
    page = desk(editor, "3.5万元").tree
    assert page.xpath("//blockquote/text()") == ["3.5万元"]
    assert "".join(page.xpath("//*[contains(@class, 'pending')]//text()")) == "3.5万元"
    assert page.xpath("//*[@id='p-review']")
    assert "部分大于整体" in page.xpath("//section[@id='desk']")[0].text_content()
    assert page.xpath("//select[@name='f.code']/option[@selected]/text()") == ["村集体增收额"]
    assert set(page.xpath("//input[@name='f.rate' and @checked]/@value")) == {"village", "year"}
    assert page.xpath("//input[@name='f.from']/@value") == ["12000.5"]


def test_accept_correct_reject_undo(editor: Visitor, path: Path) -> None:
    done = press(editor, desk(editor, "81名"), "accepted", why="核对过")
    assert done.status == 303
    page = editor.follow(done)
    assert "已记下：确认" in page.text
    assert "核对过" in page.text
    done = press(editor, page, "corrected", f_min="85", f_max="85", f_rate=["village"], f_time="2023")
    page = editor.follow(done)
    assert page.tree.xpath("//input[@name='f.min']/@value") == ["85"]
    page = editor.follow(press(editor, page, "rejected"))
    assert "这一条已被剔除" in page.text
    assert "81名" in editor.get(CASE).tree.xpath("//section[h2='已剔除']")[0].text_content()
    page = editor.follow(press(editor, page, "undone"))
    with Library(path, read_only=True) as library:
        (stands,) = [q for q in library.record(ARTICLE.id, reviewed=True).quantities if q.text == "81名"]
        assert (stands.min, stands.rate, stands.time) == (85, ("village",), "2023")
        assert [r.decision for r in history(library)] == ["accepted", "corrected", "rejected", "undone"]
        assert {r.reviewer for r in history(library)} == {"王编辑"}
    assert editor.get(CASE).tree.xpath("//a[@class='seal']/@title")[0].startswith("更正 · 王编辑")


@pytest.mark.parametrize(
    ("text", "letter", "changed", "field", "said"),
    [
        ("81名", "q", {"f_min": "八十一"}, "min", "要写成数字"),
        ("81名", "q", {"f_min": "1e999999999"}, "min", "要写成数字"),
        ("81名", "q", {"f_min": "90", "f_max": "85"}, "max", "上限小于下限"),
        ("81名", "q", {"f_code": "nonsense"}, "code", "请从列表里选"),
        ("81名", "q", {"f_status": ""}, "status", "这一项要填"),
        ("81名", "q", {"f_time": "去年"}, "time", "2015/.."),
        ("81名", "q", {"f_time": "2023年13月"}, "time", "2024年5月1日"),
        ("81名", "q", {"f_min": "85上下"}, "min", "要写成数字"),
        ("3.5万元", "q", {"f_min": "4万", "f_unit": "万元"}, "unit", "只写一处"),
        ("3.5万元", "q", {"f_min": "4万元", "f_unit": "名"}, "unit", "与数字后面写的单位不同"),
        ("81名", "q", {"f_end": "99999"}, "end", "不在原文之内"),
        ("81名", "q", {"f_owner": "甲\u202e村"}, "owner", "看不见的字符"),
        ("灵丘县", "p", {"f_adcode": "14x"}, "adcode", "6、9 或 12 位"),
        ("“全省先进基层党组织”", "h", {"f_year": "去年"}, "year", "四位数字"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    editor: Visitor, path: Path, text: str, letter: str, changed: dict[str, str], field: str, said: str
) -> None:
    answer = press(editor, desk(editor, text, letter), "corrected", why="试一试", **changed)
    assert answer.status == 400
    (shown,) = answer.tree.xpath(f"//*[@id='wrong-{field}']")
    assert said in shown.text_content()
    assert answer.tree.xpath("//input[@name='why']/@value") == ["试一试"]
    for name, value in changed.items():
        if name not in ("f_code", "f_status"):
            assert value in answer.tree.xpath(f"//*[@name='{name.replace('f_', 'f.')}']/@value")
    assert reviews(path) == []


def test_a_title_of_a_measure_is_words_of_it(editor: Visitor, path: Path) -> None:
    measure = county_record().measures[0]
    address = f"{CASE}?review=m{measure.start}-{measure.end}"
    answer = press(editor, editor.get(address), "corrected", f_title="没有的字")
    assert "标题要是这段原文里的字" in answer.text
    assert press(editor, editor.get(address), "corrected", f_title="组建12个", f_category="leaders").status == 303
    with Library(path, read_only=True) as library:
        (mended,) = library.record(ARTICLE.id, reviewed=True).measures
    assert (mended.title.text, mended.category) == ("组建12个", "leaders")


def test_a_threshold_is_made_changed_and_taken_away(editor: Visitor, path: Path) -> None:
    page = desk(editor, "90%")
    assert page.tree.xpath("//input[@name='f.threshold_min']/@value") == ["100000"]
    page = editor.follow(press(editor, page, "corrected", f_threshold_min="20万"))
    assert page.tree.xpath("//input[@name='f.threshold_min']/@value") == ["200000"]
    none = {f"f_threshold_{part}": "" for part in ("of", "min", "max", "unit")}
    assert press(editor, page, "corrected", **none).status == 303
    with Library(path, read_only=True) as library:
        (stands,) = [q for q in library.record(ARTICLE.id, reviewed=True).quantities if q.text == "90%"]
    assert stands.threshold is None


def quantity(path: Path, text: str) -> Any:
    with Library(path, read_only=True) as library:
        (stands,) = [q for q in library.record(ARTICLE.id, reviewed=True).quantities if q.text == text]
    return stands


@pytest.mark.parametrize(
    "typed",
    [
        {"f_min": "4300", "f_max": "4300", "f_unit": "万元"},
        {"f_min": "4300", "f_unit": "万元"},
        {"f_max": "4300万元"},
        {"f_min": "4,300万"},
    ],
)
def test_a_number_with_a_scale_is_kept_in_the_plain_unit(editor: Visitor, path: Path, typed: dict[str, str]) -> None:
    page = desk(editor, "3.5万元")
    assert "另一处随之改" in page.tree.xpath("//section[@id='desk']")[0].text_content()
    assert press(editor, page, "corrected", **typed).status == 303
    assert press(editor, page, "corrected", **typed).status == 303, "again"
    stands = quantity(path, "3.5万元")
    assert (stands.min, stands.max, stands.unit, stands.canonical.min) == (43_000_000, 43_000_000, "元", 43_000_000)
    assert len(reviews(path)) == 1


def test_a_unit_that_nothing_converts_is_told(editor: Visitor) -> None:
    page = editor.follow(press(editor, desk(editor, "81名"), "corrected", f_unit="锭"))
    assert "不参加比较" in page.tree.xpath("//section[@id='desk']")[0].text_content()
    page = editor.follow(press(editor, page, "corrected", f_unit="名"))
    assert "不参加比较" not in page.tree.xpath("//section[@id='desk']")[0].text_content()


def test_one_number_becomes_a_range_where_its_bound_says_so(editor: Visitor, path: Path) -> None:
    assert press(editor, desk(editor, "81名"), "corrected", f_max="85", f_bound="range").status == 303
    assert (quantity(path, "81名").min, quantity(path, "81名").max) == (81, 85)


def test_a_time_as_chinese_writes_it(editor: Visitor, path: Path) -> None:
    for typed, kept in (("2023年", "2023"), ("2023年5月", "2023-05"), ("２０２３年5月1日", "2023-05-01")):
        assert press(editor, desk(editor, "81名"), "corrected", f_time=typed).status == 303
        assert quantity(path, "81名").time == kept


def test_a_confirmed_correction_says_so_on_the_case(editor: Visitor, path: Path) -> None:
    press(editor, desk(editor, "81名"), "corrected", f_min="85", why="看错")
    with visiting(datasette(path, desk=Desk(reviewer="李编辑"))) as other:
        other.enter()
        assert press(other, desk(other, "81名"), "accepted").status == 303
    (seal,) = editor.get(CASE).tree.xpath("//tr[.//a[.='81名']]//a[@class='seal']")
    assert seal.text_content() == "更正 · 确认"
    for part in ("王编辑", "看错", "下限 81 → 85", "李编辑"):
        assert part in seal.get("title"), part
    assert seal.get("href").endswith(f"/-/reviews/lib?article={ARTICLE.id}")


def test_to_accept_what_was_changed_is_asked_back(editor: Visitor, path: Path) -> None:
    assert "您改了字段" in press(editor, desk(editor, "81名"), "accepted", f_min="80").text
    assert "没有改动" in press(editor, desk(editor, "81名"), "corrected").text
    assert reviews(path) == []


def test_a_value_is_added_by_its_words(editor: Visitor, path: Path) -> None:
    page = editor.get(f"{CASE}?add=pick")
    assert page.tree.xpath("//input[@name='quote']")
    assert "原文里没有这段话" in editor.get(f"{CASE}?add=persons&quote=李四").text
    assert "不止一处" in editor.get(f"{CASE}?add=places&quote=柳泉村").text
    assert "没有这么多处" in editor.get(f"{CASE}?add=places&quote=柳泉村&nth=9").text
    page = editor.get(f"{CASE}?add=places&quote=柳泉村&nth=2")
    assert "这一项要填" in press(editor, page, "added", f_level="").text
    assert press(editor, page, "added", f_level="village", f_path="山西省、柳泉村").status == 303
    with Library(path, read_only=True) as library:
        places = library.record(ARTICLE.id, reviewed=True).places
    second = RAW.index("柳泉村", RAW.index("柳泉村") + 1)
    assert [(p.start, p.path) for p in places if p.text == "柳泉村"][1] == (second, ("山西省", "柳泉村"))


def test_a_value_is_added_by_a_passage_marked_on_the_page(editor: Visitor, path: Path) -> None:
    start = RAW.index("2023年集体")
    pieces = editor.get(CASE).tree.xpath("//*[@data-s]")
    (first,) = [p for p in pieces if int(p.get("data-s")) == start]
    assert first.text == "2023年"
    page = editor.get(f"{CASE}?add=quantities&mark={start}:0:{start}:5")
    assert page.tree.xpath("//blockquote/text()") == ["2023年"]
    assert page.tree.xpath("//input[@name='f.min']/@value") == ["2023"]
    assert press(editor, page, "added", f_min="7", f_max="7", f_unit="名", f_code="dispatched").status == 303
    assert ("added", "2023年", "王编辑") in reviews(path)
    assert press(editor, page, "added", f_min="7", f_max="7", f_unit="名", f_code="dispatched").status == 303, "again"
    assert len(reviews(path)) == 1


def test_what_was_added_is_taken_back(editor: Visitor, path: Path) -> None:
    page = editor.get(f"{CASE}?add=persons&quote=干部")
    page = editor.follow(press(editor, page, "added", f_role="干部"))
    assert "机器没有读出，由审核补充" in page.text
    page = editor.follow(press(editor, page, "undone"))
    assert "已记下：撤回" in page.text
    assert not page.tree.xpath("//section[@id='desk']")
    assert [decision for decision, _, _ in reviews(path)] == ["added", "undone"]


def test_a_stale_review_is_taken_back_also_where_its_article_is_gone(editor: Visitor, path: Path) -> None:
    press(editor, desk(editor, "81名"), "rejected")
    press(editor, desk(editor, "12个"), "accepted")
    with Library(path) as library:
        take_out(library, [ARTICLE.id])
    page = editor.get("/-/reviews/lib")
    assert len(page.tree.xpath("//section[contains(@class, 'stale')]//li")) == 2
    address, fields = form_of_stale(page)
    assert (
        editor.follow(editor.post(address, fields)).tree.xpath("count(//section[contains(@class, 'stale')]//li)") == 1
    )
    assert editor.post(address, fields).status == 303, "again"
    assert len(reviews(path)) == 3


def form_of_stale(page: Answer) -> tuple[str, dict[str, str]]:
    own = page.tree.xpath("//section[contains(@class, 'stale')]//form")[0]
    fields = {one.get("name"): one.get("value") for one in own.xpath(".//input | .//button")}
    return own.get("action"), fields


def test_the_same_form_sent_twice_is_one_review(editor: Visitor, path: Path) -> None:
    page = desk(editor, "81名")
    for button, changed in (("corrected", {"f_min": "80"}), ("undone", {})):
        if button == "undone":
            page = desk(editor, "81名")
        before = len(reviews(path))
        assert press(editor, page, button, **changed).status == 303
        assert press(editor, page, button, **changed).status == 303
        assert len(reviews(path)) == before + 1


def test_two_editors_at_the_same_time_are_told_and_lose_nothing(editor: Visitor, path: Path) -> None:
    with visiting(datasette(path, desk=Desk(reviewer="李编辑"))) as other:
        other.enter()
        mine, theirs = desk(editor, "81名"), desk(other, "81名")
        assert press(other, theirs, "corrected", f_min="80", why="数过").status == 303
        answer = press(editor, mine, "corrected", f_max="82", why="不对")
        assert answer.status == 409
        assert "别人已经改了它" in answer.text
        assert "李编辑" in answer.text
        assert answer.tree.xpath("//input[@name='f.max']/@value") == ["82"]
        assert answer.tree.xpath("//input[@name='why']/@value") == ["不对"]
        assert reviews(path) == [("corrected", "81名", "李编辑")]
        assert press(editor, answer, "corrected").status == 303, "the form that comes back is of today"
        assert len(reviews(path)) == 2


def test_a_form_of_another_run_is_told(editor: Visitor, path: Path) -> None:
    page = desk(editor, "81名")
    record = county_record(version="2")
    changed = tuple(q.model_copy(update={"min": 82, "max": 82}) if q.text == "81名" else q for q in record.quantities)
    with Library(path) as library:
        library.write(None, [(ARTICLE, record.model_copy(update={"quantities": changed}), RAW)])
    assert press(editor, page, "accepted").status == 409
    assert reviews(path) == []


def test_a_library_that_is_being_written_keeps_what_was_typed(
    editor: Visitor, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outputs.datasette_anliku.desk_routes.BUSY_SECONDS", 0.1)
    page = desk(editor, "81名")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = press(editor, page, "corrected", f_min="80", why="数过")
    other.execute("ROLLBACK")
    other.close()
    assert answer.status == 503
    assert "正在被另一个程序写入" in answer.text
    assert str(path) not in answer.text
    assert answer.tree.xpath("//input[@name='f.min']/@value") == ["80"]
    assert press(editor, answer, "corrected").status == 303


def test_the_queue_leads_from_one_to_the_next(editor: Visitor, path: Path) -> None:
    page = editor.get("/-/queue/lib")
    waiting = page.tree.xpath("//ol[@class='waiting']/li//b/text()")
    assert waiting[:2] == ["柳泉村", "3.5万元"]
    first = editor.follow(editor.get("/-/queue/lib/next"))
    assert first.tree.xpath("//blockquote/text()") == ["柳泉村"]
    second = editor.follow(editor.follow(press(editor, first, "accepted")))
    assert second.tree.xpath("//blockquote/text()") == ["3.5万元"]
    assert "已记下：确认" in second.text
    (skip,) = second.tree.xpath("//a[@id='desk-next']/@href")
    end = editor.follow(editor.get(skip))
    assert end.tree.xpath("//h1/text()") == ["待审核"]
    assert editor.get("/-/queue/lib").tree.xpath("//ol[@class='waiting']/li//b/text()") == ["3.5万元"]


def test_the_queue_is_narrowed_by_layer_and_county(editor: Visitor) -> None:
    only = editor.get("/-/queue/lib?only=quantities").tree
    assert only.xpath("//ol[@class='waiting']/li//b/text()") == ["3.5万元"]
    there = editor.get("/-/queue/lib?county=140224").tree
    assert len(there.xpath("//ol[@class='waiting']/li")) == 2
    assert not editor.get("/-/queue/lib?county=370783").tree.xpath("//ol[@class='waiting']/li")
    page = editor.follow(editor.get("/-/queue/lib/next?only=quantities&county=140224"))
    assert form(page, "accepted")[1]["only"] == ["quantities"]


def test_a_correction_survives_a_run_with_another_extractor_and_stale_ones_are_told(
    editor: Visitor, path: Path
) -> None:
    """The check of the issue: through the form, then another extraction, then comparison and report."""
    assert press(editor, desk(editor, "12个"), "corrected", f_min="15", f_max="15", why="看错").status == 303
    assert press(editor, desk(editor, "81名"), "corrected", f_min="85", f_max="85", why="数过").status == 303
    record = county_record(version="2")
    kept = []
    for quantity in record.quantities:
        if quantity.text == "12个":  # reads the same passage otherwise
            quantity = quantity.model_copy(update={"min": 13, "max": 13, "indicator": "党组织"})
        if quantity.text != "81名":  # is found no more
            kept.append(quantity)
    quantities = tuple(q.model_copy(update={"action": None}) for q in kept)
    with Library(path) as library:
        library.write(None, [(ARTICLE, record.model_copy(update={"quantities": quantities}), RAW)])
        assert [one.reason for one in stale(library)] == ["no_finding"]
    rows = editor.get("/lib/~E6~8C~87~E6~A0~87.json?_shape=objects&_size=max").text
    assert '"corrected"' in rows
    page = editor.get("/-/compare/lib/party_orgs")
    assert "15" in page.tree.xpath("//main")[0].text_content()
    assert "13" not in [cell.strip() for cell in page.tree.xpath("//td/text()")]
    report = editor.get("/-/reviews/lib")
    (told,) = report.tree.xpath("//section[contains(@class, 'stale')]//li")
    assert "此处已无提取结果" in told.text_content()
    assert "用“补充”加上" in told.text_content()
    assert "数过" in told.text_content()


def test_reviews_say_who_when_what_and_why(editor: Visitor) -> None:
    press(editor, desk(editor, "81名"), "corrected", f_min="80", why="数过")
    (line,) = editor.get("/-/reviews/lib").tree.xpath("//ul[contains(@class, 'reviews')]/li")
    said = " ".join(line.text_content().split())
    for part in ("更正", "王编辑", "UTC", "下限 81 → 80", "数过", "81名"):
        assert part in said, part
    assert editor.get("/-/reviews/lib?reviewer=无名").tree.xpath("//main//p[contains(., '还没有审核记录')]")


def test_the_agreement_of_two(editor: Visitor, path: Path) -> None:
    assert "至少要有两个人" in editor.get("/-/agreement/lib").text
    press(editor, desk(editor, "81名"), "accepted")
    press(editor, desk(editor, "12个"), "accepted")
    with visiting(datasette(path, desk=Desk(reviewer="李编辑"))) as other:
        other.enter()
        press(other, desk(other, "81名"), "accepted")
        press(other, desk(other, "12个"), "rejected")
    page = editor.get("/-/agreement/lib").tree
    assert [cell.text for cell in page.xpath("//tbody/tr[last()]/td")] == ["合计", "2", "1", "1", "0.00"]
    assert "12个" in page.xpath("//h2[.='不一致的']/following-sibling::ul")[0].text_content()


def test_a_name_is_asked_once_and_kept(path: Path) -> None:
    with visiting(datasette(path, desk=Desk())) as visitor:
        visitor.enter()
        page = desk(visitor, "81名")
        assert "这一项要填" in press(visitor, page, "accepted").text
        assert press(visitor, page, "accepted", reviewer=" 赵\n编辑 ").status == 303
        assert unquote(visitor.jar["anliku_reviewer"]) == "赵 编辑"
        assert not desk(visitor, "12个").tree.xpath("//input[@name='reviewer']")
        assert press(visitor, desk(visitor, "12个"), "accepted").status == 303
        assert {who for _, _, who in reviews(path)} == {"赵 编辑"}
        page = visitor.get("/-/desk")
        _, fields = form(page, "1")
        assert visitor.post("/-/desk", fields).status == 303
        assert not visitor.get(f"{CASE}?review={key('12个')}").tree.xpath("//section[@id='desk']")


@pytest.mark.parametrize("how", ["read-only", "not entered", "not on loopback", "file"])
def test_without_the_right_to_write_no_form_shows(path: Path, how: str) -> None:
    options = {"read-only": {"read_only": True}, "not on loopback": {"host": "0.0.0.0"}}.get(how, {})
    with visiting(datasette(path, desk=Desk(), **options)) as visitor:
        if how == "file":
            visitor.enter()
            visitor.served.databases["lib"].is_mutable = False
        page = visitor.get(f"{CASE}?review={key('81名')}")
        assert page.status == 200
        assert not page.tree.xpath("//form[@method='post'] | //section[@id='desk'] | //a[@class='pen'] | //*[@data-s]")
        assert visitor.get("/-/queue/lib").status == 200
        assert visitor.get(f"/-/reviews/lib?article={ARTICLE.id}").status == 200


def test_a_login_may_review_where_the_settings_say_so(path: Path, tmp_path: Path) -> None:
    settings = tmp_path / "login.yml"
    settings.write_text("plugins:\n  anliku:\n    reviewers:\n      id: [wang, li]\n", "utf-8")
    with visiting(datasette(path, host="0.0.0.0", metadata=settings, desk=Desk())) as visitor:
        visitor.jar["ds_actor"] = visitor.served.sign({"a": {"id": "guest"}}, "actor")
        assert not desk(visitor, "81名").tree.xpath("//section[@id='desk']")
        visitor.jar["ds_actor"] = visitor.served.sign({"a": {"id": "wang", "name": "王编辑"}}, "actor")
        assert press(visitor, desk(visitor, "81名"), "accepted").status == 303
    assert reviews(path) == [("accepted", "81名", "王编辑")]


def test_datasette_itself_on_a_library_has_the_pages_the_headers_and_no_token(path: Path) -> None:
    with visiting(Datasette([str(path)])) as visitor:
        page = visitor.get(f"{CASE}?review={key('81名')}")
        assert (page.status, page.tree.xpath("//section[@id='desk']")) == (200, [])
        assert "frame-ancestors 'none'" in page.header("content-security-policy")
        assert visitor.get("/-/desk?token=x").status == 404
        assert visitor.get("/-/databases.json").status == 404


def test_pages_of_the_desk_speak_english_where_it_is_asked_for(editor: Visitor) -> None:
    page = editor.get(f"{CASE}?review={key('3.5万元')}", accept_language="en")
    desk_ = page.tree.xpath("//section[@id='desk']")[0].text_content()
    assert "It is right" in desk_
    assert "part exceeds whole" in desk_
    assert "确认" not in desk_
