"""The views that set places side by side, on top of `observations`. A released one never changes."""

from __future__ import annotations

_ONCE = "NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = o.article_id AND d.lead_id <> d.article_id)"
_QUOTE = "substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start)"
_PLACE = (
    "o.province AS 省, o.prefecture AS 市, o.county AS 县, o.county_code AS 县代码, o.place AS 地方, o.level AS 级别"
)
# What rows have to share to stand in one line. Homonyms stay apart by code, or by parents where a place has no code.
_SHARED = (
    "code", "place", "level", "adcode", "path", "province", "prefecture", "county", "county_code", "thing", "kind",
    "unit", "rate", "status", "limit_of", "limit_low", "limit_high", "limit_bound", "limit_unit",
)  # fmt: skip
_GROUP = ", ".join(f"o.{column}" for column in _SHARED)
# All rows of a line. `+` keeps the planner from any index but that of code and place.
_SAME = " AND ".join(
    f"s.{column} = o.{column}" if column in ("code", "place") else f"+s.{column} IS o.{column}" for column in _SHARED
)
_OTHERS = f"{_SAME} AND s.reason IS NULL AND {_ONCE.replace('o.', 's.')}"

_LIMIT = """
               CASE o.limit_bound WHEN 'gt' THEN '> ' WHEN 'ge' THEN '≥ ' WHEN 'lt' THEN '< ' WHEN 'le' THEN '≤ ' END
               || coalesce(o.limit_low, o.limit_high) || ' ' || coalesce(o.limit_unit, '')"""

COMPARISON_VIEWS = {
    # One row a place, indicator and thing; only what may stand side by side. `编号` leads to each passage.
    # Lines are found first, so that a filter on them reaches the index; medians and quotes only of those shown.
    "指标对比": f"""
        SELECT {_PLACE}, o.code AS 指标代码, o.thing AS 指标, o.kind AS 类别, o.unit AS 单位, o.rate AS 口径,
               o.status AS 状态, o.limit_of AS 门槛对象, {_LIMIT} AS 门槛, o.number AS 次数, o.articles AS 报道数,
               (SELECT avg(mid) FROM (SELECT (s.low + s.high) / 2.0 AS mid, count(*) OVER () AS total,
                                             row_number() OVER (ORDER BY s.low + s.high) AS nr
                                      FROM observations s WHERE {_OTHERS})
                WHERE nr IN ((total + 1) / 2, (total + 2) / 2)) AS 中位,
               o.lowest AS 最低, o.highest AS 最高, o.times AS 时间,
               (SELECT group_concat({_QUOTE.replace("a.", "b.")}, ' / ') FROM observations s
                JOIN quantities q ON q.article = s.article AND q.id = s.id
                JOIN articles b ON b.article = s.article
                WHERE {_OTHERS}) AS 引文,
               o.ids AS 编号
        FROM (SELECT {_GROUP}, count(*) AS number, count(DISTINCT o.article) AS articles, min(o.low) AS lowest,
                     max(o.high) AS highest, group_concat(DISTINCT o.time) AS times, group_concat(o.id, ' ') AS ids
              FROM observations o WHERE o.reason IS NULL AND {_ONCE} GROUP BY {_GROUP}) o""",
    # All that is said with a threshold: so many, such a share, all or none of them keep it. Aims are not facts.
    "达标情况": f"""
        SELECT {_PLACE}, o.thing AS 对象, o.low AS 下限, o.high AS 上限, o.unit AS 单位, o.extent AS 程度,
               o.limit_of AS 门槛对象, o.limit_bound AS 门槛界限, o.limit_low AS 门槛下限, o.limit_high AS 门槛上限,
               o.limit_unit AS 门槛单位, o.status AS 状态, o.time AS 时间, q.text AS 原文, {_QUOTE} AS 引文,
               q.start AS 起, q."end" AS 止, o.code AS 指标代码, o.reason AS 说明, a.title AS 报道,
               a.published AS 发布时间, a.outlet AS 来源, o.article_id AS 报道编号, o.id AS 编号
        FROM observations o JOIN quantities q ON q.article = o.article AND q.id = o.id
             JOIN articles a ON a.article = o.article
        WHERE o.limit_unit IS NOT NULL AND {_ONCE}""",
    # What is in no line of 指标对比, and why. What a copy says again is among the reports that repeat one another.
    "未比较": f"""
        SELECT {_PLACE}, o.code AS 指标代码, o.thing AS 指标, q.text AS 原文, o.reason AS 理由, {_QUOTE} AS 引文,
               o.time AS 时间, o.status AS 状态, a.title AS 报道, o.article_id AS 报道编号, o.id AS 编号
        FROM observations o JOIN quantities q ON q.article = o.article AND q.id = o.id
             JOIN articles a ON a.article = o.article
        WHERE o.reason IS NOT NULL AND {_ONCE}""",
}
