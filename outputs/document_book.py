"""Which cases of a library are printed together, in which order, under which headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.errors import AnlikuError
from outputs.codes import code_of, near
from outputs.document import Case, Cover
from outputs.document_case import case, title
from outputs.labels import labels
from outputs.library import Library
from outputs.own_names import own_names
from outputs.redact import Redactor
from outputs.search import search


class NoCase(AnlikuError):
    """{path}: no case {what} there; {instead}"""


class NoCategory(AnlikuError):
    """there is no category {said!r}; near it are {names}"""


class Selection(NamedTuple):
    """Which cases; all of them where nothing is said."""

    case: str | None = None
    """Id of an article, or of a case of one."""
    county: str | None = None
    """Name or code of a county, or name of a locality."""
    category: str | None = None
    """Code or Chinese name of a category of measures."""
    query: str | None = None
    """Words that the article has to hold."""


class Unit(NamedTuple):
    """What is printed as one case: an article, or a locality's part of a roundup."""

    article_id: str
    case_id: str | None
    published: str | None
    group: str
    """Province, under which it stands."""
    title: str


_CASES = """
SELECT a.id AS article_id, c.id AS case_id, a.published, a.title,
       c.sections, c.province, c.county, c.county_code, c.name
FROM articles a LEFT JOIN cases c ON c.article = a.article
     LEFT JOIN divisions p ON p.level = 'province' AND p.name = c.province
WHERE a.kind <> 'other'
  AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = a.id AND d.lead_id <> d.article_id)
ORDER BY c.province IS NULL, coalesce(p.adcode, c.province), coalesce(c.adcode, c.county_code, '9'), c.name,
         a.published, a.id, c.nr
"""


def units(library: Library, selection: Selection) -> list[Unit]:
    """The cases of a selection: by province and code, then by date. A report that went round is printed once. NoCase
    where there is none."""
    if selection.case is not None:
        return [_one(library, selection.case)]
    found = None
    if selection.query is not None:
        found = {hit.article_id for hit in search(library, selection.query, limit=None)}
    rows = [row for row in library.query(_CASES) if found is None or row["article_id"] in found]
    parted = {row["article_id"] for row in rows if row["sections"] is not None}
    out: list[Unit] = []
    for row in rows:
        names = (row["county"], row["county_code"], row["name"])
        if selection.county and not any(_meets(selection.county, name) for name in names):
            continue
        # What is about several localities, but has no parts, is told once, whole, where the first of them stands.
        part = row["article_id"] in parted
        out.append(
            Unit(
                row["article_id"], row["case_id"] if part else None, row["published"], row["province"] or "",
                title(row["title"], row["name"], part=part),
            )
        )  # fmt: skip
    out = list({unit[:2]: unit for unit in reversed(out)}.values())[::-1]
    if selection.category is not None:
        code = _category(library, selection.category)
        sql = "SELECT DISTINCT article_id, case_id FROM measures WHERE category = ? AND optional = 0 AND replaced = 0"
        having = set(library.rows(sql, (code,)))
        having |= {(article_id, None) for article_id, _ in having if article_id not in parted}
        out = [unit for unit in out if (unit.article_id, unit.case_id) in having]
    if not out:
        raise NoCase(path=library.path, what="of that selection", instead="leave --county, --category or --query out")
    return out


def cases(library: Library, chosen: Sequence[Unit], redactor: Redactor | None = None) -> Iterator[Case]:
    """The cases, one at a time; without the names of persons where there is a `redactor`."""
    own = own_names(library)
    for unit in chosen:
        who = redactor.reviewer if redactor else str
        made = case(library, unit.article_id, unit.case_id, reviewer=who, own=own)
        made = made.model_copy(update={"group": unit.group})
        yield redactor.value(unit.article_id, made) if redactor else made


def cover(library: Library, chosen: Sequence[Unit], selection: Selection, *, redacted: bool) -> Cover:
    """What the first page says. No day of printing: the same library gives the same document."""
    dates = sorted(unit.published[:10] for unit in chosen if unit.published)
    versions = sorted({row[0] for row in library.rows("SELECT DISTINCT version FROM articles")})
    lines = [f"收录案例 {len(chosen)} 个"]
    if dates:
        lines.append(f"报道时间 {dates[0]} 至 {dates[-1]}" if dates[0] != dates[-1] else f"报道时间 {dates[0]}")
    for name, said in (("县", selection.county), ("举措类别", selection.category), ("检索", selection.query)):
        if said:
            lines.append(f"{name}：{said}")
    lines.append(f"由 {'、'.join(versions)} 从公开报道读出；数值以审核后的为准，未审核的以原文为准。")
    if redacted:
        lines.append("人名已隐去。")
    return Cover(title="案例库", lines=tuple(lines))


def _one(library: Library, id_: str) -> Unit:
    sql = (
        "SELECT a.id, c.id, a.published FROM articles a JOIN cases c ON c.article = a.article"
        " WHERE a.id = ? AND c.id = ?"
    )
    for article_id, case_id, published in library.rows(sql, (id_.partition("-")[0], id_)):
        return Unit(article_id, case_id, published, "", "")
    for article_id, published in library.rows("SELECT id, published FROM articles WHERE id = ?", (id_,)):
        return Unit(article_id, None, published, "", "")
    raise NoCase(path=library.path, what=repr(id_), instead="give the id of a case or of an article, as `cases` has it")


def _meets(wanted: str, name: str | None) -> bool:
    return name is not None and wanted in (name, name[:-1])


def _category(library: Library, said: str) -> str:
    """The code of a category that was typed; also one that only the rules of the library's owner have."""
    own = [row[0] for row in library.rows("SELECT DISTINCT category FROM measures WHERE category IS NOT NULL")]
    called = own_names(library).get("measure", {})
    code = next((code for code, name in called.items() if name == said), code_of("measure", said) or said)
    if code not in labels()["measure"] and code not in own:
        raise NoCategory(said=said, names=near("measure", said, own))
    return code
