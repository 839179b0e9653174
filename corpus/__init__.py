"""Readers of article dumps, deduplication, and the demo corpus. Imports models only."""

from corpus.formats import READERS
from corpus.options import Limits, ReadOptions
from corpus.sources import read

__all__ = ["READERS", "Limits", "ReadOptions", "read"]
