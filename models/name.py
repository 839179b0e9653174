"""Named things. GUIDE §5."""

from __future__ import annotations

from typing import Literal

from models.span import Finding


class Programme(Finding):
    """A named initiative, mechanism or method, with its quotes and its type word."""


class DocumentName(Finding):
    """An issued paper: 《…》, or named as 实施方案 / 意见 / 细则."""

    number: str | None = None
    """Document number, 〔2020〕12号."""


class Person(Finding):
    """A person of the story; the page's own reporters are in the metadata."""

    role: str | None = None
    organisation: str | None = None


class Organisation(Finding):
    """A named body."""

    canonical: str | None = None
    """Full name inside the article that a short form or 该公司 stands for."""


class Honour(Finding):
    """A prize or recognition won."""

    year: str | None = None
    level: Literal["national", "province", "prefecture", "county", "township"] | None = None
    recipients: tuple[str, ...] = ()
