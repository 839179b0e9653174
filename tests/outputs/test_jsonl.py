"""One line, gold keys, the same bytes."""

from __future__ import annotations

import json

import pytest

from models.case import CaseRecord
from models.document import Meta
from outputs.jsonl import to_json
from tests.outputs.samples import county_record, entries


@pytest.mark.parametrize("entry", entries(), ids=["case", "roundup", "other"])
def test_reads_back_equal_and_is_one_line(entry) -> None:
    line = to_json(entry[1])
    assert len(line.splitlines()) == 1
    assert CaseRecord.model_validate_json(line) == entry[1]
    assert to_json(CaseRecord.model_validate_json(line)) == line


def test_keys_and_values_are_those_of_the_gold_files() -> None:
    record = json.loads(to_json(county_record()))
    assert {"file", "kind", "meta", "jurisdictions", "body", "captions", "places", "quantities", "measures", "actions",
            "programmes", "documents", "persons", "organisations", "honours"} <= record.keys()  # fmt: skip
    people, _, _, share, increase, _ = record["quantities"]
    assert (people["min"], people["max"], people["unit"], people["rate"]) == (81, 81, "名", None)
    assert increase["rate"] == ["village", "year"]
    assert increase["from"] == 12000.5
    assert share["threshold"] == {"of": "集体收入", "min": 100000, "max": None, "unit": "元"}
    assert record["body"][0] == [0, 19]
    assert record["measures"][0]["title"]["text"] == "建强组织"


def test_line_ends_and_half_pairs_are_escaped() -> None:
    record = CaseRecord(file="a\u2028b", source="a\x85b", article_id="0", version="1", kind="other",
                        meta=Meta(title="a\nb\ud800"))  # fmt: skip
    line = to_json(record)
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    assert json.loads(line)["file"] == "a\u2028b"
