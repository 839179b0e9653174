"""A user's rules are laid over ours, and nothing in them is passed over in silence."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.rules import BadRules, check_folder, known_files, our_files, read_toml, read_tsv
from pipeline import extract
from pipeline.nlp import build

QUANTITIES = "extractors.quantities"


def lay(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder)


def test_a_table_is_merged_and_ours_stays(tmp_path: Path) -> None:
    rules = lay(
        tmp_path, "units.toml", '[money]\nunits = { "铜板" = "0.01" }\n[shoes]\ncanonical = "双"\nunits = { "双" = 1 }'
    )
    units = read_toml(QUANTITIES, "units.toml", rules)
    assert units["money"]["units"]["铜板"] == "0.01"
    assert units["money"]["units"]["元"] == 1
    assert units["shoes"] == {"canonical": "双", "units": {"双": 1}}


def test_tables_of_words_and_of_patterns_take_new_ones(tmp_path: Path) -> None:
    rules = lay(tmp_path, "traps.toml", '[patterns]\nlot = "第D+标段"')
    assert read_toml(QUANTITIES, "traps.toml", rules)["patterns"]["lot"] == "第D+标段"
    lay(tmp_path, "times.toml", '[years]\n"头年" = -1')
    assert read_toml("extractors.times", "times.toml", rules)["years"]["头年"] == -1


def test_a_list_replaces_ours_unless_it_opens_with_a_plus(tmp_path: Path) -> None:
    ours = read_toml(QUANTITIES, "indicators.toml")["party_members"]["nouns"]
    rules = lay(tmp_path, "indicators.toml", '[party_members]\nnouns = ["+", "云端党员"]')
    assert read_toml(QUANTITIES, "indicators.toml", rules)["party_members"]["nouns"] == [*ours, "云端党员"]
    lay(tmp_path, "indicators.toml", '[party_members]\nnouns = ["云端党员"]')
    assert read_toml(QUANTITIES, "indicators.toml", rules)["party_members"]["nouns"] == ["云端党员"]


def test_a_row_replaces_the_one_with_the_same_first_cell(tmp_path: Path) -> None:
    ours = read_tsv("extractors.actions", "verbs.tsv")
    rules = lay(tmp_path, "verbs.tsv", "verb\tclass\tkind\texample\twhy\n成立\tfound\tslogan\t成立\tas we see it\n")
    verbs = read_tsv("extractors.actions", "verbs.tsv", rules)
    assert len(verbs) == len(ours)
    assert [row["kind"] for row in verbs if row["verb"] == "成立"] == ["slogan"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("unit.toml", "", "did you mean units.toml"),
        ("zzz.tsv", "", "there are aliases.tsv"),
        ("units.toml", "[money", "not readable as TOML"),
        ("units.toml", '[money]\nunits = ["元"]', "money.units must be a table"),
        ("units.toml", '[money]\nunits = { "元" = ["1"] }', "money.units.元 must be a number or a word"),
        ("units.toml", '[money]\nunit = { "铜板" = 1 }', "no rule has a key money.unit (did you mean units?)"),
        ("categories.toml", '[industri.cues]\n"薰衣草" = 3', "did you mean industry?); a new one needs"),
        ("indicators.toml", '[party_members]\nnoun = ["云端党员"]', "did you mean nouns?"),
        ("indicators.toml", "[shift_]\ncue = 1", "shift_"),
        ("units.toml", '[baskets]\ncanonical = "篓"', "a new one needs units"),
        ("units.toml", '[baskets]\ncanonical = "篓"\nunits = { "篓" = ["1"] }', "must be a number or a word"),
        ("units.toml", '[money]\n"人" = "x"', "no rule has a key money.人"),
        ("indicators.toml", '[sites2]\nnouns = ["场"]', "sites2 is new"),
        ("indicators.toml", 'shift_ = ["转"]', "shift_ must be a table"),
        ("topics.toml", 'chore = ["洒扫"]', "no rule has a key chore (did you mean chores?)"),
        ("honours.toml", '[levels]\nvillage = ["村级"]', "no rule has a key levels.village"),
        ("bounds.toml", '[befor]\nge = ["达"]', "no rule has a key befor (did you mean before?)"),
        ("scope.toml", '[target]\nlefts = "拟"', "no rule has a key target.lefts (did you mean left?)"),
        ("verbs.tsv", "verb\tkind\n成立\tslogan\n", "its columns must be verb, class, kind, example, why"),
    ],
)
def test_what_would_have_no_effect_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(BadRules) as refused:
        build("jieba", rules=lay(tmp_path, name, text))
    assert said in str(refused.value)
    assert name in str(refused.value)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRules, match="no such folder"):
        check_folder(str(tmp_path / "absent"))


def test_notes_in_the_folder_are_the_users_own_affair(tmp_path: Path) -> None:
    lay(tmp_path, "notes.md", "why")
    lay(tmp_path, "aliases.tsv", "alias\tcode\tsource\n")
    assert [path.name for path in check_folder(str(tmp_path))] == ["aliases.tsv"]


def test_every_file_of_ours_says_what_it_is() -> None:
    assert set(our_files()) < set(known_files())
    for name, file in our_files().items():
        assert file.read_text("utf-8").startswith("# "), name


def test_an_edited_rule_is_read_again_in_the_same_process(tmp_path: Path) -> None:
    article = "灵丘县销售莜面300余篓。"
    assert extract(article, rules=lay(tmp_path, "units.toml", "")).quantities[0].unit is None
    lay(tmp_path, "units.toml", '[baskets]\ncanonical = "篓"\nunits = { "篓" = 1 }')
    assert extract(article, rules=str(tmp_path)).quantities[0].unit == "篓"


@pytest.mark.parametrize("name", [name for name in our_files() if name.endswith(".toml")])
def test_no_list_says_a_word_twice(name: str) -> None:
    def lists(table: dict[str, Any], at: str) -> Iterator[tuple[str, list[Any]]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from lists(value, f"{at}{key}.")
            elif isinstance(value, list):
                yield at + key, value

    for key, words in lists(tomllib.loads(our_files()[name].read_text("utf-8")), ""):
        twice = [word for word, count in Counter(map(str, words)).items() if count > 1]
        assert twice == [], key
