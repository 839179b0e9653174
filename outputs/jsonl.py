"""A record as one line of JSON, with the keys of the gold files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from models.case import CaseRecord

# Line ends to `str.splitlines`, and half pairs that no encoding takes: both are written as escapes.
_UNSAFE = re.compile(r"[\x85\u2028\u2029\ud800-\udfff]")


def to_json(record: CaseRecord) -> str:
    """One line, no line end; the same record gives the same bytes everywhere. `CaseRecord.model_validate_json` reads
    it back."""
    return json_line(record.model_dump(mode="json", by_alias=True))


def json_line(fields: Mapping[str, object]) -> str:
    """JSON values as one line."""
    line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda hit: f"\\u{ord(hit.group()):04x}", line)
