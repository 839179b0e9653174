"""Pages in Chinese and English: which of them a browser gets, and that both say everything."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from outputs.datasette_anliku.language import preferred, strings
from outputs.labels import labels
from tests.outputs.web.conftest import Get, tree, words


def test_chinese_unless_the_browser_prefers_english(get: Get) -> None:
    assert tree(get("/")).get("lang") == "zh-Hans"
    assert tree(get("/", accept_language="de,fr")).get("lang") == "zh-Hans"
    english = get("/", accept_language="en-GB,en;q=0.9,zh;q=0.5")
    assert tree(english).get("lang") == "en"
    assert "Ten questions" in words(english)
    assert "Accept-Language" in english.headers["vary"]
    assert tree(get("/", accept_language="en", cookie="anliku_lang=zh")).get("lang") == "zh-Hans"
    assert "anliku_lang=en" in get("/?lang=en").headers["set-cookie"]


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "zh"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en", "en"), ("en-US,zh-TW;q=0.9", "en"), ("en;q=x", "zh"), ("*", "zh")],
)  # fmt: skip
def test_the_better_of_two_languages(header: str, language: str) -> None:
    assert preferred(header) == language


def test_every_string_is_there_in_both_languages_and_used() -> None:
    package = files("outputs.datasette_anliku")
    templates = "".join(path.read_text("utf-8") for path in (package / "templates" / "anliku").iterdir())
    used = set(re.findall(r"\bt\.(\w+)", templates))
    code = "".join(path.read_text("utf-8") for path in package.iterdir() if path.name.endswith(".py"))
    used |= {f"todo_{reason}" for reason in labels()["stale"]}
    by_code = {key for key in strings("zh") if f'"{key}"' in code + templates}
    assert used <= strings("zh").keys() == strings("en").keys()
    assert strings("zh").keys() - used - by_code == set()
