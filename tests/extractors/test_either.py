"""`either` matches what a plain list of alternatives matches, the longest word first."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.either import either

WORDS = st.lists(st.text("村镇.委", min_size=1, max_size=4), max_size=12)
TEXTS = st.text("村镇.委", max_size=12)


@given(WORDS, TEXTS)
def test_it_matches_the_longest_word_everywhere(words: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
    found = [hit.span() for hit in re.finditer(either(words), text)]
    assert found == [hit.span() for hit in re.finditer(plain, text)]


@given(WORDS.filter(bool), TEXTS)
def test_a_word_is_left_where_a_barred_character_follows(words: list[str], text: str) -> None:
    barred = dict.fromkeys(words[::2], "委镇")
    plain = "|".join(
        re.escape(word) + (f"(?![{barred[word]}])" if word in barred else "")
        for word in sorted(words, key=len, reverse=True)
    )
    found = [hit.span() for hit in re.finditer(either(words, barred), text)]
    assert found == [hit.span() for hit in re.finditer(plain, text)]


def test_a_list_that_a_user_emptied_matches_nothing() -> None:
    assert re.search(either([]), "村委会") is None
    assert re.fullmatch(f"村(?!{either([])})委", "村委") is not None
