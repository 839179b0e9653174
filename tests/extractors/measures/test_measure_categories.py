"""Categories: the codes, their cues, ties. That each has its name in the outputs: tests/outputs/test_labels.py."""

import pytest

from extractors.measures.categories import UNNAMED, choose, load_categories
from extractors.rules import BadRules, read_toml

TABLE = read_toml("extractors.measures", "categories.toml")


@pytest.mark.parametrize("code", list(TABLE))
def test_each_says_what_it_is(code):
    entry = TABLE[code]
    assert entry["label"]
    assert entry["definition"]
    assert entry["why"]
    assert len(entry["cues"]) >= 15


@pytest.mark.parametrize("code", list(TABLE))
def test_a_title_of_one_strong_cue_decides(code):
    strong = next(cue for cue, weight in TABLE[code]["cues"].items() if weight == 3)
    assert code in choose(load_categories(), strong, strong).ties


def test_title_counts_more_than_body():
    choice = choose(load_categories(), "加强教育培训", "加强教育培训。种植茶叶200亩,养殖肉牛90头。")
    assert choice.code == "training"


def test_what_came_of_it_does_not_count():
    body = "山坡添绿。新栽油茶900亩,村集体增收40万元,带动集体经济收入突破70万元。"
    assert choose(load_categories(), "山坡添绿", body).code == "industry"


def test_problems_solved_are_no_field():
    body = "难事有人管。76名驻村队员帮助解决修路、饮水、看病等问题120件。"
    assert choose(load_categories(), "难事有人管", body).code == "dispatch"


def test_acts_count_more_than_bystanders():
    body = "添把火。网格员和调解员一同到场,银行推出惠农贷。"
    assert choose(load_categories(), "添把火", body, deeds=["推出惠农贷"]).code == "finance"


def test_ties_are_said():
    choice = choose(load_categories(), "抓网格、抓电商", "抓网格、抓电商。")
    assert set(choice.ties) == {"governance", "market"}
    assert not choice.clear


def test_no_cue_no_category():
    assert choose(load_categories(), "再接再厉", "再接再厉。").code is None


def test_users_cues_are_laid_over(tmp_path):
    tmp_path.joinpath("categories.toml").write_text('[market.cues]\n"赶场" = 3\n', "utf-8")
    assert choose(load_categories(str(tmp_path)), "组织赶场", "组织赶场").code == "market"


def test_bad_weight_is_refused(tmp_path):
    tmp_path.joinpath("categories.toml").write_text('[market.cues]\n"赶场" = 9\n', "utf-8")
    with pytest.raises(BadRules, match="赶场"):
        load_categories(str(tmp_path))


def test_a_title_of_the_author_counts_more_than_the_first_clause_of_prose():
    body = "开办直播间。请来老师培训果农,举办培训班,传授技能。"
    named = choose(load_categories(), "开办直播间", body, deeds=["开办直播间"])
    prose = choose(load_categories(), "开办直播间", body, "教育培训", ["开办直播间"], UNNAMED)
    assert named.code == "market"
    assert prose.code == "training"


def test_words_of_one_family_count_once():
    body = "改造老茶园,发展茶产业,采茶、制茶都在茶园里。考核村干部。"
    choice = choose(load_categories(), "", body, deeds=["考核村干部"])
    assert "茶" not in choice.evidence
