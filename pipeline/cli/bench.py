"""`anliku bench`: what measurements need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from corpus.generate import Generator, write
from pipeline.cli import options


def corpus(
    articles: Annotated[int, typer.Option(min=1, metavar="N", help="How many articles.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="TARGET", help="A folder of pages, or a file (.jsonl .jsonl.gz).")
    ],
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed gives the same articles.")] = 0,
    repeats: Annotated[
        float, typer.Option(min=0.0, max=0.9, metavar="SHARE", help="Share of near copies on other sites.")
    ] = 0.05,
) -> None:
    """Generate articles in the genre, about 1,000 characters each, all different, with the noise of real pages:
    HTML with navigation and footers, traditional script, pinyin in brackets, bodies that stand twice, captions, GBK
    files. The counties are real; villages, people and all that is said of them are invented. For measurements only.

    Example: anliku bench corpus --articles 100 --seed 1 -o generated.jsonl.gz
    """
    with options.filling(output), Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("generating", total=articles)
        write(Generator(seed, repeats), articles, output, on_progress=lambda done: bar.update(task, completed=done))
