"""A process and its children as Linux sees them: memory that is theirs (PSS), processor time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def children(pid: int) -> Iterator[int]:
    """Children and their children."""
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from children(child)


def is_worker(pid: int) -> bool:
    """Whether it is a worker, not multiprocessing's own helper."""
    with contextlib.suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def workers(pid: int) -> list[int]:
    """The workers of a driver."""
    return [child for child in children(pid) if is_worker(child)]


def memory(pid: int) -> int:
    """PSS in bytes: its own pages, and its share of those that it has together with others. 0 where it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def seconds(pid: int) -> float:
    """Processor time so far. 0 where it is gone."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0
