"""A few rounds of benchmarks/kill.py: kill -9, then the same library."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kill import rounds


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes as Linux shows them")
def test_a_killed_run_ends_in_the_same_library(tmp_path: Path) -> None:
    assert rounds(3, articles=60, workers=2, seed=2, folder=tmp_path) == 0
