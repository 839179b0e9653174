"""`anliku rules …`: our rules to look at, and one's own to check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractors.rules import BadRules, check_folder, our_files
from pipeline.nlp import build

rules = typer.Typer(no_args_is_help=True, help="Rules: look at ours, check your own. 规则：查看自带的，检查自己的。")


@rules.command()
def show(
    name: Annotated[
        str | None, typer.Argument(metavar="FILE", help="units.toml, verbs.tsv …; none: their names.")
    ] = None,
) -> None:
    """Print one of our rule files, as a pattern for a file of your own; without a name, say what there is.

    Example: anliku rules show units.toml
    """
    files = our_files()
    if name is None:
        for known, file in files.items():
            typer.echo(f"{known:20} {_purpose(file.read_text('utf-8'))}")
    elif name in files:
        typer.echo(files[name].read_text("utf-8"), nl=False)
    else:
        raise BadRules(file=name, problem=f"there is no such file of ours; there are {', '.join(files)}")


@rules.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that you give as --rules.")],
) -> None:
    """Check a folder of your own rules as a run would, and say which of our files they are laid over.

    Example: anliku rules check rules
    """
    found = check_folder(str(folder))
    build("jieba", rules=str(folder))
    for path in found:
        typer.echo(f"{path}: good")
    if not found:
        typer.echo(f"{folder} holds no rules; `anliku rules show` says which files there may be")


def _purpose(text: str) -> str:
    """The first sentence of the comment that opens the file."""
    comment = " ".join(line.lstrip("# ") for line in text.splitlines()[:6] if line.startswith("#"))
    return comment.split(". ")[0].rstrip(".:")
