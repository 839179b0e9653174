"""From raw article to case record: normalise, layout, taggers, the spaCy spine, assemble, and the batch driver."""
