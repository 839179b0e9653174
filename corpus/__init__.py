"""Readers of article dumps, deduplication, and the demo corpus. Imports models only."""

from corpus.formats import READERS
from corpus.options import Limits, ReadOptions
from corpus.sources import missing, read, total_bytes
from corpus.watch import File, Watch

__all__ = ["READERS", "File", "Limits", "ReadOptions", "Watch", "missing", "read", "total_bytes"]
