"""Taggers: a role, not a library. Each splits sentences into words with part of speech, and finds names."""

from pipeline.taggers.base import Tagger, Tagging, Word, load_tagger

__all__ = ["Tagger", "Tagging", "Word", "load_tagger"]
