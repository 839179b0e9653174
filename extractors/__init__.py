"""Extractors: spaCy components that find records in a laid-out article. Imports models only."""
