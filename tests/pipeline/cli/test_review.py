"""From a run to a review, to a run with changed extractors, and out into files: the whole way round."""

from __future__ import annotations

import json
import shlex
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from spacy.lang.zh import Chinese
from spacy.tokens import DocBin

import corpus
from models.article import Article
from outputs.compare import compare
from outputs.duplicates import clusters
from outputs.library import Library, NoLibrary
from outputs.reviews import accept, add, correct, reject, stale
from pipeline import batch
from pipeline.batch import Settings, run
from pipeline.extract import Extracted, Extractor, Tagged
from tests.pipeline.cli.test_commands import anliku

FAST = Settings(tagger="jieba")
TEXT = (
    "灵丘县：夯实基层基础\n"
    "发布时间：2024-03-05\n"
    "灵丘县组建12个联村党组织，选派81名干部到村任职。2023年，全县村集体收入达到3500万元。\n"
    "一、建强队伍。举办培训班6期，培训村干部400人次。\n"
    "二、巡河护水。设立公益岗位30个，党员带头巡河。\n"
)
WHO: dict[str, Any] = {"reviewer": "王编辑", "at": "2024-05-01T09:00:00+08:00"}
BY = ("--by", "王编辑")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library(path) as library:
        run([Article(source="reports/灵丘 县.txt", raw=TEXT)], library, FAST)
    return path


def find(path: Path, table: str, text: str) -> str:
    with Library(path, read_only=True) as library:
        return str(
            next(library.query(f"SELECT id FROM {table} WHERE text LIKE ? AND replaced = 0", (text + "%",)))["id"]
        )


class Changed(Extractor):
    """A later version of the extractors: it misreads one number and no longer finds another."""

    def __init__(self) -> None:
        super().__init__("jieba")
        self.version = "anliku 99; jieba"

    def extracted(self, article: Article, tagged: Tagged | None = None) -> Extracted:
        article, record, body = super().extracted(article, tagged)
        numbers = [
            q.model_copy(update={"code": None, "indicator": "件"}) if q.text == "3500万元" else q
            for q in record.quantities
            if q.text != "12个"
        ]
        record = record.model_copy(update={"version": self.version, "quantities": tuple(numbers)})
        return Extracted(article, record, body)


def test_a_correction_outlives_a_changed_extractor_and_a_lost_passage_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(path) as library:
        correct(library, find(path, "quantities", "3500万元"), {"value": 35_500_000}, **WHO)
        correct(library, find(path, "quantities", "12个"), {"value": 13}, **WHO)
        monkeypatch.setattr(batch, "extractor", lambda *_: Changed())
        report = run([Article(source="reports/灵丘 县.txt", raw=TEXT)], library, FAST)
        assert report.written == 1
        assert [library.held(id_)[0] for id_ in library.articles()] == ["anliku 99; jieba"]
        extracted = next(q for q in library.record(next(library.articles())).quantities if q.text == "3500万元")
        assert (extracted.min, extracted.code) == (35_000_000, None)
        rows = compare(library, "collective_income").rows
        assert [(row.place, row.median, row.quotes[0].text) for row in rows] == [("灵丘县", 35_500_000, "3500万元")]
        assert [(one.review.text, one.reason) for one in stale(library)] == [("12个", "no_finding")]
    status, out, _ = anliku("review", "stale", "-l", str(path))
    assert status == 1
    said = " ".join(out.split())
    for part in ("更正：上限 12 → 13；下限 12 → 13", "数量 “12个”", "（灵丘县：夯实基层基础）", "此处已无提取结果"):
        assert part in said, part
    assert "canonical" not in said
    # What it says to do is what helps.
    undo, add_ = said.index("anliku review undo"), said.index("anliku review add")
    assert undo < add_
    assert anliku(*said[undo:].split("；")[0].split()[1:], "-l", str(path), *BY)[0] == 0
    again = [*shlex.split(said[add_:])[1:-1], "数值=13", "单位=个"]
    assert anliku(*again, "-l", str(path), *BY)[0] == 0
    assert anliku("review", "stale", "-l", str(path))[0] == 0


def test_fields_are_typed_as_the_forms_call_them(path: Path) -> None:
    library, number = ("-l", str(path)), find(path, "quantities", "3500万元")
    typed = (
        "数值=4300万元",
        "时间=2022年",
        "指标=集体收入",
        "指标代码=村集体收入",
        "口径=每年",
        "状态=目标",
        "两可=否",
    )
    status, out, err = anliku("review", "correct", number, *typed, *library, *BY, "--why", "看错")
    assert (status, err) == (0, "")
    assert "下限 35,000,000 → 43,000,000" in out
    assert anliku("review", "correct", number, "下限=4200", "单位=万元", *library, *BY)[0] == 0
    assert anliku("review", "accept", number, *library, "--by", "李编辑")[0] == 0
    with Library(path) as opened:
        (stands,) = [q for q in opened.record(number[:16], reviewed=True).quantities if q.text == "3500万元"]
    assert (stands.min, stands.max, stands.unit, stands.time) == (42_000_000, 42_000_000, "元", "2022")
    assert (stands.indicator, stands.code, stands.rate, stands.status) == (
        "集体收入", "collective_income", ("year",), "target")  # fmt: skip
    last = anliku("review", "history", number, *library)[1].strip().splitlines()[-2]
    assert "李编辑 确认（此前更正（" in " ".join(last.split())
    assert "看错" in last
    assert "后又更正（上限 43,000,000 → 42,000,000" in last
    err = anliku("review", "correct", number, "单位=锭", *library, *BY)[2]
    assert "不参加比较" in err


def test_the_rehosted_report_is_counted_once_and_stays_visible(tmp_path: Path) -> None:
    demo = files("corpus").joinpath("demo")
    sources = [
        str(demo.joinpath(name)) for name in ("13_shandan_rehosted.html", "01_shandan_wenyuan.txt", "12_meitan_tea.txt")
    ]
    with Library(tmp_path / "l.db") as library:
        run(corpus.read(sources), library, FAST)
        (cluster,) = clusters(library)
        assert cluster.lead.source.endswith("01_shandan_wenyuan.txt")
        assert [copy.source.rsplit("/")[-1] for copy in cluster.copies] == ["13_shandan_rehosted.html"]
        assert 0.5 < cluster.copies[0].similarity < 1
        counted = library.rows("SELECT DISTINCT 报道编号 FROM 指标")
        assert cluster.copies[0].article_id not in {row[0] for row in counted}
        assert [
            (row[0], row[1]) for row in library.rows("SELECT 报道数, 案例数 FROM 县域档案 WHERE 县 = '山丹县'")
        ] == [(1, 1)]
        found = compare(library, "dispatched")
        assert all(cluster.copies[0].article_id != q.article_id for row in found.rows for q in row.quotes)
        left = [one.reason for one in found.left_out if one.observation.article_id == cluster.copies[0].article_id]
        assert left
        assert all(reason.endswith("重复，只计一次") for reason in left)
        assert cluster.copies[0].article_id in set(library.articles())
    status, out, _ = anliku("duplicates", "-l", str(tmp_path / "l.db"))
    assert status == 0
    assert out.index("01_shandan") < out.index("13_shandan")
    assert "12_meitan" not in out


def test_the_desk_in_the_terminal(path: Path) -> None:
    library, number = ("-l", str(path)), find(path, "quantities", "81名")
    assert anliku("review", "accept", number, *library, *BY)[0] == 0
    status, out, _ = anliku("review", "correct", number, "value=85", 'threshold={"of":null,"min":1}', *library, *BY)
    assert (status, "更正  81名" in out) == (0, True)
    first = out.split()[0]
    assert anliku("review", "reject", find(path, "quantities", "6期"), *library, *BY, "--why", "不计")[0] == 0
    article = number.split("-")[0]
    assert anliku("review", "add", article, "programmes", "巡河护水", "-l", str(path), *BY)[0] == 2  # no field
    added = ("review", "add", article, "persons", "党员", "role=志愿者", *library, *BY)
    assert anliku(*added)[0] == 0
    assert anliku("review", "undo", first, *library, *BY)[0] == 0
    status, out, _ = anliku("review", "history", *library)
    assert [word for word in ("确认", "更正", "剔除", "补充", "撤回", "不计", "下限 81 → 85") if word not in out] == []
    with Library(path) as opened:
        assert {r.reviewer for r in opened.reviews()} == {"王编辑"}
        standing = opened.record(article, reviewed=True)
        assert [q.min for q in standing.quantities if q.text == "81名"] == [81]
        assert "6期" not in [q.text for q in standing.quantities]
        assert [p.text for p in standing.persons if p.role == "志愿者"] == ["党员"]
    assert anliku("review", "stale", *library)[0] == 0


def test_what_the_desk_refuses(path: Path, tmp_path: Path) -> None:
    library, number = ("-l", str(path)), find(path, "quantities", "81名")
    article = number.split("-")[0]
    assert "FIELD=VALUE" in anliku("review", "correct", number, "85", *library)[2]
    assert "no JSON" in anliku("review", "correct", number, "rate=[1", *library)[2]
    assert "does not stand" in anliku("review", "add", article, "persons", "张无", "role=x", *library)[2]
    assert "--nth" in anliku("review", "add", article, "persons", "村", "role=x", *library)[2]
    assert "only" in anliku("review", "add", article, "persons", "村", "role=x", "--nth", "99", *library)[2]
    assert "no layer" in anliku("review", "queue", "--layer", "colours", *library)[2]
    with pytest.raises(NoLibrary):
        anliku("review", "accept", number, "-l", str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_the_queue_shows_the_passage(path: Path) -> None:
    assert anliku("review", "queue", "-l", str(path))[0] == 0
    status, out, _ = anliku("review", "queue", "-l", str(path), "--layer", "honours")
    assert (status, "没有待审核" in out) == (0, True)


def test_reviews_go_out_and_come_back(path: Path, tmp_path: Path) -> None:
    number, file = find(path, "quantities", "81名"), str(tmp_path / "r.jsonl")
    assert anliku("review", "reject", number, "-l", str(path), *BY)[0] == 0
    assert anliku("review", "export", file, "-l", str(path))[1].startswith("1 reviews")
    other = tmp_path / "other.db"
    with Library(other) as library:
        run([Article(source="a.txt", raw=TEXT)], library, FAST)
    assert anliku("review", "import", file, "-l", str(other))[1] == "1 new, 0 already there\n"
    assert anliku("review", "import", file, "-l", str(other))[1] == "0 new, 1 already there\n"
    assert "81名" not in [row[0] for row in Library(other).rows("SELECT 原文 FROM 指标")]
    assert anliku("review", "agreement", "王编辑", "李编辑", "-l", str(other))[0] == 0


@pytest.mark.parametrize("whole", [False, True])
def test_reviewed_articles_are_gold_that_evaluate_measures_on(tmp_path: Path, whole: bool) -> None:
    lines = "".join(f"<p>{line}</p>\n" for line in TEXT.splitlines())
    page = f'<html><head><meta charset="gb2312"><title>t</title></head><body>{lines}</body></html>'
    article = Article(source="dump.zip!pages/灵丘 1.html", raw=page, media_type="text/html", encoding="gb18030")
    path, out = tmp_path / "library.db", tmp_path / "mine"
    with Library(path) as library:
        run([article, Article(source="x.txt", raw=TEXT)], library, FAST)
        for text, values in (("81名", {"value": 85}), ("12个", {"code": "villages"})):
            sql = "SELECT id FROM quantities WHERE article_id = ? AND text = ?"
            correct(library, next(library.query(sql, (article.id, text)))["id"], values, **WHO)
        reject(library, next(library.query(sql, (article.id, "6期")))["id"], **WHO)
        reviewed = library.record(article.id, reviewed=True)
    assert anliku("review", "gold", str(out), "-l", str(path), *(["--whole"] if whole else []))[0] == 0
    (file,) = (out / "gold").iterdir()
    assert file.stem == f"灵丘_1_{article.id}"
    gold = json.loads(file.read_text("utf-8"))
    numbers = {q["text"]: q for q in gold["quantities"]}
    assert (numbers["81名"]["min"], numbers["12个"]["code"]) == (85, "villages")
    assert "6期" not in numbers
    assert "optional" not in numbers["81名"]
    assert ("optional" in numbers["400人次"]) is not whole
    assert all(page[q["start"] : q["end"]] == q["text"] for q in gold["quantities"])
    assert all("text" not in measure for measure in gold["measures"])
    # The article beside it is read back as the one it was, so the offsets fit.
    assert [item.id for item in corpus.read([str(out / "articles")]) if isinstance(item, Article)] == [article.id]
    status, table, _ = anliku("evaluate", str(out / "gold"), str(out / "articles"), "--tagger", "jieba",
                              "--misses", "quantities")  # fmt: skip
    assert status == 0
    assert "miss" in table
    assert [text for text in ("81名", "6期") if text not in table] == []
    assert "400人次" not in table
    status, table, _ = anliku("evaluate", str(out / "gold"), str(out / "articles"), "--tagger", "jieba")
    rows = {cells[0]: cells[1:] for line in table.splitlines() if len(cells := line.replace("│", " ").split()) > 3}
    assert rows["programmes"] == ["–", "–", "–", "0", "0", "0"], "neither right nor wrong"
    assert rows["quantities"][0] != "–"
    nlp = Chinese()
    (doc,) = DocBin().from_disk(out / "reviewed.spacy").get_docs(nlp.vocab)
    found = [(span.text, span.label_) for span in doc.spans["quantities"]]
    assert found == [(q.norm, q.code or "quantities") for q in reviewed.quantities if not q.optional]
    assert [span.text for span in doc.spans["places"]] == [place.norm for place in reviewed.places]


def test_corrections_become_rules_that_the_next_run_reads(path: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "categories.toml").write_text('[governance.cues]\n"四议两公开" = 3 # mine\n', "utf-8")
    measure = find(path, "measures", "二、")
    with Library(path) as library:
        before = library.record(measure.split("-")[0]).measures[-1]
        assert before.category != "governance"
        correct(library, measure, {"category": "governance"}, **WHO)
        accept(library, measure, reviewer="李编辑", at="2024-05-02T09:00:00+08:00")  # confirms it, and leaves it a rule
        correct(library, find(path, "places", "灵丘县"), {"adcode": "999999"}, **WHO)
    status, out, err = anliku("review", "rules", str(rules), "-l", str(path))
    assert (status, "1 rules" in out, "no code 999999" in err) == (0, True, True)
    written = (rules / "categories.toml").read_text("utf-8")
    assert "四议两公开" in written
    assert anliku("review", "rules", str(rules), "-l", str(path))[0] == 0
    assert (rules / "categories.toml").read_text("utf-8") == written
    record = Extractor("jieba", rules=str(rules))(Article(source="b.txt", raw=TEXT.replace("30", "40")))
    assert record.measures[-1].title.text == before.title.text
    assert record.measures[-1].category == "governance"


def test_a_name_of_a_division_becomes_an_alias(tmp_path: Path) -> None:
    text = "发布时间：2024-03-05\n山西省大同市灵邱县组建12个联村党组织。灵邱县选派81名干部到村任职。\n"
    path, rules = tmp_path / "library.db", tmp_path / "rules"
    with Library(path) as library:
        run([Article(source="a.txt", raw=text)], library, FAST)
        (article,) = library.articles()
        assert "灵邱县" not in [place.text for place in library.record(article).places]
        start, values = text.index("灵邱县"), {"adcode": "140224", "level": "county", "path": "山西省，大同市，灵丘县"}
        add(library, article, "places", start, start + 3, values, **WHO)
    assert anliku("review", "rules", str(rules), "-l", str(path))[0] == 0
    assert "灵邱县\t140224\t王编辑, 2024-05-01" in (rules / "aliases.tsv").read_text("utf-8")
    record = Extractor("jieba", rules=str(rules))(Article(source="b.txt", raw=text))
    assert {place.adcode for place in record.places if place.text == "灵邱县"} == {"140224"}


def test_the_township_of_a_village_becomes_a_rule(tmp_path: Path) -> None:
    text = "山西省大同市灵丘县选派81名干部到村任职。甲榆沟建起养牛场，户均增收3000元。\n"
    path, own = tmp_path / "library.db", tmp_path / "rules"
    with Library(path) as library:
        run([Article(source="a.txt", raw=text)], library, FAST)
        (article,) = library.articles()
        start = text.index("甲榆沟")
        values = {"level": "village", "path": "山西省，大同市，灵丘县，武灵镇，甲榆沟"}
        add(library, article, "places", start, start + 3, values, **WHO)
    assert anliku("review", "rules", str(own), "-l", str(path))[0] == 0
    assert "甲榆沟\t140224100\t王编辑, 2024-05-01" in (own / "villages.tsv").read_text("utf-8")
    record = Extractor("jieba", rules=str(own))(Article(source="b.txt", raw=text))
    assert [place.path[-2:] for place in record.places if place.level == "village"] == [("武灵镇", "甲榆沟")]


def test_contradicting_corrections_are_no_rule(path: Path, tmp_path: Path) -> None:
    with Library(path) as library:
        again = Article(source="b.txt", raw=TEXT + "（转载）")
        run([again], library, FAST)
        ids = [row["id"] for row in library.query("SELECT id FROM measures WHERE text LIKE '二、%' ORDER BY id")]
        assert len(ids) == 2
        for id_, category in zip(ids, ("governance", "services"), strict=True):
            correct(library, id_, {"category": category}, **WHO)
    _, _, err = anliku("review", "rules", str(tmp_path / "rules"), "-l", str(path))
    assert "in another correction" in err
    assert not (tmp_path / "rules" / "categories.toml").exists()
