"""`anliku review …`: the review desk in the terminal."""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from models.review import Review
from outputs.agreement import agreement as agreement_of
from outputs.article_name import name_sql
from outputs.labels import label
from outputs.library import Library, NoLibrary
from outputs.library.reviewed import BY_NAME, behind
from outputs.quotes import safe
from outputs.review_queue import LAYERS
from outputs.review_queue import queue as waiting
from outputs.review_words import changes, field_name, next_step, step, told
from outputs.reviews import accept as accept_finding
from outputs.reviews import add as add_finding
from outputs.reviews import correct as correct_finding
from outputs.reviews import history as history_of
from outputs.reviews import reject as reject_finding
from outputs.reviews import stale as stale_reviews
from outputs.reviews import undo as undo_review
from pipeline.cli import options

Finding = Annotated[str, typer.Argument(metavar="ID", help="Id of the finding, such as 5faa59bc975e2eca-q62-64.")]
Fields = Annotated[
    list[str],
    typer.Argument(
        metavar="FIELD=VALUE...",
        help="What it should be, by our names or those of the forms: value=120000 rate=village, 数值=12万元 口径=每村.",
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", envvar="ANLIKU_REVIEWER", metavar="NAME", help="Who decides. Default: your login name."),
]
Why = Annotated[str | None, typer.Option(metavar="TEXT", help="Why, for those who read it later.")]

DEFAULT = Path("library.db")
SHOWN, LINE = 40, 160
"""Characters shown of a finding and of the sentence around it."""


def queue(
    library: options.Opened = DEFAULT,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most N findings.")] = 20,
    layer: Annotated[list[str] | None, typer.Option(metavar="LAYER", help="Only of these layers.")] = None,
) -> None:
    """List what to look at first: unsure readings, numbers that do not add up, missing codes.

    Example: anliku review queue -l library.db --layer quantities
    """
    for name in layer or ():
        if name not in LAYERS:
            raise typer.BadParameter(f"no layer {name!r}; there are {', '.join(LAYERS)}")
    with Library(library, read_only=True) as opened:
        found = waiting(opened, limit, layer or LAYERS)
    console = Console()
    for one in found:
        head = Text.assemble((one.id, "bold"), f"  {label('layers', one.layer)}  ", (_line(one.text[:SHOWN]), "yellow"))
        console.print(head, Text("；".join(one.doubts), style="red"), soft_wrap=True)
        console.print(Text(f"    {_line(one.quote[:LINE])}  （{_line(one.title)}）", style="dim"), soft_wrap=True)
    if not found:
        console.print("没有待审核的提取结果。")


def accept(id: Finding, library: options.Edited = DEFAULT, by: By = None, why: Why = None) -> None:
    """Say that a finding is right; later runs keep it as it is.

    Example: anliku review accept 5faa59bc975e2eca-q62-64 --by 王编辑
    """
    with writable(library) as opened:
        _kept(accept_finding(opened, id, **_signed(by, why)))


def correct(id: Finding, fields: Fields, library: options.Edited = DEFAULT, by: By = None, why: Why = None) -> None:
    """Say what a finding should be; only the fields that change. value= sets min and max, start= and end= the span.

    Fields may be called as on the forms (数值 单位 指标 时间 状态 …); 4300万元, 单位=万元 and 时间=2023年5月 are read.

    Example: anliku review correct 5faa59bc975e2eca-q62-64 value=120000 status=target --why 是计划数
    """
    with writable(library) as opened:
        _kept(correct_finding(opened, id, _fields(fields), **_signed(by, why)))


def reject(id: Finding, library: options.Edited = DEFAULT, by: By = None, why: Why = None) -> None:
    """Say that a finding is none; it disappears from views, comparison and exports.

    Example: anliku review reject 5faa59bc975e2eca-q62-64 --why 是文件编号
    """
    with writable(library) as opened:
        _kept(reject_finding(opened, id, **_signed(by, why)))


def add(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")],
    layer: Annotated[str, typer.Argument(metavar="LAYER", help="Layer, such as quantities.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The passage, as it stands in the raw text.")],
    fields: Fields,
    library: options.Edited = DEFAULT,
    nth: Annotated[int | None, typer.Option(min=1, metavar="N", help="Which occurrence, where it has several.")] = None,
    by: By = None,
    why: Why = None,
) -> None:
    """Say that a passage is a finding that was missed.

    Example: anliku review add 5faa59bc975e2eca quantities 81名 value=81 unit=名 code=dispatched
    """
    with writable(library) as opened:
        start = _occurrence(opened.article(article).raw, words, nth)
        _kept(add_finding(opened, article, layer, start, start + len(words), _fields(fields), **_signed(by, why)))


def undo(
    review: Annotated[str, typer.Argument(metavar="REVIEW", help="Id of the review, from `anliku review history`.")],
    library: options.Edited = DEFAULT,
    by: By = None,
    why: Why = None,
) -> None:
    """Take a review back: what stood before it stands again. Both stay in the history.

    Example: anliku review undo 1f0c3a9be2d45c77
    """
    with writable(library) as opened:
        _kept(undo_review(opened, review, **_signed(by, why)))


def history(
    id: Annotated[str | None, typer.Argument(metavar="ID", help="Only of this article or finding.")] = None,
    library: options.Opened = DEFAULT,
) -> None:
    """List what was decided, by whom, when and why, also what was taken back.

    Example: anliku review history 5faa59bc975e2eca
    """
    with Library(library, read_only=True) as opened:
        _show(opened, history_of(opened, id))


def stale(library: options.Opened = DEFAULT) -> None:
    """List reviews that no longer fit what the library holds, why, and what to do. They are kept. Exit status 1 if any.

    Example: anliku review stale -l library.db
    """
    with Library(library, read_only=True) as opened:
        found = stale_reviews(opened)
        _show(
            opened, [one.review for one in found], [f"{label('stale', one.reason)}。{next_step(one)}" for one in found]
        )
    if found:
        raise typer.Exit(1)


def agreement(
    one: Annotated[str, typer.Argument(metavar="NAME", help="A reviewer.")],
    other: Annotated[str, typer.Argument(metavar="NAME", help="Another one.")],
    library: options.Opened = DEFAULT,
) -> None:
    """Show how far two reviewers agree on what both have reviewed, with Cohen's kappa of their decisions.

    Example: anliku review agreement 王编辑 李编辑
    """
    with Library(library, read_only=True) as opened:
        found = agreement_of(opened, one, other)
    table = Table("layer", "both", "same decision", "same value", "kappa")
    for row in found:
        kappa = "–" if row.kappa is None else f"{row.kappa:.2f}"
        table.add_row(row.layer, str(row.both), str(row.same_decision), str(row.same_value), kappa)
    Console().print(table)
    for first, second in found[-1].differ:
        typer.echo(f"{_passage(first)}: {_line(step(first))} / {_line(step(second))}")


def writable(path: Path) -> Library:
    """The library, opened for writing. NoLibrary where there is none: a review makes no library."""
    if not path.exists():
        raise NoLibrary(path=path)
    return Library(path)


def _signed(by: str | None, why: str | None) -> dict[str, Any]:
    return {"reviewer": by or getpass.getuser(), "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": why}


def _fields(pairs: Sequence[str]) -> dict[str, Any]:
    """`value=120000 threshold={"of": …}`: text, or JSON where it is an object or a list."""
    fields: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{pair!r} is not FIELD=VALUE")
        try:
            fields[name.strip()] = json.loads(value) if value.startswith(("{", "[")) else value
        except ValueError as error:
            raise typer.BadParameter(f"{pair!r} is no JSON ({error})") from error
    return fields


def _occurrence(raw: str, words: str, nth: int | None) -> int:
    starts = [at for at in range(len(raw) - len(words) + 1) if raw.startswith(words, at)] if words else []
    if not starts:
        raise typer.BadParameter(f"{words!r} does not stand in the raw text of the article")
    if nth is None and len(starts) > 1:
        raise typer.BadParameter(f"{words!r} stands there {len(starts)} times; say which with --nth")
    if nth is not None and nth > len(starts):
        raise typer.BadParameter(f"{words!r} stands there only {len(starts)} times")
    return starts[(nth or 1) - 1]


def _kept(review: Review) -> None:
    typer.echo(f"{review.id}  {label('decision', review.decision)}  {_line(review.text)}{_fields_of(review)}")
    value = review.value or {}
    if review.layer == "quantities" and value.get("unit") and not value.get("canonical"):
        typer.echo(f"单位“{_line(value['unit'])}”在库中没有换算，这个数不参加比较。", err=True)


def _show(library: Library, reviews: Sequence[Review], notes: Sequence[str] = ()) -> None:
    """Who decided what when and why; below it the passage with the title of its article, and the note."""
    console = Console()
    names = f"SELECT a.id, {name_sql('a')} FROM articles a WHERE a.id IN (SELECT article_id FROM reviews)"
    titles = dict(library.rows(names))
    known = {review.id: review for review in library.reviews()}
    for nr, review in enumerate(reviews):
        said = label("decision", review.decision)
        if review.decision == "undone":
            said += f" {review.supersedes}"
        *before, last = behind(review, known)
        said += _fields_of(last)
        if before and review.decision == "accepted":
            said += f"（此前{_line(told(before))}）"
        line = f"{review.id}  {review.at[:16]}  {_line(review.reviewer)}  {said}"
        if review.why:
            line += f"  （{_line(review.why)}）"
        console.print(Text(line), soft_wrap=True)
        title = titles.get(review.article_id, "报道不在库中")
        console.print(Text(f"    {_passage(review)}  （{_line(title)}）", style="dim"), soft_wrap=True)
        if notes:
            console.print(Text(f"    {_line(notes[nr])}", style="red"), soft_wrap=True)
    if not reviews:
        console.print("没有这样的审核记录。")


def _passage(review: Review) -> str:
    """数量 “81名” 5faa59bc975e2eca-q62-64."""
    id_ = f"{review.article_id}-{BY_NAME[review.layer].letter}{review.start}-{review.end}"
    words = _line(review.text)
    return f"{label('layers', review.layer)} “{words[:LINE]}{'…' if len(words) > LINE else ''}” {id_}"


def _fields_of(review: Review) -> str:
    """：下限 81 → 85；单位 名 → 个, of an addition what it has."""
    if review.decision not in ("corrected", "added"):
        return ""
    fields = [
        f"{field_name(review.layer, field)} {f'{before} → ' if review.was else ''}{after}"
        for field, before, after in changes(review)
        if review.was or after != "空"
    ]
    return _line(f"：{'；'.join(fields)}") if fields else ""


def _line(value: object) -> str:
    return safe("–" if value is None else str(value)).replace("\n", " ")
