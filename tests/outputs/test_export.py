"""What leaves the house."""

from __future__ import annotations

import csv
import io
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from models.article import Failure
from models.document import Meta
from models.errors import CannotWrite
from outputs.export import NotExportable, export, guarded
from outputs.labels import labels
from outputs.library import Library
from outputs.library.schema import SCHEMA, VIEWS
from outputs.parquet import VERSION, NotOurParquet, read_parquet
from outputs.spreadsheet import write_xlsx
from outputs.tables import NoSuchTable, Sheet, _titles, names, sheet, title
from pipeline.cli import app
from tests.outputs.samples import county_entry, county_record, entries, roundup_entry


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        opened.write(opened.start_run("1", {}), entries())
        yield opened


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_a_finding_with_its_article_and_county(library: Library, tmp_path: Path) -> None:
    assert export(library, "quantities", "csv", tmp_path / "q.csv") == [tmp_path / "q.csv"]
    rows = read_csv((tmp_path / "q.csv").read_bytes())
    assert len(rows) == 8
    first = next(row for row in rows if row["text"] == "81名")
    assert (first["article_title"], first["case_county"], first["min"], first["code"]) == (
        "灵丘县建强组织促振兴", "灵丘县", "81", "dispatched",
    )  # fmt: skip


def test_csv_for_excel_has_a_mark_and_chinese_titles_and_names(library: Library) -> None:
    out = io.BytesIO()
    export(library, "quantities", "csv", out, bom=True)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    row = next(row for row in read_csv(out.getvalue()) if row["原文"] == "3.5万元")
    assert (row["指标代码"], row["口径"], row["状态"], row["县"]) == ("村集体增收额", "每村、每年", "实际", "灵丘县")


def test_the_matrix_of_measures_names_its_categories_in_any_csv(library: Library) -> None:
    out = io.BytesIO()
    export(library, "举措矩阵", "csv", out)
    rows = read_csv(out.getvalue())
    assert rows
    assert {(row["举措类别"], row["举措类别代码"]) for row in rows} <= {(n, c) for c, n in labels()["measure"].items()}
    out = io.BytesIO()
    export(library, "举措矩阵", "jsonl", out)
    assert [json.loads(line)["举措类别"] for line in out.getvalue().splitlines()] == [
        row["举措类别代码"] for row in rows
    ]


def test_readers_see_lists_and_names_and_keys_last(library: Library) -> None:
    table = sheet(library, "measures", chinese=True)
    row = dict(zip(table.columns, next(table.rows), strict=True))
    assert (row["类别"], row["并列类别"]) == ("组织设置与规范", "组织设置与规范、带头人队伍")
    assert table.columns.index("举措") < table.columns.index("编号")
    articles = sheet(library, "articles", chinese=True)
    assert "李四" in [row[articles.columns.index("作者")] for row in articles.rows]
    places = sheet(library, "places", chinese=True)
    assert "山西省 › 大同市 › 灵丘县" in [row[places.columns.index("隶属")] for row in places.rows]
    numbers = sheet(library, "quantities", chinese=True)
    assert "部分大于整体" in [row[numbers.columns.index("疑点")] for row in numbers.rows]
    exact = sheet(library, "measures")
    assert next(exact.rows)[exact.columns.index("categories")] == '["organisation","leaders"]'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "＝1", "－1"])
def test_csv_runs_no_formula(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("cell", [-5, -2.5, 0, None, "", "a=1", "寿光市"])
def test_csv_leaves_the_rest_alone(cell: object) -> None:
    assert guarded(cell) == cell


def test_a_title_that_is_a_formula_is_text_everywhere(library: Library, tmp_path: Path) -> None:
    article, record, body = county_entry()
    evil = '=HYPERLINK("http://example.org")\x00\x0b'
    library.write(None, [(article, record.model_copy(update={"meta": Meta(title=evil)}), body)])
    out = io.BytesIO()
    export(library, "articles", "csv", out)
    assert any(row["title"].startswith("'=HYPER") for row in read_csv(out.getvalue()))
    export(library, "articles", "xlsx", tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["报道"]
    cell = next(cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("=HYPER"))
    assert cell.data_type == "s"


@pytest.mark.parametrize("said", ["题\ufffe\uffff", "#N/A", "#REF!"])
def test_what_xml_or_a_spreadsheet_would_take_otherwise_is_text(tmp_path: Path, said: str) -> None:
    with (tmp_path / "a.xlsx").open("wb") as out:
        write_xlsx([Sheet("t", ("a",), iter([(said,)]))], out)
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"]["A2"]
    assert (cell.value, cell.data_type) == (said.rstrip("\ufffe\uffff"), "s")


def test_jsonl_keeps_types_and_nulls(library: Library) -> None:
    out = io.BytesIO()
    export(library, "quantities", "jsonl", out)
    rows = [json.loads(line) for line in out.getvalue().decode().splitlines()]
    row = next(row for row in rows if row["text"] == "10万元")
    assert (row["min"], row["max"], row["optional"]) == (100000, None, 1)


def test_records_are_the_gold_lines(library: Library) -> None:
    out = io.BytesIO()
    export(library, "records", "jsonl", out)
    lines = out.getvalue().decode().splitlines()
    assert len(lines) == 3
    assert any(json.loads(line)["article_id"] == county_record().article_id for line in lines)


def test_xlsx_has_a_sheet_a_table_with_frozen_chinese_header(library: Library, tmp_path: Path) -> None:
    export(library, "all", "xlsx", tmp_path / "library.xlsx")
    book = openpyxl.load_workbook(tmp_path / "library.xlsx")
    assert book.sheetnames == [title(name) for name in names()]
    page = book["数量"]
    assert page.freeze_panes == "A2"
    header = [cell.value for cell in page[1]]
    assert header[:3] == ["报道", "地方", "县"]
    assert page[1][0].font.bold
    values = {row[header.index("原文")].value: row[header.index("指标代码")].value for row in page.iter_rows(min_row=2)}
    assert values["90%"] == "收入达标村数（占比）"
    assert book["指标"].max_row == 8


def test_a_table_longer_than_a_sheet_goes_on_in_another(tmp_path: Path) -> None:
    for count, sheets in ((0, 1), (2, 1), (3, 2), (5, 3)):
        out = io.BytesIO()
        write_xlsx([Sheet("数量", ("序号",), iter([(n,) for n in range(count)]))], out, rows=2)
        book = openpyxl.load_workbook(out)
        assert len(book.sheetnames) == sheets
        assert [row[0] for page in book for row in page.iter_rows(min_row=2, values_only=True)] == list(range(count))


def test_all_tables_make_a_folder(library: Library, tmp_path: Path) -> None:
    files = export(library, "all", "jsonl", tmp_path / "out" / "tables")
    assert {path.name for path in files} == {f"{name}.jsonl" for name in (*names(), "records")}
    assert {path.name for path in (tmp_path / "out" / "tables").iterdir()} == {path.name for path in files}


def test_two_exports_are_the_same_bytes(library: Library) -> None:
    for name in names():
        first, second = io.BytesIO(), io.BytesIO()
        export(library, name, "csv", first)
        export(library, name, "csv", second)
        assert first.getvalue() == second.getvalue()


def test_what_cannot_be(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NoSuchTable, match="choose one of articles"):
        export(library, "village", "csv", tmp_path / "x.csv")
    with pytest.raises(NotExportable, match="use jsonl"):
        export(library, "records", "csv", tmp_path / "x.csv")
    with pytest.raises(NotExportable, match="give a folder"):
        export(library, "all", "csv", io.BytesIO())
    with pytest.raises(CannotWrite, match="cannot be written"):
        export(library, "articles", "csv", tmp_path / "none" / "x.csv")
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite):
        export(library, "all", "csv", tmp_path / "file")


def test_a_half_written_file_never_stands(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(cell: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("outputs.export.guarded", breaks)
    with pytest.raises(CannotWrite, match="No space left"):
        export(library, "articles", "csv", tmp_path / "x.csv")
    assert {path.name for path in tmp_path.iterdir()} - {"library.db", "library.db-shm", "library.db-wal"} == set()


def test_every_table_and_column_has_a_chinese_title(library: Library) -> None:
    library.store(None, [], [Failure(source="x", stage="read", error="E", message="m")])
    for name in names():
        plain, named = sheet(library, name), sheet(library, name, chinese=True)
        list(plain.rows), list(named.rows)
        if name in VIEWS:
            assert named.columns == plain.columns
            continue
        assert not named.name.isascii()
        assert [column for column in named.columns if column.isascii()] == []
        assert len(set(named.columns)) == len(named.columns), named.columns


def test_every_group_of_names_exists() -> None:
    assert set(_titles()["named"].values()) <= labels().keys()


def test_parquet_has_types_titles_and_the_rows_of_the_table(library: Library, tmp_path: Path) -> None:
    export(library, "quantities", "parquet", tmp_path / "q.parquet")
    made = pq.read_table(tmp_path / "q.parquet")
    kinds = {field.name: str(field.type) for field in made.schema}
    assert (kinds["min"], kinds["rate"], kinds["optional"], kinds["start"]) == (
        "double", "list<element: string>", "bool", "int64")  # fmt: skip
    assert kinds["code"].startswith("dictionary")
    field = made.schema.field("code")
    assert {key: field.metadata[key].decode() for key in (b"title", b"labels")} == {
        b"title": "指标代码", b"labels": "indicator"}  # fmt: skip
    said = made.schema.metadata
    assert (said[b"anliku.parquet"], said[b"anliku.table"], said[b"anliku.library"]) == (
        VERSION.encode(), b"quantities", str(SCHEMA).encode())  # fmt: skip
    plain = sheet(library, "quantities")
    assert [tuple(row.values())[:10] for row in read_parquet(tmp_path / "q.parquet")] == [
        row[:10] for row in plain.rows
    ]
    row = next(row for row in read_parquet(tmp_path / "q.parquet") if row["text"] == "3.5万元")
    assert (row["min"], row["from_value"], row["rate"], row["flags"], row["optional"]) == (
        35000.0, 12000.5, ["village", "year"], ["part_exceeds_whole"], False)  # fmt: skip


@pytest.mark.parametrize("name", names())
def test_every_table_goes_out_as_parquet_with_the_same_schema_empty_or_not(
    library: Library, tmp_path: Path, name: str
) -> None:
    library.set_duplicates({roundup_entry()[0].id: (county_entry()[0].id, 0.9)})
    out, again, empty = io.BytesIO(), io.BytesIO(), io.BytesIO()
    export(library, name, "parquet", out)
    export(library, name, "parquet", again)
    assert out.getvalue() == again.getvalue()
    with Library(tmp_path / "empty.db") as other:
        export(other, name, "parquet", empty)
    assert pq.read_schema(empty).equals(pq.read_schema(out), check_metadata=True)
    # What a view works out is of the type that its rows have.
    if name in VIEWS:
        for field in pq.read_schema(out):
            found = {row[0] for row in library.rows(f'SELECT DISTINCT typeof("{field.name}") FROM "{name}"')} - {"null"}
            wanted = {"int64": {"integer"}, "double": {"integer", "real"}, "bool": {"integer"}}
            assert found <= wanted.get(str(field.type), {"text"}), field.name


def test_parquet_of_another_is_said_to_be(tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": [1]}), tmp_path / "x.parquet")
    (tmp_path / "y.parquet").write_text("no")
    for name, found in (("x", "another's file"), ("y", "no Parquet file")):
        with pytest.raises(NotOurParquet, match=found):
            list(read_parquet(tmp_path / f"{name}.parquet"))


def test_xlsx_is_the_same_bytes_and_has_no_formula(library: Library) -> None:
    article, record, body = county_entry()
    evil = ("=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0")
    for nr, text in enumerate(evil):
        other = article.model_copy(update={"raw": article.raw + str(nr)})
        changed = record.model_copy(
            update={"article_id": other.id, "meta": Meta(title=text, authors=evil, outlet=text)}
        )
        library.write(None, [(other, changed, body)])
    first, second = io.BytesIO(), io.BytesIO()
    export(library, "all", "xlsx", first)
    export(library, "all", "xlsx", second)
    assert first.getvalue() == second.getvalue()
    kinds = {cell.data_type for page in openpyxl.load_workbook(first) for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    with ZipFile(first) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
    for name in names():
        out = io.BytesIO()
        export(library, name, "csv", out)
        for row in csv.reader(io.StringIO(out.getvalue().decode(), newline="")):
            assert not [cell for cell in row if cell[:1] in "=@+\t\r" and cell[:1]], name


TARGETS = ("x.csv", "x.jsonl", "x.xlsx", "x.parquet", "x.md", "x.docx", "x.html", "report.html")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow beyond 700 bytes: what a full disk does, without one. No fixture: the file that pytest itself may
    write to must grow again before the test is over."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", TARGETS)
def test_a_full_disk_is_one_line_and_leaves_what_stood_there(library: Library, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out" / name
    target.parent.mkdir()
    target.write_text("what stood there")
    command = ["report"] if name == "report.html" else ["export"]
    table = ["--table", "quantities"] if name in ("x.csv", "x.parquet") else []
    with (
        full_disk(),
        pytest.raises(CannotWrite, match=r"cannot be written \((File too large|no room for .*)\)\. Nothing half"),
    ):
        CliRunner().invoke(app, [*command, str(target), "-l", str(library.path), *table], catch_exceptions=False)
    assert target.read_text() == "what stood there"
    assert [path.name for path in target.parent.iterdir()] == [name]


def test_a_target_that_cannot_be(library: Library, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CannotWrite, match="it is a folder"):
        export(library, "articles", "csv", tmp_path / "folder.csv")
    with pytest.raises(CannotWrite, match=r"Permission denied|Read-only|No such file"):
        export(library, "articles", "csv", Path("/proc/none/x.csv"))
    assert export(library, "articles", "csv", Path("/dev/null")) == [Path("/dev/null")]
    assert Path("/dev/null").is_char_device()
    with pytest.raises(CannotWrite, match="File name too long"):
        export(library, "articles", "csv", tmp_path / ("长" * 100 + ".csv"))


def test_a_file_that_stands_there_is_replaced(library: Library, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("old")
    export(library, "articles", "csv", tmp_path / "x.csv")
    assert "old" not in (tmp_path / "x.csv").read_text("utf-8")
    assert ((tmp_path / "x.csv").stat().st_mode & 0o777) == ((tmp_path / "library.db").stat().st_mode & 0o777)


@pytest.mark.parametrize(
    "command",
    [["compare", "villages", "--csv"], ["compare", "villages", "--chart"], ["review", "export"], ["schema", "-o"]],
    ids=lambda command: " ".join(command),
)
def test_other_commands_say_so_too(library: Library, tmp_path: Path, command: list[str]) -> None:
    target = tmp_path / "none" / "x.svg"
    library_option = ["-l", str(library.path)] if command[0] != "schema" else []
    with pytest.raises(CannotWrite, match="No such file"):
        CliRunner().invoke(app, [*command, str(target), *library_option], catch_exceptions=False)


def test_one_file_holds_one_table(library: Library, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(tmp_path / "all.csv"), "-l", str(library.path)])
    assert done.exit_code == 2
    assert not (tmp_path / "all.csv").exists()
    done = CliRunner().invoke(app, ["export", str(tmp_path / "all"), "--format", "csv", "-l", str(library.path)])
    assert done.exit_code == 0
    assert (tmp_path / "all" / "articles.csv").is_file()
