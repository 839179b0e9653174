"""Copies are found under other headers, cut short and re-set; different reports on one topic are not."""

from __future__ import annotations

import random
import re
from itertools import combinations

from corpus.duplicates import cluster, signature

COUNTIES = [stem + tail for stem in "青白石清云金河安长永" for tail in ("溪县", "山县", "湖县", "岭市", "源区")]
VILLAGES = [stem + tail + "村" for stem in "上下东西南北大小新老红高" for tail in "河坪沟坝庄岭桥塘"]
CROPS = [
    "茶叶",
    "黄桃",
    "食用菌",
    "中药材",
    "花椒",
    "肉牛",
    "生姜",
    "核桃",
    "羊肚菌",
    "油茶",
    "莲藕",
    "小龙虾",
    "草莓",
    "柑橘",
]
BODIES = ["村党支部", "驻村工作队", "第一书记", "县农业农村局", "镇党委", "合作社", "党员志愿服务队", "县委组织部"]
ACTS = [
    "组建联合党委",
    "建成冷链仓库",
    "流转撂荒地",
    "举办实训班",
    "开设直播间",
    "修建产业路",
    "设立公益岗位",
    "选聘技术员",
    "推行积分制",
]
GAINS = ["村集体收入", "人均可支配收入", "务工收入", "分红", "年产值", "土地流转收入"]
PHRASES = [
    "坚持党建引领",
    "聚焦产业发展",
    "拓宽增收渠道",
    "健全联农带农机制",
    "激发内生动力",
    "推动强村富民",
    "夯实战斗堡垒",
]


def report(seed: int) -> list[str]:
    """Sentences of a report on one and the same topic, from the genre's set phrases."""
    rng = random.Random(seed)
    pick, number = rng.choice, lambda: rng.randint(2, 9999)
    forms = [
        lambda: (
            f"{pick(PHRASES)},{pick(COUNTIES)}{pick(VILLAGES)}{pick(BODIES)}{pick(ACTS)},发展{pick(CROPS)}{number()}亩。"
        ),
        lambda: f"据{pick(VILLAGES)}负责人介绍,去年{pick(GAINS)}达到{number()}万元,比上年增加{number()}万元。",
        lambda: f"为{pick(PHRASES)},{pick(BODIES)}牵头{pick(ACTS)},投入资金{number()}万元,覆盖{number()}个村。",
        lambda: f"“以前{pick(CROPS)}卖不上价,现在{pick(ACTS)},一年能多挣{number()}元。”{pick(VILLAGES)}村民说。",
    ]
    return [pick(forms)() for _ in range(rng.randint(8, 40))]


FORM = [
    "为深入贯彻落实关于全面推进乡村振兴的决策部署,{county}坚持以党建为统领,持续建强农村基层党组织,不断增强政治功能和组织功能。",
    "{county}共选派第一书记和工作队员{n}名,实现重点乡村全覆盖,严格落实在岗履职、考勤考核、关心关爱等各项制度。",
    "注重从致富能手、退役军人、返乡大学生中选拔村党组织带头人,建立村级后备力量库,{village}等{n}个村完成届中调整,在库{n}人。",
    "整合各级财政扶持资金{n}万元,实施村级集体经济项目{n}个,推动资源变资产、资金变股金、农民变股东,{village}集体收入达到{n}万元。",
    "健全网格化治理机制,全县划分网格{n}个,配备专兼职网格员{n}名,做到小事不出村、大事不出镇、矛盾不上交。",
    "下一步,{county}将继续聚焦组织振兴,压紧压实县乡村三级书记抓党建责任,以高质量党建引领保障乡村全面振兴取得新成效。",
]


def filled(seed: int) -> list[str]:
    """One form of words, filled in by a county: the fixed words outweigh what differs."""
    rng = random.Random(f"form-{seed}")
    county, village = rng.choice(COUNTIES), rng.choice(VILLAGES)
    return [re.sub(r"\{n\}", lambda _: str(rng.randint(11, 9999)), line).format(county=county, village=village)
            for line in FORM]  # fmt: skip


def sibling(seed: int) -> list[str]:
    """The report of that seed as another county would have it: every name and figure is its own."""
    rng = random.Random(f"sibling-{seed}")
    names = dict.fromkeys(COUNTIES, COUNTIES) | dict.fromkeys(VILLAGES, VILLAGES)
    other = {name: rng.choice(pool) for name, pool in names.items()}
    text = re.sub("|".join(names), lambda hit: other[hit.group()], "\n".join(report(seed)))
    return re.sub(r"[0-9]+", lambda _: str(rng.randint(2, 9999)), text).split("\n")


def test_one_form_filled_in_by_many_counties_is_many_reports() -> None:
    forms = ["".join(filled(seed)) for seed in range(60)]
    sketches = [sketch for form in forms if (sketch := signature(form)) is not None]
    assert min(sketches[0].jaccard(other) for other in sketches[1:]) > 0.5, "alike in words"
    leads = cluster(enumerate(forms))
    assert [n for n in range(60) if leads[n] != n] == []
    cut = [((n, "cut"), form[: len(form) * 7 // 10]) for n, form in enumerate(forms)]
    leads_of_cut = cluster([*((n, form) for n, form in enumerate(forms)), *cut])
    assert [n for n in range(60) if leads_of_cut[n, "cut"] != n] == []


def test_the_same_report_of_another_county_is_another_report() -> None:
    items = [(("own", n), "".join(report(n))) for n in range(80)]
    items += [(("other", n), "".join(sibling(n))) for n in range(80)]
    assert all(lead == id_ for id_, lead in cluster(items).items())


def copy(sentences: list[str], kind: int) -> str:
    text = "".join(sentences)
    header = "首页 > 新闻 > 地方 柳湾融媒体中心 2023-05-12 阅读1204 "
    footer = " 责任编辑:某某 版权所有 柳湾新闻网 未经许可不得转载 备案号20230512"
    return (header + text + footer, text[: len(text) * 7 // 10], header + text[: len(text) * 7 // 10],
            "\n\n".join(sentences).replace(",", "，"))[kind]  # fmt: skip


def test_recall_and_precision_on_250_pairs() -> None:
    reports = [report(seed) for seed in range(250)]
    items = [(("report", n), "".join(sentences)) for n, sentences in enumerate(reports)]
    items += [(("copy", n), copy(sentences, n % 4)) for n, sentences in enumerate(reports)]
    leads = cluster(items)
    assert [n for n in range(250) if leads["copy", n] != ("report", n)] == []
    assert [n for n in range(250) if leads["report", n] != ("report", n)] == []


def test_different_reports_on_one_topic_are_far_apart() -> None:
    sketches = [sketch for seed in range(40) if (sketch := signature("".join(report(seed)))) is not None]
    assert max(a.jaccard(b) for a, b in combinations(sketches, 2)) < 0.3


def test_lead_is_the_first_given_also_through_others() -> None:
    text = "".join(report(1))
    most, half = text[: len(text) * 7 // 10], text[: len(text) * 7 // 10 * 7 // 10]
    assert cluster([("a", text), ("c", half), ("b", most)]) == {"a": "a", "b": "a", "c": "a"}
    assert cluster([("c", half), ("b", most), ("a", text)]) == {"a": "c", "b": "c", "c": "c"}


def test_short_empty_and_repeated() -> None:
    items = [("a", "村"), ("b", "村。"), ("c", "镇"), ("d", ""), ("e", "。"), ("a", "镇")]
    assert cluster(items) == {"a": "a", "b": "a", "c": "c", "d": "d", "e": "e"}
    assert cluster([]) == {}


def test_many_copies_of_one_release() -> None:
    text = "".join(report(2))
    assert set(cluster((n, f"{text}{n}") for n in range(500)).values()) == {0}


def test_same_input_same_leads() -> None:
    items = [(n, copy(report(n // 3), n % 4)) for n in range(90)]
    assert cluster(items) == cluster(items)
