"""Cases as Markdown, with footnotes (`[^1]`) for the passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

from outputs.document import Case, Cover, Figure, Note, Step, Table, mark_label
from outputs.labels import label

# What Markdown, or HTML inside it, would take for its own.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$^&])")
# At the start of a line these would make a list or a rule: - x, 1. x
_LEADING = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|[-=]|$)")


def write_markdown(
    cases: Iterable[Case], out: IO[bytes], cover: Cover | None = None, contents: Iterable[tuple[str, str]] = ()
) -> None:
    """Write cases one after the other; before them, where there is a `cover`, what it says and the `contents` (group
    and title of each case, in order)."""
    if cover is not None:
        lines = [f"# {_md(cover.title)}", *(_md(line) for line in cover.lines), "## 目录", _contents(contents)]
        out.write("\n\n".join(lines).encode("utf-8") + b"\n\n")
    group = None
    for nr, case in enumerate(cases, 1):
        if cover is not None and case.group != group:
            group = case.group
            out.write(f"---\n\n# {_md(group or '未识别出地方')}\n\n".encode())
        parts = _case(case, nr if cover is not None else None)
        out.write("\n\n".join(part for part in parts if part).encode("utf-8", "replace") + b"\n\n")


def _contents(contents: Iterable[tuple[str, str]]) -> str:
    lines, group = [], None
    for nr, (of, title) in enumerate(contents, 1):
        if of != group:
            group = of
            lines.append(f"- {_md(of or '未识别出地方')}")
        lines.append(f"  {nr}. [{_md(title)}](#case-{nr})")
    return "\n".join(lines)


def _case(case: Case, nr: int | None) -> Iterator[str]:
    """A case below its title; `nr` where it is one of several."""
    top = "##" if nr is not None else "#"
    key = f"{nr}-" if nr is not None else ""
    yield f'<a id="case-{nr}"></a>' if nr is not None else ""
    yield f"{top} {f'案例 {nr}　' if nr is not None else ''}{_md(case.title)}"
    yield "  \n".join(f"**{name}：** {_md(said)}" for name, said in case.head())
    for part in case.parts:
        yield f"{top}# {label('role', part.kind)}"
        if not part.steps:
            yield "*原文没有这一部分。*"
        section = None
        for step in part.steps:
            if step.section and step.section != section:
                section = step.section
                yield f"**{_md(section)}**"
            yield from _step(step, top, key)
    if case.others:
        yield f"{top}# 其他数值"
        yield _figures(case.others, key)
    if case.tables:
        yield f"{top}# 涉及名称"
    for table in case.tables:
        yield f"**{label('layers', table.layer)}**"
        yield _table(table)
    yield f"{top}# 来源"
    yield "\n".join(
        f"- {name}：{f'<{said}>' if name == '链接' and _plain(said) else _md(said)}" for name, said in case.source
    )
    yield "\n".join(_note(note, key) for note in case.notes)


def _step(step: Step, top: str, key: str) -> Iterator[str]:
    if step.title is not None:
        category = f" 〔{step.category}〕" if step.category else ""
        yield f"{top}## {step.nr}. {_md(step.title)}{category}{_mark(step.mark)}"
    yield from (_md(text) for text in step.paragraphs)
    if step.acts:
        yield "行动：" + "；".join(f"{_md(act.text)}{_mark(act.mark)}" for act in step.acts) + "。"
    if step.figures:
        yield _figures(step.figures, key)


def _figures(figures: Iterable[Figure], key: str) -> str:
    lines = ["| 指标 | 数值 | 口径、时间、状态 |", "|---|---:|---|"]
    for one in figures:
        lines.append(f"| {_md(one.name)} | {_md(one.value)}{_mark(one.mark)} [^{key}{one.note}] | {_md(one.facts)} |")
    return "\n".join(lines)


def _table(table: Table) -> str:
    lines = [f"| {' | '.join(table.columns)} |", f"|{'---|' * len(table.columns)}"]
    lines += [f"| {' | '.join(map(_md, row))} |" for row in table.rows]
    return "\n".join(lines)


def _note(note: Note, key: str) -> str:
    return f"[^{key}{note.nr}]: “{_md(note.before)}【{_md(note.text)}】{_md(note.after)}” {_md('；'.join(note.said))}。"


def _mark(mark: str) -> str:
    return f"〔{mark_label(mark)}〕" if mark else ""


def _md(text: str) -> str:
    """The text, none of it taken for Markdown or HTML."""
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text.replace("\n", " ")))


def _plain(link: str) -> bool:
    return re.fullmatch(r"[^\s<>]+", link) is not None
