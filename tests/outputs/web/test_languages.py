"""Pages in Chinese and English: which of them a browser gets, and that both say everything."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from outputs.datasette_anliku.language import namer, preferred, strings, things
from outputs.labels import labels
from tests.outputs.samples import county_article
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


def test_english_pages_ask_the_questions_in_english(get: Get) -> None:
    page = tree(get("/?lang=en"))
    questions = [link.text for link in page.xpath("//h2[. = 'Ten questions to begin with']/following-sibling::ul//a")]
    assert len(questions) == 10
    assert not re.search("[一-龥]", "".join(questions))
    assert "村集体收入：各地怎么说" in words(get("/?lang=zh"))
    for spoken, said in (("en", questions[0]), ("zh", "1 村集体收入：各地怎么说")):
        asked = get(f"/small/collective_income?lang={spoken}")
        assert tree(asked).xpath("//h1")[0].text_content().strip() == said


def test_one_of_a_thing_is_no_plural(get: Get) -> None:
    said = words(get("/?lang=en"))
    assert not re.search(r"\b1 (reports|cases|counties|measures|numbers)\b", said)
    assert re.search(r"\b1 (report|case|county|measure|number)\b", said), "else the line above shows nothing"
    assert "1 report ·" in words(get("/-/county/small/370783?lang=en"))
    called = things("en")
    assert (called(1, "counties"), called(2, "counties"), called(0, "counties")) == ("county", "counties", "counties")
    assert things("zh")(1, "counties") == "县"


def test_the_terms_of_a_number_are_said_in_english(get: Get) -> None:
    page = f"/-/case/small/{county_article().id}"
    assert "per village, per year, 2023" in words(get(f"{page}?lang=en"))
    assert "每村，每年，2023" in words(get(f"{page}?lang=zh"))


def test_codes_have_english_words() -> None:
    english = tomllib.loads(files("outputs.datasette_anliku").joinpath("english.toml").read_text("utf-8"))
    for group, names in english.items():
        assert names.keys() <= labels()[group].keys(), group
    name = namer("en")
    assert name("indicator", "dispatched") == "cadres sent to villages"
    assert name("indicator", "party_members") == "Party members"
    assert name("indicator", "trainees") == "trainees"
    assert "_" not in "".join(name("indicator", code) for code in labels()["indicator"])


def test_every_string_is_there_in_both_languages_and_used() -> None:
    package = files("outputs.datasette_anliku")
    templates = "".join(path.read_text("utf-8") for path in (package / "templates" / "anliku").iterdir())
    used = set(re.findall(r"\bt\.(\w+)", templates))
    code = "".join(path.read_text("utf-8") for path in package.iterdir() if path.name.endswith(".py"))
    used |= {f"todo_{reason}" for reason in labels()["stale"]}
    by_code = {key for key in strings("zh") if f'"{key}"' in code + templates}
    assert used <= strings("zh").keys() == strings("en").keys()
    assert strings("zh").keys() - used - by_code == set()
