"""Chapters that tell of no measure: what is wanting, what comes next, what came of it, what it teaches."""

from __future__ import annotations

import re

NO_MEASURE = re.compile(
    r"^(?:当前|目前|工作中?|主要|仍然?|还|我[县市区镇乡])*存在的?(?:主要|突出|一些|几个)*(?:问题|不足|困难|短板|差距)|^(?:主要)?(?:问题|不足|短板|困难)(?:和|与|及|以及)"
    r"|^(?:问题|不足|短板)(?:分析|所在)|^(?:面临的?|遇到的?)(?:主要)?(?:问题|困难|挑战)|原因分析"
    r"|^(?:主要|取得的?|工作|初步|实践|显著|实施)*(?:成效|成果|效果|业绩|荣誉)(?:显著|明显)?$"
    r"|^(?:几点|主要|经验|工作|有益|实践)*(?:启示|体会|感悟|反思|思考|经验)(?:与?(?:启示|体会|思考))?$"
    r"|^(?:基本|总体|工作)(?:情况|概况)$|^(?:案例|工作|实施|项目)?(?:背景|概况|简介|概述)(?:情况|介绍)?$|^结语$"
)
"""Titles of such chapters. 经验做法 and 主要做法 are not among them."""
PLAN = re.compile(
    r"^(?:关于)?(?:下一?步|下一?阶段|今后|来年|明年)(?:的?(?:重点|主要))*(?:工作|打算|计划|安排|思路|重点|方向|举措)?"
    r"|(?:工作|下步|下一步)(?:打算|计划|设想)$|努力方向$|^(?:有关|意见|工作)?建议$"
)
"""Titles of chapters about what comes next: items below them are set out to be done, and so are measures; the
chapter itself is none."""
MARKER = re.compile(
    r"^[#*\s]*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．:：\s]*|第[一二三四五六七八九十]+[章节部分]*[、\s]*)?"
)


def aside(title: str) -> bool:
    """Whether a heading or title (its marker may stand before it) opens a chapter without measures."""
    return NO_MEASURE.search(_bare(title)) is not None


def plan(title: str) -> bool:
    """Whether it opens a chapter about what comes next."""
    return PLAN.search(_bare(title)) is not None


def _bare(title: str) -> str:
    return MARKER.sub("", title, count=1).strip(" *#。：:")
