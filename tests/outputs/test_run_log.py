"""The log of a run has one line a failure, however it came about."""

from __future__ import annotations

import json
from pathlib import Path

from models.article import Article, Failure
from outputs.run_log import Log, LoggedLibrary
from tests.outputs.samples import county_entry, county_record, roundup_entry


def test_one_line_a_failure(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    unread = Failure(source="b.zip", stage="read", error="BadZip", message="b.zip: cut")
    _, record, body = county_entry()
    surrogate = Article(source="dump.jsonl#9", raw="柳湾\ud800镇")
    unstorable = record.model_copy(update={"article_id": surrogate.id})
    other = (Article(source="x.txt", raw="别的"), county_record(), "")
    with LoggedLibrary(tmp_path / "library.db", log) as library:
        entries = [roundup_entry(), (surrogate, unstorable, body), other]
        packed = [one for one in map(library.pack, entries) if not isinstance(one, Failure)]
        library.store(None, packed, [unread])
        kept = library.failures()
    log.close()
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["source"] for line in lines] == ["b.zip", "dump.jsonl#9"]
    assert {failure.source for failure in kept} == {"b.zip", "dump.jsonl#9"}
