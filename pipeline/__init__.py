"""From raw article to case record: normalise, layout, taggers, the spaCy spine, assemble, and the batch driver."""

from pipeline.batch import Report, Settings, run
from pipeline.extract import Extracted, Extractor, extract

__all__ = ["Extracted", "Extractor", "Report", "Settings", "extract", "run"]
