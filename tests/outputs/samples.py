"""Small articles with hand-made records. Villages and figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.article import Article, Columns
from models.case import CaseRecord
from models.document import Meta
from models.measure import Action, Measure, Outcome, SentenceRole
from models.name import DocumentName, Honour, Organisation, Person, Programme
from models.place import Candidate, Jurisdiction, Place
from models.quantity import Canonical, Quantity, Threshold, Time
from models.span import Provenance, Span
from models.text import Change
from outputs.library import Library

COUNTY = (
    "灵丘县选派81名优秀干部到柳泉村任职。\n"
    "一是建强组织。制定《强村实施方案》,组建12个联村党组织,开展“头雁领航”行动。\n"
    "县委书记张三说,2023年集体收入超过10万元的村达到90%,村均年增收3.5万元。\n"
    "柳泉村党支部获评“全省先进基层党组织”,力争到2025年收入达到20万元。"
)
BODY = COUNTY
FROM = Provenance(extractor="hand", rule="sample", version="1")
UNSURE = Provenance(extractor="hand", rule="sample", version="1", confidence="low", reason="two readings")


class Marker:
    """Finds spans of a text by their words, so that no offset is counted by hand."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    def at(self, text: str, nth: int = 0) -> dict[str, Any]:
        start = -1
        for _ in range(nth + 1):
            start = self.raw.index(text, start + 1)
        return {"start": start, "end": start + len(text), "text": text, "norm": text}

    def find(self, text: str, nth: int = 0, provenance: Provenance = FROM) -> dict[str, Any]:
        return {**self.at(text, nth), "provenance": provenance}

    def range(self, first: str, last: str) -> tuple[int, int]:
        return self.raw.index(first), self.raw.index(last) + len(last)


def county_article(source: str = "reports/lingqiu.txt", raw: str = COUNTY) -> Article:
    columns = Columns(url="https://example.org/1", date="2023-10-26")
    return Article(source=source, raw=raw, encoding="gb18030", columns=columns)


def county_record(article: Article | None = None, version: str = "1") -> CaseRecord:
    """A record that fills every layer and every optional field once."""
    article = article or county_article()
    m = Marker(article.raw)
    first, second = m.range("灵丘县选派", "任职。"), m.range("一是建强", "行动。")
    path = ("山西省", "大同市", "灵丘县")
    return CaseRecord(
        file=article.file,
        source=article.source,
        article_id=article.id,
        version=version,
        kind="case",
        meta=Meta(title="灵丘县建强组织促振兴", published="2023-10-26", outlet="某某网", authors=("李四",)),
        jurisdictions=(Jurisdiction(name="灵丘县", level="county", adcode="140224", path=path, via="title"),),
        body=(first, second, m.range("县委书记", "3.5万元。"), m.range("柳泉村党支部", "20万元。")),
        captions=(),
        places=(
            Place(**m.find("灵丘县"), level="county", adcode="140224", path=path, via="full_name"),
            Place(
                **m.find("柳泉村", provenance=UNSURE),
                level="village",
                path=(*path, "柳泉村"),
                candidates=(Candidate(adcode=None, path=("山西省", "柳泉村"), evidence=("name",)),),
            ),
        ),
        quantities=(
            Quantity(**m.find("81名"), min=81, max=81, unit="名", bound="eq", indicator="优秀干部", code="dispatched",
                     canonical=Canonical(min=81, max=81, unit="人", dimension="people"), action=0),
            Quantity(**m.find("12个"), min=12, max=12, unit="个", bound="eq", indicator="联村党组织",
                     code="party_orgs", canonical=Canonical(min=12, max=12, unit="个", dimension="count"),
                     action=2, measure=0),
            Quantity(**m.find("10万元"), min=100000, max=None, unit="元", bound="gt", indicator="集体收入",
                     code="collective_income", rate=("village",), time="2023",
                     canonical=Canonical(min=100000, max=None, unit="元", dimension="money"), optional=True),
            Quantity(**m.find("90%"), min=90, max=90, unit="%", bound="eq", indicator="村",
                     code="villages_at_income", time="2023",
                     threshold=Threshold(of="集体收入", min=100000, unit="元"),
                     canonical=Canonical(min=90, max=90, unit="%", dimension="share")),
            Quantity(**m.find("3.5万元"), min=35000, max=35000, unit="元", bound="eq", indicator="增收",
                     code="collective_increase", rate=("village", "year"), time="2023", flags=("part_exceeds_whole",),
                     canonical=Canonical(min=35000, max=35000, unit="元", dimension="money"), **{"from": "12000.5"}),
            Quantity(**m.find("20万元"), min=200000, max=200000, unit="元", bound="eq", indicator="收入",
                     code="collective_income", time="2025", status="target", owner="柳泉村",
                     canonical=Canonical(min=200000, max=200000, unit="元", dimension="money")),
        ),
        times=(Time(**m.find("2023年"), value="2023"), Time(**m.find("2025年"), value="2025", relative=False)),
        measures=(
            Measure(
                **m.find(article.raw[slice(*second)]),
                title=Span(**m.at("建强组织")),
                category="organisation",
                categories=("organisation", "leaders"),
                section="夯实基础",
                ordinal=1,
            ),
        ),
        actions=(
            Action(**m.find("选派81名优秀干部"), verb="选派", object="优秀干部", actor="灵丘县", place="柳泉村"),
            Action(**m.find("制定《强村实施方案》"), verb="制定", object="《强村实施方案》", measure=0),
            Action(**m.find("组建12个联村党组织"), verb="组建", object="联村党组织", measure=0),
        ),
        outcomes=(Outcome(**m.find("增收3.5万元"), verb="增收", object="3.5万元"),),
        programmes=(Programme(**m.find("“头雁领航”行动")),),
        documents=(DocumentName(**m.find("《强村实施方案》"), number="〔2023〕1号"),),
        persons=(Person(**m.find("张三"), role="县委书记", organisation="灵丘县委"),),
        organisations=(Organisation(**m.find("柳泉村党支部"), canonical="中共柳泉村支部"),),
        honours=(
            Honour(**m.find("“全省先进基层党组织”"), year="2023", level="province", recipients=("柳泉村党支部",)),
        ),
        roles=(
            SentenceRole(start=first[0], end=first[1], role="practice", rule="verb"),
            SentenceRole(start=second[0], end=second[1], role="practice", rule="item"),
        ),
        summary=(first,),
    )  # fmt: skip


def county_entry(source: str = "reports/lingqiu.txt", version: str = "1") -> tuple[Article, CaseRecord, str]:
    article = county_article(source)
    return article, county_record(article, version), BODY


ROUNDUP = "各地抓党建。\n安丘市组建5个联合党委。\n寿光市組建7個聯合黨委。"


def roundup_entry() -> tuple[Article, CaseRecord, str]:
    """Two localities side by side, a lead that is nobody's, one part in traditional script."""
    article = Article(source="dump.jsonl#2", raw=ROUNDUP)
    m = Marker(ROUNDUP)
    lead, first, second = m.range("各地", "党建。"), m.range("安丘", "5个联合党委。"), m.range("寿光", "黨委。")
    changes = [(ROUNDUP.index("組"), "組", "组"), (ROUNDUP.index("個"), "個", "个"),
               (ROUNDUP.index("聯"), "聯", "联"), (ROUNDUP.index("黨"), "黨", "党")]  # fmt: skip
    quantities = tuple(
        Quantity(**{**m.find(text), "norm": norm}, min=n, max=n, unit="个", bound="eq", indicator="联合党委",
                 code="party_orgs", canonical=Canonical(min=n, max=n, unit="个", dimension="count"))
        for text, norm, n in (("5个", "5个", 5), ("7個", "7个", 7))
    )  # fmt: skip
    record = CaseRecord(
        file=article.file,
        source=article.source,
        article_id=article.id,
        version="1",
        kind="roundup",
        meta=Meta(title="各地动态", published="2024-01-02T08:00", script="mixed"),
        jurisdictions=(
            Jurisdiction(name="安丘市", level="county", adcode="370784", path=("山东省", "潍坊市", "安丘市"),
                         sections=(first,)),
            Jurisdiction(name="寿光市", level="county", adcode="370783", path=("山东省", "潍坊市", "寿光市"),
                         sections=(second,)),
        ),
        body=(lead, first, second),
        quantities=quantities,
        programmes=(Programme(**m.find("抓党建")),),
        changes=tuple(Change(start=at, end=at + 1, old=old, new=new, reason="script") for at, old, new in changes),
    )  # fmt: skip
    return article, record, "各地抓党建。\n安丘市组建5个联合党委。\n寿光市组建7个联合党委。"


def other_entry() -> tuple[Article, CaseRecord, str]:
    """Not a case: no measures, and no case in the library."""
    article = Article(source="pages/notice.html", raw="<p>停电<b>通知</b></p>", media_type="text/html")
    record = CaseRecord(
        file=article.file,
        source=article.source,
        article_id=article.id,
        version="1",
        kind="other",
        meta=Meta(authors=()),
        jurisdictions=(Jurisdiction(name="安丘市", level="county"),),
        body=((3, 12),),
    )
    return article, record, "停电通知"


def entries() -> list[tuple[Article, CaseRecord, str]]:
    return [county_entry(), roundup_entry(), other_entry()]


def take_out(library: Library, article_ids: Sequence[str]) -> None:
    """A library without these articles, as if they had never been read."""
    with library.transaction() as db:
        library._delete(db, article_ids)
