"""Names of persons leave the house in no form that was asked to be without them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from models.article import Article, Columns
from models.case import CaseRecord
from models.document import Meta
from models.measure import Action, Measure, SentenceRole
from models.name import Organisation, Person, Programme
from models.place import Jurisdiction, Place
from models.quantity import Canonical, Quantity
from models.span import Span
from models.text import Change
from outputs.export import export
from outputs.library import Library
from outputs.redact import Redactor
from outputs.reviews import correct, reject
from outputs.tables import names
from pipeline.cli import app
from tests.outputs.samples import Marker, entries

NAMES = ("赵铁柱", "欧阳雪", "雪(xuě)", "买买提", "钱多多", "李四", "孙小美", "趙鐵柱", "王编辑")
RAW = (
    "赵铁柱带出振兴村\n"
    "本报记者 钱多多\n"
    "丰收县柳泉村党支部书记赵铁柱领办铁柱家庭农场，趙鐵柱帮28户增收。\n"
    "一是赵铁柱包片。赵书记说，欧阳雪(xuě)和买买提·艾力各带8户；买买提家年收入6万元。\n"
    "学习习近平新时代中国特色社会主义思想，由赵铁柱家庭农场牵头，高明县高明镇不变。"
)


def entry() -> tuple[Article, CaseRecord, str]:
    """Names in the title, the byline, a measure, an organisation, a programme, a quote, in another script."""
    article = Article(
        source="news/赵铁柱.txt", raw=RAW, columns=Columns(author="记者 孙小美", url="https://example.org/2")
    )
    m = Marker(RAW)
    first, second = m.range("丰收县柳泉村党支部", "增收。"), m.range("一是", "6万元。")
    third = m.range("学习习近平", "不变。")
    number = {"unit": "户", "bound": "eq", "canonical": Canonical(min=8, max=8, unit="户", dimension="households")}
    at = RAW.index("趙鐵柱")
    record = CaseRecord(
        file=article.file, source=article.source, article_id=article.id, version="1", kind="case",
        meta=Meta(title="赵铁柱带出振兴村", published="2024-03-01", outlet="丰收日报", authors=("本报记者 钱多多",),
                  contributor="丰收县委组织部"),
        jurisdictions=(Jurisdiction(name="高明县", level="county", path=("某省", "高明县")),),
        body=(first, second, third),
        places=(Place(**m.find("高明县"), level="county"), Place(**m.find("高明镇"), level="township")),
        persons=(
            Person(**m.find("赵铁柱", 1), role="柳泉村党支部书记", organisation="柳泉村党支部"),
            Person(**{**m.find("趙鐵柱"), "norm": "赵铁柱"}),
            Person(**{**m.find("欧阳雪(xuě)"), "norm": "欧阳雪"}), Person(**m.find("买买提·艾力")),
            Person(**{**m.find("高明", 0)}),
        ),
        organisations=(Organisation(**m.find("赵铁柱家庭农场")),), programmes=(Programme(**m.find("赵铁柱包片")),),
        quantities=(
            Quantity(**m.find("8户", 1), min=8, max=8, indicator="赵铁柱带动", code="households", owner="赵铁柱", **number),
            Quantity(**m.find("28户"), min=28, max=28, indicator="增收", code="households", **number),
        ),
        measures=(Measure(**m.find(RAW[slice(*second)]), title=Span(**m.at("赵铁柱包片")), category="leaders"),),
        actions=(Action(**m.find("赵铁柱家庭农场牵头"), verb="牵头", object=None, actor="赵铁柱家庭农场", measure=0),),
        roles=tuple(SentenceRole(start=a, end=b, role="practice", rule="r") for a, b in (first, second, third)),
        changes=tuple(
            Change(start=at + nr, end=at + nr + 1, old=old, new=new, reason="script")
            for nr, (old, new) in ((0, ("趙", "赵")), (1, ("鐵", "铁")))
        ),
    )  # fmt: skip
    return article, record, RAW.replace("趙鐵", "赵铁").replace("(xuě)", "")


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        opened.write(opened.start_run("1", {}), [entry(), *entries()])
        found = next(opened.rows("SELECT id FROM quantities WHERE text = '28户'"))[0]
        correct(opened, found, {"value": 30}, reviewer="王编辑", at="2024-05-01T00:00:00+00:00", why="赵铁柱更正")
        yield opened


def leaks(text: str) -> list[str]:
    return [name for name in NAMES if name in text]


@pytest.mark.parametrize("name", ["records", *names()])
def test_no_table_has_a_name(library: Library, name: str) -> None:
    plain, hidden = io.BytesIO(), io.BytesIO()
    export(library, name, "jsonl", plain)
    export(library, name, "jsonl", hidden, redact=True)
    assert leaks(hidden.getvalue().decode()) == []
    if name in ("articles", "persons", "quantities", "measures", "reviews", "records", "organisations", "programmes"):
        assert leaks(plain.getvalue().decode()), "the control: it is there otherwise"
    assert plain.getvalue().count(b"\n") == hidden.getvalue().count(b"\n")


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_no_format_has_a_name(library: Library, tmp_path: Path, suffix: str) -> None:
    if suffix == "xlsx":
        export(library, "all", "xlsx", tmp_path / "all.xlsx", redact=True)
        book = openpyxl.load_workbook(tmp_path / "all.xlsx")
        assert leaks(" ".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)) == []
        return
    files = export(library, "all", suffix, tmp_path / "out", redact=True)  # type: ignore[arg-type]
    assert [found for path in files for found in leaks(path.read_bytes().decode("utf-8", "replace"))] == []


@pytest.mark.parametrize("asked", [["households"], ["households", "--threshold", "0"], ["households", "--per", "village"],
                                   ["--counties", "高明县,灵丘县"]])  # fmt: skip
@pytest.mark.parametrize("form", ["--json", "--csv", ""])
def test_no_comparison_has_a_name(library: Library, tmp_path: Path, asked: list[str], form: str) -> None:
    def said(*redact: str) -> str:
        path = tmp_path / "out.csv"
        told = [form, str(path)] if form == "--csv" else [form] if form else []
        done = CliRunner().invoke(app, ["compare", *asked, *told, "-l", str(library.path), *redact], env={"COLUMNS": "200"},
                                  catch_exceptions=False)  # fmt: skip
        assert done.exit_code == 0
        return path.read_text("utf-8") if form == "--csv" else done.stdout

    assert "--threshold" in asked or leaks(said()), "the control"
    assert leaks(said("--redact-persons")) == []


@pytest.mark.parametrize("target", ["a.md", "a.html", "a.docx", "report.html", "one.md"])
def test_no_document_has_a_name(library: Library, tmp_path: Path, target: str) -> None:
    path = tmp_path / target
    command = ["report"] if target == "report.html" else ["export"]
    only = ["--case", entry()[0].id] if target == "one.md" else []

    def text(*redact: str) -> str:
        args = [*command, str(path), "-l", str(library.path), *only, *redact]
        assert CliRunner().invoke(app, args, catch_exceptions=False).exit_code == 0
        if path.suffix == ".docx":
            body = Document(str(path)).element.body
            return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
        return path.read_text("utf-8")

    assert leaks(text())
    assert leaks(text("--redact-persons")) == []
    assert target == "report.html" or "人物1" in text("--redact-persons")


def test_who_is_who_stays_to_be_seen(library: Library) -> None:
    article_id = entry()[0].id
    hide = Redactor(library).of(article_id)
    assert hide("赵铁柱和欧阳雪、买买提") == "人物1和人物2、人物3"
    assert hide("赵书记、欧阳主任") == "人物1、人物2", "surname and title of somebody known"
    assert hide("高明县高明镇的高明") == "高明县高明镇的人物4", "a place that holds a name stays a place"
    assert hide("习近平新时代中国特色社会主义思想") == "习近平新时代中国特色社会主义思想"
    assert hide("丰收县委组织部、柳泉村党支部书记") == "丰收县委组织部、柳泉村党支部书记", "bodies and roles stay"


def test_a_name_known_from_another_article_is_hidden(library: Library) -> None:
    redactor = Redactor(library)
    assert redactor.text(entries()[1][0].id, "欧阳雪来访") == "某人来访"
    assert redactor.text(None, "赵铁柱.pdf: 张三") == "某人.pdf: 张三", "two characters are too few to be sure"


def test_a_record_keeps_offsets_and_drops_what_spells_names(library: Library) -> None:
    out = io.BytesIO()
    export(library, "records", "jsonl", out, redact=True)
    plain = {record.article_id: record for record in (one[1] for one in (entry(), *entries()))}
    for line in out.getvalue().decode().splitlines():
        fields = json.loads(line)
        record = plain[fields["article_id"]]
        assert fields["changes"] == []
        assert [(p["start"], p["end"]) for p in fields["persons"]] == [(p.start, p.end) for p in record.persons]
        assert all(p["text"].startswith("人物") for p in fields["persons"])


def test_a_rejected_name_is_no_name(library: Library) -> None:
    person = next(library.rows("SELECT id FROM persons WHERE text = '高明'"))[0]
    reject(library, person, reviewer="王编辑", at="2024-05-02T00:00:00+00:00")
    assert Redactor(library).text(entry()[0].id, "技术高明") == "技术高明"
