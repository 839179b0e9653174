"""Generated articles: the same again, all different, readable by the readers, noisy as promised."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import corpus
from corpus.duplicates import cluster
from corpus.generate import Generator, Rates, write
from corpus.generate.article import SLOT, grammar, load_counties, short
from corpus.generate.noise import printed
from models.article import Article


def bytes_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.*")):
        yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(Generator(3), 40, tmp_path / name)
        write(Generator(3), 40, tmp_path / f"{name}.jsonl.gz")
    assert list(bytes_of(tmp_path / "a")) == list(bytes_of(tmp_path / "b"))
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    write(Generator(4), 40, tmp_path / "c.jsonl.gz")
    assert (tmp_path / "a.jsonl.gz").read_bytes() != (tmp_path / "c.jsonl.gz").read_bytes()


def test_an_article_does_not_depend_on_those_made_before() -> None:
    assert Generator(5).article(700) == [Generator(5).article(number) for number in (3, 700)][1]


def test_articles_are_all_different_and_of_some_thousand_characters() -> None:
    generator = Generator(1)
    texts = [printed(generator, generator.article(number), Rates()).text for number in range(400)]
    assert len(set(texts)) == 400
    assert 900 < sum(map(len, texts)) / 400 < 1400


def test_folders_are_read_whole_and_gbk_and_html_among_them(tmp_path: Path) -> None:
    write(Generator(2), 120, tmp_path)
    items = list(corpus.read([str(tmp_path)]))
    articles = [item for item in items if isinstance(item, Article)]
    assert len(items) == len(articles) == 120
    assert {article.media_type for article in articles} == {"text/plain", "text/html"}
    assert any(article.encoding.startswith("gb") for article in articles)
    assert not any("{" in article.raw or "�" in article.raw for article in articles)


def test_copies_are_as_many_as_asked_for_and_near_to_their_original() -> None:
    generator = Generator(6, repeats=0.3)
    articles = [generator.article(number) for number in range(150)]
    copies = [article for article in articles if article.repeats is not None]
    assert 25 < len(copies) < 65
    leads = cluster((article.number, "".join(article.paragraphs)) for article in articles)
    assert [leads[copy.number] for copy in copies] == [copy.repeats for copy in copies]
    assert sum(number != lead for number, lead in leads.items()) == len(copies)


def test_every_slot_of_the_grammar_leads_somewhere() -> None:
    data = grammar()
    rules = data["grammar"] | data["page"] | {"coop": data["names"]["coop"]}
    filled = {"n", "x", "county", "county_short", "prefecture", "prefecture_short", "province", "province_short", "iso",
              "next_year", "year", "date", "town", "village", "village_stem", "person"}  # fmt: skip
    used = {slot for lines in rules.values() for line in lines for slot, _, _ in SLOT.findall(line)}
    assert used <= filled | set(rules)


def test_counties_are_real_and_have_what_stands_above_them() -> None:
    counties = load_counties()
    assert len(counties) > 2700
    assert ("山西省", "大同市", "灵丘县") in counties
    assert [short(name) for name in ("山西省", "灵丘县", "内蒙古自治区", "达县")] == ["山西", "灵丘", "内蒙古", "达县"]
