"""Readers of article dumps, deduplication, and the demo corpus. Imports models only."""
