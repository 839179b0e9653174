"""A code that nobody knows is not kept: the value would vanish from every comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from outputs.library import Library
from outputs.reviews import BadValue, correct
from tests.outputs.samples import entries
from tests.outputs.test_reviews import ARTICLE, id_of, who


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library.db") as opened:
        opened.write(None, entries())
        yield opened


def test_a_code_is_known_or_refused(library: Library) -> None:
    with pytest.raises(BadValue, match=r"no code 'training_session'; near it are training_sessions 培训班次"):
        correct(library, id_of("81名"), {"code": "training_session"}, **who())
    assert not library.reviews()
    named = correct(library, id_of("81名"), {"code": "培训班次", "status": "目标", "rate": "每村，每年"}, **who())
    assert named.value is not None
    assert [named.value[name] for name in ("code", "status")] == ["training_sessions", "target"]
    assert list(named.value["rate"]) == ["village", "year"]
    assert correct(library, id_of("81名"), {"code": ""}, **who(1)).value["code"] is None  # type: ignore[index]


def test_a_category_is_known_or_refused(library: Library) -> None:
    (id_,) = next(library.rows("SELECT id FROM measures WHERE article_id = ? ORDER BY id LIMIT 1", (ARTICLE.id,)))
    with pytest.raises(BadValue, match="no category 'leader'; near it are leaders 带头人队伍"):
        correct(library, id_, {"category": "leader"}, **who())
    with pytest.raises(BadValue, match="no categories '人才'"):
        correct(library, id_, {"categories": "leaders、人才"}, **who())
    kept = correct(library, id_, {"category": "带头人队伍", "categories": "带头人队伍、人才引育"}, **who())
    assert kept.value is not None
    assert (kept.value["category"], list(kept.value["categories"])) == ("leaders", ["leaders", "talent"])


def test_a_code_of_own_rules_is_known_where_the_library_has_it(library: Library) -> None:
    library.db.conn.execute("UPDATE quantities SET code = 'bee_hives' WHERE text = '12个'")
    kept = correct(library, id_of("81名"), {"code": "bee_hives"}, **who())
    assert kept.value is not None
    assert kept.value["code"] == "bee_hives"
