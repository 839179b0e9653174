"""Taggers: a role, not a library. Each splits sentences into words with part of speech, and finds names."""

from pipeline.taggers.base import MissingTagger, Tagger, Tagging, Word
from pipeline.taggers.load import CHOICES, UnknownTagger, load_tagger

__all__ = ["CHOICES", "MissingTagger", "Tagger", "Tagging", "UnknownTagger", "Word", "load_tagger"]
