"""The spacy backend on a pipeline that the test builds and saves itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from pipeline.extract import extract
from pipeline.taggers import MissingTagger, load_tagger


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that knows two names by rule, of the label sets that trained pipelines use."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "周大海"},
            {"label": "GPE", "pattern": "河湾村"},
            {"label": "DATE", "pattern": "今年"},
        ]
    )
    nlp.meta["name"] = "small"
    path = tmp_path_factory.mktemp("spacy") / "model"
    nlp.to_disk(path)
    return path


def test_a_pipeline_from_a_folder(model: Path) -> None:
    tagger = load_tagger(f"spacy:{model}")
    sentences = ["今年河湾村周大海 说A B。", "", " "]
    taggings = tagger.tag(sentences)
    assert ["".join(word.text for word in tagging.words) for tagging in taggings] == sentences
    assert taggings[0].names == [(2, 5, "LOC"), (5, 8, "PER")]
    assert "zh_small" in tagger.version


def test_the_whole_pipeline_runs_on_it(model: Path) -> None:
    record = extract("河湾村党支部书记周大海说,今年要再建两个大棚。", tagger=f"spacy:{model}")
    assert [person.text for person in record.persons] == ["周大海"]


def test_an_absent_pipeline_says_how_to_get_one() -> None:
    with pytest.raises(MissingTagger, match="python -m spacy download"):
        load_tagger("spacy:no_such_pipeline")
