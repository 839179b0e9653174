"""The SQLite case library and what leaves it. Imports models only."""
