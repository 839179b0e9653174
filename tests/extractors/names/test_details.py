"""What a name carries beside its span: role, full name, year, recipients, rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from extractors.doc import Findings, findings
from models.place import Place
from models.span import Provenance
from pipeline.nlp import Segmenter, build
from tests.extractors.names.test_names import LEVELS, unmark


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build("lac", components=("anliku_names",))


def read(nlp: Language, marked: str) -> Findings:
    text, runs = unmark(marked)
    segmenter = nlp.tokenizer
    assert isinstance(segmenter, Segmenter)
    doc = segmenter(text)
    provenance = Provenance(extractor="test", rule="marked", version="0")
    for kind, start, end in sorted(runs, key=lambda run: run[1]):
        level = LEVELS[kind]
        findings(doc).places.append(
            Place(start=start, end=end, text=text[start:end], level=level, provenance=provenance)  # type: ignore[arg-type]
        )
    return findings(nlp.get_pipe("anliku_names")(doc))


@pytest.mark.parametrize(
    ("marked", "role", "organisation"),
    [
        ("[t|柳溪镇][v|河湾村]党支部书记周大海说。", "柳溪镇河湾村党支部书记", "柳溪镇河湾村党支部"),
        ("村民李秀兰笑着说。", "村民", None),
        ("党委书记、村委会主任郑有才带头试种。", "党委书记、村委会主任", "党委"),
        ("石坚是[c|青云县]就业局局长,分管培训。", "青云县就业局局长", "青云县就业局"),
        ("在乡党委书记刘玉红的帮助下,路修通了。", "乡党委书记", "乡党委"),
        ("云上茶业有限公司总经理沈立群介绍。", "云上茶业有限公司总经理", "云上茶业有限公司"),
    ],
)
def test_role_and_organisation(nlp: Language, marked: str, role: str, organisation: str | None) -> None:
    person = read(nlp, marked).persons[0]
    assert (person.role, person.organisation) == (role, organisation)


def test_later_mentions_are_optional_and_keep_the_role(nlp: Language) -> None:
    persons = read(nlp, "村党支部书记周大海上任了。周大海挨家走访。大家都信周大海。").persons
    assert [(person.text, person.role, person.optional) for person in persons] == [
        ("周大海", "村党支部书记", False),
        ("周大海", "村党支部书记", True),
        ("周大海", "村党支部书记", True),
    ]


def test_two_characters_that_meet_by_chance_are_no_later_mention(nlp: Language) -> None:
    persons = read(nlp, "村民石强说。工程磐石强基,成效明显。").persons
    assert [person.start for person in persons] == [2]


def test_reporters_are_not_persons_of_the_story(nlp: Language) -> None:
    assert read(nlp, "记者张小帆在现场看到,摄影王伟站在一旁。").persons == []


def test_short_forms_have_their_full_name(nlp: Language) -> None:
    text = "[c|青云县]就业局开了专场。县就业局还送岗到村。金穗农业有限公司(以下简称“金穗农业”)签了约,该公司招了人,金穗农业付了定金。"
    organisations = read(nlp, text).organisations
    assert [(body.text, body.canonical) for body in organisations] == [
        ("青云县就业局", None),
        ("县就业局", "青云县就业局"),
        ("金穗农业有限公司", None),
        ("金穗农业", "金穗农业有限公司"),
        ("该公司", "金穗农业有限公司"),
        ("金穗农业", "金穗农业有限公司"),
    ]
    assert [body.optional for body in organisations] == [False, True, False, True, True, True]


def test_honours_have_year_level_and_recipients(nlp: Language) -> None:
    text = "2019年,周大海、吴长顺被评为“全省好支书”,[o|][v|石桥村]党支部被授予全市先进基层党组织称号。".replace(
        "[o|]", ""
    )
    honours = read(nlp, text).honours
    assert [(honour.text, honour.year, honour.level, honour.recipients) for honour in honours] == [
        ("“全省好支书”", "2019", "province", ("周大海", "吴长顺")),
        ("全市先进基层党组织", "2019", "prefecture", ("石桥村党支部",)),
    ]


def test_a_document_has_its_number(nlp: Language) -> None:
    documents = read(nlp, "县里印发《党员积分办法》(青组发〔2021〕5号)。").documents
    assert [(paper.text, paper.number) for paper in documents] == [("《党员积分办法》", "青组发〔2021〕5号")]


def test_every_name_says_its_rule_and_why_it_is_not_sure(nlp: Language) -> None:
    found = read(
        nlp, "[c|青云县]推行“先议后办”,实施农村带头人学历提升工程,村民李秀兰说好,刘书记点头,荣获全国文明村称号。"
    )
    names = [*found.programmes, *found.persons, *found.organisations, *found.honours]
    assert len(names) >= 4
    for name in names:
        assert name.provenance.extractor.startswith("names.")
        assert name.provenance.rule
        assert (name.provenance.confidence == "high") == (name.provenance.reason is None)


def test_order_and_offsets_are_stable(nlp: Language) -> None:
    text = "[c|青云县]推行“先议后办”机制。村民李秀兰、王福贵夫妇加入了[v|石桥村]合作社。"
    first, second = read(nlp, text), read(nlp, text)
    plain = unmark(text)[0]
    assert all((first.programmes, first.persons, first.organisations))
    for layer in ("programmes", "documents", "persons", "organisations", "honours"):
        names = getattr(first, layer)
        assert names == getattr(second, layer)
        assert [name.start for name in names] == sorted(name.start for name in names)
        assert all(plain[name.start : name.end] == name.text for name in names)


def test_a_users_rules_are_laid_over_ours(tmp_path: Path) -> None:
    (tmp_path / "programmes.toml").write_text('[known]\nnames = ["三色预警"]\n', "utf-8")
    nlp = build("jieba", components=("anliku_names",), rules=str(tmp_path))
    assert [name.text for name in read(nlp, "村里落实三色预警,户户心安。").programmes] == ["三色预警"]
    assert [name.text for name in read(nlp, "村里推行“五步”工作法。").programmes] == ["“五步”工作法"]


def test_a_long_sentence_takes_time_in_proportion(nlp: Language) -> None:
    """Ten times the text may not take a hundred times the work; counted in findings, which a clock would blur."""
    piece = "青云县推行“先议后办”机制、出台《积分办法》,村民李秀兰说好、"
    found = read(nlp, piece * 300)
    assert len(found.programmes) == len(found.documents) == len(found.persons) == 300
