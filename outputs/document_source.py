"""What stands behind the text of a printed case: the names in it, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from models.article import Article
from models.case import CaseRecord
from models.review import Review
from models.span import Finding
from outputs.article_name import NONE
from outputs.document import Table
from outputs.labels import decided, label, whereabouts
from outputs.library import Library
from outputs.library.reviewed import BY_NAME, decisions
from outputs.quotes import link, one_line, reading, safe


def tables(record: CaseRecord) -> Iterable[Table]:
    """Names by kind, each once, with how often and where first."""

    def of(layer: str, columns: tuple[str, ...], cells: Callable[..., tuple[str | None, ...]]) -> Iterable[Table]:
        seen: dict[tuple[str, ...], list[Finding]] = {}
        for finding in record.layer(layer):
            key = tuple(one_line(cell or "") for cell in (reading(finding), *cells(finding)))
            seen.setdefault(key, []).append(finding)
        if seen:
            found = tuple(
                (f"{key[0]}{_decided(all_)}", *key[1:], str(len(all_)), f"{all_[0].start}–{all_[0].end}")
                for key, all_ in seen.items()
            )
            yield Table(layer=layer, columns=(*columns, "次数", "首见"), rows=found)

    yield from of("places", ("地点", "级别", "隶属"), lambda p: (label("level", p.level), whereabouts(p)))
    yield from of("persons", ("人物", "身份", "单位"), lambda p: (p.role, p.organisation))
    yield from of("organisations", ("机构", "全称"), lambda o: (o.canonical,))
    yield from of("documents", ("文件", "文号"), lambda d: (d.number,))
    yield from of("programmes", ("项目机制",), lambda p: ())
    yield from of("honours", ("荣誉", "年份", "级别"), lambda h: (h.year, label("level", h.level)))


def _decided(findings: Sequence[Finding]) -> str:
    rules = {f.provenance.rule for f in findings if f.provenance.extractor == "review"} - {"accepted"}
    return "".join(f"〔{decided(rule)}〕" for rule in sorted(rules))


def source(
    library: Library, article: Article, record: CaseRecord, reviews: Sequence[Sequence[Review]]
) -> Iterable[tuple[str, str]]:
    """Where the case comes from, what read it, who reviewed it: name and text. `reviews`: of each passage those that
    stand, and what is behind them."""
    meta = record.meta
    yield "标题", safe(meta.title or NONE)
    yield "来源", safe(meta.outlet or "未注明")
    yield "时间", moment(meta.published) or "未注明"
    if meta.authors:
        yield "作者", safe("、".join(meta.authors))
    if meta.contributor:
        yield "供稿", safe(meta.contributor)
    if address := link(article):
        yield "链接", address
    # The name of the file alone: where it lay is nobody's business.
    yield "文件", safe(article.file)
    yield "报道编号", record.article_id
    script = "" if meta.script == "hans" else f"；{label('script', meta.script)}，正文转为简体，引文照录"
    yield "读取", f"{record.version}；字符集 {article.encoding}{script}"
    yield "审核", _review_state(record, reviews)
    sql = (
        "SELECT a.title, a.outlet, a.published FROM duplicates d JOIN articles a ON a.id = d.article_id"
        " WHERE d.lead_id = ? AND d.article_id <> d.lead_id ORDER BY a.published, a.id"
    )
    copies = [" ".join(part for part in row if part) for row in library.rows(sql, (record.article_id,))]
    if copies:
        yield "另见", safe("；".join(copies))


def _review_state(record: CaseRecord, reviews: Sequence[Sequence[Review]]) -> str:
    found = sum(len(record.layer(layer)) for layer in BY_NAME)
    if not reviews:
        return f"未经审核（{found} 处提取）"
    counts: dict[str, int] = {}
    for chain in reviews:
        counts[decisions(chain)] = counts.get(decisions(chain), 0) + 1
    told = "、".join(f"{decided(done, '后')} {count}" for done, count in sorted(counts.items()))
    every = [review for chain in reviews for review in chain]
    who = "、".join(sorted({review.reviewer for review in every}))
    last = max(review.at for review in every)[:10]
    return safe(f"{found} 处提取，审核 {len(reviews)} 处（{told}）；审核人 {who}；最近 {last}")


def moment(published: str | None) -> str:
    """2023-10-26 08:30, as precise as the page gives it."""
    return (published or "").replace("T", " ")
