"""The hanlp backend on models that the tests train themselves: nothing is downloaded."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.taggers import MissingTagger, load_tagger

pytest.importorskip("hanlp", reason="the optional extra hanlp is not installed: pip install 'anliku[hanlp]'")
pytestmark = [
    pytest.mark.hanlp,
    pytest.mark.filterwarnings("ignore"),  # torch and transformers deprecate each other's calls
]

SURNAMES = "王李张刘陈杨赵周吴孙"
GIVEN = ["建国", "秀英", "志强", "桂兰", "海波", "丽华"]
VILLAGES = ["柳树村", "石桥村", "河湾村", "东岗村", "王家村", "李庄村"]


def examples() -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Sentences with `(start, end, label)` of their names: each village and each name in both kinds of sentence."""
    chance = random.Random(1)
    rows = []
    for index in range(120):
        name, village = chance.choice(SURNAMES) + chance.choice(GIVEN), chance.choice(VILLAGES)
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
        "\n\n".join(
            "\n".join(f"{c}\t{t}" for c, t in zip(text, tags(text, names), strict=True)) for text, names in examples()
        )
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
        lr=0.01,
        seed=1,
        crf=False,
        tagging_scheme="IOBES",
        devices=-1,
        verbose=False,
    )
    return model


def test_a_names_only_model_reads_characters_and_takes_words_from_jieba(ner_model: Path) -> None:
    tagger = load_tagger(f"hanlp:{ner_model}")
    sentences = [
        "河湾村村民赵志强种了三亩地。",
        "",
        "  ",
        "李桂兰 是石桥村的党员。",
        *[text for text, _ in examples()[:40]],
    ]
    taggings = tagger.tag(sentences)
    assert ["".join(word.text for word in tagging.words) for tagging in taggings] == sentences
    first = [(sentences[0][start:end], label) for start, end, label in taggings[0].names]
    assert first == [("河湾村", "LOC"), ("赵志强", "PER")]
    assert taggings[1].names == taggings[2].names == []
    shifted = [sentences[3][start:end] for start, end, _ in taggings[3].names]
    assert shifted == ["李桂兰", "石桥村"]
    assert tagger.version.startswith("hanlp ")


def pieces(text: str, names: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """Words of a sentence, each with the label of its name or O: a name is a word, and so is every other character."""
    row, at = [], 0
    for start, end, label in sorted(names):
        row += [(letter, "O") for letter in text[at:start]] + [(text[start:end], label)]
        at = end
    return row + [(letter, "O") for letter in text[at:]]


@pytest.fixture(scope="module")
def multi_task_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Words, parts of speech and names over one tiny encoder, all trained here."""
    import torch
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.pos import TransformerTagging
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding
    from transformers import BertConfig, BertModel, BertTokenizer, optimization

    # transformers 5 has dropped the optimiser that hanlp's training asks for; loading and predicting do without it.
    optimization.AdamW = torch.optim.AdamW
    torch.manual_seed(7)

    folder = tmp_path_factory.mktemp("multi")
    random.seed(1)
    torch.manual_seed(1)  # so small a model may fail to learn from an unlucky beginning
    encoder = folder / "encoder"
    encoder.mkdir()
    letters = sorted({letter for text, _ in examples() for letter in text})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    (encoder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
    BertTokenizer(str(encoder / "vocab.txt"), do_lower_case=False).save_pretrained(str(encoder))
    shape = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    BertModel(shape).save_pretrained(str(encoder))

    rows = [pieces(text, names) for text, names in examples()]
    labels = {"NR": "S-PERSON", "NS": "S-LOCATION", "O": "O"}

    def write(name: str, sentences: list[str], gap: str) -> str:
        path = folder / name
        path.write_text(gap.join(sentences) + gap, "utf-8")
        return str(path)

    tok = write("tok.txt", [" ".join(word for word, _ in row) for row in rows], "\n")
    pos = write("pos.tsv", ["\n".join(f"{w}\t{'NN' if k == 'O' else 'NR'}" for w, k in row) for row in rows], "\n\n")
    ner = write("ner.tsv", ["\n".join(f"{w}\t{labels[k]}" for w, k in row) for row in rows], "\n\n")
    options = {"lr": 1e-2, "batch_size": 16, "max_seq_len": 64}
    tasks = {
        "tok/fine": TaggingTokenization(tok, tok, char_level=True, tagging_scheme="BMES", crf=False, **options),
        "pos/ctb": TransformerTagging(pos, pos, dependencies="tok", **options),
        "ner/msra": TaggingNamedEntityRecognition(ner, ner, dependencies="tok", tagging_scheme="IOBES", **options),
    }
    model = folder / "model"
    MultiTaskLearning().fit(
        ContextualWordEmbedding(
            "token", str(encoder), average_subwords=True, max_sequence_length=64, word_dropout=None
        ),
        tasks,
        str(model),
        15,
        lr=2e-3,
        encoder_lr=2e-3,
        eval_trn=False,
        seed=1,
        devices=-1,
        verbose=False,
    )
    return model


def test_a_multi_task_model_gives_words_parts_of_speech_and_names(multi_task_model: Path) -> None:
    tagger = load_tagger(f"hanlp:{multi_task_model}")
    sentences = [
        "河湾村村民赵志强种了三亩地。",
        " ",
        "",
        "李桂兰 是石桥村的党员。",
        *[text for text, _ in examples()[:40]],
    ]
    taggings = tagger.tag(sentences)
    assert ["".join(word.text for word in tagging.words) for tagging in taggings] == sentences
    first = taggings[0]
    assert [(word.text, word.tag, word.pos) for word in first.words[:1]] == [("河湾村", "NR", "PROPN")]
    assert first.names == [(0, 3, "LOC"), (5, 8, "PER")]
    assert taggings[1].names == taggings[2].names == []
    assert [sentences[3][start:end] for start, end, _ in taggings[3].names] == ["李桂兰", "石桥村"]


def test_a_model_that_is_not_there_says_what_to_give() -> None:
    with pytest.raises(MissingTagger, match="Give the folder of a trained model"):
        load_tagger("hanlp:/no/such/model")


def test_the_device_is_part_of_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import hanlp

    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(hanlp, "load", lambda model, devices: asked.append((model, devices)))
    load_tagger("hanlp:some/model@gpu")
    load_tagger("hanlp:some/model")
    assert asked == [("some/model", 0), ("some/model", -1)]
