"""How far a run is, on standard error: counts, articles a second, time left."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.batch import Report

WINDOW = 60.0
"""Seconds that the pace is taken over: what is skipped goes by much faster than what is read."""


class Pace:
    """Articles a second and time left, from what the last minute brought."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        """Bytes to read; null where that is unknown."""
        self.samples: deque[tuple[float, int, int]] = deque()

    def update(self, now: float, articles: int, done: int) -> None:
        """`articles` have been done by `now` (seconds), `done` bytes read."""
        if self.samples and now - self.samples[-1][0] < 1.0:
            return
        self.samples.append((now, articles, done))
        while now - self.samples[0][0] > WINDOW:
            self.samples.popleft()

    @property
    def speed(self) -> float | None:
        """Articles a second; null in the first seconds."""
        seconds, articles, _ = self._gained()
        return articles / seconds if seconds else None

    @property
    def left(self) -> float | None:
        """Seconds; null where nobody can tell."""
        seconds, _, done = self._gained()
        if self.total is None or not seconds or done <= 0:
            return None
        return max(0, self.total - self.samples[-1][2]) * seconds / done

    def _gained(self) -> tuple[float, int, int]:
        if len(self.samples) < 2:
            return 0.0, 0, 0
        (then, articles, done), (now, more, further) = self.samples[0], self.samples[-1]
        return now - then, more - articles, further - done


def line(report: Report, pace: Pace) -> str:
    """`1,234 read, 1,200 written, 3 failed, 35.2 articles/s, 0:12:40 left`."""
    parts = [f"{report.read:,} read", f"{report.written:,} written", f"{report.failed:,} failed"]
    if pace.speed is not None:
        parts.append(f"{pace.speed:.1f} articles/s")
    if pace.left is not None:
        parts.append(f"{timedelta(seconds=round(pace.left))} left")
    return ", ".join(parts)


@contextmanager
def shown(done: Callable[[], int], total: int | None, *, quiet: bool) -> Iterator[Callable[[Report], None]]:
    """A function to be told of the progress of a run. `done`: bytes read so far, of `total`."""
    bar = Progress(
        SpinnerColumn(),
        *([BarColumn(20)] if total else []),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=quiet,
        transient=True,
    )
    pace = Pace(total)
    with bar:
        task = bar.add_task("reading", total=total)

        def tell(report: Report) -> None:
            read = done()
            pace.update(time.monotonic(), report.done, read)
            bar.update(task, description=line(report, pace), completed=read)

        yield tell
