"""The SQLite case library and what leaves it. Imports models only."""

from outputs.library import Library

__all__ = ["Library"]
