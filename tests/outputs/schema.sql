CREATE VIEW "举措矩阵" AS 
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码, m.category AS 举措类别,
               count(*) AS 举措数, count(DISTINCT m.article) AS 报道数
        FROM measures m JOIN cases c ON c.article = m.article AND c.id = m.case_id
        WHERE m.optional = 0 AND m.replaced = 0 AND m.category IS NOT NULL AND c.county IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = m.article_id AND d.lead_id <> d.article_id)
        GROUP BY c.province, c.prefecture, c.county, c.county_code, m.category;
CREATE VIEW "县域档案" AS 
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码,
               count(DISTINCT c.article) AS 报道数, count(*) AS 案例数,
               min(a.published) AS 最早, max(a.published) AS 最晚,
               sum((SELECT count(*) FROM measures x WHERE x.article = c.article AND x.case_id = c.id AND x.optional = 0 AND x.replaced = 0)) AS 举措数,
               sum((SELECT count(*) FROM actions x WHERE x.article = c.article AND x.case_id = c.id AND x.optional = 0 AND x.replaced = 0)) AS 行动数,
               sum((SELECT count(*) FROM quantities x WHERE x.article = c.article AND x.case_id = c.id AND x.optional = 0 AND x.replaced = 0)) AS 数量数,
               sum((SELECT count(*) FROM outcomes x WHERE x.article = c.article AND x.case_id = c.id AND x.optional = 0 AND x.replaced = 0)) AS 成效数,
               sum((SELECT count(*) FROM honours x WHERE x.article = c.article AND x.case_id = c.id AND x.optional = 0 AND x.replaced = 0)) AS 荣誉数
        FROM cases c JOIN articles a ON a.article = c.article
        WHERE c.county IS NOT NULL AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = c.article_id AND d.lead_id <> d.article_id)
        GROUP BY c.province, c.prefecture, c.county, c.county_code;
CREATE VIEW "指标" AS 
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码, c.name AS 地方,
               c.level AS 级别, q.owner AS 归属, q.code AS 指标代码, q.indicator AS 指标, q.bound AS 界限,
               q.canonical_min AS 下限, q.canonical_max AS 上限, q.canonical_unit AS 单位, q.rate AS 口径,
               q.time AS 时间, q.status AS 状态, q.threshold_min AS 门槛下限, q.threshold_max AS 门槛上限,
               q.threshold_unit AS 门槛单位, q.text AS 原文,
               substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS 引文,
               q.confidence AS 把握, q.flags AS 疑点, CASE WHEN q.review_id IS NOT NULL THEN q.rule END AS 审核,
               a.title AS 报道, a.published AS 发布时间, a.outlet AS 来源,
               q.article_id AS 报道编号, q.id AS 编号
        FROM quantities q JOIN cases c ON c.article = q.article AND c.id = q.case_id
             JOIN articles a ON a.article = q.article
        WHERE q.optional = 0 AND q.replaced = 0 AND q.code IS NOT NULL AND q.canonical_unit IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = q.article_id AND d.lead_id <> d.article_id);
CREATE VIEW "指标对比" AS 
        SELECT o.province AS 省, o.prefecture AS 市, o.county AS 县, o.county_code AS 县代码, o.place AS 地方, o.level AS 级别, o.code AS 指标代码, o.thing AS 指标, o.kind AS 类别, o.unit AS 单位, o.rate AS 口径,
               o.status AS 状态, o.limit_of AS 门槛对象, 
               CASE o.limit_bound WHEN 'gt' THEN '> ' WHEN 'ge' THEN '≥ ' WHEN 'lt' THEN '< ' WHEN 'le' THEN '≤ ' END
               || coalesce(o.limit_low, o.limit_high) || ' ' || coalesce(o.limit_unit, '') AS 门槛, o.number AS 次数, o.articles AS 报道数,
               (SELECT avg(mid) FROM (SELECT (s.low + s.high) / 2.0 AS mid, count(*) OVER () AS total,
                                             row_number() OVER (ORDER BY s.low + s.high) AS nr
                                      FROM observations s WHERE s.code = o.code AND s.place = o.place AND +s.level IS o.level AND +s.adcode IS o.adcode AND +s.path IS o.path AND +s.province IS o.province AND +s.prefecture IS o.prefecture AND +s.county IS o.county AND +s.county_code IS o.county_code AND +s.thing IS o.thing AND +s.kind IS o.kind AND +s.unit IS o.unit AND +s.rate IS o.rate AND +s.status IS o.status AND +s.limit_of IS o.limit_of AND +s.limit_low IS o.limit_low AND +s.limit_high IS o.limit_high AND +s.limit_bound IS o.limit_bound AND +s.limit_unit IS o.limit_unit AND s.reason IS NULL AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = s.article_id AND d.lead_id <> d.article_id))
                WHERE nr IN ((total + 1) / 2, (total + 2) / 2)) AS 中位,
               o.lowest AS 最低, o.highest AS 最高, o.times AS 时间,
               (SELECT group_concat(substr(b.raw, q.quote_start + 1, q.quote_end - q.quote_start), ' / ') FROM observations s
                JOIN quantities q ON q.article = s.article AND q.id = s.id
                JOIN articles b ON b.article = s.article
                WHERE s.code = o.code AND s.place = o.place AND +s.level IS o.level AND +s.adcode IS o.adcode AND +s.path IS o.path AND +s.province IS o.province AND +s.prefecture IS o.prefecture AND +s.county IS o.county AND +s.county_code IS o.county_code AND +s.thing IS o.thing AND +s.kind IS o.kind AND +s.unit IS o.unit AND +s.rate IS o.rate AND +s.status IS o.status AND +s.limit_of IS o.limit_of AND +s.limit_low IS o.limit_low AND +s.limit_high IS o.limit_high AND +s.limit_bound IS o.limit_bound AND +s.limit_unit IS o.limit_unit AND s.reason IS NULL AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = s.article_id AND d.lead_id <> d.article_id)) AS 引文,
               o.ids AS 编号
        FROM (SELECT o.code, o.place, o.level, o.adcode, o.path, o.province, o.prefecture, o.county, o.county_code, o.thing, o.kind, o.unit, o.rate, o.status, o.limit_of, o.limit_low, o.limit_high, o.limit_bound, o.limit_unit, count(*) AS number, count(DISTINCT o.article) AS articles, min(o.low) AS lowest,
                     max(o.high) AS highest, group_concat(DISTINCT o.time) AS times, group_concat(o.id, ' ') AS ids
              FROM observations o WHERE o.reason IS NULL AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = o.article_id AND d.lead_id <> d.article_id) GROUP BY o.code, o.place, o.level, o.adcode, o.path, o.province, o.prefecture, o.county, o.county_code, o.thing, o.kind, o.unit, o.rate, o.status, o.limit_of, o.limit_low, o.limit_high, o.limit_bound, o.limit_unit) o;
CREATE VIEW "时间线" AS 
        SELECT c.province AS 省, c.prefecture AS 市, c.county AS 县, c.county_code AS 县代码, c.name AS 地方,
               q.time AS 时间, '数量' AS 类型,
               CASE WHEN q.indicator IS NULL THEN q.text ELSE q.indicator || ' ' || q.text END AS 内容,
               a.title AS 报道, q.article_id AS 报道编号, q.id AS 编号
        FROM quantities q JOIN cases c ON c.article = q.article AND c.id = q.case_id
             JOIN articles a ON a.article = q.article
        WHERE q.optional = 0 AND q.replaced = 0 AND q.status = 'actual' AND q.time IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = q.article_id AND d.lead_id <> d.article_id)
        UNION ALL
        SELECT c.province, c.prefecture, c.county, c.county_code, c.name, h.year, '荣誉', h.text, a.title,
               h.article_id, h.id
        FROM honours h JOIN cases c ON c.article = h.article AND c.id = h.case_id
             JOIN articles a ON a.article = h.article
        WHERE h.optional = 0 AND h.replaced = 0 AND h.year IS NOT NULL AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = h.article_id AND d.lead_id <> d.article_id);
CREATE VIEW "未比较" AS 
        SELECT o.province AS 省, o.prefecture AS 市, o.county AS 县, o.county_code AS 县代码, o.place AS 地方, o.level AS 级别, o.code AS 指标代码, o.thing AS 指标, q.text AS 原文, o.reason AS 理由, substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS 引文,
               o.time AS 时间, o.status AS 状态, a.title AS 报道, o.article_id AS 报道编号, o.id AS 编号
        FROM observations o JOIN quantities q ON q.article = o.article AND q.id = o.id
             JOIN articles a ON a.article = o.article
        WHERE o.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = o.article_id AND d.lead_id <> d.article_id);
CREATE VIEW "达标情况" AS 
        SELECT o.province AS 省, o.prefecture AS 市, o.county AS 县, o.county_code AS 县代码, o.place AS 地方, o.level AS 级别, o.thing AS 对象, o.low AS 下限, o.high AS 上限, o.unit AS 单位, o.extent AS 程度,
               o.limit_of AS 门槛对象, o.limit_bound AS 门槛界限, o.limit_low AS 门槛下限, o.limit_high AS 门槛上限,
               o.limit_unit AS 门槛单位, o.status AS 状态, o.time AS 时间, q.text AS 原文, substr(a.raw, q.quote_start + 1, q.quote_end - q.quote_start) AS 引文,
               q.start AS 起, q."end" AS 止, o.code AS 指标代码, o.reason AS 说明, a.title AS 报道,
               a.published AS 发布时间, a.outlet AS 来源, o.article_id AS 报道编号, o.id AS 编号
        FROM observations o JOIN quantities q ON q.article = o.article AND q.id = o.id
             JOIN articles a ON a.article = o.article
        WHERE o.limit_unit IS NOT NULL AND NOT EXISTS (SELECT 1 FROM duplicates d WHERE d.article_id = o.article_id AND d.lead_id <> d.article_id);
CREATE VIEW "重复报道" AS 
        SELECT l.title AS 首发报道, l.published AS 首发时间, l.outlet AS 首发来源, a.title AS 报道,
               a.published AS 发布时间, a.outlet AS 来源, a.source AS 出处, round(d.similarity, 2) AS 相似度,
               d.lead_id AS 首发编号, d.article_id AS 报道编号
        FROM duplicates d JOIN articles a ON a.id = d.article_id JOIN articles l ON l.id = d.lead_id
        WHERE d.lead_id <> d.article_id;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE "actions" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "verb" TEXT NOT NULL,
   "object" TEXT,
   "actor" TEXT,
   "place" TEXT,
   "measure_id" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   FOREIGN KEY ("article", "measure_id") REFERENCES "measures"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "articles" (
   "article" INTEGER PRIMARY KEY,
   "id" TEXT NOT NULL,
   "title" TEXT,
   "published" TEXT,
   "outlet" TEXT,
   "authors" TEXT,
   "contributor" TEXT,
   "script" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "source" TEXT NOT NULL,
   "file" TEXT NOT NULL,
   "media_type" TEXT NOT NULL,
   "encoding" TEXT NOT NULL,
   "column_title" TEXT,
   "column_date" TEXT,
   "column_url" TEXT,
   "column_outlet" TEXT,
   "column_author" TEXT,
   "version" TEXT NOT NULL,
   "run_id" INTEGER REFERENCES "runs"("id"),
   "body" TEXT,
   "captions" TEXT,
   "summary" TEXT,
   "about" TEXT,
   "raw" TEXT NOT NULL,
   "body_text" TEXT NOT NULL,
   "changes" BLOB
) STRICT;
CREATE TABLE "cases" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "nr" INTEGER NOT NULL,
   "name" TEXT NOT NULL,
   "level" TEXT NOT NULL,
   "adcode" TEXT,
   "province" TEXT,
   "prefecture" TEXT,
   "county" TEXT,
   "township" TEXT,
   "village" TEXT,
   "county_code" TEXT,
   "path" TEXT,
   "via" TEXT,
   "sections" TEXT,
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "divisions" (
   "adcode" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL,
   "level" TEXT NOT NULL,
   "parent" TEXT,
   "path" TEXT
) STRICT;
CREATE TABLE "documents" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "number" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "duplicates" (
   "article_id" TEXT PRIMARY KEY NOT NULL,
   "lead_id" TEXT NOT NULL,
   "similarity" REAL NOT NULL
) STRICT;
CREATE TABLE "failures" (
   "source" TEXT NOT NULL,
   "stage" TEXT NOT NULL,
   "error" TEXT NOT NULL,
   "message" TEXT NOT NULL,
   "run_id" INTEGER REFERENCES "runs"("id"),
   PRIMARY KEY ("source", "stage")
) STRICT;
CREATE TABLE "files" (
   "path" TEXT PRIMARY KEY NOT NULL,
   "size" INTEGER NOT NULL,
   "modified" INTEGER NOT NULL,
   "digest" TEXT NOT NULL,
   "run_id" INTEGER REFERENCES "runs"("id")
) STRICT;
CREATE TABLE "forgotten" (
   "article_id" TEXT PRIMARY KEY NOT NULL
) STRICT;
CREATE TABLE "honours" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "year" TEXT,
   "level" TEXT,
   "recipients" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "measures" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "title" TEXT NOT NULL,
   "title_norm" TEXT,
   "title_start" INTEGER NOT NULL,
   "title_end" INTEGER NOT NULL,
   "category" TEXT,
   "categories" TEXT,
   "section" TEXT,
   "ordinal" INTEGER,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "observations" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "code" TEXT NOT NULL,
   "thing" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "place" TEXT,
   "level" TEXT,
   "adcode" TEXT,
   "province" TEXT,
   "prefecture" TEXT,
   "county" TEXT,
   "county_code" TEXT,
   "path" TEXT,
   "low" ANY,
   "high" ANY,
   "unit" TEXT,
   "rate" TEXT NOT NULL,
   "status" TEXT NOT NULL,
   "time" TEXT,
   "extent" TEXT,
   "limit_of" TEXT,
   "limit_low" ANY,
   "limit_high" ANY,
   "limit_bound" TEXT,
   "limit_unit" TEXT,
   "reason" TEXT,
   FOREIGN KEY ("article", "id") REFERENCES "quantities"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "organisations" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "canonical" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "outcomes" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "verb" TEXT NOT NULL,
   "object" TEXT,
   "measure_id" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   FOREIGN KEY ("article", "measure_id") REFERENCES "measures"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "persons" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "role" TEXT,
   "organisation" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "places" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "level" TEXT NOT NULL,
   "adcode" TEXT,
   "path" TEXT,
   "via" TEXT,
   "candidates" TEXT,
   "nbs_code" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "programmes" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "quantities" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "min" ANY,
   "max" ANY,
   "unit" TEXT,
   "bound" TEXT NOT NULL,
   "indicator" TEXT,
   "code" TEXT,
   "rate" TEXT,
   "time" TEXT,
   "status" TEXT NOT NULL,
   "threshold_of" TEXT,
   "threshold_min" ANY,
   "threshold_max" ANY,
   "threshold_unit" TEXT,
   "from_value" ANY,
   "canonical_min" ANY,
   "canonical_max" ANY,
   "canonical_unit" TEXT,
   "dimension" TEXT,
   "owner" TEXT,
   "extent" TEXT,
   "flags" TEXT,
   "quote_start" INTEGER NOT NULL,
   "quote_end" INTEGER NOT NULL,
   "action_id" TEXT,
   "measure_id" TEXT,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   FOREIGN KEY ("article", "measure_id") REFERENCES "measures"("article", "id"),
   FOREIGN KEY ("article", "action_id") REFERENCES "actions"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "reviews" (
   "nr" INTEGER PRIMARY KEY,
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "layer" TEXT NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "decision" TEXT NOT NULL,
   "was" TEXT,
   "value" TEXT,
   "reviewer" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "why" TEXT,
   "supersedes" TEXT
) STRICT;
CREATE TABLE "roles" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "role" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE TABLE "runs" (
   "id" INTEGER PRIMARY KEY,
   "started" TEXT NOT NULL,
   "finished" TEXT,
   "version" TEXT NOT NULL,
   "settings" TEXT,
   "counts" TEXT,
   "report" TEXT
) STRICT;
CREATE VIRTUAL TABLE search_characters USING fts5(characters, content='', detail=none, tokenize='unicode61');
CREATE VIRTUAL TABLE search_index USING fts5(title, body, measures, actions, outcomes, programmes, documents, persons, organisations, honours, content='', tokenize='unicode61');
CREATE TABLE "times" (
   "article" INTEGER NOT NULL REFERENCES "articles"("article"),
   "id" TEXT NOT NULL,
   "article_id" TEXT NOT NULL,
   "case_id" TEXT,
   "nr" INTEGER NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "norm" TEXT,
   "value" TEXT,
   "relative" INTEGER NOT NULL,
   "extractor" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "rule_version" TEXT NOT NULL,
   "confidence" TEXT NOT NULL,
   "reason" TEXT,
   "optional" INTEGER NOT NULL,
   "review_id" TEXT,
   "replaced" INTEGER NOT NULL,
   FOREIGN KEY ("article", "case_id") REFERENCES "cases"("article", "id"),
   PRIMARY KEY ("article", "id")
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_articles_id"
    ON "articles" ("id");
CREATE INDEX "idx_articles_published"
    ON "articles" ("published");
CREATE INDEX "idx_articles_source"
    ON "articles" ("source");
CREATE INDEX "idx_cases_adcode"
    ON "cases" ("adcode");
CREATE INDEX "idx_cases_county_code"
    ON "cases" ("county_code");
CREATE INDEX "idx_divisions_parent"
    ON "divisions" ("parent");
CREATE INDEX "idx_duplicates_lead_id"
    ON "duplicates" ("lead_id");
CREATE INDEX "idx_measures_category"
    ON "measures" ("category");
CREATE INDEX "idx_observations_code"
    ON "observations" ("code");
CREATE INDEX "idx_observations_county_code"
    ON "observations" ("county_code");
CREATE INDEX "idx_observations_place_code"
    ON "observations" ("place", "code");
CREATE INDEX "idx_quantities_code"
    ON "quantities" ("code");
CREATE INDEX "idx_reviews_article_id"
    ON "reviews" ("article_id");
CREATE UNIQUE INDEX "idx_reviews_id"
    ON "reviews" ("id");
CREATE INDEX "idx_reviews_reviewer"
    ON "reviews" ("reviewer");
