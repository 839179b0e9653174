"""The views that set places side by side, on top of `observations`. Part of schema 1: a released one never changes."""

from __future__ import annotations

_ONCE = "NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = o.article_id AND d.lead_id <> d.article_id)"
_QUOTE = "substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start)"
_PLACE = (
    "o.province AS 省, o.prefecture AS 市, o.county AS 县, o.county_code AS 县代码, o.place AS 地方, o.level AS 级别"
)
# What rows have to share to stand in one line. Homonyms stay apart by code, or by parents where a place has no code.
_GROUP = """o.code, o.county_code, o.place, o.level, coalesce(o.adcode, o.path, ''), o.thing, o.kind, o.unit, o.rate,
                   o.status, o.limit_of, o.limit_low, o.limit_high, o.limit_bound, o.limit_unit"""

_LIMIT = """
               CASE o.limit_bound WHEN 'gt' THEN '> ' WHEN 'ge' THEN '≥ ' WHEN 'lt' THEN '< ' WHEN 'le' THEN '≤ ' END
               || coalesce(o.limit_low, o.limit_high) || ' ' || coalesce(o.limit_unit, '')"""

COMPARISON_VIEWS = {
    # One row a place, indicator and thing; only what may stand side by side. `编号` leads to each passage.
    "指标对比": f"""
        SELECT 省, 市, 县, 县代码, 地方, 级别, 指标代码, 指标, 类别, 单位, 口径, 状态, 门槛对象, 门槛, count(*) AS 次数,
               count(DISTINCT article_id) AS 报道数,
               avg(CASE WHEN nr IN ((total + 1) / 2, (total + 2) / 2) THEN mid END) AS 中位, min(low) AS 最低,
               max(high) AS 最高, group_concat(DISTINCT time) AS 时间, group_concat(quote, ' / ') AS 引文,
               group_concat(id, ' ') AS 编号
        FROM (SELECT {_PLACE}, o.code AS 指标代码, o.thing AS 指标, o.kind AS 类别, o.unit AS 单位, o.rate AS 口径,
                     o.status AS 状态, o.limit_of AS 门槛对象, {_LIMIT} AS 门槛,
                     coalesce(o.adcode, o.path, '') AS key, o.article_id, o.id, o.low, o.high, o.time,
                     (o.low + o.high) / 2.0 AS mid, {_QUOTE} AS quote,
                     row_number() OVER (PARTITION BY {_GROUP} ORDER BY o.low + o.high, o.id) AS nr,
                     count(*) OVER (PARTITION BY {_GROUP}) AS total
              FROM observations o JOIN quantities q ON q.id = o.id JOIN articles a ON a.id = o.article_id
              WHERE o.reason IS NULL AND {_ONCE})
        GROUP BY 指标代码, 县代码, 地方, 级别, key, 指标, 类别, 单位, 口径, 状态, 门槛对象, 门槛""",
    # All that is said with a threshold: so many, such a share, all or none of them keep it. Aims are not facts.
    "达标情况": f"""
        SELECT {_PLACE}, o.thing AS 对象, o.low AS 下限, o.high AS 上限, o.unit AS 单位, o.extent AS 程度,
               o.limit_of AS 门槛对象, o.limit_bound AS 门槛界限, o.limit_low AS 门槛下限, o.limit_high AS 门槛上限,
               o.limit_unit AS 门槛单位, o.status AS 状态, o.time AS 时间, q.text AS 原文, {_QUOTE} AS 引文,
               q.start AS 起, q."end" AS 止, o.code AS 指标代码, o.reason AS 说明, a.title AS 报道,
               a.published AS 发布时间, a.outlet AS 来源, o.article_id AS 报道编号, o.id AS 编号
        FROM observations o JOIN quantities q ON q.id = o.id JOIN articles a ON a.id = o.article_id
        WHERE o.limit_unit IS NOT NULL AND {_ONCE}""",
    # What is in no line of 指标对比, and why. What a copy says again is among the reports that repeat one another.
    "未比较": f"""
        SELECT {_PLACE}, o.code AS 指标代码, o.thing AS 指标, q.text AS 原文, o.reason AS 理由, {_QUOTE} AS 引文,
               o.time AS 时间, o.status AS 状态, a.title AS 报道, o.article_id AS 报道编号, o.id AS 编号
        FROM observations o JOIN quantities q ON q.id = o.id JOIN articles a ON a.id = o.article_id
        WHERE o.reason IS NOT NULL AND {_ONCE}""",
}
