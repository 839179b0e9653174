"""What tests of a library of the samples begin with; those that need another one have their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outputs.library import Library
from tests.outputs.samples import entries


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db") as opened:
        opened.write(None, entries())
        yield opened
