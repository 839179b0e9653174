"""Doubts in the reader's language: every reason that an extractor gives is known."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from outputs.doubts import doubts
from outputs.labels import labels
from outputs.library.things import rules
from outputs.reasons import _texts, certainty, reason
from tests.outputs.samples import county_record

EXTRACTORS = Path(__file__).parents[2] / "extractors"
OUTPUTS = Path(__file__).parents[2] / "outputs"


def given() -> set[str]:
    """Texts with a space that stand beside a confidence, or are assigned to a reason or a doubt, in the extractors."""
    found: set[str] = set()
    for path in EXTRACTORS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            parts: list[ast.AST] = []
            match node:
                case ast.Tuple(elts=elements):
                    parts = list(elements)
                case ast.Call(args=arguments):
                    parts = [*arguments, *(k.value for k in node.keywords if k.arg == "reason")]
                    if not any(k.arg == "reason" for k in node.keywords) and not _beside_confidence(arguments):
                        parts = []
                case ast.Assign(targets=[ast.Name(id="doubt")], value=value):
                    found |= _texts_of(value)
                case ast.AnnAssign(target=ast.Name(id="_DOUBTS"), value=ast.Dict(values=values)):
                    parts = list(values)
                case ast.Assign(targets=[ast.Name(id="_DOUBTS")], value=ast.Dict(values=values)):
                    for value in values:
                        found |= _texts_of(value)
                case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                    for target, value in zip(targets, values, strict=False):
                        if getattr(target, "attr", getattr(target, "id", "")) == "reason":
                            found |= _texts_of(value)
            if isinstance(node, ast.Call) or (parts and _beside_confidence(parts)):
                for part in parts:
                    found |= _texts_of(part)
    return {text for text in found if re.search(r"[a-z] [a-z]", text)}


def _beside_confidence(parts: list[ast.expr] | list[ast.AST]) -> bool:
    return any({"medium", "low"} & _texts_of(part) for part in parts)


def _texts_of(node: ast.AST) -> set[str]:
    """Constant texts that an expression may be."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return _texts_of(body) | _texts_of(orelse)
        case _:
            return set()


def test_the_reasons_of_the_extractors_are_found() -> None:
    assert len(given()) > 20, "else the next test says nothing"


def test_every_reason_is_known_in_chinese() -> None:
    unknown = {text for text in given() if not re.search("[一-龥]", reason(text))}
    assert unknown == set()


def not_compared() -> set[str]:
    """Why numbers are not compared, as the code says it: texts with four Chinese characters or more, X for what is filled
    in."""
    found = {*rules()["never"].values(), *labels()["flag"].values()}
    for name in ("compare.py", "bases.py", "library/observations.py", "library/things.py"):
        tree = ast.parse((OUTPUTS / name).read_text("utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if id(node) not in said and not isinstance(node, ast.JoinedStr):
                found |= _texts_of(node)
            elif isinstance(node, ast.JoinedStr):
                said |= {id(part) for part in node.values}
                found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values))
    found.discard("所报地方")  # stands in another
    return {text for text in found if len(re.findall("[一-龥]", text)) >= 4 and "\\" not in text}


def test_every_reason_for_not_comparing_is_known_in_english() -> None:
    assert len(not_compared()) > 20, "else the next line says nothing"
    assert {text for text in not_compared() if re.search("[一-龥]", reason(text, "en"))} == set()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("是乡级的数，不是县级的", "a number of the level township, not county"),
        ("与《石桥县：抓实队伍；建强阵地》重复，只计一次", "a copy of 《石桥县：抓实队伍；建强阵地》, counted once"),
        ("是平均，不能再按每村折算", "average: cannot be divided once more (per village)"),
        ("属于石桥镇，不是所报地方的", "it belongs to 石桥镇, not to the place of the report"),
        ("部分大于整体；比例与数目不符", "part exceeds whole; share contradicts counts"),
        ("编辑写的理由", "编辑写的理由"),
    ],
)
def test_reasons_for_not_comparing_with_something_of_the_article(said: str, shown: str) -> None:
    assert reason(said, "en") == shown


def test_no_word_is_of_a_reason_that_is_gone() -> None:
    code = "".join(path.read_text("utf-8") for path in EXTRACTORS.rglob("*.py"))
    gone = {text for text in _texts()["reasons"] if text not in code}
    assert gone == set()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("3 divisions have this name and the article does not tell which", "有 3 个同名的行政区划，文中没有说明是哪一个"),
        ("no unit or classifier is written; only the verb says what the money is",
         "没有写单位或量词；这笔钱是什么，只由动词看出"),
        ("several fit; the parent named last before it decides", "有几处同名，按前面最近提到的上级判定"),
        ("the category is close: 产业、{0}", "类别难分，线索词：产业、{0}"),
        ("编辑写的理由", "编辑写的理由"),
    ],
)  # fmt: skip
def test_reasons_with_something_of_the_article_or_several(said: str, shown: str) -> None:
    assert reason(said) == shown
    assert reason(said, "en") == said


def test_doubts_in_either_language() -> None:
    assert certainty(["part_exceeds_whole"], "low", "only the surname is said") == [
        "部分大于整体",
        "把握低（只写了姓）",
    ]
    assert certainty([], "low", "only the surname is said", "en") == ["low confidence (only the surname is said)"]
    assert certainty([], "high", None) == []
    chinese, english = doubts(county_record()), doubts(county_record(), language="en")
    assert len(chinese) == len(english) == 2
    assert chinese[0] == "地点“柳泉村”：也可能是 山西省 › 柳泉村；把握低（two readings）", (
        "a reason of nobody's stays as it is"
    )
    assert english[0].startswith("places“柳泉村”: perhaps 山西省 › 柳泉村; low confidence")
