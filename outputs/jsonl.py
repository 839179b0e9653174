"""A record as one line of JSON, with the keys of the gold files."""

from __future__ import annotations

import json
import re

from models.case import CaseRecord

# Line ends to `str.splitlines`, and half pairs that no encoding takes: both are written as escapes.
_UNSAFE = re.compile(r"[\x85\u2028\u2029\ud800-\udfff]")


def to_json(record: CaseRecord) -> str:
    """One line, no line end; the same record gives the same bytes everywhere. `CaseRecord.model_validate_json` reads
    it back."""
    line = json.dumps(record.model_dump(mode="json", by_alias=True), ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda hit: f"\\u{ord(hit.group()):04x}", line)
