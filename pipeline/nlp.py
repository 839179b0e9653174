"""The spaCy `Language` that is the spine: a tokenizer that asks the tagger, and the extractors as components."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import islice

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import get_lang_class
from spacy.vocab import Vocab

from extractors.doc import attach
from extractors.metadata import read_metadata
from extractors.rules import check_folder
from models.article import Article
from models.document import Document
from pipeline.layout import lay_out
from pipeline.normalise import normalise
from pipeline.taggers import Tagger, Tagging, Word, load_tagger

COMPONENTS = ("anliku_places", "anliku_times", "anliku_quantities", "anliku_measures", "anliku_names", "anliku_actions")
"""In this order: each may read what those before it found."""

VERSION = version("anliku")

_NO_START = 2**64 - 1
"""How a spaCy array says that no sentence starts here (-1, unsigned)."""


def prepare(article: Article) -> Document:
    """Normalise and lay out an article, and read its metadata."""
    normal = normalise(article)
    layout = lay_out(normal)
    return Document(article=article, normal=normal, layout=layout, meta=read_metadata(article, normal, layout))


class Segmenter:
    """The tokenizer of the `Language`: words of the body from the tagger, the rest of the page as one token a line."""

    def __init__(self, vocab: Vocab, tagger: Tagger) -> None:
        self.vocab = vocab
        self.tagger = tagger
        self._codes: dict[str, int] = {}
        """spaCy's numbers of tags and parts of speech."""

    def __call__(self, text: str) -> Doc:
        """spaCy's way in: plain text. `doc.text` is the normalised text, which may be shorter than `text`."""
        return self.segment(prepare(Article(source="text", raw=text)))

    def tag(self, documents: Sequence[Document]) -> list[list[Tagging]]:
        """The taggings of the sentences of each document, all of them tagged in one call."""
        sentences = [
            [document.normal.text[start:end] for start, end in document.layout.sentences] for document in documents
        ]
        taggings = iter(self.tagger.tag([sentence for own in sentences for sentence in own]))
        return [list(islice(taggings, len(own))) for own in sentences]

    def segment(self, document: Document, taggings: Sequence[Tagging] | None = None) -> Doc:
        """A `Doc` over the normalised page: parts of speech, sentence starts, the tagger's names as
        `doc.spans["names"]`. `taggings`: those of its sentences, where they are tagged already."""
        text = document.normal.text
        sentences = document.layout.sentences
        if taggings is None:
            [taggings] = self.tag([document])
        words: list[Word] = []
        heads: list[int] = []
        names: list[tuple[int, int, str]] = []

        def gap(start: int, end: int) -> None:
            for line in text[start:end].splitlines(keepends=True):
                heads.append(len(words))
                words.append(Word(line, "", "SPACE" if line.isspace() else "X"))

        at = 0
        for (start, end), tagging in zip(sentences, taggings, strict=True):
            gap(at, start)
            heads.append(len(words))
            words += tagging.words
            names += [(start + a, start + b, label) for a, b, label in tagging.names]
            at = end
        gap(at, len(text))
        doc = self._doc(words, heads)
        doc.spans["names"] = [
            span for start, end, label in names if (span := doc.char_span(start, end, label=label)) is not None
        ]
        return attach(doc, document)

    def _doc(self, words: list[Word], heads: list[int]) -> Doc:
        """A `Doc` of these words. Their tags are set as one array, which takes a third of the time that `Doc` needs for
        lists of strings. `heads`: indices of the words that begin a sentence."""
        texts, tags, pos = zip(*words, strict=True) if words else ((), (), ())
        for name in {*tags, *pos} - self._codes.keys():
            # Kept beyond this article (spaCy's stub lacks the argument): their codes are kept here.
            self._codes[name] = self.vocab.strings.add(name, allow_transient=False) if name else 0  # type: ignore[call-arg]
        columns = np.full((len(words), 3), _NO_START, dtype=np.uint64)
        columns[:, 0] = [self._codes[tag] for tag in tags]
        columns[:, 1] = [self._codes[part] for part in pos]
        columns[heads, 2] = 1
        doc = Doc(self.vocab, words=list(texts), spaces=[False] * len(words))
        return doc.from_array(["TAG", "POS", "SENT_START"], columns)  # type: ignore[arg-type]  # thinc's own array type


def build(tagger: str | Tagger = "lac", components: tuple[str, ...] = COMPONENTS, rules: str | None = None) -> Language:
    """A `Language` with that tagger and those components. A user may `add_pipe` more, or leave some out.
    `rules`: folder of the user's own rules, laid over ours; `BadRules` where something in it would have no effect."""
    if rules is not None:
        check_folder(rules)
    loaded = load_tagger(tagger) if isinstance(tagger, str) else tagger
    nlp: Language = get_lang_class("zh")(create_tokenizer=lambda nlp: Segmenter(nlp.vocab, loaded))
    for name in components:
        nlp.add_pipe(name, config={"rules": rules})
    return nlp
