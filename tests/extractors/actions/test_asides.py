"""Chapters without measures."""

import pytest

from extractors.actions.asides import aside, plan


@pytest.mark.parametrize(
    "title", ["四、存在的主要问题", "(三)取得成效", "经验启示", "五、存在问题和下步打算", "目前存在的不足", "基本情况"]
)
def test_no_measures(title):
    assert aside(title)


@pytest.mark.parametrize("title", ["五、下一步工作打算", "下一步", "今后工作思路", "意见建议"])
def test_plans(title):
    assert plan(title)


@pytest.mark.parametrize(
    "title",
    [
        "一、主要做法",
        "二、经验做法",
        "解决问题到户",
        "盘活资产见成效",
        "聚焦问题抓整改",
        "健全问题清单",
        "提升服务成效",
    ],
)
def test_measures(title):
    assert not aside(title)
    assert not plan(title)
