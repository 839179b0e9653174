"""A generator of articles in the genre, with the noise of real pages: for measurements, not for training or show."""

from corpus.generate.article import Generated, Generator
from corpus.generate.noise import Rates
from corpus.generate.write import write

__all__ = ["Generated", "Generator", "Rates", "write"]
