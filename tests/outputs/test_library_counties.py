"""A village has no code; its case still lies in the county that the article names."""

from __future__ import annotations

from pathlib import Path

from models.article import Article
from models.case import CaseRecord
from outputs.library import Library

RULE = {"extractor": "places", "rule": "test", "version": "1"}
COUNTY = ("山西省", "大同市", "云州区")


def record(article: Article, county: tuple[str, ...] = COUNTY) -> CaseRecord:
    return CaseRecord.model_validate(
        {
            "file": article.file, "source": article.source, "article_id": article.id, "version": "1", "kind": "case",
            "meta": {}, "body": [(0, len(article.raw))],
            "jurisdictions": [{"name": "石湾村", "level": "village", "path": (*COUNTY, "石湾村")}],
            "places": [{"start": 0, "end": 3, "text": "云州区", "level": "county", "adcode": "140215", "path": county,
                        "provenance": RULE}],
        }
    )  # fmt: skip


def county_codes(library: Library) -> list[str | None]:
    return [row["county_code"] for row in library.query("SELECT county_code FROM cases")]


def test_the_county_of_a_village_is_the_one_the_article_names(tmp_path: Path) -> None:
    article = Article(source="a.txt", raw="云州区石湾村建起大棚。")
    with Library(tmp_path / "l.db") as library:
        library.write(None, [(article, record(article), article.raw)])
        assert county_codes(library) == ["140215"]


def test_a_county_elsewhere_is_not_taken(tmp_path: Path) -> None:
    article = Article(source="a.txt", raw="云州区石湾村建起大棚。")
    with Library(tmp_path / "l.db") as library:
        library.write(None, [(article, record(article, ("某省", "某市", "云州区")), article.raw)])
        assert county_codes(library) == [None]
