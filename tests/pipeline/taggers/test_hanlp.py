"""The hanlp backend on models that the tests train themselves: nothing is downloaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.taggers import load_tagger

pytest.importorskip("hanlp", reason="the optional extra hanlp is not installed: pip install 'anliku[hanlp]'")
pytestmark = [
    pytest.mark.hanlp,
    pytest.mark.filterwarnings("ignore"),  # torch and transformers deprecate each other's calls
]

SURNAMES = "王李张刘陈杨赵周吴孙"
GIVEN = ["建国", "秀英", "志强", "桂兰", "海波", "丽华"]
VILLAGES = ["柳树村", "石桥村", "河湾村", "东岗村", "王家村", "李庄村"]


def examples() -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Sentences with `(start, end, label)` of their names."""
    rows = []
    for index, village in enumerate(VILLAGES * 10):
        name = SURNAMES[index % len(SURNAMES)] + GIVEN[index % len(GIVEN)]
        text = f"{village}村民{name}种了三亩地。" if index % 2 else f"{name}是{village}的党员。"
        at, place = text.index(name), text.index(village)
        rows.append((text, [(at, at + len(name), "NR"), (place, place + len(village), "NS")]))
    return rows


def tags(text: str, names: list[tuple[int, int, str]]) -> list[str]:
    row = ["O"] * len(text)
    for start, end, label in names:
        row[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 2), f"E-{label}"]
    return row


@pytest.fixture(scope="module")
def ner_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny recurrent tagger of characters, trained in seconds."""
    from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
    from hanlp.layers.embeddings.word2vec import Word2VecEmbedding

    folder = tmp_path_factory.mktemp("ner")
    data = folder / "train.tsv"
    data.write_text(
        "\n\n".join("\n".join(f"{c}\t{t}" for c, t in zip(text, tags(text, names), strict=True)) for text, names in examples())
        + "\n\n",
        "utf-8",
    )
    model = folder / "model"
    recogniser = RNNNamedEntityRecognizer()
    recogniser.fit(
        str(data),
        str(data),
        str(model),
        batch_size=16,
        epochs=20,
        embed=Word2VecEmbedding("token", 32),
        rnn_hidden=48,
        drop=0.0,
        lr=0.02,
        crf=False,
        tagging_scheme="IOBES",
        devices=-1,
        verbose=False,
    )
    return model


def test_a_names_only_model_reads_characters_and_takes_words_from_jieba(ner_model: Path) -> None:
    tagger = load_tagger(f"hanlp:{ner_model}")
    sentences = ["河湾村村民赵志强种了三亩地。", "", "  ", "李桂兰 是石桥村的党员。", *[text for text, _ in examples()[:40]]]
    taggings = tagger.tag(sentences)
    assert ["".join(word.text for word in tagging.words) for tagging in taggings] == sentences
    first = [(sentences[0][start:end], label) for start, end, label in taggings[0].names]
    assert first == [("河湾村", "LOC"), ("赵志强", "PER")]
    assert taggings[1].names == taggings[2].names == []
    shifted = [sentences[3][start:end] for start, end, _ in taggings[3].names]
    assert shifted == ["李桂兰", "石桥村"]
    assert tagger.version.startswith("hanlp ")


class MultiTask:
    """Speaks as a multi-task model of hanlp does: a mapping from task to one row a sentence, entities unsorted."""

    tasks: dict[str, Any] = {"ner/msra": None, "pos/ctb": None, "tok/fine": None}

    def __call__(self, sentences: list[str], tasks: list[str]) -> dict[str, Any]:
        assert tasks == ["tok/fine", "pos/ctb", "ner/msra"]
        assert all(sentence.strip() for sentence in sentences)
        return {
            "tok/fine": [["李桂兰", "在", "石桥村"] for _ in sentences],
            "pos/ctb": [["NR", "P", "NR"] for _ in sentences],
            "ner/msra": [[("石桥村", "LOCATION", 2, 3), ("李桂兰", "PERSON", 0, 1), ("三", "INTEGER", 1, 2)] for _ in sentences],
        }


def test_a_multi_task_model_gives_words_parts_of_speech_and_names(monkeypatch: pytest.MonkeyPatch) -> None:
    import hanlp

    asked: dict[str, Any] = {}

    def load(model: str, devices: int) -> MultiTask:
        asked.update(model=model, devices=devices)
        return MultiTask()

    monkeypatch.setattr(hanlp, "load", load)
    tagger = load_tagger("hanlp:some/model@gpu")
    assert asked == {"model": "some/model", "devices": 0}
    plain, empty, spaced = tagger.tag(["李桂兰在石桥村", " ", "李桂兰 在石桥村"])
    assert [(word.text, word.tag, word.pos) for word in plain.words] == [
        ("李桂兰", "NR", "PROPN"),
        ("在", "P", "ADP"),
        ("石桥村", "NR", "PROPN"),
    ]
    assert plain.names == [(0, 3, "PER"), (4, 7, "LOC")]
    assert empty.names == []
    assert spaced.names == [(0, 3, "PER"), (5, 8, "LOC")]
    assert "".join(word.text for word in spaced.words) == "李桂兰 在石桥村"
