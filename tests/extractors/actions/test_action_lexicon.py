"""The vocabulary is data: linted, and each verb's own example is read as its kind says."""

import pytest

from extractors.actions.hints import hints
from extractors.actions.lexicon import load
from extractors.actions.reader import read
from extractors.rules import BadRules, read_toml, read_tsv
from models.article import Article
from pipeline.nlp import build, prepare

ROWS = read_tsv("extractors.actions", "verbs.tsv")


@pytest.fixture(scope="module")
def acts():
    nlp, lexicon = build("lac", components=()), load()

    def run(text):
        document = prepare(Article(source="case", raw=text + "。"))
        doc = nlp.tokenizer.segment(document)
        return read(doc.text, document.layout.sentences, lexicon, hints(doc))

    return run


def test_breadth():
    assert len(ROWS) >= 250
    assert len({row["verb"] for row in ROWS}) == len(ROWS)
    assert all(row["verb"] in row["example"] and row["why"] for row in ROWS)


def test_a_word_is_not_both_thing_and_hope():
    objects = read_toml("extractors.actions", "objects.toml")
    assert not set(objects["concrete"]) & set(objects["abstract"])


def test_examples_of_slogans_are_no_actions(acts):
    wrong = [row["example"] for row in ROWS if row["kind"] == "slogan"
             and any(not act.outcome and not act.loose for act in acts(row["example"]))]  # fmt: skip
    assert wrong == []


def test_most_examples_of_concrete_verbs_are_actions(acts):
    rows = [row for row in ROWS if row["kind"] == "concrete"]
    found = sum(any(not act.outcome for act in acts(row["example"])) for row in rows)
    assert found >= 0.9 * len(rows)


def test_users_verbs_are_added(tmp_path):
    tmp_path.joinpath("verbs.tsv").write_text(
        "verb\tclass\tkind\texample\twhy\n雇\tsend\tconcrete\t雇保洁员6名\tsends named people\n", "utf-8"
    )
    assert any(verb.text == "雇" for verb in load(str(tmp_path)).verbs)


def test_unknown_kind_is_refused(tmp_path):
    tmp_path.joinpath("verbs.tsv").write_text("verb\tclass\tkind\texample\twhy\n雇\tsend\tsolid\t雇人\tx\n", "utf-8")
    with pytest.raises(BadRules, match="solid"):
        load(str(tmp_path))
